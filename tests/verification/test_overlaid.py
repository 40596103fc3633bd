"""Values under a seal or a signature, and values no reader knows, are told and stay as sure as they were."""

from dataclasses import replace

import pytest

from ocr.model import Box, MarkKind, MarkSeen
from tests.builders import birth_page, paper_on, profile
from verification.extraction import Extraction, Field, Reading
from verification.overlaid import overlaid_fields

BIRTH = profile("birth_certificate")
AT = Box(200, 100, 500, 130)


def name(*readings: tuple[str, str, float], box: Box = AT) -> Field:
    made = tuple(Reading(by, value, confidence, 1, box) for by, value, confidence in readings)
    return Field("full_name", made[0].value, False, made)


def codes(field: Field, *marks: MarkSeen) -> list[str]:
    return [finding.code for finding in overlaid_fields((field,), marks, BIRTH)]


def mark(what: MarkKind, box: Box, page: int = 1) -> MarkSeen:
    return MarkSeen(what, page, box)


PRINT = name(("asternet", "NGUYỄN THỊ MẪU", 0.9), ("tesseract", "NGUYÊN THỊ MẪU", 0.9))


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (MarkKind.SEAL, "FIELD_UNDER_SEAL"),
        (MarkKind.SIGNATURE, "FIELD_UNDER_SIGNATURE"),
        (MarkKind.HANDWRITING, "FIELD_HANDWRITTEN"),
        (MarkKind.UNREAD, "FIELD_HANDWRITTEN"),
    ],
)
def test_a_mark_over_a_value_is_told(what: MarkKind, code: str) -> None:
    assert codes(PRINT, mark(what, Box(400, 60, 600, 260))) == [code]


def test_a_mark_beside_a_value_or_on_another_page_is_none_over_it() -> None:
    assert codes(PRINT, mark(MarkKind.SEAL, Box(490, 60, 700, 260))) == []
    assert codes(PRINT, mark(MarkKind.SEAL, Box(400, 60, 600, 260), page=2)) == []


def test_a_stamp_in_words_and_a_patch_lie_over_nothing() -> None:
    for what in (MarkKind.SECRET_STAMP, MarkKind.CERTIFIED_COPY_STAMP, MarkKind.PATCH):
        assert codes(PRINT, mark(what, Box(400, 60, 600, 260))) == []


def test_what_both_readers_doubt_and_read_quite_differently_is_perhaps_handwriting() -> None:
    doubted = name(("asternet", "Nguyễn Thị Mẫu", 0.6), ("tesseract", "/4pynÃ 7h M", 0.3))
    assert codes(doubted) == ["FIELD_HANDWRITTEN"]
    assert codes(name(("asternet", "Nguyễn Thị Mẫu", 0.6), ("tesseract", "Nguyên Thị Mẫu", 0.3))) == []


def test_letters_of_another_script_are_told_though_one_reader_is_confident() -> None:
    cyrillic = name(
        ("asternet", "Cbhietejibctbo o poxjehhh rpaxkzahhha", 0.95),
        ("tesseract", "CBH€T€7IbCTBO O DO3/I€HMH TpA7K/IAHHHA", 0.37),
    )
    assert codes(cyrillic) == ["FIELD_HANDWRITTEN"]


def test_a_machine_zone_under_a_seal_is_no_print() -> None:
    assert codes(name(("qr", "NGUYỄN THỊ MẪU", 1.0)), mark(MarkKind.SEAL, AT)) == []


def test_a_seal_over_the_name_is_told_on_the_paper_with_its_place() -> None:
    def name_of(paper: Extraction) -> Field:
        found = paper.field("full_name")
        assert found is not None
        return found

    plain = name_of(paper_on(birth_page()))
    where = plain.readings[0].box
    paper = paper_on(replace(birth_page(), marks=(MarkSeen(MarkKind.SEAL, 1, where),)))
    (finding,) = (w for w in paper.warnings if w.code == "FIELD_UNDER_SEAL")
    assert (finding.page, finding.box) == (1, where)
    assert name_of(paper).sure
