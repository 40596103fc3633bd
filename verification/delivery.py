"""A delivery that says who it is: its first line in, a `Header` or an error out; and what is kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from verification.errors import (
    DeliveryContradictsError,
    DeliveryHeaderError,
    DeliveryOutOfTurnError,
)
from verification.source import Change, SourceName

_KNOWN: Final = frozenset({"source", "sequence", "kind", "as_of", "rows"})


class DeliveryKind(StrEnum):
    """Whether a delivery names all that its source holds, or only what has changed."""

    FULL = "full"
    INCREMENT = "increment"


@dataclass(frozen=True, slots=True)
class Header:
    """What a delivery says of itself; None where it says nothing."""

    source: str | None = None
    sequence: int | None = None
    kind: DeliveryKind | None = None
    as_of: datetime | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class PastDelivery:
    """A delivery that was loaded: which, by whom, and what became of it. No person's data.

    `digest` is the SHA-256 of its text. `conflicts` are lines, the first of them when there are many.
    """

    source: SourceName
    at: datetime
    actor: str
    sequence: int | None
    kind: DeliveryKind
    as_of: datetime
    digest: str
    snapshot: int
    accepted: int
    rejected: int
    unknown: int
    counts: Mapping[Change, int]
    conflicts: tuple[int, ...]


def header_in(row: object) -> Header | None:
    """The header that a first line is, `{"delivery": {…}}`; None when it is a row like any other.

    Raises DeliveryHeaderError.
    """
    if not isinstance(row, Mapping) or set(row) != {"delivery"}:
        return None
    said = row["delivery"]
    if not isinstance(said, Mapping):
        raise DeliveryHeaderError("delivery is no group of names")
    if unknown := sorted(set(said) - _KNOWN):
        raise DeliveryHeaderError(f"{unknown[0]} is not known")
    return Header(
        source=_text(said, "source"),
        sequence=_number(said, "sequence", least=1),
        kind=_kind(said),
        as_of=_moment(said),
        rows=_number(said, "rows", least=0),
    )


def agreed(header: Header, told: Header) -> Header:
    """What the delivery and whoever hands it in say together. Raises DeliveryHeaderError: they differ."""

    def one(name: str) -> Any:
        inside, outside = getattr(header, name), getattr(told, name)
        if inside is not None and outside is not None and inside != outside:
            raise DeliveryHeaderError(f"{name} is {inside} in the delivery and {outside} beside it")
        return outside if inside is None else inside

    return Header(one("source"), one("sequence"), one("kind"), one("as_of"), one("rows"))


def refuse_early(last: PastDelivery | None, header: Header) -> None:
    """Before anybody reads the delivery. Raises DeliveryOutOfTurnError: others are missing before it."""
    if last is None or last.sequence is None or header.sequence is None:
        return
    if header.kind is not DeliveryKind.FULL and header.sequence > last.sequence + 1:
        raise _out_of_turn(header.sequence, last.sequence)


def _out_of_turn(sequence: int, last: int) -> DeliveryOutOfTurnError:
    told = f"number {sequence} came where {last + 1} is due"
    return DeliveryOutOfTurnError(told, early=sequence > last)


def is_taken(last: PastDelivery | None, header: Header, digest: str) -> bool:
    """Whether this very delivery is the last one; else it must be its turn.

    An increment follows the last number; a full load may have any, and the next increment follows that. A
    header without a kind, or without a moment, is not asked about it: the caller fills both in.
    Raises DeliveryContradictsError: the last number again with other content. Raises
    DeliveryOutOfTurnError: a number is missing, or the deliveries go back.
    """
    if last is None or last.sequence is None or header.sequence is None:
        return False
    if (header.sequence, header.kind) == (last.sequence, last.kind):
        if digest != last.digest:
            raise DeliveryContradictsError(f"number {header.sequence}")
        return True
    if header.kind is DeliveryKind.FULL:
        if header.as_of is not None and header.as_of < last.as_of:
            raise DeliveryOutOfTurnError("a full load of before the last delivery")
        return False
    if header.sequence != last.sequence + 1:
        raise _out_of_turn(header.sequence, last.sequence)
    return False


def _text(said: Mapping[Any, Any], name: str) -> str | None:
    value = said.get(name)
    if value is not None and not isinstance(value, str):
        raise DeliveryHeaderError(f"{name} is not a text")
    return value


def _number(said: Mapping[Any, Any], name: str, *, least: int) -> int | None:
    value = said.get(name)
    if value is None:
        return None
    if type(value) is not int or not least <= value < 2**31:
        raise DeliveryHeaderError(f"{name} is not a whole number of at least {least}")
    return value


def _kind(said: Mapping[Any, Any]) -> DeliveryKind | None:
    value = _text(said, "kind")
    if value is not None and value not in set(DeliveryKind):
        raise DeliveryHeaderError("kind is neither full nor increment")
    return None if value is None else DeliveryKind(value)


def _moment(said: Mapping[Any, Any]) -> datetime | None:
    value = _text(said, "as_of")
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise DeliveryHeaderError("as_of is not an ISO 8601 time") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
