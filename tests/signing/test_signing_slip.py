"""The slip to the owner of a record: everything said is drawn, nothing said is markup."""

import io
from dataclasses import replace

import pdfplumber
import pytest

from signing.errors import GlyphMissingError
from signing.model import TEST_MARK
from signing.slip import SlipContent, SlipField, render_slip
from tests.builders import NOW

NAME = SlipField("Họ, chữ đệm, tên", "NGUYỄN THỊ MẪU", "Nguyễn Thị Mậu", ((12, 13),), ((12, 13),))
CONTENT = SlipContent(
    number="H26.10.05-261124-0001/PĐC-7",
    at=NOW,
    agency="Ủy ban nhân dân xã Sông Mẫu",
    place="Sông Mẫu",
    owner="Bộ Tư pháp",
    source="Cơ sở dữ liệu hộ tịch điện tử",
    source_as_of=NOW,
    record_id="KS-2020-15",
    applicant="Nguyễn Thị Mẫu",
    officer="Trần Văn Thử",
    dossier="H26.10.05-261124-0001",
    paper="Giấy khai sinh",
    fields=(NAME,),
    note="",
    legal_basis=("Nghị quyết 66.7/2025/NQ-CP",),
    test=True,
)


def texts(content: SlipContent) -> list[str]:
    with pdfplumber.open(io.BytesIO(render_slip(content))) as pdf:
        return [page.extract_text() for page in pdf.pages]


def marked(content: SlipContent) -> str:
    """The letters of the slip's table that stand on the colour of a mark."""
    with pdfplumber.open(io.BytesIO(render_slip(content))) as pdf:
        page = pdf.pages[0]
        boxes = [
            rect
            for rect in page.rects
            if rect["non_stroking_color"] == pytest.approx((1, 0.878, 0.541), abs=0.01)
        ]
        return "".join(
            char["text"]
            for char in page.chars
            if any(
                r["x0"] - 1 <= char["x0"]
                and char["x1"] <= r["x1"] + 1
                and r["top"] - 3 <= char["top"] <= r["bottom"]
                for r in boxes
            )
        )


def test_the_letters_that_differ_are_marked_and_no_others() -> None:
    assert marked(CONTENT) == "Ẫậ"


def test_where_only_the_other_side_has_letters_a_gap_is_marked() -> None:
    longer = SlipField("Nơi sinh", "Xã Thụy Lâm", "Xã Thụy Lâm 2", ((11, 11),), ((11, 13),))
    assert "[ ]" in texts(replace(CONTENT, fields=(longer,)))[0]
    assert marked(replace(CONTENT, fields=(longer,))).replace(" ", "") == "[]2"


def test_what_people_are_called_is_never_markup() -> None:
    hostile = '*Mẫu* _x_ #panic() $x$ <a> @b \\ "c"'
    said = texts(replace(CONTENT, applicant=hostile, note=hostile, fields=(replace(NAME, record=hostile),)))[
        0
    ]
    assert said.count("#panic()") == 4


def test_a_letter_the_fonts_lack_stops_the_slip() -> None:
    with pytest.raises(GlyphMissingError, match="漢"):
        render_slip(replace(CONTENT, note="漢"))


@pytest.mark.parametrize(("test", "marks"), [(True, 2), (False, 0)])
def test_a_test_home_says_so_on_every_page(test: bool, marks: int) -> None:
    many = texts(replace(CONTENT, fields=(NAME,) * 40, test=test))
    assert len(many) > 1
    assert {page.count(TEST_MARK) for page in many} == {marks}
    assert f"Trang 1/{len(many)}" in many[0]
