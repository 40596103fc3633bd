"""A frozen list of real communes comes in from `places.tsv`, places that can be written old and new come out.

Each old commune of the list went whole into one new commune on 1 July 2025, so the two spellings name
one place. The rows were taken once from the data of vietnamadminunits 1.0.4 (MIT).
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from verification.specimens.chance import Chance


class Era(StrEnum):
    """Which division of the country a paper names."""

    OLD = "old"
    """Commune, district, province: until 30 June 2025."""
    NEW = "new"
    """Commune, province: since 1 July 2025."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the administration: its kind (xã, quận, tỉnh ...) and its name."""

    kind: str
    name: str

    @property
    def numbered(self) -> bool:
        """Units named by a number are never written without their kind."""
        return self.name[-1].isdigit() or self.name[0].isdigit()

    def written(self, *, prefixed: bool) -> str:
        """`xã Thụy Lâm` or `Thụy Lâm`; `phường 7` or `Phường 7`."""
        bare = self.name.removeprefix(self.kind.capitalize()).strip()
        if prefixed:
            return f"{self.kind} {bare}"
        return f"{self.kind.capitalize()} {bare}" if self.numbered else self.name


@dataclass(frozen=True, slots=True)
class Place:
    """A commune under both divisions; `birth_code` opens the personal numbers of those registered there."""

    birth_code: str
    old: tuple[Unit, ...]
    new: tuple[Unit, ...]
    commune_code: str
    province_code: str

    def units(self, era: Era) -> tuple[Unit, ...]:
        """From the commune up."""
        return self.old if era is Era.OLD else self.new

    def written(self, era: Era, *, prefixed: bool) -> str:
        """The whole address of the commune on one line."""
        return ", ".join(unit.written(prefixed=prefixed) for unit in self.units(era))

    @property
    def rural(self) -> bool:
        """True where people live in hamlets (thôn), not streets."""
        return self.old[0].kind == "xã"


@dataclass(frozen=True, slots=True)
class Residence:
    """A hamlet or street and the commune it lies in."""

    detail: str
    place: Place

    def written(self, era: Era, *, prefixed: bool) -> str:
        """The whole address on one line."""
        return f"{self.detail}, {self.place.written(era, prefixed=prefixed)}"


def place_of(row: dict[str, str]) -> Place:
    """One line of the table."""
    old = tuple(Unit(row[f"old_{u}_kind"], row[f"old_{u}"]) for u in ("commune", "district", "province"))
    new = tuple(Unit(row[f"{u}_kind"], row[u]) for u in ("commune", "province"))
    return Place(row["birth_code"], old, new, row["commune_code"], row["province_code"])


@cache
def all_places() -> tuple[Place, ...]:
    """Every commune of the table, in its order."""
    table = files("verification.specimens").joinpath("places.tsv").read_text(encoding="utf-8")
    return tuple(place_of(row) for row in csv.DictReader(table.splitlines(), delimiter="\t"))


def place_named(commune: str) -> Place:
    """The first place of the table whose old commune bears this name."""
    return next(place for place in all_places() if place.old[0].name == commune)


HAMLETS = (
    "Đông",
    "Đoài",
    "Thượng",
    "Hạ",
    "Trung",
    "Mỹ Hòa",
    "Phú Thụy",
    "Cổ Lũng",
    "Bãi Ngoài",
    "Quyết Tiến",
    "Ngọc Lý",
)
STREETS = ("Hoa Mai", "Lúa Vàng", "Cây Dừa", "Bờ Tre", "Suối Ngọc", "Hướng Dương", "Phượng Đỏ", "Ghềnh Đá")


def residence(chance: Chance, place: Place) -> Residence:
    """An invented hamlet or street (no house of a real person) in the place."""
    number = chance.between(1, 18)
    if place.rural:
        named = f"{chance.pick(('Thôn', 'Thôn', 'Xóm', 'Ấp', 'Bản', 'Buôn'))} {chance.pick(HAMLETS)}"
        return Residence(chance.pick((named, named, f"Thôn {number}", f"Xóm {number}")), place)
    house = f"Số {chance.between(1, 240)} đường {chance.pick(STREETS)}"
    return Residence(chance.pick((house, f"Tổ dân phố {number}", f"Tổ {number}", f"Khu phố {number}")), place)
