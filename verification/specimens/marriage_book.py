"""A couple and a seed go in, the entry of the marriage that paper and record share comes out, and the record.

The couple are the parents of a specimen family; the wife is the mother, the husband the father.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from verification.specimens.card import birthday
from verification.specimens.chance import Chance
from verification.specimens.model import Order, RecordLine
from verification.specimens.people import Family, Person
from verification.specimens.places import Era
from verification.specimens.records import UPDATED_AT, facts, places_of, reference
from verification.specimens.registration import LAW_OF_2014, MERGE_DAY

WIFE_AGE, HUSBAND_AGE = 18, 20
"""Least ages of Luật Hôn nhân và gia đình 2014, Art. 8."""
FIRST_DAY, LAST_DAY = date(2004, 1, 5), date(2026, 6, 30)
OLD_FORM_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Marriage:
    """What the book says of a marriage besides the people."""

    number: str
    book: str
    registered_on: date
    registered_at: str

    @property
    def old_form(self) -> bool:
        """True before 2016: other labels, the husband on the left."""
        return self.registered_on < LAW_OF_2014


def wedding_day(chance: Chance, people: Family, era: Era) -> date:
    """A day on which both are of age, under the division of the country that the paper names."""
    wife, husband = people.mother.date_of_birth, people.father.date_of_birth
    of_age = max(birthday(wife, WIFE_AGE), birthday(husband, HUSBAND_AGE), FIRST_DAY)
    if era is Era.NEW:
        return chance.day(max(of_age, MERGE_DAY + timedelta(days=1)), LAST_DAY)
    if chance.happens(OLD_FORM_SHARE) and of_age < LAW_OF_2014:
        return chance.day(of_age, LAW_OF_2014 - timedelta(days=1))
    first = max(of_age, LAW_OF_2014)
    return chance.day(first, max(first, MERGE_DAY - timedelta(days=1)))


def marriage(order: Order) -> Marriage:
    """The entry of this seed, in the book of the husband's or the wife's commune."""
    chance = Chance("marriage", order.seed)
    day = wedding_day(chance, order.family, order.era)
    home = chance.pick((order.family.mother, order.family.father)).residence.place
    agency = home.written(order.era, prefixed=True)
    ordinal = chance.between(1, 260)
    return Marriage(
        number=str(ordinal) if day < LAW_OF_2014 else f"{ordinal}/{day.year}",
        book=f"{chance.between(1, 2):02d}/{day.year}",
        registered_on=day,
        registered_at=chance.pick((f"UBND {agency}", f"Ủy ban nhân dân {agency}")),
    )


def marriage_record(order: Order, couple: Family, chance: Chance) -> RecordLine:
    """The entry in the civil-status database."""
    entry = marriage(order)
    return (
        "civil_status",
        {
            "record_id": f"marriage-{order.seed:07d}",
            "type": "marriage",
            "number": entry.number,
            "book": entry.book,
            "registered_on": entry.registered_on.isoformat(),
            "registered_at": entry.registered_at,
            "wife": {**facts(couple.mother), **places_of(couple.mother, chance)},
            "husband": {**facts(couple.father), **places_of(couple.father, chance)},
            "status": "valid",
            "updated_at": UPDATED_AT,
            "deleted": False,
        },
    )


def spouse_record(person: Person, spouse: Person, chance: Chance) -> RecordLine:
    """One of the couple in the population database."""
    return (
        "population",
        {
            **facts(person),
            "old_id_numbers": [person.old_id_number] if person.old_id_number else [],
            **places_of(person, chance),
            "spouse": reference(spouse),
            "status": "active",
            "updated_at": UPDATED_AT,
            "deleted": False,
        },
    )


def marriage_records(order: Order, recorded: Family) -> tuple[RecordLine, ...]:
    """A marriage certificate is answered by the civil-status database; both spouses are in the other."""
    chance, wife, husband = Chance("record", order.seed), recorded.mother, recorded.father
    return (
        marriage_record(order, recorded, chance),
        spouse_record(wife, husband, chance),
        spouse_record(husband, wife, chance),
    )
