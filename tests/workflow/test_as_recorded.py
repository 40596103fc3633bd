"""What is about to be signed held against what was recorded: scans, items and who the answer is for."""

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from signing.model import PreparedPdf
from signing.pades import prepare
from tests.builders import picture
from tests.desk import Desk, not_needed
from verification.errors import PreparedDiffersError
from verification.matching import Comparison
from verification.ports import PaperCase
from verification.register import Series
from verification.submission import PageImage
from verification.workflow.as_recorded import require_as_recorded
from verification.workflow.compose import Held, compose
from verification.workflow.issue import code_of, hold


@pytest.fixture
def held_receipt(desk: Desk, needless: PaperCase) -> Held:
    """A receipt with its line held."""
    desk.decide(not_needed(needless))
    hold(desk.services, needless.id)
    (entry,) = desk.lines(Series.RECEIPTS)
    with desk.database.transaction() as tx:
        submission = tx.submissions.get(needless.submission_id)
    return Held(submission, desk.case(needless.id), not_needed(needless), entry)


def prepared(desk: Desk, held: Held) -> PreparedPdf:
    return prepare(compose(desk.services, held, code_of(desk.services, held.entry)))


def require(desk: Desk, pdf: PreparedPdf, held: Held) -> None:
    require_as_recorded(desk.services, pdf, held, code_of(desk.services, held.entry))


def refused(desk: Desk, pdf: PreparedPdf, held: Held) -> None:
    with pytest.raises(PreparedDiffersError):
        require(desk, pdf, held)


def with_pages(held: Held, change: Callable[[PageImage], PageImage]) -> Held:
    files = tuple(replace(f, pages=tuple(change(p) for p in f.pages)) for f in held.submission.files)
    return replace(held, submission=replace(held.submission, files=files))


def with_comparisons(held: Held, *comparisons: Comparison) -> Held:
    match = held.paper.assessment.match
    assert match is not None
    changed = replace(held.paper.assessment, match=replace(match, comparisons=comparisons))
    return replace(held, paper=replace(held.paper, assessment=changed))


def comparisons(held: Held) -> tuple[Comparison, ...]:
    assert held.paper.assessment.match is not None
    return held.paper.assessment.match.comparisons


def test_what_was_recorded_may_be_signed(desk: Desk, held_receipt: Held) -> None:
    require(desk, prepared(desk, held_receipt), held_receipt)


def test_a_copy_of_another_scan_is_not_signed(desk: Desk, held: Held) -> None:
    other = desk.objects.put_once(picture(77))
    swapped = with_pages(held, lambda page: replace(page, digest=other))
    refused(desk, prepared(desk, swapped), held)


def test_a_copy_that_lacks_a_page_is_not_signed(desk: Desk, held: Held) -> None:
    twice = replace(held, paper=replace(held.paper, sides=held.paper.sides * 2))
    refused(desk, prepared(desk, held), twice)


def test_a_copy_with_a_picture_of_a_page_too_many_is_not_signed(desk: Desk, held: Held) -> None:
    twice = replace(held, paper=replace(held.paper, sides=held.paper.sides * 2))
    refused(desk, prepared(desk, twice), held)


def test_a_copy_whose_scan_was_written_anew_is_not_signed(desk: Desk, held: Held) -> None:
    made, out = prepared(desk, held), io.BytesIO()
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        [scan] = pdf.pages[0].get_images().values()
        scan.write(scan.read_raw_bytes()[:-40] + bytes(40), filter=pikepdf.Name.DCTDecode)
        pdf.save(out)
    refused(desk, PreparedPdf(out.getvalue()), held)


def test_a_receipt_that_lacks_an_item_is_not_signed(desk: Desk, held_receipt: Held) -> None:
    less = with_comparisons(held_receipt, *comparisons(held_receipt)[:-1])
    refused(desk, prepared(desk, less), held_receipt)


@pytest.mark.parametrize(
    "change", [{"audience": "Ngân hàng Mẫu"}, {"procedure": "2.000884 Chứng thực chữ ký"}]
)
def test_a_receipt_for_somebody_else_is_not_signed(
    desk: Desk, held_receipt: Held, change: dict[str, str]
) -> None:
    other = replace(held_receipt, submission=replace(held_receipt.submission, **change))  # type: ignore[arg-type]
    refused(desk, prepared(desk, other), held_receipt)


def test_a_receipt_under_a_copys_number_is_not_signed(desk: Desk, held: Held, held_receipt: Held) -> None:
    refused(desk, prepared(desk, held), held_receipt)
    refused(desk, prepared(desk, held_receipt), held)
