"""A family and an entry of the civil-status book go in, records as interface.md writes them come out.

The records name the communes of today, in whatever way the paper named them.
"""

from collections.abc import Mapping

from verification.specimens.chance import Chance
from verification.specimens.model import Order, RecordLine
from verification.specimens.people import Family, Person
from verification.specimens.places import Era, Place
from verification.specimens.registration import Registration, registration

UPDATED_AT = "2026-11-20T06:00:00+07:00"
"""When every record of the specimens was last changed at its source."""
Record = Mapping[str, object]


def place_record(place: Place, text: str, *, coded: bool) -> object:
    """A place as plain text, or with the codes of commune and province."""
    if not coded:
        return text
    return {"text": text, "commune_code": place.commune_code, "province_code": place.province_code}


def places_of(person: Person, chance: Chance) -> dict[str, object]:
    """Origin and residence, one way of writing for both."""
    prefixed, coded = chance.happens(0.5), chance.happens(0.5)
    home, origin = person.residence, person.place_of_origin
    home_text, origin_text = (where.written(Era.NEW, prefixed=prefixed) for where in (home, origin))
    return {
        "place_of_origin": place_record(origin, origin_text, coded=coded),
        "residence": place_record(home.place, home_text, coded=coded),
    }


def reference(person: Person) -> dict[str, object]:
    """A relative: name and number."""
    return {"full_name": person.full_name, "personal_number": person.personal_number}


def facts(person: Person) -> dict[str, object]:
    """What both sources say of a person."""
    return {
        "full_name": person.full_name,
        "date_of_birth": person.date_of_birth.isoformat(),
        "sex": person.sex.value,
        "ethnicity": person.ethnicity,
        "nationality": person.nationality,
        "personal_number": person.personal_number,
    }


def population_record(family: Family, chance: Chance) -> Record:
    """The child in the population database."""
    child = family.child
    return {
        **facts(child),
        "old_id_numbers": [child.old_id_number] if child.old_id_number else [],
        **places_of(child, chance),
        "father": reference(family.father),
        "mother": reference(family.mother),
        "status": "active",
        "updated_at": UPDATED_AT,
        "deleted": False,
    }


def parent_record(parent: Person, chance: Chance) -> Record:
    """A parent in the entry of a birth: many books hold the year alone."""
    year_only = chance.happens(0.4)
    born = str(parent.date_of_birth.year) if year_only else parent.date_of_birth.isoformat()
    return {**facts(parent), "date_of_birth": born, **places_of(parent, chance)}


def birth_record(order: Order, family: Family, entry: Registration, chance: Chance) -> Record:
    """The entry of the birth in the civil-status database."""
    place = family.child.residence.place
    born_at = entry.hospital or place.written(Era.NEW, prefixed=True)
    return {
        "record_id": f"birth-{order.seed:07d}",
        "type": "birth",
        "number": entry.number,
        "book": entry.book,
        "registered_on": entry.registered_on.isoformat(),
        "registered_at": entry.registered_at,
        "child": {**facts(family.child), "place_of_birth": born_at, **places_of(family.child, chance)},
        "mother": parent_record(family.mother, chance),
        "father": parent_record(family.father, chance),
        "status": "valid",
        "updated_at": UPDATED_AT,
        "deleted": False,
    }


def card_records(order: Order, recorded: Family) -> tuple[RecordLine, ...]:
    """A card is answered by the population database."""
    return (("population", population_record(recorded, Chance("record", order.seed))),)


def birth_records(order: Order, recorded: Family) -> tuple[RecordLine, ...]:
    """A birth certificate is answered by the civil-status database; the child is in the other as well."""
    entry, chance = registration(order.seed, order.family, order.era), Chance("record", order.seed)
    return (
        ("civil_status", birth_record(order, recorded, entry, chance)),
        ("population", population_record(recorded, chance)),
    )


def no_records(order: Order, recorded: Family) -> tuple[RecordLine, ...]:
    """No source knows this kind of paper."""
    del order, recorded
    return ()
