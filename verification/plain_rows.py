"""A row in which every value has its shape and is written as it is kept in; what it says out, else None.

Almost every row of a delivery of millions is so. It is read at once into the shape that its source's schema
describes and its text is looked at as a whole, a fifth of the work of going value by value (decision 0015);
what is not sure of it goes that careful way (`records`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final
from unicodedata import is_normalized

import msgspec

from verification.record_schema import Check, Schema, ValueKind
from verification.record_text import old_letters
from verification.record_values import LIST_SEPARATOR, PackedValues

NOT_VALUES: Final = ("status", "updated_at", "deleted")
"""Names of a row that say something of it, not of whom it is about."""

_ENCODER: Final = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class PlainRow:
    """The texts that anything is done with, by their dotted names; all values, packed; and what the row says
    of itself, as it says it. Every text has passed its check."""

    texts: Mapping[str, str]
    values: PackedValues
    status: object
    updated_at: object
    deleted: object


def plain_row(row: Mapping[str, object] | str, shape: "Shape", latest: date) -> PlainRow | None:
    """A row or a line of NDJSON. None does not mean that anything is wrong with it.

    `latest` is the last day that a date of the past may name.
    """
    try:
        read = shape.decoder.decode(row) if isinstance(row, str) else msgspec.convert(row, shape.row)
        status, updated_at, deleted = read.status, read.updated_at, read.deleted
        read.status = read.updated_at = read.deleted = None
        packed = _ENCODER.encode(read).decode()
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
        return None
    texts = shape.texts(read, latest) if is_plain(packed) else None
    return None if texts is None else PlainRow(texts, PackedValues(packed), status, updated_at, deleted)


def is_plain(packed: str) -> bool:
    """Whether all texts in packed values are composed, squeezed, printable and in no old encoding."""
    return (
        packed.isprintable()
        and "\\" not in packed  # something is escaped
        and "  " not in packed
        and '" ' not in packed
        and ' "' not in packed
        and "\ufffd" not in packed
        and (packed.isascii() or (is_normalized("NFC", packed) and old_letters(packed) is None))
    )


class _Place(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    text: str
    commune_code: str | None = None
    province_code: str | None = None


@dataclass(frozen=True, slots=True)
class _Value:
    """Under which attribute of its part of the row a value stands."""

    name: str
    attribute: str
    check: Check | None


@dataclass(frozen=True, slots=True)
class _Part:
    """The row itself (no attribute), or what stands in it under one name."""

    attribute: str
    values: tuple[_Value, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """The type that rows of a schema are read into, and where its values stand."""

    row: type[Any]
    decoder: "msgspec.json.Decoder[Any]"
    parts: tuple[_Part, ...]

    def texts(self, read: Any, latest: date) -> dict[str, str] | None:
        """None where a check finds something."""
        found: dict[str, str] = {}
        for part in self.parts:
            owner = getattr(read, part.attribute) if part.attribute else read
            if owner is None:
                continue
            for value in part.values:
                text = getattr(owner, value.attribute)
                if text is None:
                    continue
                if type(text) is not str:
                    text = _joined(text)
                if text and value.check is not None and value.check(text, latest):
                    return None
                found[value.name] = text
        return found


def _joined(value: Any) -> str:
    return value.text if isinstance(value, _Place) else LIST_SEPARATOR.join(value)


def shape_of(schema: Schema) -> Shape:
    """What rows of this schema are read into; made once for all schemas that say the same."""
    return _shape(tuple(schema.fields.items()))


@lru_cache(maxsize=32)
def _shape(fields: tuple[tuple[str, ValueKind], ...]) -> Shape:
    """Attributes are numbered, as names of a schema need not be ones that Python allows.

    Names with more than one dot are left out: a row that has one goes the careful way.
    """
    by_part: dict[str, list[tuple[str, ValueKind]]] = {"": []}
    for path, kind in fields:
        part, _, last = path.rpartition(".")
        if "." not in part and (part or last not in NOT_VALUES):
            by_part.setdefault(part, []).append((last, kind))
    groups = {part: _struct(part, values, {}) for part, values in by_part.items() if part}
    row = _struct("", by_part[""], groups)
    checks = Schema(dict(fields)).checks
    parts = tuple(
        _Part(_attribute(part) if part else "", tuple(_values(part, values, checks)))
        for part, values in by_part.items()
    )
    return Shape(row, msgspec.json.Decoder(row), parts)


def _struct(part: str, values: list[tuple[str, ValueKind]], groups: Mapping[str, type[Any]]) -> type[Any]:
    named = {_attribute(last): (last, _TYPES.get(kind, str)) for last, kind in values}
    named |= {_attribute(group): (group, kind) for group, kind in groups.items()}
    if not part:
        named |= {name: (name, Any) for name in NOT_VALUES}
    return msgspec.defstruct(
        "Row",
        [
            (attribute, kind | None if kind is not Any else Any, None)
            for attribute, (_, kind) in named.items()
        ],
        rename={attribute: name for attribute, (name, _) in named.items()},
        forbid_unknown_fields=True,
        omit_defaults=True,
    )


def _values(part: str, values: list[tuple[str, ValueKind]], checks: Mapping[str, Check]) -> Iterator[_Value]:
    for last, _ in values:
        name = f"{part}.{last}" if part else last
        yield _Value(name, _attribute(last), checks.get(name))


def _attribute(name: str) -> str:
    return f"of_{name.encode().hex()}"


_TYPES: Final[Mapping[ValueKind, Any]] = {ValueKind.PLACE: str | _Place, ValueKind.LIST: list[str]}
