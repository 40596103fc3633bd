"""The papers of the demo: drawn from invented people, each with what should come of it."""

from dataclasses import dataclass
from enum import Enum, auto

from verification.assessment import Outcome
from verification.specimens import (
    CHANGES,
    Cohort,
    Grade,
    Specimen,
    broken_files,
    draw,
    family,
    place_named,
)

_PLACE = "Thụy Lâm"
"""A commune of the old three levels that is wholly in a new one (Thư Lâm, Hà Nội)."""


class Choice(Enum):
    """What the demo's officer does."""

    RECEIPT = auto()
    COPY = auto()
    INSISTED_COPY = auto()
    """The citizen wants a copy that the records make needless."""
    REFUSE = auto()
    SEND_ITSELF = auto()
    LOOK = auto()
    """A receipt must be impossible; the paper stays with the officer."""


@dataclass(frozen=True, slots=True)
class DemoPaper:
    """A file to hand in, the proposal expected, and what the officer does about it."""

    title: str
    specimen: Specimen
    outcome: Outcome
    choice: Choice


def demo_papers() -> tuple[DemoPaper, ...]:
    """All papers that can be drawn beforehand; the signed file is one that the demo itself issues."""
    card = draw("citizen_card_2021_front", seed=3, grade=Grade.PHOTO)
    return (
        DemoPaper("Thẻ CCCD, ảnh chụp", card, Outcome.NO_COPY_NEEDED, Choice.RECEIPT),
        DemoPaper("Giấy khai sinh, địa chỉ cũ", _birth(38), Outcome.NO_COPY_NEEDED, Choice.RECEIPT),
        DemoPaper(
            "Giấy khai sinh, vẫn xin bản sao", _birth(43), Outcome.NO_COPY_NEEDED, Choice.INSISTED_COPY
        ),
        DemoPaper(
            "Giấy khai sinh, lệch một chữ", _birth(20, "name_letter"), Outcome.OFFICER_REVIEW, Choice.LOOK
        ),
        DemoPaper(
            "Bằng tốt nghiệp, bản quét",
            draw("diploma", seed=4, grade=Grade.SCAN),
            Outcome.CERTIFICATION_NEEDED,
            Choice.COPY,
        ),
        DemoPaper(
            "Bản sao nộp như bản chính",
            draw("certified_copy", seed=1, grade=Grade.SCAN),
            Outcome.REFUSAL_PROPOSED,
            Choice.REFUSE,
        ),
    )


def demo_broken() -> tuple[tuple[str, bytes], ...]:
    """Two files that cannot be taken."""
    return broken_files()[:2]


def _birth(seed: int, change: str | None = None) -> Specimen:
    """A scanned certificate of a child of Thụy Lâm that names three levels; the record names two."""
    return draw(
        "birth_certificate",
        seed=seed,
        grade=Grade.SCAN,
        people=family(seed, Cohort.INFANT, place_named(_PLACE)),
        old_address=True,
        record_change=CHANGES[change] if change else None,
    )
