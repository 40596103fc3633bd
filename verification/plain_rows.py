"""A row whose values are all written as they are kept in; its texts and its packed values out, else None.

Almost every row of a delivery of millions is so. One look at all of its text together is ten times as quick
as one at each value, and what it is not sure of goes the careful way (`records`).
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Final
from unicodedata import is_normalized

import msgspec

from verification.record_text import old_letters
from verification.record_values import LIST_SEPARATOR, PackedValues

NOT_VALUES: Final = frozenset(("status", "updated_at", "deleted"))
"""Names of a row that say something of it, not of whom it is about."""

_ENCODER: Final = msgspec.json.Encoder()
_CODES: Final = ("commune_code", "province_code")
_ODD: Final = ("\\", "  ", '" ', ' "', "\ufffd")
"""In packed text: something escaped, spaces to be squeezed, letters that were lost."""


@dataclass(frozen=True, slots=True)
class PlainRow:
    """The texts under their dotted names, the same packed, and the names that the schema does not know."""

    texts: Mapping[str, str]
    values: PackedValues
    unknown: tuple[str, ...]


class _OtherwiseError(Exception):
    """A value that needs a closer look."""


def plain_row(row: Mapping[str, object], known: Container[str]) -> PlainRow | None:
    """None does not mean that anything is wrong with it."""
    found: dict[str, str | dict[str, str]] = {}
    try:
        _collect(row, "", found)
    except _OtherwiseError:
        return None
    text = _packed(found)
    if text is None or not is_plain(text):
        return None
    unknown = tuple([name for name in found if name not in known])
    if unknown:
        found = {name: value for name, value in found.items() if name in known}
        text = _packed(found) or ""
    texts = {name: value if isinstance(value, str) else value["text"] for name, value in found.items()}
    return PlainRow(texts, PackedValues(text), unknown)


def is_plain(packed: str) -> bool:
    """Whether all texts in packed values are composed, squeezed, printable and in no old encoding."""
    return (
        packed.isprintable()
        and not any(odd in packed for odd in _ODD)
        and (packed.isascii() or (is_normalized("NFC", packed) and old_letters(packed) is None))
    )


def _collect(row: Mapping[str, object], prefix: str, found: dict[str, str | dict[str, str]]) -> None:
    for name, value in row.items():
        if value is None or (not prefix and name in NOT_VALUES):
            continue
        path = f"{prefix}{name}"
        if type(value) is str:
            found[path] = value
        elif type(value) is list:
            found[path] = LIST_SEPARATOR.join([_edged(each) for each in value])
        elif type(value) is not dict:
            found[path] = _text(value)
        elif "text" in value:
            found[path] = _place(value)
        else:
            _collect(value, f"{path}.", found)


def _place(value: Mapping[str, object]) -> str | dict[str, str]:
    place = {"text": _text(value["text"] or "")}
    for name in _CODES:
        code = value.get(name)
        if code is not None:
            place[name] = _text(code)
    return place if len(place) > 1 else place["text"]


def _text(value: object) -> str:
    if type(value) is str:
        return value
    if type(value) is int:
        return str(value)
    raise _OtherwiseError


def _edged(value: object) -> str:
    """One of a list: a space at its edge would no longer be seen behind the separator."""
    text = _text(value)
    if text.strip() != text:
        raise _OtherwiseError
    return text


def _packed(values: object) -> str | None:
    try:
        return _ENCODER.encode(values).decode()
    except UnicodeEncodeError:
        return None  # half a surrogate
