"""Papers that share a page: no value crosses a region, and a stamp beside copied cards concerns each."""

from dataclasses import replace

from ocr.model import Box, DocumentReading, PageReading, PageText
from tests.builders import CARD, PROFILES, STAMP, card_back, card_front, document, papers_on, picture, text
from verification.wanted import lines_wanted

FRONT, BACK = Box(0, 0, 900, 1300), Box(0, 1300, 900, 2600)


def below(part: PageReading, by: int) -> PageReading:
    """The same, further down."""

    def moved(box: Box) -> Box:
        return Box(box.x0, box.y0 + by, box.x1, box.y1 + by)

    texts = (
        PageText(t.reader, tuple(replace(line, box=moved(line.box)) for line in t.lines)) for t in part.texts
    )
    codes = (replace(code, box=moved(code.box)) for code in part.codes)
    return replace(part, texts=tuple(texts), codes=tuple(codes))


def together(*parts: PageReading) -> PageReading:
    """One page with a front above a back, and what else there is."""
    texts = (
        PageText(seen[0].reader, tuple(line for t in seen for line in t.lines))
        for seen in zip(*(part.texts for part in parts), strict=True)
    )
    codes = tuple(code for part in parts for code in part.codes)
    return replace(parts[0], texts=tuple(texts), codes=codes, regions=(FRONT, BACK))


def stamped() -> PageReading:
    lines = (*STAMP, "MẪU / SPECIMEN")
    seen = tuple(text(reader, lines) for reader in ("asternet", "tesseract"))
    return below(replace(card_front(), texts=seen, codes=()), 2600)


def test_each_side_is_a_paper_with_its_region() -> None:
    front, back = papers_on(together(card_front(), below(card_back(), 1300)))
    assert (front.kind, front.region, front.pages) == ("citizen_card_2021_front", FRONT, (1,))
    assert (back.kind, back.region, back.pages) == ("citizen_card_2021_back", BACK, (1,))
    assert front.value("personal_number") == back.value("personal_number") == CARD["personal_number"]


def test_no_value_is_taken_across_regions() -> None:
    front, back = papers_on(together(card_front(), below(card_back(), 1300)))
    for paper, region in ((front, FRONT), (back, BACK)):
        assert all(region.overlap(r.box) for f in paper.fields for r in f.readings)


def test_a_stamp_beside_copied_cards_makes_certified_copies_of_both() -> None:
    front, back = papers_on(together(card_front(), below(card_back(), 1300), stamped()))
    assert [p.kind for p in (front, back)] == ["certified_copy", "certified_copy"]
    assert [p.value("copy_of") for p in (front, back)] == [
        "citizen_card_2021_front",
        "citizen_card_2021_back",
    ]
    assert front.value("certification_number") == back.value("certification_number") == "4711"


def test_the_second_reader_is_asked_for_the_lines_of_both_sides() -> None:
    page = together(card_front(), below(card_back(), 1300))
    lines = page.texts[0].lines
    (numbers,) = lines_wanted(DocumentReading(document(picture(0)), (page,)), PROFILES).values()
    boxes = [lines[i].box for i in numbers]
    assert any(FRONT.overlap(box) for box in boxes)
    assert any(BACK.overlap(box) for box in boxes)
