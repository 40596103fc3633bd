"""The chained audit trail: whatever is done to it is seen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOW
from verification.audit import GENESIS, AuditEntry, chained, first_broken


def trail(count: int = 5) -> tuple[AuditEntry, ...]:
    entries: list[AuditEntry] = []
    for n in range(count):
        entry = AuditEntry(
            NOW + timedelta(minutes=n), "officer", "paper.decided", f"s{n}.1", (("n", str(n)),)
        )
        entries.append(chained(entry, after=entries[-1] if entries else None))
    return tuple(entries)


def test_a_trail_left_alone_is_whole() -> None:
    assert first_broken(trail()) is None
    assert first_broken(()) is None
    assert trail()[0].previous == GENESIS


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "somebody"},
        {"action": "paper.read"},
        {"subject": "s9.1"},
        {"at": NOW},
        {"detail": (("n", "9"),)},
        {"digest": "0" * 64},
    ],
)
def test_a_changed_entry_is_seen(change: dict[str, object]) -> None:
    before, changed, after = trail(3)
    assert first_broken((before, replace(changed, **change), after)) == 2  # type: ignore[arg-type]


def test_an_entry_changed_with_its_hash_breaks_the_next() -> None:
    first, second, third = trail(3)
    forged = chained(replace(second, actor="somebody"), after=first)
    assert first_broken((first, forged, third)) == 3


@pytest.mark.parametrize("gone", [0, 1, 3])
def test_a_removed_entry_is_seen(gone: int) -> None:
    entries = trail()
    assert first_broken(entries[:gone] + entries[gone + 1 :]) is not None


def test_entries_in_another_order_are_seen() -> None:
    first, second, third = trail(3)
    assert first_broken((first, third, second)) == 3


def test_an_entry_put_in_twice_is_seen() -> None:
    first, second, third = trail(3)
    assert first_broken((first, second, second, third)) == 2
