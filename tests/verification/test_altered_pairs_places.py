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
    assume(PAPER[place].isalnum())
    changed = PAPER[:place] + PAPER[place + 1 :]
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
        ("a Phường Cái Khế, Cần Thơ", "Phường Cái Khế, Cần Thơ", False),
        ("Tổ 7,a phường Cái Khế, Cần Thơ", "Tổ 7, Cái Khế, Cần Thơ", False),
        ("0Tổ 7, Cái Khế, Cần Thơ", "Tổ 7, phường Cái Khế, Cần Thơ", False),
        ("P. Cái Khế, Q. Ninh Kiều, TP. Cần Thơ", "phường Cái Khế, Cần Thơ", True),
        ("P.Cái Khế, Q.Ninh Kiều, T.P Cần Thơ", "phường Cái Khế, Cần Thơ", True),
        ("P. Cái Khế, Q. Ninh Kiều, T. Cần Thơ", "phường Cái Khế, Cần Thơ", False),
        ("P Cái Khế, Q. Ninh Kiều, TP. Cần Thơ", "phường Cái Khế, Cần Thơ", False),
        (". Cái Khế, Q. Ninh Kiều, TP. Cần Thơ", "phường Cái Khế, Cần Thơ", False),
        ("P7, Đà Lạt, Lâm Đồng", "phường Lang Biang - Đà Lạt, tỉnh Lâm Đồng", True),
        ("X. Bảo Toàn, H. Bảo Lạc, T. Cao Bằng", "xã Bảo Lạc, tỉnh Cao Bằng", True),
    ],
)
def test_what_may_be_left_out_is_a_whole_piece(paper: str, record: str, same: bool) -> None:
    assert _same(paper, record) is same


# -- one name, two units ----------------------------------------------------------------------------------


def _of_today(text: str) -> str:
    """The code of the commune of today that the last two pieces name."""
    name, province = (part.strip().removeprefix("phường ") for part in text.split(",")[-2:])
    units = load_units()
    named = (c for c in units.communes.values() if c.name == name)
    return next(c.code for c in named if units.provinces[c.province].name == province)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("Pleiku, Gia Lai", False),
        ("phường Pleiku, Gia Lai", True),
        ("Tổ 3, Pleiku, Gia Lai", False),
        ("Tổ 3, phường Pleiku, Gia Lai", True),
        ("Số 3 Tô Hiệu, Pleiku, Gia Lai", False),
        ("Mỹ Tho, Đồng Tháp", False),
        ("phường Mỹ Tho, Đồng Tháp", True),
    ],
)
def test_a_bare_name_that_was_a_districts_may_have_lost_its_commune(text: str, full: bool) -> None:
    found = compare_addresses(text, "", record_commune_code=_of_today(text))
    assert (found.agreement in FULL) is full


@pytest.mark.parametrize(
    ("paper", "record", "full"),
    [
        ("Tổ 3, Pleiku, Gia Lai", "Tổ 3, phường Pleiku, tỉnh Gia Lai", True),
        ("Tổ 3, Pleiku, Gia Lai", "Tổ 4, phường Pleiku, tỉnh Gia Lai", False),
        ("Tổ 3, Pleiku, Gia Lai", "phường Pleiku, tỉnh Gia Lai", False),
        ("Pleiku, Gia Lai", "Tổ 3, phường Pleiku, tỉnh Gia Lai", False),
        ("Số 7 Lý Lẽ, phường Hàng Bạc, quận Hoàn Kiếm, Hà Nội", "Số 7 Lý Lẽ, Hoàn Kiếm, Hà Nội", True),
        ("Số 7 Lý Lẽ, phường Hàng Bạc, quận Hoàn Kiếm, Hà Nội", "Số 9 Lý Lẽ, Hoàn Kiếm, Hà Nội", False),
        ("phường Hàng Bạc, quận Hoàn Kiếm, Hà Nội", "Hoàn Kiếm, Hà Nội", False),
    ],
)
def test_the_same_house_or_hamlet_on_both_sides_vouches_for_a_bare_name(
    paper: str, record: str, full: bool
) -> None:
    assert _same(paper, record) is full


def test_no_district_of_before_is_the_commune_that_took_its_name() -> None:
    units = load_units()
    named = {(c.name, c.province): c for c in units.communes.values()}
    tried = 0
    for old in (d for found in units.districts_before.values() for d in found):
        if not units.communes_before[old.code][0].name:
            continue  # an island that had no communes is the same unit still
        before = units.provinces_before[old.province]
        if (now := named.get((old.name, before.became))) is None:
            continue
        whole = f"{now.kind} {now.name}, {units.provinces[now.province].name}"
        for province in (before.name, units.provinces[now.province].name):
            tried += 1
            assert not _same(f"{old.name}, {province}", whole), whole
            assert not _same(f"{old.kind} {old.name}, {province}", whole), whole
    assert tried > 300


@pytest.mark.parametrize(
    "damaged",
    [
        "phường Kon Tum, tinh Kon Tum",
        "phường Kon Tum, tính Kon Tum",
        "phuong Kon Tum, tỉnh Kon Tum",
        "phừơng Kon Tum, tỉnh Kon Tum",
        "phường Kon Tum, thanh phố Kon Tum, tỉnh Kon Tum",
    ],
)
def test_a_damaged_word_for_a_unit_is_not_read_as_if_it_were_whole(damaged: str) -> None:
    assert not _same(damaged, "phường Kon Tum, tỉnh Quảng Ngãi")


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (
            "phường Hải Thanh, thị xã Nghi Sơn, Thanh Hóa",
            Compared(Agreement.EQUIVALENT, "commune_merge_2025"),
        ),
        ("phường Hải Thanh, huyện Nghi Sơn, Thanh Hóa", Compared(Agreement.PARTIAL, "earlier_unit")),
        ("P. Hải Thanh, TP. Nghi Sơn, T. Thanh Hóa", Compared(Agreement.PARTIAL, "earlier_unit")),
        ("P. Hải Thanh, TX. Nghi Sơn, TP. Thanh Hóa", Compared(Agreement.PARTIAL, "earlier_unit")),
        ("Sn 5, P. Hải Thanh, TX. Nghi Sơn, T. Thanh Hóa", Compared(Agreement.PARTIAL, "detail_differs")),
    ],
)
def test_a_unit_of_another_kind_than_the_table_has_is_for_an_officer(paper: str, expected: Compared) -> None:
    assert compare_addresses(paper, "Số 5, phường Tĩnh Gia, tỉnh Thanh Hóa") == expected


@pytest.mark.parametrize(
    "damaged",
    ["Vĩnh Trại, Lảng Sơn, Lạng Sơn", "Vĩnh Trại, Làng Sơn, Lạng Sơn", "Phờng Phú Yên, tỉnh Lạng Sơn"],
)
def test_a_damaged_unit_is_not_left_out_as_if_it_were_a_street(damaged: str) -> None:
    found = compare_addresses(damaged, "phường Đông Kinh, tỉnh Lạng Sơn")
    assert (found.agreement, found.rule) != (Agreement.PARTIAL, "coarser")
    assert found.agreement not in FULL


@pytest.mark.parametrize(
    ("paper", "rule"), [("Lạng Sơn", "coarser"), ("Làng Đông, Lạng Sơn", "detail_differs")]
)
def test_a_province_alone_is_coarser_and_a_hamlet_in_it_lacks_its_commune(paper: str, rule: str) -> None:
    found = compare_addresses(paper, "phường Đông Kinh, tỉnh Lạng Sơn")
    assert found == Compared(Agreement.PARTIAL, rule)


@pytest.mark.parametrize(
    ("paper", "record", "rule"),
    [
        ("Cao Phong, Sông Lô, Vĩnh Phúc", "Sơn Đông, Phú Thọ", "commune_merge_2025"),
        ("Cao Phong, Sông Lô, Vĩnh Phú", "Sơn Đông, Phú Thọ", "spelling"),
        ("Sa Thầy, Kontum", "huyện Sa Thầy, Kon Tum", "unit_prefix"),
        ("Đăk Lăk", "Đắk Lắk", "unit_prefix"),
        ("Đăk Lắk", "Đắk Lắk", "spelling"),
    ],
)
def test_a_province_one_letter_from_another_name_may_be_damaged(paper: str, record: str, rule: str) -> None:
    assert compare_addresses(paper, record).rule == rule


@pytest.mark.parametrize(
    ("province", "same"),
    [
        ("TP. Huế", True),
        ("T. Huế", False),
        ("tỉnh Thừa Thiên Huế", True),
        ("T. Thừa Thiên - Huế", True),
        ("thành phố Thừa Thiên Huế", False),
    ],
)
def test_hue_was_a_province_under_another_name(province: str, same: bool) -> None:
    assert _same(f"phường Thủy Châu, thị xã Hương Thủy, {province}", "phường Hương Thủy, Huế") is same


def test_an_address_without_any_accent_is_the_same_in_part() -> None:
    found = compare_addresses("phuong Kon Tum, tinh Quang Ngai", "phường Kon Tum, tỉnh Quảng Ngãi")
    assert found == Compared(Agreement.PARTIAL, "unaccented")


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
