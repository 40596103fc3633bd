"""The frozen table of the merge of 1 July 2025 in; the units before and after it, by code and by parent, out.

>>> units = load_units()
>>> lien_ha = next(old for old in units.communes_before["017"] if old.name == "Liên Hà")
>>> [units.communes[code].name for code in lien_ha.became]
['Đông Anh', 'Thư Lâm']
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar

TABLE_FILE: Final = "communes_2025.tsv"
EARLIER_FILE: Final = "earlier_units.tsv"

Unit = TypeVar("Unit")
Rows = Mapping[str, list[list[str]]]
"""The cells of every row after its first, by that first cell."""


class Province(NamedTuple):
    """A province of today. `kind` and `name` as printed: "Tỉnh", "Cao Bằng"."""

    code: str
    kind: str
    name: str


class Commune(NamedTuple):
    """A commune of today; its code is unique in the country, `kind` is Xã, Phường or Đặc khu."""

    code: str
    province: str
    kind: str
    name: str


class ProvinceBefore(NamedTuple):
    """A province of early 2025 and the code of the province of today that took it up whole."""

    code: str
    kind: str
    name: str
    became: str


class DistrictBefore(NamedTuple):
    """A district of early 2025; `province` is the code of that time."""

    code: str
    province: str
    kind: str
    name: str


class CommuneBefore(NamedTuple):
    """A commune of early 2025 and the communes of today that hold a part of it; more than one: it was split.

    `earlier` are folded names, without spaces, of communes that are said to have gone up in it before.
    An island district without communes is one row without code, kind and name.
    """

    code: str
    district: str
    kind: str
    name: str
    became: tuple[str, ...]
    earlier: tuple[str, ...]


class EarlierProvince(NamedTuple):
    """A province as it was before 2025, and the codes of the provinces of early 2025 its land lies in."""

    name: str
    lies_in: tuple[str, ...]


class EarlierDistrict(NamedTuple):
    """A district gone before 2025. `whole`: its communes surely kept their names and borders."""

    name: str
    province: str
    went_to: tuple[str, ...]
    whole: bool


# The rows above are named tuples because fourteen thousand of them are made at once.
@dataclass(frozen=True, slots=True)
class Units:
    """All units; `…_of` and `…_before` give the children of a parent's code, in the order of their codes."""

    provinces: Mapping[str, Province]
    communes: Mapping[str, Commune]
    communes_of: Mapping[str, tuple[Commune, ...]]
    provinces_before: Mapping[str, ProvinceBefore]
    districts_before: Mapping[str, tuple[DistrictBefore, ...]]
    communes_before: Mapping[str, tuple[CommuneBefore, ...]]
    earlier_provinces: tuple[EarlierProvince, ...]
    earlier_districts: tuple[EarlierDistrict, ...]
    spellings: tuple[tuple[str, str], ...]
    """Other spellings of a province of early 2025, and its code."""


@cache
def load_units() -> Units:
    """The table, read once. Every caller shares the one value, which nothing can change."""
    rows = _rows(TABLE_FILE)
    earlier = _rows(EARLIER_FILE)
    communes = [Commune(*cells) for cells in rows["N"]]
    districts = [DistrictBefore(*cells) for cells in rows["D"]]
    also = {code: _codes(now) for code, now in earlier["A"]}
    communes_before = [
        CommuneBefore(code, district, kind, name, _codes(now) + also.get(code, ()), _codes(aliases))
        for code, district, kind, name, now, aliases in rows["C"]
    ]
    return Units(
        provinces=MappingProxyType({code: Province(code, *_apart(text)) for code, text in rows["P"]}),
        communes=MappingProxyType({commune.code: commune for commune in communes}),
        communes_of=_by_parent((commune.province, commune) for commune in communes),
        provinces_before=MappingProxyType(
            {code: ProvinceBefore(code, *_apart(text), now) for code, text, now in rows["Q"]}
        ),
        districts_before=_by_parent((district.province, district) for district in districts),
        communes_before=_by_parent((commune.district, commune) for commune in communes_before),
        earlier_provinces=tuple(EarlierProvince(name, _codes(lies_in)) for name, lies_in in earlier["P"]),
        earlier_districts=tuple(
            EarlierDistrict(name, province, _codes(went_to), how == "whole")
            for name, province, went_to, how in earlier["D"]
        ),
        spellings=tuple((name, code) for name, code in earlier["S"]),
    )


def _rows(name: str) -> Rows:
    rows: dict[str, list[list[str]]] = defaultdict(list)
    for line in files(__name__).joinpath(name).read_text(encoding="utf-8").split("\n"):
        if line and line[0] != "#":
            first, *cells = line.split("\t")
            rows[first].append(cells)
    return rows


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(",")) if cell else ()


def _apart(text: str) -> tuple[str, str]:
    kind = "Thành phố" if text.startswith("Thành phố ") else "Tỉnh"
    return kind, text.removeprefix(kind + " ")


def _by_parent(pairs: Iterable[tuple[str, Unit]]) -> Mapping[str, tuple[Unit, ...]]:
    grouped: dict[str, list[Unit]] = defaultdict(list)
    for parent, unit in pairs:
        grouped[parent].append(unit)
    return MappingProxyType({parent: tuple(units) for parent, units in grouped.items()})
