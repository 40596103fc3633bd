"""Column types: a moment or a frozen value of the domain goes in, the same comes out of either database."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from storage.moments import utc
from verification.decision import (
    Approval,
    Decision,
    NotNeeded,
    Redelivery,
    Rejection,
    ReturnForCorrection,
)
from verification.record_values import packed, unpacked
from verification.source import RecordValue

T = TypeVar("T")

_DECISIONS: dict[str, type[Decision]] = {
    kind.__name__: kind for kind in (Approval, NotNeeded, Rejection, ReturnForCorrection, Redelivery)
}


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC to the microsecond and given back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        # SQLite has no zones and compares text: all rows must be written alike.
        return utc(value).replace(tzinfo=None) if dialect.name == "sqlite" else utc(value)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Value(TypeDecorator[T], Generic[T]):
    """A frozen dataclass, or tuples of them, as JSON text. Text and not `jsonb`, which refuses U+0000."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind
        self._decoder = msgspec.json.Decoder(kind)

    def process_bind_param(self, value: T | None, _dialect: Dialect) -> str | None:
        return None if value is None else encoded(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> T | None:
        return None if value is None else self._decoder.decode(value)


class RecordValues(TypeDecorator[Mapping[str, RecordValue]]):
    """The values of a record as `verification.record_values` packs them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, RecordValue] | None, _dialect: Dialect) -> str | None:
        return None if value is None else packed(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Mapping[str, RecordValue] | None:
        return None if value is None else unpacked(value)


class DecisionValue(TypeDecorator[Decision]):
    """A decision as JSON text under the name of its class: `{"NotNeeded": {...}}`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decision | None, _dialect: Dialect) -> str | None:
        return None if value is None else encoded({type(value).__name__: value})

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Decision | None:
        if value is None:
            return None
        ((name, raw),) = msgspec.json.decode(value, type=dict[str, msgspec.Raw]).items()
        return msgspec.json.decode(raw, type=_DECISIONS[name])


def encoded(value: object) -> str:
    """The value as JSON text; the same value always gives the same text."""
    return msgspec.json.encode(value, enc_hook=_plain, order="deterministic").decode()


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError(f"{type(value).__name__} is not a value that can be kept")
