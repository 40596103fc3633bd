"""A family and a seed go in, the entry of the civil-status book that paper and record share comes out."""

from dataclasses import dataclass
from datetime import date, timedelta

from verification.specimens.chance import Chance
from verification.specimens.people import Cohort, Family
from verification.specimens.places import Era

MERGE_DAY = date(2025, 7, 1)
"""Since this day there are two levels of units (Nghị quyết 202/2025/QH15)."""
LAW_OF_2014 = date(2016, 1, 1)
"""Luật Hộ tịch 2014 in force: personal number at birth registration, new form."""
OLD_FORM_SHARE = 0.2
NEW_ERA_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Registration:
    """What the book says of a birth besides the people.

    `hospital` is None when the child was born in the commune of the family's residence.
    """

    number: str
    book: str
    registered_on: date
    registered_at: str
    hospital: str | None
    registrar: str

    @property
    def old_form(self) -> bool:
        """True before 2016: other labels, no personal number."""
        return self.registered_on < LAW_OF_2014


def birth_cohort(seed: int) -> Cohort:
    """Most children of the specimens were registered under the law of 2014."""
    return Cohort.SCHOOL if Chance("cohort", seed).happens(OLD_FORM_SHARE) else Cohort.INFANT


def birth_era(seed: int) -> Era:
    """Most papers are older than the merge."""
    return Era.NEW if Chance("era", seed).happens(NEW_ERA_SHARE) else Era.OLD


def registration_day(chance: Chance, born: date, era: Era) -> date:
    """Within two months of the birth, or a late or repeated registration after the merge."""
    if era is Era.NEW:
        return chance.day(MERGE_DAY + timedelta(days=1), date(2026, 6, 30))
    return born + timedelta(days=chance.between(2, 55))


def registration(seed: int, family: Family, era: Era) -> Registration:
    """The entry of this seed."""
    chance = Chance("registration", seed)
    day = registration_day(chance, family.child.date_of_birth, era)
    old_form = day < LAW_OF_2014
    ordinal, home = chance.between(1, 420), family.child.residence.place
    agency = home.written(era, prefixed=True)
    province = home.units(era)[-1].name
    hospitals = (
        f"Bệnh viện Đa khoa {province}",
        f"Bệnh viện Phụ sản {province}",
        f"Bệnh viện Sản - Nhi {province}",
    )
    return Registration(
        number=str(ordinal) if old_form else f"{ordinal}/{day.year}",
        book=f"{chance.between(1, 3):02d}/{day.year}",
        registered_on=day,
        registered_at=chance.pick((f"UBND {agency}", f"Ủy ban nhân dân {agency}")),
        hospital=chance.pick(hospitals) if chance.happens(0.6) else None,
        registrar=chance.pick(
            ("Phùng Thị Ngát", "Ngô Bá Khiêm", "Lại Văn Quyết", "Đoàn Thị Thủy", "Tạ Đình Trực")
        ),
    )
