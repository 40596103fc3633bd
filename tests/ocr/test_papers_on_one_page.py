"""Two sides of a card on one A4 page, from the file to the papers: each side a document, both one group."""

import io
from datetime import date

import pytest
from PIL import Image

from ocr.intake import take_in
from ocr.model import Limits
from ocr.reading import PaperReader
from tests.ocr.drawing import as_bytes
from verification.extract import extract, join_sides
from verification.extraction import Extraction
from verification.profile import shipped_profiles
from verification.specimens import Grade, draw, two_sides_on_a4
from verification.wanted import lines_wanted

PROFILES = shipped_profiles()


def papers_of(reader: PaperReader, content: bytes) -> tuple[Extraction, ...]:
    first = reader.read(take_in(content, Limits()), both=False)
    reading = reader.read_again(first, lines_wanted(first, PROFILES))
    return join_sides(extract(reading, PROFILES, today=date(2026, 11, 24)), PROFILES)


def inside(paper: Extraction) -> bool:
    """Every reading of every field lies in the paper's own region."""
    region = paper.region
    assert region is not None
    return all(region.overlap(reading.box) for field in paper.fields for reading in field.readings)


@pytest.mark.parametrize(("year", "grade"), [(2021, Grade.SCAN), (2024, Grade.PHOTO)])
def test_two_sides_on_one_page_are_two_papers_of_one_group(
    paper_reader: PaperReader, year: int, grade: Grade
) -> None:
    front, back = (
        draw(f"citizen_card_{year}_{side}", seed=10, grade=Grade.CLEAN) for side in ("front", "back")
    )
    papers = papers_of(paper_reader, two_sides_on_a4(front, back, grade=grade).content)
    assert [paper.kind for paper in papers] == [front.kind, back.kind]
    assert papers[0].group == papers[1].group is not None
    assert all(paper.value("personal_number") == front.truth["personal_number"] for paper in papers)
    assert papers[1].value("issued_on") == back.truth["issued_on"]
    assert all(inside(paper) for paper in papers)


def test_cards_of_two_people_on_one_page_stay_two_people(paper_reader: PaperReader) -> None:
    page = Image.new("RGB", (1654, 2339), "white")
    fronts = [draw("citizen_card_2021_front", seed=seed, grade=Grade.CLEAN) for seed in (20, 21)]
    for row, front in enumerate(fronts):
        page.paste(Image.open(io.BytesIO(front.content)).resize((674, 425)), (480, 260 + 700 * row))
    papers = papers_of(paper_reader, as_bytes(page, dpi=(200, 200)))
    assert [p.value("personal_number") for p in papers] == [f.truth["personal_number"] for f in fronts]
    assert papers[0].group != papers[1].group
