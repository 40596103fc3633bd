"""A place and an era go in, an office that writes letters there comes out; the schools are invented."""

from dataclasses import dataclass

from verification.specimens.chance import Chance
from verification.specimens.office import CHAIRMAN, committee
from verification.specimens.places import Era, Place

Capacities = tuple[tuple[str, ...], ...]
SCHOOLS = (
    (("TRƯỜNG TIỂU HỌC", "ĐỒNG MẪU"), "THĐM"),
    (("TRƯỜNG TRUNG HỌC CƠ SỞ", "SÔNG MẪU"), "THCSSM"),
    (("TRƯỜNG MẦM NON", "HOA MẪU"), "MNHM"),
)
DIVISIONS = (("VĂN HÓA - XÃ HỘI", "VHXH"), ("KINH TẾ", "KT"), ("TƯ PHÁP", "TP"))
HANDLED_BY = ("VHXH", "KT", "VP", "TP", "ĐCXD")


@dataclass(frozen=True, slots=True)
class Bureau:
    """Who writes: the lines of the letterhead, the sign in the number, and how its papers are signed."""

    superior: str | None
    issuer: tuple[str, ...]
    sign: str
    capacities: Capacities

    def number(self, chance: Chance, type_sign: str | None) -> str:
        """45/QĐ-UBND, or 45/UBND-VHXH where the letter has no type; some clerks leave a gap by hand."""
        gap = " " if chance.happens(0.12) else ""
        division = f"-{chance.pick(HANDLED_BY)}" if self.sign == "UBND" else ""
        signs = f"{type_sign}-{self.sign}" if type_sign else f"{self.sign}{division}"
        return f"{chance.between(1, 980):02d}{gap}/{signs}"


def chief_or_deputy(chief: str) -> Capacities:
    """The chief, or a deputy on the chief's behalf."""
    return ((chief,), (chief,), (f"KT. {chief}", f"PHÓ {chief}"))


def in_lines(chance: Chance, parts: tuple[str, ...]) -> tuple[str, ...]:
    """A name on one line, or broken where its parts meet."""
    return parts if chance.happens(0.5) else (" ".join(parts),)


def of_commune(place: Place, era: Era) -> str:
    """The superior office of all but the committee."""
    return f"UBND {place.units(era)[0].written(prefixed=True).upper()}"


def committee_bureau(chance: Chance, place: Place, era: Era) -> Bureau:
    """The committee itself."""
    return Bureau(*committee(chance, place, era), "UBND", CHAIRMAN)


def division_bureau(chance: Chance, place: Place, era: Era) -> Bureau:
    """A division: of the commune since the merge, of the district before."""
    name, sign = chance.pick(DIVISIONS)
    units = [unit.written(prefixed=True).upper() for unit in place.units(era)]
    superior = f"UBND {units[0 if era is Era.NEW else 1]}"
    return Bureau(superior, (f"PHÒNG {name}",), f"P{sign}", chief_or_deputy("TRƯỞNG PHÒNG"))


def service_bureau(chance: Chance, place: Place, era: Era) -> Bureau:
    """The centre that receives dossiers."""
    lines = in_lines(chance, ("TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"))
    return Bureau(of_commune(place, era), lines, "TTPVHCC", chief_or_deputy("GIÁM ĐỐC"))


def school_bureau(chance: Chance, place: Place, era: Era) -> Bureau:
    """A school of the commune."""
    parts, sign = chance.pick(SCHOOLS)
    return Bureau(of_commune(place, era), in_lines(chance, parts), sign, chief_or_deputy("HIỆU TRƯỞNG"))


BUREAUS = ((committee_bureau, 5), (division_bureau, 2), (service_bureau, 1), (school_bureau, 2))
"""Who writes, and how often."""


def bureau(chance: Chance, place: Place, era: Era) -> Bureau:
    """The office of this letter."""
    return chance.weighted(BUREAUS)(chance, place, era)
