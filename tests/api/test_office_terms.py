"""What an office may set: its books, hours, fees and days off; what is refused says which setting it is."""

from datetime import date, time
from pathlib import Path

import pytest

from api.settings import SettingError, from_environment
from verification.deadlines import Span
from verification.fees import CopyForm
from verification.register import Series
from verification.terms import OfficeTerms


def test_an_office_that_sets_nothing_has_the_shipped_terms() -> None:
    assert from_environment({}).terms == OfficeTerms()


def test_what_is_set_is_taken(tmp_path: Path) -> None:
    fees, days = tmp_path / "fees.toml", tmp_path / "days.toml"
    fees.write_text("[[fee]]\nbasis = 'NQ 1/2026'\nfrom = 2026-01-01\nfree = true", encoding="utf-8")
    days.write_text("[2026]\noff = [2026-11-24]", encoding="utf-8")
    terms = from_environment(
        {
            "CHUNGTHUC_ELECTRONIC_BOOK": "joint",
            "CHUNGTHUC_LINES_PER_BOOK": "500",
            "CHUNGTHUC_HOURS": "8:00-12:00, 13:30-17:00",
            "CHUNGTHUC_SATURDAY_HOURS": "7:30-11:30",
            "CHUNGTHUC_BULKY_PAGES": "40",
            "CHUNGTHUC_BULKY_DAYS": "1",
            "CHUNGTHUC_FEES": str(fees),
            "CHUNGTHUC_HOLIDAYS": str(days),
        }
    ).terms
    assert (terms.copies, terms.lines_per_book) == (Series.PAPER_COPIES, 500)
    assert (terms.bulky_pages, terms.bulky_days) == (40, 1)
    assert terms.hours.weekday == (Span(time(8), time(12)), Span(time(13, 30), time(17)))
    assert terms.hours.saturday == (Span(time(7, 30), time(11, 30)),)
    assert date(2026, 11, 24) in terms.hours.holidays.off
    assert terms.fees.rule(CopyForm.ELECTRONIC, date(2026, 2, 1)).basis == "NQ 1/2026"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CHUNGTHUC_ELECTRONIC_BOOK", "one"),
        ("CHUNGTHUC_LINES_PER_BOOK", "0"),
        ("CHUNGTHUC_HOURS", "7:30"),
        ("CHUNGTHUC_HOURS", "25:00-26:00"),
        ("CHUNGTHUC_HOURS", "13:30-17:00,7:30-11:30"),
        ("CHUNGTHUC_SATURDAY_HOURS", "11:30-7:30"),
        ("CHUNGTHUC_BULKY_DAYS", "3"),
        ("CHUNGTHUC_FEES", "/nowhere/fees.toml"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        from_environment({name: value})


@pytest.mark.parametrize("name", ["CHUNGTHUC_FEES", "CHUNGTHUC_HOLIDAYS"])
@pytest.mark.parametrize("content", [b"[2026", b"\xff\xfe"])
def test_a_file_that_cannot_be_used_is_refused_by_its_setting(
    tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes(content)
    with pytest.raises(SettingError, match=name):
        from_environment({name: str(file)})
