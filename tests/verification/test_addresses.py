"""Old addresses and today's: which are one place, and which only look so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.addresses import compare_addresses
from verification.agreement import Agreement, Compared
from verification.places import Level, parse_places
from verification.unit_names import Doubt
from verification.units import load_units

THU_LAM, DONG_ANH, HOAN_KIEM = "00475", "00454", "00070"


def _names(text: str) -> set[frozenset[str]]:
    units = load_units()
    return {frozenset(units.communes[code].name for code in place.communes) for place in parse_places(text)}


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("thụy lâm, đông anh, hà nội", {"Thư Lâm"}),
        # Both the wheel's and the statistics office's table have it split, if mostly to Thư Lâm.
        ("Xuân Nộn, Đông Anh, Hà Nội", {"Thư Lâm", "Phúc Thịnh"}),
        ("Thôn Đông, Liên Hà, Đông Anh, Hà Nội", {"Thư Lâm", "Đông Anh"}),
        ("phường Bến Nghé, quận 1, TP.HCM", {"Sài Gòn"}),
        ("Hàng Bạc, Hoàn Kiếm, Hà Nội", {"Hoàn Kiếm"}),
        ("An Hải Bắc, Sơn Trà, Đà Nẵng", {"An Hải"}),
        ("Minh An, Hội An, Quảng Nam", {"Hội An"}),
        ("Thắng Tam, Vũng Tàu, Bà Rịa - Vũng Tàu", {"Vũng Tàu"}),
        ("Tân Phước Khánh, Tân Uyên, Bình Dương", {"Tân Khánh"}),
        ("phường 7, Đà Lạt, Lâm Đồng", {"Lang Biang - Đà Lạt"}),
        ("Cái Khế, Ninh Kiều, Cần Thơ", {"Cái Khế"}),
        ("Thuận Hòa, Huế, Thừa Thiên Huế", {"Phú Xuân"}),
        ("Nam Phúc Thăng, Cẩm Xuyên, Hà Tĩnh", {"Thiên Cầm"}),
        ("phường Sa Pa, thị xã Sa Pa, Lào Cai", {"Sa Pa"}),
        ("Hùng Tiến, Kim Sơn, Ninh Bình", {"Quang Thiện", "Kim Sơn", "Phát Diệm", "Định Hóa"}),
        ("Đình Bảng, Từ Sơn, Bắc Ninh", {"Từ Sơn"}),
        ("huyện Côn Đảo, Bà Rịa - Vũng Tàu", {"Côn Đảo"}),
        ("phường 6, quận 3, TP. Hồ Chí Minh", {"Xuân Hòa"}),
        ("Quang Trung, thị xã Hà Đông, tỉnh Hà Tây", {"Hà Đông", "Kiến Hưng"}),
        ("xa Thuy Lam, huyen Dong Anh, Ha Noi", {"Thư Lâm"}),
        ("xã Thuỵ Lâm, Đông Anh, TP Hà Nội", {"Thư Lâm"}),
        ("phường Thuận Hoà, TP Huế, Thừa Thiên - Huế", {"Phú Xuân"}),
        ("Xã Thư Lâm, Hà Nội", {"Thư Lâm"}),
    ],
)
def test_the_measured_addresses_lead_to_their_communes_of_today(old: str, now: set[str]) -> None:
    assert _names(old) == {frozenset(now)}


@pytest.mark.parametrize(
    "text",
    [
        "Thôn Đông, xã Liên Hà, huyện Đông Anh, TP. Hà Nội, Việt Nam",
        "Thôn Đông - Liên Hà - Đông Anh - Hà Nội",
        "thôn Đông xã Liên Hà huyện Đông Anh thành phố Hà Nội",
        "Thôn Đông, X. Liên Hà, H.Đông Anh, T.P Hà Nội",
        "Thôn Đông,Liên Hà,\nĐông Anh,Hà Nội.",
    ],
)
def test_every_way_to_part_and_shorten_an_address_is_read(text: str) -> None:
    (place,) = parse_places(text)
    assert (place.unit, place.detail) == ("before:00484", "thôn đông")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nguyễn Văn An",
        "Liên Hà",
        "Thụy Lâm, Đông Anh",
        "Thụy Lâm Đông Anh Hà Nội",
        "Đông Anh, Hà Lội",
        ", - ,",
    ],
)
def test_no_province_no_place(text: str) -> None:
    assert parse_places(text) == ()


@pytest.mark.parametrize(
    "text", ["Liên Hà, Hà Nội", "Liên Há, Đông Anh, Hà Nội", "xã Thư Lâm, Đông Anh, Hà Nội"]
)
def test_a_commune_that_the_table_does_not_know_there_stays_unknown(text: str) -> None:
    assert _against(text, THU_LAM) == Compared(Agreement.UNDECIDED, "unknown_place")


@pytest.mark.parametrize(
    ("name", "now"),
    [
        ("Hà Tây", {"Hà Nội"}),
        ("Hà Bắc", {"Bắc Ninh"}),
        ("Hải Hưng", {"Hải Phòng", "Hưng Yên"}),
        ("Nam Hà", {"Ninh Bình"}),
        ("Vĩnh Phú", {"Phú Thọ", "Hà Nội"}),
        ("Sông Bé", {"Hồ Chí Minh", "Đồng Nai"}),
        ("Minh Hải", {"Cà Mau"}),
        ("Nghệ Tĩnh", {"Nghệ An", "Hà Tĩnh"}),
        ("Hà Sơn Bình", {"Hà Nội", "Phú Thọ"}),
        ("Hoàng Liên Sơn", {"Lào Cai", "Lai Châu"}),
        ("Bắc Thái", {"Thái Nguyên"}),
        ("Nghĩa Bình", {"Quảng Ngãi", "Gia Lai"}),
        ("Phú Khánh", {"Đắk Lắk", "Khánh Hòa"}),
        ("Thuận Hải", {"Khánh Hòa", "Lâm Đồng"}),
        ("Gia Lai - Kon Tum", {"Gia Lai", "Quảng Ngãi"}),
        ("Cửu Long", {"Vĩnh Long"}),
        ("Hậu Giang", {"Cần Thơ"}),
        ("Quảng Nam - Đà Nẵng", {"Đà Nẵng"}),
        ("Bình Trị Thiên", {"Quảng Trị", "Huế"}),
    ],
)
def test_provinces_long_gone_are_sets_of_todays(name: str, now: set[str]) -> None:
    (place,) = parse_places(f"tỉnh {name}")
    assert place.level is Level.PROVINCE
    assert {load_units().provinces[code].name for code in place.provinces} == now


def _against(paper: str, code: str, text: str = "") -> Compared:
    return compare_addresses(paper, text, record_commune_code=code)


@pytest.mark.parametrize(
    ("paper", "record", "rule"),
    [
        ("Thụy Lâm, Đông Anh, Hà Nội", "Thư Lâm, Hà Nội", "commune_merge_2025"),
        ("xã Thuỵ Lâm, huyện Đông Anh, TP Hà Nội", "Xã Thư Lâm, Thành phố Hà Nội", "commune_merge_2025"),
        ("Thôn Đông, Thụy Lâm, Đông Anh, Hà Nội", "Thôn Đông", "commune_merge_2025"),
        (
            "Thôn Đông, Thụy Lâm, Đông Anh, Hà Nội",
            "Thôn Đông, Thụy Lâm, huyện Đông Anh, Hà Nội",
            "unit_prefix",
        ),
        ("xã Thư Lâm, Hà Nội", "Thư Lâm, thành phố Hà Nội", "unit_prefix"),
        ("Thuỵ Lâm, Đông Anh, Hà Nội", "Thụy Lâm, Đông Anh, Hà Nội", "tone_placement"),
        ("Tổ 3, Thụy Lâm, Đông Anh, Hà Nội", "TDP 03, Thư Lâm, Hà Nội", "commune_merge_2025"),
    ],
)
def test_the_same_commune_is_equivalent_by_its_rule(paper: str, record: str, rule: str) -> None:
    assert _against(paper, THU_LAM, record) == Compared(Agreement.EQUIVALENT, rule)


def test_the_same_text_is_exact_even_if_no_table_knows_it() -> None:
    same = compare_addresses("Ấp Tư, Không Đâu , NHÀ BÈ.", "Ấp Tư, Không Đâu, Nhà Bè")
    assert same == Compared(Agreement.EXACT)


def test_a_line_break_read_as_a_space_loses_no_word() -> None:
    lost = compare_addresses("Thụy Lâm Đông Anh, Hà Nội", "Thụy Lâm, Đông Anh, Hà Nội")
    assert lost == Compared(Agreement.EQUIVALENT, "punctuation")


def test_mi_and_my_are_one_place() -> None:
    assert compare_addresses("Mĩ Đình 1, Hà Nội", "Mỹ Đình 1, Hà Nội") == Compared(
        Agreement.EQUIVALENT, "i_y"
    )


def test_a_commune_that_was_split_is_for_an_officer() -> None:
    paper = "Thôn Đông, Liên Hà, Đông Anh, Hà Nội"
    split = Compared(Agreement.PARTIAL, "split_commune")
    assert [_against(paper, code) for code in (THU_LAM, DONG_ANH)] == [split, split]
    assert _against(paper, HOAN_KIEM) == Compared(Agreement.DIFFERENT)


def test_another_commune_of_the_same_name_in_another_district_is_different() -> None:
    assert _against("Liên Hà, Đan Phượng, Hà Nội", THU_LAM) == Compared(Agreement.DIFFERENT)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("phường Sa Pa, thị xã Sa Pa, Lào Cai", "phường Sa Pả, thị xã Sa Pa, Lào Cai"),
        ("Thụy Lâm, Đông Anh, Hà Nội", "Vân Hà, Đông Anh, Hà Nội"),
    ],
)
def test_two_old_communes_that_became_one_are_not_the_same_place(one: str, other: str) -> None:
    assert compare_addresses(one, other) == Compared(Agreement.PARTIAL, "same_new_commune")


def test_an_old_text_under_a_code_of_today_still_says_which_old_commune() -> None:
    paper, record = "Thụy Lâm, Đông Anh, Hà Nội", "Vân Hà, Đông Anh, Hà Nội"
    assert _against(paper, THU_LAM, record) == Compared(Agreement.PARTIAL, "same_new_commune")


def test_thanh_an_is_not_thanh_an_with_another_tone() -> None:
    paper = "xã Thanh An, TP Hồ Chí Minh"
    assert compare_addresses(paper, "xã Thạnh An, TP Hồ Chí Minh") == Compared(Agreement.DIFFERENT)


def test_without_accents_a_name_that_folds_with_another_is_undecided() -> None:
    result = compare_addresses("xa Thanh An, TP Ho Chi Minh", "xã Thạnh An, TP Hồ Chí Minh")
    assert result.agreement in (Agreement.PARTIAL, Agreement.UNDECIDED)


def test_without_accents_nothing_agrees_in_full() -> None:
    result = _against("xa Thuy Lam, huyen Dong Anh, Ha Noi", THU_LAM)
    assert result == Compared(Agreement.PARTIAL, "unaccented")


def test_hamlets_that_differ_are_shown() -> None:
    result = _against("Thôn Đông, Thụy Lâm, Đông Anh, Hà Nội", THU_LAM, "Thôn Tây, xã Thư Lâm, Hà Nội")
    assert result == Compared(Agreement.PARTIAL, "detail_differs")


def test_the_same_hamlet_does_not_make_another_commune_the_same() -> None:
    result = _against("Thôn Đông, Hàng Bạc, Hoàn Kiếm, Hà Nội", THU_LAM, "Thôn Đông, xã Thư Lâm, Hà Nội")
    assert result == Compared(Agreement.DIFFERENT)


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        ("Hà Nội", Compared(Agreement.PARTIAL, "coarser")),
        ("huyện Đông Anh, Hà Nội", Compared(Agreement.PARTIAL, "coarser")),
        ("Đông Anh, Hà Nội", Compared(Agreement.PARTIAL, "coarser")),
        ("Hà Tây", Compared(Agreement.PARTIAL, "coarser")),
        ("Nghệ An", Compared(Agreement.DIFFERENT)),
        ("quận Hoàn Kiếm, Hà Nội", Compared(Agreement.DIFFERENT)),
    ],
)
def test_a_coarser_place_of_origin_is_partial_where_it_holds_the_record(
    paper: str, expected: Compared
) -> None:
    assert _against(paper, THU_LAM) == expected


@pytest.mark.parametrize(
    ("paper", "record", "code", "expected"),
    [
        ("Hà Tây", "Hà Nội", None, Compared(Agreement.EQUIVALENT, "old_province")),
        ("Vĩnh Phú", "Phú Thọ", "25", Compared(Agreement.PARTIAL, "old_province")),
        ("Kiên Giang", "An Giang", "91", Compared(Agreement.EQUIVALENT, "province_merge_2025")),
        ("Kiên Giang", "", "91", Compared(Agreement.EQUIVALENT, "province_merge_2025")),
        # Without a code the record's An Giang may be the smaller one of before.
        ("Kiên Giang", "An Giang", None, Compared(Agreement.PARTIAL, "province_merge_2025")),
        ("Nam Định", "Hà Nam", "37", Compared(Agreement.DIFFERENT)),
        ("tỉnh Nghệ An", "Nghệ An", None, Compared(Agreement.EQUIVALENT, "unit_prefix")),
        ("Nghệ An", "Hà Tĩnh", None, Compared(Agreement.DIFFERENT)),
        (
            "huyện Đông Anh, Hà Nội",
            "H. Đông Anh, TP Hà Nội",
            None,
            Compared(Agreement.EQUIVALENT, "unit_prefix"),
        ),
    ],
)
def test_provinces_and_districts_are_compared_at_their_level(
    paper: str, record: str, code: str | None, expected: Compared
) -> None:
    assert compare_addresses(paper, record, record_province_code=code) == expected


def test_a_unit_gone_before_2025_never_agrees_in_full() -> None:
    (place,) = parse_places("phường 6, quận 3, TP. Hồ Chí Minh")
    assert place.doubt is Doubt.EARLIER
    assert _against("phường 6, quận 3, TP. Hồ Chí Minh", "27139") == Compared(
        Agreement.PARTIAL, "earlier_unit"
    )
    assert _against("phường 6, quận 3, TP. Hồ Chí Minh", THU_LAM) == Compared(
        Agreement.UNDECIDED, "earlier_unit"
    )


def test_a_record_whose_text_and_code_contradict_decides_nothing() -> None:
    result = _against("Thụy Lâm, Đông Anh, Hà Nội", THU_LAM, "phường Hoàn Kiếm, Hà Nội")
    assert result == Compared(Agreement.UNDECIDED, "record_inconsistent")


def test_a_name_that_is_a_district_of_before_and_a_commune_of_today_is_not_taken_for_either() -> None:
    assert {place.level for place in parse_places("Hoàn Kiếm, Hà Nội")} == {Level.COMMUNE, Level.DISTRICT}
    assert _against("Hoàn Kiếm, Hà Nội", HOAN_KIEM) == Compared(Agreement.PARTIAL, "coarser")


@pytest.mark.parametrize("name", ["Lâm Viên - Đà Lạt", "Xuân Hương-Đà Lạt", "Phường Cam Ly – Đà Lạt"])
def test_a_name_with_a_dash_is_one_commune_of_today(name: str) -> None:
    (place,) = parse_places(f"{name}, tỉnh Lâm Đồng")
    assert (place.level, place.today, place.detail) == (Level.COMMUNE, True, "")


def test_every_commune_of_today_written_in_full_is_itself() -> None:
    units = load_units()
    wrong = [
        text
        for now in units.communes.values()
        if (text := f"{now.kind} {now.name}, {units.provinces[now.province].name}")
        and _against(text, now.code) != Compared(Agreement.EQUIVALENT, "unit_prefix")
    ]
    assert wrong == []


def test_what_is_missing_is_said_of_the_paper_first() -> None:
    assert compare_addresses(None, None).agreement is Agreement.MISSING_ON_PAPER
    assert compare_addresses("Hà Nội", " ").agreement is Agreement.MISSING_IN_RECORD


def _old_addresses() -> list[tuple[str, tuple[str, ...]]]:
    units = load_units()
    return [
        (f"{old.kind} {old.name}, {district.kind} {district.name}, {province.name}", old.became)
        for code, districts in units.districts_before.items()
        for district in districts
        for old in units.communes_before[district.code]
        if (province := units.provinces_before[code]) and old.name
    ]


def test_every_old_address_written_in_full_leads_to_its_own_communes_alone() -> None:
    addresses = _old_addresses()
    wrong = [
        text
        for text, now in addresses
        if [place.communes for place in parse_places(text)] != [frozenset(now)]
    ]
    assert wrong == []


@given(st.sampled_from(_old_addresses()), st.sampled_from(sorted(load_units().communes)))
def test_an_old_address_never_agrees_with_a_commune_it_did_not_become(
    address: tuple[str, tuple[str, ...]], code: str
) -> None:
    text, now = address
    agreement = compare_addresses(text, "", record_commune_code=code).agreement
    agrees = agreement in (Agreement.EXACT, Agreement.EQUIVALENT, Agreement.PARTIAL)
    assert agrees == (code in now)


@given(
    st.text(alphabet="aăâđeêôơuư -,.;xãphườnquậ1TPHCM\n", max_size=40), st.sampled_from(["", THU_LAM, "x"])
)
def test_no_text_makes_the_comparison_fail(text: str, code: str) -> None:
    result = compare_addresses(text, "Thư Lâm, Hà Nội", record_commune_code=code)
    assert result.agreement is not Agreement.EXACT
