"""A seed goes in, an invented family comes out: a child, a mother, a father, and where they live.

Personal numbers follow Luật Căn cước and Thông tư 59/2021/TT-BCA: province of birth registration,
century and sex, year of birth, six random digits.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from verification.specimens.chance import Chance
from verification.specimens.names import People, Sex, ethnic_group, full_name, surname
from verification.specimens.places import Place, Residence, all_places, residence

NATIONALITY = "Việt Nam"


class Cohort(StrEnum):
    """How old the child of a family is; it decides which papers the child can hold."""

    INFANT = "infant"
    """Born 2016 to spring 2025: the birth certificate bears a personal number."""
    SCHOOL = "school"
    """Born 2007-2015: the birth certificate is of the form of 2010."""
    GROWN = "grown"
    """Born 1955-2006: holds a citizen card, may hold a diploma."""


BORN = {
    Cohort.INFANT: (date(2016, 1, 2), date(2025, 4, 20)),
    Cohort.SCHOOL: (date(2007, 1, 2), date(2015, 10, 20)),
    Cohort.GROWN: (date(1955, 1, 2), date(2006, 6, 30)),
}


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person as the population record knows them; names in usual case.

    The birth was registered in `place_of_registration`, whose province opens the personal number.
    """

    full_name: str
    date_of_birth: date
    sex: Sex
    ethnicity: str
    nationality: str
    personal_number: str
    old_id_number: str | None
    place_of_origin: Place
    place_of_registration: Place
    residence: Residence


@dataclass(frozen=True, slots=True)
class Family:
    """A child, whose papers are drawn, and its parents."""

    child: Person
    mother: Person
    father: Person


def personal_number(chance: Chance, birth_code: str, sex: Sex, born: date) -> str:
    """Twelve digits: province, century and sex, two digits of the year, six random digits."""
    century = (born.year // 100 - 19) * 2 + (1 if sex is Sex.FEMALE else 0)
    return f"{birth_code}{century}{born.year % 100:02d}{chance.digits(6)}"


def old_id_number(chance: Chance, birth_code: str, born: date) -> str | None:
    """The nine digits of a former CMND, for those old enough to have had one."""
    had_one = born.year <= 2001 and chance.happens(0.7)
    return f"{birth_code[1:]}{chance.digits(7)}" if had_one else None


def person(chance: Chance, sex: Sex, born: date, name: str, ethnicity: str, home: Residence) -> Person:
    """Someone of that name and birth; the number and the place of origin are chosen."""
    origin = home.place if chance.happens(0.7) else chance.pick(all_places())
    return Person(
        full_name=name,
        date_of_birth=born,
        sex=sex,
        ethnicity=ethnicity,
        nationality=NATIONALITY,
        personal_number=personal_number(chance, origin.birth_code, sex, born),
        old_id_number=old_id_number(chance, origin.birth_code, born),
        place_of_origin=origin,
        place_of_registration=origin,
        residence=home,
    )


def parent(chance: Chance, sex: Sex, child_born: date, people: People | None, home: Residence) -> Person:
    """Someone 19 to 41 years older than the child."""
    year = child_born.year - chance.between(19, 41)
    born = chance.day(date(year, 1, 1), date(year, 12, 28))
    name = full_name(chance, people, sex, surname(chance, people))
    return person(chance, sex, born, name, people.ethnicity if people else "Kinh", home)


def registered_at_home(child: Person) -> Person:
    """The same child, whose birth was registered where the family lives."""
    place = child.residence.place
    number = place.birth_code + child.personal_number[3:]
    return replace(child, place_of_registration=place, personal_number=number)


def family(seed: int, cohort: Cohort, place: Place | None = None) -> Family:
    """The family of this seed; the same for every kind of paper of one cohort."""
    chance = Chance("family", cohort, seed)
    home = residence(chance, place or chance.pick(all_places()))
    people = ethnic_group(chance)
    born = chance.day(*BORN[cohort])
    father = parent(chance, Sex.MALE, born, people, home)
    mother = parent(chance, Sex.FEMALE, born, people if chance.happens(0.8) else ethnic_group(chance), home)
    sex = chance.pick((Sex.MALE, Sex.FEMALE))
    name = full_name(
        chance, people, sex, father.full_name.split()[0] if not people else surname(chance, people)
    )
    child = person(chance, sex, born, name, father.ethnicity, home)
    return Family(child if cohort is Cohort.GROWN else registered_at_home(child), mother, father)
