"""What is refused before a number is taken: scans too coarse, and letters that the typeface lacks."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ocr.model import Digest
from signing.errors import GlyphMissingError
from tests.desk import OFFICER, Desk, approval, not_needed
from verification.decision import NotNeeded
from verification.errors import ScanTooCoarseError
from verification.ports import PaperCase
from verification.register import Series
from verification.submission import PageImage, PaperStage
from verification.workflow.issue import hold
from verification.workflow.originals import drawn_dpi, fineness

Change = Callable[[PageImage], PageImage]


def page(width: int, height: int, dpi: int | None, scanned_dpi: int | None = None) -> PageImage:
    return PageImage(Digest("0" * 64), width, height, dpi, scanned_dpi)


def change_pages(desk: Desk, paper: PaperCase, **change: object) -> None:
    """As if the paper had been handed in so."""
    with desk.database.transaction() as tx:
        submission = tx.submissions.get(paper.submission_id)
        files = tuple(
            replace(file, pages=tuple(replace(each, **change) for each in file.pages))  # type: ignore[arg-type]
            for file in submission.files
        )
        tx.submissions.save(replace(submission, files=files))


@pytest.mark.parametrize(
    ("shown", "dpi"),
    [
        (page(1654, 2339, 200), 200),
        (page(1240, 1754, 150), 150),
        (page(1654, 2339, 200, scanned_dpi=96), 96),
        (page(1654, 2339, 200, scanned_dpi=300), 200),
        (page(2480, 3508, None), 300),
        (page(1200, 1600, None), 137),
        (page(1011, 638, None), 300),
    ],
    ids=["scan", "coarse scan", "coarse scan in a PDF", "fine scan in a PDF", "photo", "small photo", "card"],
)
def test_how_fine_a_page_is(shown: PageImage, dpi: int) -> None:
    assert fineness(shown) == dpi


def test_a_photograph_of_a_card_is_drawn_as_large_as_a_card() -> None:
    assert 1011 / drawn_dpi(page(1011, 638, None)) == pytest.approx(3.37, abs=0.02)


@pytest.mark.parametrize("change", [{"dpi": 150}, {"dpi": None}, {"scanned_dpi": 100}])
def test_a_coarse_scan_is_refused_when_it_is_decided(
    desk: Desk, needed: PaperCase, change: dict[str, object]
) -> None:
    change_pages(desk, needed, **change)
    with pytest.raises(ScanTooCoarseError) as refused:
        desk.decide(approval(needed))
    assert (desk.case(needed.id).stage, desk.lines()) == (PaperStage.WAITING, ())
    assert "200 dpi" in refused.value.message_en
    assert "200 dpi" in refused.value.message_vi


def test_a_coarse_scan_takes_no_number_even_if_it_was_decided(desk: Desk, needed: PaperCase) -> None:
    desk.decide(approval(needed))
    change_pages(desk, needed, dpi=199)
    with pytest.raises(ScanTooCoarseError):
        hold(desk.services, needed.id)
    assert desk.lines() == ()


def addressed_to(desk: Desk, paper: PaperCase, audience: str) -> None:
    """As if the paper had been handed in for this organisation."""
    with desk.database.transaction() as tx:
        submission = tx.submissions.get(paper.submission_id)
        tx.submissions.save(replace(submission, audience=audience))


def test_a_letter_that_cannot_be_printed_is_named_when_it_is_decided(desk: Desk, needless: PaperCase) -> None:
    addressed_to(desk, needless, "Công ty 漢字")
    with pytest.raises(GlyphMissingError) as refused:
        desk.decide(not_needed(needless))
    assert refused.value.letters == "字漢"
    assert "字漢" in refused.value.message_en
    assert "字漢" in refused.value.message_vi
    assert desk.case(needless.id).stage is PaperStage.WAITING


def test_a_letter_that_cannot_be_printed_takes_no_number(desk: Desk, needless: PaperCase) -> None:
    desk.decide(not_needed(needless))
    addressed_to(desk, needless, "Công ty 漢字")
    desk.work()
    assert desk.lines(Series.RECEIPTS) == ()
    failed = desk.case(needless.id)
    assert (failed.stage, failed.failure) == (PaperStage.FAILED, "GLYPH_MISSING")


def test_a_signers_name_that_cannot_be_printed_takes_no_number(desk: Desk, needed: PaperCase) -> None:
    with desk.database.transaction() as tx:
        tx.officers.add(replace(tx.officers.get(OFFICER), full_name="Trần 漢"))
    desk.decide(approval(needed))
    with pytest.raises(GlyphMissingError, match="漢"):
        hold(desk.services, needed.id)
    assert desk.lines() == ()


def test_a_receipt_shows_no_scan_and_so_asks_for_no_fineness(desk: Desk, needless: PaperCase) -> None:
    change_pages(desk, needless, dpi=100)
    assert isinstance(desk.decide(not_needed(needless)).decision, NotNeeded)
