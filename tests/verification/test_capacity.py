"""The lines above a signer's name: what the law knows passes as it is printed, anything else is explained."""

import pytest

from verification.capacity import Right, capacity_of, right_of, title_missing
from verification.signing_errors import CapacityInvalidError


@pytest.mark.parametrize(
    ("typed", "printed", "right"),
    [
        (("CHỦ TỊCH",), ("CHỦ TỊCH",), Right.OWN),
        (("Chủ tịch UBND xã Sông Mẫu",), ("CHỦ TỊCH UBND XÃ SÔNG MẪU",), Right.OWN),
        (("q. chủ tịch",), ("Q. CHỦ TỊCH",), Right.ACTING),
        (("KT.CHỦ TỊCH", "  Phó  Chủ tịch "), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), Right.DEPUTY),
        (
            ("TUQ. CHỦ TỊCH", "Công chức Tư pháp - Hộ tịch"),
            ("TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH"),
            Right.AUTHORISED,
        ),
        (("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), Right.ORDERED),
        (
            ("TUQ. CHU\u0309 TI\u0323CH", "", "GIÁM ĐỐC"),
            ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC"),
            Right.AUTHORISED,
        ),
    ],
)
def test_what_the_law_knows_is_printed_in_capitals(
    typed: tuple[str, ...], printed: tuple[str, ...], right: Right
) -> None:
    assert capacity_of(typed) == printed
    assert right_of(printed) is right


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ((), "no line is given"),
        (("  ",), "no line is given"),
        (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "NĐ 280/2025"),
        (("KT. CHỦ TỊCH", "CÔNG CHỨC"), "PHÓ CHỦ TỊCH"),
        (("KT. CHỦ TỊCH",), "PHÓ CHỦ TỊCH"),
        (("TUQ. CHỦ TỊCH", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "không ủy quyền lại"),
        (("CÔNG CHỨC TƯ PHÁP",), "CHỦ TỊCH"),
        (("CHỦ TỊCH", "NGUYỄN VĂN MẪU"), "CHỦ TỊCH"),
        (("TUQ. GIÁM ĐỐC", "CHUYÊN VIÊN"), "CHỦ TỊCH"),
        (("TUQ. CHỦ TỊCH", "A", "B", "C"), "3 dòng"),
        (("TUQ. CHỦ TỊCH", "A" * 91), "90 ký tự"),
    ],
)
def test_anything_else_is_refused_and_explained(typed: tuple[str, ...], why: str) -> None:
    with pytest.raises(CapacityInvalidError) as refused:
        capacity_of(typed)
    assert why in refused.value.message_vi + refused.value.message_en
    assert ".." not in refused.value.message_vi + refused.value.message_en


def test_a_title_that_is_missing_below_tuq_and_tl_is_told() -> None:
    assert title_missing(("TUQ. CHỦ TỊCH",))
    assert not title_missing(("TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH"))
    assert not title_missing(("CHỦ TỊCH",))
