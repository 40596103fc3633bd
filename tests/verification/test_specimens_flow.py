"""Running text and tables of the specimens stay inside their margins and keep their words."""

from datetime import date

import pytest

from verification.specimens.flow import Flow, broken, write_parts
from verification.specimens.form import FormStyle
from verification.specimens.office import Letterhead, Signer, town_name
from verification.specimens.places import Era, Place, Unit
from verification.specimens.sheet import Sheet
from verification.specimens.table import TableColumn, draw_table
from verification.specimens.typeface import Pen

LABEL, VALUE = Pen("Arimo", 11), Pen("Noto Serif", 11, 700)
WORDS = "Ngày mười lăm tháng tư năm hai nghìn không trăm linh năm"


@pytest.fixture
def sheet() -> Sheet:
    return Sheet(100, 60, dpi=100)


def test_a_flow_keeps_its_words_and_ends_before_the_margin(sheet: Sheet) -> None:
    flow = Flow((("Ngày sinh:", LABEL), ("15/4/2005", VALUE), ("ghi bằng chữ:", LABEL), (WORDS, VALUE)))
    lines = broken(sheet, flow, left=10, right=90)
    assert " ".join(span.text for line in lines for span in line) == (
        f"Ngày sinh: 15/4/2005 ghi bằng chữ: {WORDS}"
    )
    assert len(lines) > 1
    assert all(span.x + sheet.length(span.text, span.pen) <= 90 for line in lines for span in line)
    assert all(line[0].x == 10 for line in lines)


def test_each_span_has_one_pen(sheet: Sheet) -> None:
    lines = broken(sheet, Flow((("Số:", LABEL), ("12", VALUE))), left=10, right=90)
    assert [(span.text, span.pen) for line in lines for span in line] == [("Số:", LABEL), ("12", VALUE)]


def test_only_the_first_line_is_indented(sheet: Sheet) -> None:
    lines = broken(sheet, Flow(((WORDS, VALUE),), indent=12), left=10, right=60)
    assert [line[0].x for line in lines] == [22, *[10] * (len(lines) - 1)]


def test_parts_are_set_closer_when_they_would_run_too_low(sheet: Sheet) -> None:
    style = FormStyle(LABEL, VALUE, 10, 90, pitch=20, dotted=False)
    parts = tuple(Flow((("Điều này", LABEL),)) for _ in range(5))
    assert write_parts(sheet, style, 10, parts, bottom=50) == pytest.approx(50)


def test_a_cell_of_a_table_stays_in_its_column(sheet: Sheet) -> None:
    columns = (TableColumn("TT", 10), TableColumn("Họ, chữ đệm và tên", 40, centred=False))
    bottom = draw_table(sheet, (5, 5), columns, (("1", WORDS), ("2", "Y Ngông")), Pen("Arimo", 9))
    assert bottom < 60
    assert " ".join(sheet.texts).count(WORDS) == 1
    for run in sheet.runs:
        left, right = (5, 15) if run.text in ("TT", "1", "2") else (15, 55)
        assert left < run.at[0] < run.at[0] + run.length < right


def test_a_letterhead_writes_day_and_month_as_the_decree_does() -> None:
    head = Letterhead("UBND HUYỆN MẪU", ("UBND XÃ MẪU",), "1/TB", "Mẫu", date(2026, 2, 3))
    assert head.place_and_day == "Mẫu, ngày 03 tháng 02 năm 2026"
    assert head.office == "UBND HUYỆN MẪU UBND XÃ MẪU"
    assert Letterhead(None, ("A", "B"), "1", "Mẫu", date(2026, 10, 12)).place_and_day.endswith(
        "ngày 12 tháng 10 năm 2026"
    )


def test_the_title_of_a_signer_is_the_last_line() -> None:
    assert Signer(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Lý Mẫu").title == "PHÓ CHỦ TỊCH"


def test_a_commune_named_by_a_numeral_takes_its_kind_along() -> None:
    units = (Unit("phường", "I"), Unit("thành phố", "Vị Thanh"), Unit("tỉnh", "Hậu Giang"))
    place = Place("093", units, (units[0], units[2]), "0", "0")
    assert town_name(place, Era.OLD) == "Phường I"
