"""Where the pages of an original and the statement come to stand."""

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from signing.blank import Blank, blank_bands
from signing.copy_layout import FIRST_HEAD_MM, FOOT_MM, plan_copy
from signing.errors import RenderError
from signing.model import PageScan
from tests.signing.contents import letter_scan, page_scan


def page(draw: str = "white", *, marks: tuple[tuple[float, float, str], ...] = ()) -> bytes:
    """A page of 800 by 1000 pixels with dots of 6 pixels at shares of its width and height."""
    picture = Image.new("RGB", (800, 1000), draw)
    pen = ImageDraw.Draw(picture)
    for x, y, colour in marks:
        pen.rectangle((800 * x, 1000 * y, 800 * x + 5, 1000 * y + 5), fill=colour)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def test_a_white_page_is_blank() -> None:
    assert blank_bands(page()) == Blank(1.0, 1.0)


@pytest.mark.parametrize("colour", ["black", "#c02030", "#3050c0", "#fff27a"])
def test_ink_of_any_colour_ends_what_is_blank(colour: str) -> None:
    blank = blank_bands(page(marks=((0.5, 0.25, colour), (0.9, 0.75, colour))))
    assert blank.top == pytest.approx(0.25, abs=0.02)
    assert blank.bottom == pytest.approx(0.25, abs=0.02)
    assert blank.top <= 0.25


def test_a_coloured_or_a_dark_page_is_not_blank_but_its_paper_may_be_yellowed() -> None:
    assert blank_bands(page("#404040")).bottom == 0
    assert blank_bands(page("#f6efd8")).bottom == 1


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(RenderError):
        blank_bands(b"no picture")


def test_a_card_stands_upright_in_its_real_size_under_the_head() -> None:
    plan = plan_copy((page_scan(width=674, height=425, dpi=200),), statement_on_last=False)
    [only] = plan.pages
    assert (only.width, only.height) == (210, 297)
    assert only.scans[0].width == pytest.approx(85.6, abs=0.1)
    assert only.scans[0].y == FIRST_HEAD_MM


def test_both_sides_of_a_card_share_a_page_and_leave_room() -> None:
    sides = tuple(page_scan(side, width=1399, height=972, dpi=343) for side in (1, 2))
    plan = plan_copy(sides, statement_on_last=True)
    [only] = plan.pages
    front, back = only.scans
    assert back.y >= front.y + front.height
    assert plan.room is not None
    assert plan.room.y >= back.y + back.height


def test_a_third_small_scan_and_a_large_one_get_pages_of_their_own() -> None:
    one, two, three = (page_scan(side, width=674, height=425, dpi=200) for side in (1, 2, 3))
    plan = plan_copy((one, two, three, letter_scan(), one), statement_on_last=False)
    assert [len(page.scans) for page in plan.pages] == [2, 1, 1, 1]


def test_the_same_picture_twice_gets_two_pages() -> None:
    card = page_scan(width=674, height=425, dpi=200)
    assert len(plan_copy((card, card), statement_on_last=False).pages) == 2


def test_a_wide_page_lies_on_its_side() -> None:
    [only] = plan_copy((letter_scan(width_mm=297, height_mm=210),), statement_on_last=False).pages
    assert (only.width, only.height) == (297, 210)


def test_a_scan_of_a4_without_margins_is_made_smaller_rather_than_written_over() -> None:
    [only] = plan_copy((page_scan(width=1654, height=2339, dpi=200),), statement_on_last=False).pages
    assert not only.whole
    assert only.scans[0].y >= FIRST_HEAD_MM
    assert only.scans[0].y + only.scans[0].height <= 297 - FOOT_MM + 0.01


def test_a_scan_that_nearly_fills_the_page_is_framed_below_the_head() -> None:
    [only] = plan_copy((letter_scan(width_mm=190, height_mm=265),), statement_on_last=False).pages
    assert not only.whole
    assert only.scans[0].y >= FIRST_HEAD_MM


def test_nothing_is_ever_enlarged() -> None:
    for scan in (
        page_scan(width=300, height=200, dpi=300),
        letter_scan(),
        page_scan(width=3000, height=6000, dpi=200),
    ):
        [only] = plan_copy((scan,), statement_on_last=False).pages
        assert only.scans[0].width <= scan.width / scan.dpi * 25.4 + 0.01


def test_room_is_below_the_last_line_and_above_the_foot() -> None:
    scan = letter_scan(foot_mm=120)
    plan = plan_copy((scan,), statement_on_last=True)
    assert plan.room is not None
    assert plan.room.y > 297 - 130
    assert plan.room.y + plan.room.height <= 297 - FOOT_MM + 0.01


def test_room_is_looked_for_on_the_last_page_alone() -> None:
    full, empty = letter_scan(foot_mm=15), letter_scan(foot_mm=150)
    assert plan_copy((empty, full), statement_on_last=True).room is None
    assert plan_copy((full, empty), statement_on_last=True).room is not None


def test_room_never_crosses_the_frame_of_a_scan() -> None:
    card = replace(page_scan(width=674, height=425, dpi=200))
    plan = plan_copy((card,), statement_on_last=True)
    assert plan.room is not None
    assert plan.room.y >= plan.pages[0].scans[0].y + plan.pages[0].scans[0].height


def test_a_photograph_on_a_dark_table_has_no_room_in_itself() -> None:
    dark = Image.new("RGB", (1654, 2339), "#30302c")
    out = io.BytesIO()
    dark.save(out, "JPEG")
    assert plan_copy((PageScan(out.getvalue(), 1654, 2339, 200),), statement_on_last=True).room is None
