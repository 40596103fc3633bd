"""The book as a file: its eight columns as CSV and PDF, reasons in words, cells that are no formulas."""

import csv
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import book_export
from api.book_export import COLUMNS, Export, book_pdf, cells, close_pdf, csv_lines, defused
from api.book_words import reason_words
from signing.errors import KeysUnusableError
from signing.model import TEST_MARK
from signing.pages import page_texts
from signing.text import printed_text
from signing.trial_pki import TestPki
from storage.errors import DatabaseUnavailableError
from tests.desk import Desk
from tests.storage.books import Office
from tests.storage.builders import COPIES, LINE, NOW
from verification.errors import PreparedDiffersError, VerificationError
from verification.register import EVERY_LINE, EntryId, EntryState, LinesWanted, RegisterEntry, Series
from verification.register_errors import BookTooLongError, LinesHeldError
from verification.submission import PaperId
from verification.workflow.close_year import close_year

ENTRY = RegisterEntry(
    id=EntryId("COPIES-2026-7"),
    series=COPIES,
    year=2026,
    book="01/2026-SCTĐT/BS",
    number=7,
    paper_id=PaperId("s1.1"),
    state=EntryState.ISSUED,
    held_at=datetime(2026, 11, 24, 17, 30, tzinfo=UTC),
    line=replace(LINE, copies=2, fee=4_000, note="Trường Mẫu"),
)


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> TestPki:
    return TestPki.open(tmp_path_factory.mktemp("keys"), now=NOW)


@pytest.fixture
def desk(pki: TestPki, tmp_path: Path) -> Desk:
    """Twelve lines, the tenth of them cancelled."""
    desk = Desk(pki, tmp_path)
    Office(desk.database, desk.objects).write(range(1, 13))
    return desk


def pdf(desk: Desk, wanted: LinesWanted = EVERY_LINE) -> bytes:
    with desk.database.reading() as tx:
        return book_pdf(desk.services, tx, Export(COPIES, 2026, wanted))


def rows(entries: list[RegisterEntry]) -> list[list[str]]:
    return list(csv.reader(StringIO("".join(csv_lines(entries)))))


def test_a_line_has_the_eight_columns_of_the_circular() -> None:
    assert dict(zip(COLUMNS, cells(ENTRY), strict=True)) == {
        "Số chứng thực": "7/2026",
        "Ngày, tháng, năm chứng thực": "25/11/2026",
        "Họ tên người yêu cầu chứng thực": "Nguyễn Thị Mẫu",
        "Tên bản chính giấy tờ, văn bản": "Giấy khai sinh",
        "Họ tên, chức danh người ký chứng thực": ("Trần Văn Thử, TUQ. CHỦ TỊCH, CÔNG CHỨC TƯ PHÁP - HỘ TỊCH"),
        "Số bản sao đã được chứng thực": "2",
        "Lệ phí/Phí chứng thực": "4000",
        "Ghi chú": "Trường Mẫu",
    }


def test_the_day_of_a_line_is_that_of_viet_nam() -> None:
    """Half past five in the evening in London is the next day at the counter."""
    assert cells(ENTRY)[1] == "25/11/2026"


@pytest.mark.parametrize(
    ("state", "reason", "said"),
    [
        (EntryState.HELD, None, "Trường Mẫu; ĐANG GIỮ SỐ, CHƯA CẤP"),
        (EntryState.CANCELLED, "TAKEN_BACK", "Trường Mẫu; ĐÃ HỦY: Cán bộ rút lại quyết định trước khi ký"),
        (EntryState.CANCELLED, "Mất điện khi ký", "Trường Mẫu; ĐÃ HỦY: Mất điện khi ký"),
    ],
)
def test_what_was_not_issued_says_so(state: EntryState, reason: str | None, said: str) -> None:
    assert cells(replace(ENTRY, state=state, reason=reason))[7] == said


@pytest.mark.parametrize("error", [KeysUnusableError, PreparedDiffersError, DatabaseUnavailableError])
def test_a_code_is_told_in_words(error: type[VerificationError]) -> None:
    words = reason_words(error.code)
    assert (words.vi, words.en) != (error.code, error.code)
    assert words.vi == error.message_vi.rstrip(".")


def test_a_fault_without_a_code_is_told_as_one() -> None:
    assert reason_words("ZeroDivisionError").vi == "Lỗi nội bộ (ZeroDivisionError)"
    assert reason_words("Mất điện").en == "Mất điện"
    assert "(" not in reason_words(LinesHeldError.code).vi


# -- CSV --------------------------------------------------------------------------------------------


def test_a_spreadsheet_knows_the_letters_and_the_number_is_no_month() -> None:
    text = "".join(csv_lines([ENTRY]))
    assert text.startswith("\ufeffSố chứng thực,")
    assert rows([ENTRY])[1][0] == "7/2026 (01/2026-SCTĐT/BS)"


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_a_cell_is_never_a_formula(cell: str) -> None:
    assert rows([replace(ENTRY, line=replace(LINE, requester=cell))])[1][2] == f"'{cell}"


@given(st.text())
def test_no_text_is_a_formula_and_all_of_it_is_kept(cell: str) -> None:
    written = defused(cell)
    assert not written.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert written in (cell, f"'{cell}")


# -- PDF --------------------------------------------------------------------------------------------


def test_the_print_says_whose_book_it_is_and_what_it_comes_to(desk: Desk) -> None:
    text = " ".join(" ".join(page_texts(pdf(desk))).split())
    for words in (
        "ỦY BAN NHÂN DÂN XÃ SÔNG MẪU",
        "SỔ CHỨNG THỰC BẢN SAO ĐIỆN TỬ TỪ BẢN CHÍNH",
        "Quyển số: 01/2026-SCTĐT/BS",
        "Năm: 2026",
        "Tổng số dòng: 12",
        "Đã cấp: 11",
        "Đã hủy: 1",
        "22.000 đồng",
        "12/2026",
        "Trang 2/2",
        TEST_MARK,
    ):
        assert words in text, words


def test_a_cancelled_line_is_legible_with_its_reason(desk: Desk) -> None:
    text = printed_text(pdf(desk, LinesWanted(state=EntryState.CANCELLED)))
    assert "10/2026" in text
    assert "NguyễnThịMẫu10" in text
    assert "ĐÃHỦY:" in text
    assert "Chỉcácdòng:đãhủy" in text
    assert "11/2026" not in text.replace("24/11/2026", "")


def test_the_columns_stand_on_every_page(desk: Desk) -> None:
    Office(desk.database, desk.objects).write(range(13, 80))
    texts = page_texts(pdf(desk))
    assert len(texts) > 2
    assert all("Họtênngườiyêucầuchứngthực" in "".join(text.split()) for text in texts[:-1])
    assert all(f"Trang{n}/{len(texts)}" in "".join(text.split()) for n, text in enumerate(texts, 1))


def test_a_letter_that_no_font_has_is_written_as_its_code(desk: Desk) -> None:
    with desk.database.transaction() as tx:
        odd = replace(LINE, requester="Nguyễn 漢 Mẫu", title='#link("x") *_$')
        tx.register.hold(PaperId("odd.1"), COPIES, odd, at=NOW)
    text = printed_text(pdf(desk))
    assert "Nguyễn[U+6F22]Mẫu" in text
    assert '#link("x")*_$' in text


def test_a_book_of_too_many_lines_is_not_drawn(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_export, "MOST_PRINTED", 11)
    with pytest.raises(BookTooLongError):
        pdf(desk)
    assert pdf(desk, LinesWanted(state=EntryState.ISSUED)).startswith(b"%PDF-")


def test_an_empty_book_is_a_page(desk: Desk) -> None:
    with desk.database.reading() as tx:
        content = book_pdf(desk.services, tx, Export(Series.RECEIPTS, 2031, EVERY_LINE))
    assert "Khôngcódòngnào." in printed_text(content)


def test_the_confirmation_of_a_close_has_the_totals_and_the_lines_for_signing(desk: Desk) -> None:
    assert "NGƯỜILẬPSỔ" not in printed_text(pdf(desk))
    close = close_year(desk.services, COPIES, 2026, by="quan.tri", ended=True)
    text = printed_text(close_pdf(desk.services, close))
    for words in ("XÁCNHẬNKHÓASỔ", "1–12", "quan.tri", "22.000đồng", "Giấykhaisinh", close.digest):
        assert words in text, words
    assert all("NGƯỜILẬPSỔ" in made for made in (text, printed_text(pdf(desk))))
