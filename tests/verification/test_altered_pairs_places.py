"""Addresses, names, numbers changed in one place: never the same. And writings that are the same anyhow."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.builders import NOW, birth_row, card_front, paper_on, profile
from tests.pairs import source
from verification.addresses import compare_addresses
from verification.agreement import Agreement, Compared
from verification.comparing import compare_dates, compare_names, compare_numbers
from verification.extraction import Extraction, Field
from verification.match import compare, merged
from verification.normalise import canonical, canonical_i, same_name, zone_form
from verification.records import parse_row
from verification.units import load_units

FULL = (Agreement.EXACT, Agreement.EQUIVALENT)
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
RECORD = "Tổ dân phố 12, số nhà 31 đường Lúa Vàng, phường Cái Khế, thành phố Cần Thơ"
PAPER = "Tổ dân phố 12, số nhà 31 đường Lúa Vàng, phường Cái Khế, quận Ninh Kiều, TP. Cần Thơ"
COMMITTEE = "Ủy ban nhân dân xã Thụy Lâm, huyện Đông Anh, thành phố Hà Nội"


def _same(paper: str, record: str) -> bool:
    return compare_addresses(paper, record).agreement in FULL


# -- details ----------------------------------------------------------------------------------------------


def test_a_house_in_an_old_commune_is_the_house_in_the_new() -> None:
    assert compare_addresses(PAPER, RECORD) == Compared(Agreement.EQUIVALENT, "commune_merge_2025")


@settings(max_examples=300, deadline=None, derandomize=True)
@given(place=st.integers(0, len(PAPER) - 1), letter=st.sampled_from(LETTERS + "0123456789"))
def test_no_letter_or_digit_of_an_address_is_of_no_matter(place: int, letter: str) -> None:
    assume(PAPER[place].isalnum())
    changed = PAPER[:place] + letter + PAPER[place + 1 :]
    assume(canonical_i(changed) != canonical_i(PAPER))
    assert not _same(changed, RECORD)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(place=st.integers(0, len(PAPER) - 1))
def test_no_letter_or_digit_of_an_address_may_be_lost(place: int) -> None:
    assume(PAPER[place].isalnum() and not PAPER[place:].startswith(("P.", "TP.")))
    changed = PAPER[:place] + PAPER[place + 1 :]
    # "P. Cần Thơ" is no province; "T. Cần Thơ" would be one of another kind.
    assume(changed != PAPER.replace("TP.", "T."))
    assert not _same(changed, RECORD)


@pytest.mark.parametrize(
    ("paper", "record", "same"),
    [
        ("Tổ 7, Cái Khế, Cần Thơ", "Tổ dân phố 7, phường Cái Khế, Cần Thơ", True),
        ("Cái Khế, Cần Thơ", "Tổ 7, phường Cái Khế, Cần Thơ", True),
        ("Tổ, Cái Khế, Cần Thơ", "Tổ 7, phường Cái Khế, Cần Thơ", False),
        ("Số 5, Tổ 12, Cái Khế, Cần Thơ", "Số 12, Tổ 5, phường Cái Khế, Cần Thơ", False),
        ("Số 5 Tổ 12, Cái Khế, Cần Thơ", "Số 5, Tổ 12, phường Cái Khế, Cần Thơ", True),
        ("Xom 7, Cái Khế, Cần Thơ", "Xóm 7, phường Cái Khế, Cần Thơ", False),
        ("Tổ 07, Cái Khế, Cần Thơ", "Tổ 7, phường Cái Khế, Cần Thơ", True),
        ("P. Cái Khế, Q. Ninh Kiều, T. Cần Thơ", "phường Cái Khế, Cần Thơ", True),
        ("X. Bảo Toàn, H. Bảo Lạc, T. Cao Bằng", "xã Bảo Lạc, tỉnh Cao Bằng", True),
    ],
)
def test_what_may_be_left_out_is_a_whole_piece(paper: str, record: str, same: bool) -> None:
    assert _same(paper, record) is same


# -- one name, two units ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("Pleiku, Gia Lai", False),
        ("Tổ 3, Pleiku, Gia Lai", True),
        ("Số 3 Tô Hiệu, Pleiku, Gia Lai", False),
        ("Mỹ Tho, Đồng Tháp", True),
    ],
)
def test_a_bare_name_is_a_commune_only_where_something_says_so(text: str, full: bool) -> None:
    name, province = (part.strip() for part in text.split(",")[-2:])
    units = load_units()
    code = next(
        c.code
        for c in units.communes.values()
        if c.name == name and units.provinces[c.province].name == province
    )
    found = compare_addresses(text, "", record_commune_code=code)
    assert (found.agreement in FULL) is full


# -- whole papers -----------------------------------------------------------------------------------------


def _registered_at(paper: str, record: str) -> bool:
    spec = profile("birth_certificate").field("registered_at")
    assert spec is not None
    row = parse_row(birth_row(registered_at=record), source("civil_status"), as_of=NOW).record
    (found,) = compare({"registered_at": Field("registered_at", paper, True, ())}, (spec,), row)
    return found.passes


@pytest.mark.parametrize(
    ("paper", "same"),
    [
        (COMMITTEE, True),
        (COMMITTEE.replace("Ủy ban nhân dân", "UBND"), True),
        (COMMITTEE.removeprefix("Ủy ban nhân dân "), True),
        (COMMITTEE.replace("dân", "dên"), False),
        (COMMITTEE.replace("Ủy ban nhân dân", "XBND"), False),
    ],
)
def test_a_misread_committee_is_no_hamlet(paper: str, same: bool) -> None:
    assert _registered_at(paper, COMMITTEE) is same


def _side(value: str) -> Extraction:
    base = paper_on(card_front())
    return Extraction(base.kind, True, None, (1,), None, (Field("full_name", value, True, ()),))


@pytest.mark.parametrize(("other", "sure"), [("Nguyễn Thị Mẫu", True), ("Nguyễn Thị Mậu", False)])
def test_a_code_may_write_the_name_in_usual_case(other: str, sure: bool) -> None:
    assert merged((_side("NGUYỄN THỊ MẪU"), _side(other)))["full_name"].sure is sure


def test_a_zone_holds_no_apostrophe_and_no_hyphen() -> None:
    assert zone_form("H'Yéo Ê-ban") == "hyeo e ban"
    assert same_name("RO CHAM HYEO", "Rơ Châm H'Yéo") == Compared(Agreement.PARTIAL, "unaccented")
    assert same_name("Rơ Châm HYéo", "Rơ Châm H'Yéo") == Compared(Agreement.DIFFERENT)


# -- any value --------------------------------------------------------------------------------------------

WORDS = st.text(alphabet=LETTERS, min_size=1, max_size=7)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(lambda words: " ".join(words).title())
DAYS = st.dates(date(1900, 1, 1), date(2026, 11, 24))


@settings(max_examples=200, derandomize=True)
@given(NAMES, NAMES)
def test_names_agree_in_full_only_if_they_are_one_word_for_word(one: str, other: str) -> None:
    assert (compare_names(one, other).agreement in FULL) == (canonical(one) == canonical(other))


@settings(max_examples=200, derandomize=True)
@given(DAYS, st.integers(1, 800))
def test_another_day_is_never_the_same(day: date, later: int) -> None:
    other = day + timedelta(days=later)
    assert compare_dates(day.isoformat(), other.isoformat()).agreement is Agreement.DIFFERENT
    by_year = compare_dates(str(day.year), other.isoformat())
    assert by_year.agreement is (Agreement.PARTIAL if day.year == other.year else Agreement.DIFFERENT)


@settings(max_examples=200, derandomize=True)
@given(st.text("0123456789", min_size=9, max_size=12), st.text("0123456789", min_size=9, max_size=12))
def test_numbers_agree_only_if_they_are_one_or_the_records_old_one(one: str, other: str) -> None:
    assert (compare_numbers(one, other).agreement in FULL) == (one == other)
    assert compare_numbers(one, other, old_numbers=(one,)).agreement in FULL
