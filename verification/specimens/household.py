"""A family and a seed go in, the household they live in comes out: its head, and what each is to the head."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from verification.specimens.chance import Chance
from verification.specimens.model import Order, RecordLine
from verification.specimens.names import Sex, full_name, name_lists, surname
from verification.specimens.people import Family, Person, person
from verification.specimens.records import population_record


class Head(StrEnum):
    """Who is the head of the household."""

    FATHER = "father"
    MOTHER = "mother"
    CHILD = "child"


OF_HEAD: Mapping[Head, Mapping[str, str]] = {
    Head.FATHER: {"mother": "Vợ", "child": "Con", "sibling": "Con"},
    Head.MOTHER: {"father": "Chồng", "child": "Con", "sibling": "Con"},
    Head.CHILD: {"father": "Cha", "mother": "Mẹ", "child": "Chủ hộ", "sibling": "Em"},
}
"""What each is called in relation to the head; siblings are younger than the child."""
BLOOD = {"Con": "Con đẻ", "Cha": "Cha đẻ", "Mẹ": "Mẹ đẻ", "Em": "Em ruột"}
"""The longer words for the same."""
MOST_SIBLINGS = 2


@dataclass(frozen=True, slots=True)
class Member:
    """Someone else in the household and what they are to its head."""

    person: Person
    relation: str


@dataclass(frozen=True, slots=True)
class Household:
    """`relation` is what the child of the family is to the head; `others` are all but the child."""

    head: Person
    relation: str
    others: tuple[Member, ...]


def sibling(chance: Chance, family: Family) -> Person:
    """Someone younger than the child, of the same parents and in the same house."""
    child, sex = family.child, chance.pick((Sex.MALE, Sex.FEMALE))
    people = next((group for group in name_lists().minorities if group.ethnicity == child.ethnicity), None)
    family_name = surname(chance, people) if people else family.father.full_name.split()[0]
    born = child.date_of_birth + timedelta(days=chance.between(400, 3200))
    name = full_name(chance, people, sex, family_name)
    return person(chance, sex, born, name, child.ethnicity, child.residence)


def household(seed: int, family: Family) -> Household:
    """The household of this seed; the same family gives the same household."""
    chance = Chance("household", seed)
    head = chance.pick((Head.FATHER, Head.FATHER, Head.MOTHER, Head.CHILD))
    in_full = chance.happens(0.3)
    siblings = [sibling(chance, family) for _ in range(chance.between(0, MOST_SIBLINGS))]
    called = {who: BLOOD.get(word, word) if in_full else word for who, word in OF_HEAD[head].items()}
    members = [("father", family.father), ("mother", family.mother), *(("sibling", one) for one in siblings)]
    heads = {Head.FATHER: family.father, Head.MOTHER: family.mother, Head.CHILD: family.child}
    others = (Member(one, called.get(who, "Chủ hộ")) for who, one in members)
    return Household(heads[head], called["child"], tuple(others))


def resident_records(order: Order, recorded: Family) -> tuple[RecordLine, ...]:
    """The population database knows the resident and the head of the household."""
    home = household(order.seed, recorded)
    head = {
        "full_name": home.head.full_name,
        "personal_number": home.head.personal_number,
        "relation": home.relation,
    }
    return (("population", {**population_record(recorded, Chance("record", order.seed)), "head": head}),)
