"""What the audit trail says of how documents stand: entries in; how each must stand, and every fault, out."""

from collections.abc import Iterable, Mapping

from verification.audit import AuditEntry
from verification.certification import Issued, Standing
from verification.drift import Settled

STANDING_CHANGED = "standing.changed"
"""What the trail calls every change but the two that settle a line of the work list."""
_SETTLED = {
    f"drift.settled.{Settled.REVOKED.value}": Standing.REVOKED.value,
    f"drift.settled.{Settled.RESTORED.value}": Standing.GOOD.value,
}


def standings_witnessed(trail: Iterable[AuditEntry]) -> Mapping[str, str]:
    """By line of the register: how the trail says that its document stands; GOOD where it says nothing."""
    stands: dict[str, str] = {}
    for entry in trail:
        if entry.action == STANDING_CHANGED:
            stands[entry.subject] = dict(entry.detail).get("standing", "")
        elif entry.action in _SETTLED:
            stands[entry.subject] = _SETTLED[entry.action]
    return stands


def standing_faults(issued: Iterable[Issued], witnessed: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Code and line of everything that does not stand as the trail says: somebody changed the row."""
    for each in issued:
        if each.standing.value != witnessed.get(each.entry_id, Standing.GOOD.value):
            yield "STANDING_CHANGED", f"{each.number}-{each.series.value}"
