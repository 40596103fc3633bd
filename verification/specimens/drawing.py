"""A kind of paper, a seed and a grade go in, a specimen comes out: the file, its truth, the records."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from verification.specimens.birth import draw_birth_certificate
from verification.specimens.birth_extract import draw_birth_extract, extract_cohort, extract_records
from verification.specimens.business import business_era, business_records
from verification.specimens.business_form import draw_business_certificate
from verification.specimens.card import draw_card_back, draw_card_front
from verification.specimens.card_2024 import (
    card_2024_cohort,
    card_2024_era,
    draw_card_2024_back,
    draw_card_2024_front,
)
from verification.specimens.certified import copied_kind, draw_certified_copy
from verification.specimens.chance import Chance
from verification.specimens.changes import Change
from verification.specimens.diploma import draw_diploma
from verification.specimens.errors import UnknownKindError
from verification.specimens.fileform import SUFFIXES
from verification.specimens.grading import CARD, PAPER, Shooting, dpi_in_file, file_of
from verification.specimens.household import resident_records
from verification.specimens.land import land_era
from verification.specimens.land_form import draw_land_certificate
from verification.specimens.letter_form import draw_official_letter
from verification.specimens.licence import draw_licence, licence_era, licence_records
from verification.specimens.marital_status import draw_marital_status
from verification.specimens.marriage import draw_marriage_certificate, marriage_cohort
from verification.specimens.marriage_book import marriage_records
from verification.specimens.model import Drawing, Grade, Order, RecordLine, Specimen
from verification.specimens.people import Cohort, Family, family
from verification.specimens.places import Era
from verification.specimens.records import birth_records, card_records, no_records
from verification.specimens.registration import birth_cohort, birth_era
from verification.specimens.residence_confirmation import draw_residence_confirmation


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one kind of paper is made: who holds it, how it is drawn, how photographed, who knows of it."""

    cohort: Callable[[int], Cohort]
    era: Callable[[int], Era]
    draw: Callable[[Order], Drawing]
    shooting: Shooting
    records: Callable[[Order, Family], tuple[RecordLine, ...]]
    group: str | None = None


def grown(seed: int) -> Cohort:
    """Cards and diplomas belong to grown people."""
    del seed
    return Cohort.GROWN


def before_the_merge(seed: int) -> Era:
    """Cards of 2021 and old diplomas name three levels."""
    del seed
    return Era.OLD


def recent_era(seed: int) -> Era:
    """Papers that hold for months: about as many from before the merge as since."""
    return Chance("recent era", seed).pick((Era.OLD, Era.NEW))


def copied_cohort(seed: int) -> Cohort:
    """A copy belongs to whoever holds the original of the same seed."""
    return birth_cohort(seed) if copied_kind(seed) == "birth_certificate" else Cohort.GROWN


def copied_records(order: Order, recorded: Family) -> tuple[RecordLine, ...]:
    """What the records answer for the original."""
    return (birth_records if copied_kind(order.seed) == "birth_certificate" else no_records)(order, recorded)


RECIPES: dict[str, Recipe] = {
    "citizen_card_2021_front": Recipe(grown, before_the_merge, draw_card_front, CARD, card_records, "card"),
    "citizen_card_2021_back": Recipe(grown, before_the_merge, draw_card_back, CARD, card_records, "card"),
    "birth_certificate": Recipe(birth_cohort, birth_era, draw_birth_certificate, PAPER, birth_records),
    "certified_copy": Recipe(copied_cohort, birth_era, draw_certified_copy, PAPER, copied_records),
    "diploma": Recipe(grown, before_the_merge, draw_diploma, PAPER, no_records),
    "birth_extract": Recipe(extract_cohort, birth_era, draw_birth_extract, PAPER, extract_records),
    "marriage_certificate": Recipe(
        marriage_cohort, birth_era, draw_marriage_certificate, PAPER, marriage_records
    ),
    "marital_status_certificate": Recipe(grown, recent_era, draw_marital_status, PAPER, no_records),
    "residence_confirmation": Recipe(grown, recent_era, draw_residence_confirmation, PAPER, resident_records),
    "official_letter": Recipe(grown, recent_era, draw_official_letter, PAPER, no_records),
    "citizen_card_2024_front": Recipe(
        card_2024_cohort, card_2024_era, draw_card_2024_front, CARD, card_records, "card-2024"
    ),
    "citizen_card_2024_back": Recipe(
        card_2024_cohort, card_2024_era, draw_card_2024_back, CARD, card_records, "card-2024"
    ),
    "driving_licence": Recipe(grown, licence_era, draw_licence, CARD, licence_records),
    "household_business_certificate": Recipe(
        grown, business_era, draw_business_certificate, PAPER, business_records
    ),
    "land_certificate": Recipe(grown, land_era, draw_land_certificate, PAPER, no_records),
}
KINDS: tuple[str, ...] = tuple(RECIPES)


def recipe_of(kind: str) -> Recipe:
    """The recipe of a kind.

    Raises:
        UnknownKindError: there is none.
    """
    if kind not in RECIPES:
        raise UnknownKindError(kind)
    return RECIPES[kind]


def order_for(kind: str, seed: int, grade: Grade, people: Family | None, old_address: bool | None) -> Order:
    """Whose paper is drawn, and how, unless the caller chose."""
    recipe = recipe_of(kind)
    cohort = recipe.cohort(seed)
    era = recipe.era(seed) if old_address is None else Era.OLD if old_address else Era.NEW
    return Order(seed, people or family(seed, cohort), era, recipe.shooting.dpi[grade])


def sketch(kind: str, *, seed: int, grade: Grade = Grade.CLEAN, dpi: float | None = None) -> Drawing:
    """The paper before any grade: every text on its sheet, and its truth; a low `dpi` is drawn sooner."""
    order = order_for(kind, seed, grade, None, None)
    return recipe_of(kind).draw(replace(order, dpi=dpi) if dpi else order)


def draw(
    kind: str,
    *,
    seed: int,
    grade: Grade,
    people: Family | None = None,
    old_address: bool | None = None,
    record_change: Change | None = None,
) -> Specimen:
    """One specimen; the same arguments give the same bytes.

    `people` are drawn instead of the family of the seed. `old_address` makes the paper name three levels
    (True) or two (False) where the seed would choose; the records always name the two of today.
    `record_change` is applied to the family before the records are written (see `changes`).

    Raises:
        UnknownKindError: `kind` is not in KINDS.
        GlyphMissingError, TextOffSheetError: `people` hold a text that cannot be drawn.
    """
    recipe, order = recipe_of(kind), order_for(kind, seed, grade, people, old_address)
    drawing = recipe.draw(order)
    content, media_type = file_of(drawing, grade, recipe.shooting, Chance("file", kind, seed, grade))
    recorded = record_change(order.family) if record_change else order.family
    return Specimen(
        name=f"{kind}-{seed:07d}-{grade}.{SUFFIXES[media_type]}",
        content=content,
        media_type=media_type.value,
        kind=kind,
        group=f"{recipe.group}-{seed:07d}" if recipe.group else None,
        truth=drawing.truth,
        records=recipe.records(order, recorded),
        dpi=dpi_in_file(drawing.sheet, grade, recipe.shooting),
    )
