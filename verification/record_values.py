"""The values of a record in, one JSON text out, and the way back.

A delivery of millions is parsed in one process and written by another: its values travel and are kept as
text, and become values again only where somebody asks for one.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from verification.source import RecordValue

LIST_SEPARATOR: Final = "|"
"""Between the values of a list; no number of a paper has it."""

_DECODER: Final = msgspec.json.Decoder(dict[str, Any])
_ENCODER: Final = msgspec.json.Encoder()


class PackedValues(Mapping[str, RecordValue]):
    """The values of a record as one JSON text, unpacked when somebody asks."""

    __slots__ = ("_values", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._values: dict[str, RecordValue] | None = None

    def __getitem__(self, name: str) -> RecordValue:
        return self._unpacked()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._unpacked())

    def __len__(self) -> int:
        return len(self._unpacked())

    def __repr__(self) -> str:
        return f"PackedValues({list(self)})"

    def _unpacked(self) -> dict[str, RecordValue]:
        if self._values is None:
            self._values = unpacked(self.text)
        return self._values


def packed(values: Mapping[str, RecordValue]) -> str:
    """`{"full_name": "…", "residence": {"text": "…", "commune_code": "…"}}`, without what is not known."""
    if isinstance(values, PackedValues):
        return values.text
    return _ENCODER.encode({name: _plain(value) for name, value in values.items()}).decode()


def unpacked(text: str) -> dict[str, RecordValue]:
    """The values of a text that `packed` wrote, or of a row as it came: with groups and lists."""
    return dict(_flat(_DECODER.decode(text), ""))


def _flat(values: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, RecordValue]]:
    for name, value in values.items():
        path = f"{prefix}{name}"
        if isinstance(value, str):
            yield path, RecordValue(value)
        elif isinstance(value, list):
            yield path, RecordValue(LIST_SEPARATOR.join(value))
        elif "text" in value:
            yield path, RecordValue(value["text"], value.get("commune_code"), value.get("province_code"))
        else:
            yield from _flat(value, f"{path}.")


def _plain(value: RecordValue) -> str | dict[str, str]:
    codes = (("commune_code", value.commune_code), ("province_code", value.province_code))
    known = {name: code for name, code in codes if code is not None}
    return {"text": value.text, **known} if known else value.text
