"""An identity paper in a clerk's words: its number is the record's, is not, or cannot be told."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ocr.model import Box
from tests.builders import NOW, profile
from tests.pairs import source
from verification.agreement import Agreement, Compared
from verification.differing import Differs
from verification.extraction import Field, Reading
from verification.identity_papers import Known, compare_identity_papers, differs_in_number, numbers_in
from verification.match import compare
from verification.matching import Comparison
from verification.records import parse_row

NUMBER = "001190012345"
HERS = Known(NUMBER)
WITH_OLD = Known(NUMBER, ("012345678",))
SAME = Compared(Agreement.EQUIVALENT, "identity_number")
DIFFERENT = Compared(Agreement.DIFFERENT)
UNREADABLE = Compared(Agreement.UNREADABLE)
NOT_THERE = Compared(Agreement.MISSING_IN_RECORD)
IN_WORDS = f"Căn cước công dân số {NUMBER}, Cục Cảnh sát QLHC về TTXH cấp ngày 21/01/2019"


@pytest.mark.parametrize(
    ("paper", "known", "expected"),
    [
        (IN_WORDS, HERS, SAME),
        (NUMBER, HERS, SAME),
        ("CCCD001190012345", HERS, SAME),
        ("CCCD số 001 190 012 345 cấp ngày 21/01/2019", HERS, SAME),
        ("CCCD số 001190012346", HERS, DIFFERENT),
        ("CCCD số 00119001234", HERS, UNREADABLE),
        ("CCCD số 001190012", HERS, UNREADABLE),
        ("CCCD số 0011900123450", HERS, UNREADABLE),
        ("Căn cước công dân", HERS, UNREADABLE),
        (IN_WORDS, Known(None), Compared(Agreement.UNDECIDED, "record_without_number")),
        ("Giấy CMND số 012345678, CA Hà Nội cấp ngày 24.06.1997", HERS, NOT_THERE),
        ("Giấy CMND số 012345678", WITH_OLD, Compared(Agreement.EQUIVALENT, "old_number")),
        ("Giấy CMND số 012345679", WITH_OLD, DIFFERENT),
        ("Hộ chiếu số B6636143", WITH_OLD, NOT_THERE),
        (f"CMND số 012345678; CCCD số {NUMBER}", HERS, NOT_THERE),
        ("CMND số 012345678; CCCD số 001190012346", WITH_OLD, DIFFERENT),
        (None, HERS, Compared(Agreement.MISSING_ON_PAPER)),
    ],
)
def test_the_numbers_of_an_identity_paper_decide(paper: str | None, known: Known, expected: Compared) -> None:
    assert compare_identity_papers(paper, known) == expected


def test_days_and_offices_are_no_numbers() -> None:
    assert numbers_in("CMND số 012 345 678 do CA quận 12 cấp ngày 24/06/1997, ngày 24.06.1997") == (
        "012345678",
    )


def test_the_digit_that_differs_is_marked_inside_the_words() -> None:
    paper = IN_WORDS.replace(NUMBER, "001190912345")
    apart = differs_in_number(paper, HERS, DIFFERENT)
    at = paper.index("912345")
    assert apart == Differs(((at, at + 1),), ((6, 7),))


@settings(max_examples=200, derandomize=True)
@given(place=st.integers(0, len(IN_WORDS) - 1), letter=st.sampled_from("0123456789O lI"))
def test_no_digit_of_the_number_is_of_no_matter(place: int, letter: str) -> None:
    first = IN_WORDS.index(NUMBER)
    assume(first <= place < first + len(NUMBER) and IN_WORDS[place] != letter)
    changed = IN_WORDS[:place] + letter + IN_WORDS[place + 1 :]
    assert compare_identity_papers(changed, HERS).agreement in (Agreement.DIFFERENT, Agreement.UNREADABLE)


# -- on a marriage certificate ----------------------------------------------------------------------------


def _wife(*readings: tuple[str, str], sure: bool, **person: object) -> Comparison:
    row = {
        "record_id": "m-1",
        "type": "marriage",
        "wife": {"full_name": "Trần Thị Thử", "date_of_birth": "1990-02-01", **person},
        "status": "valid",
    }
    record = parse_row(row, source("civil_status"), as_of=NOW).record
    spec = profile("marriage_certificate").field("wife_identity_paper")
    assert spec is not None
    seen = tuple(Reading(by, value, 0.9, 1, Box(0, 0, 9, 9)) for by, value in readings)
    field = Field(spec.name, readings[0][1], sure, seen)
    (found,) = compare({spec.name: field}, (spec,), record)
    return found


def test_the_number_alone_must_be_sure() -> None:
    one, other = (
        ("asternet", f"CCCD số {NUMBER} cấp ngày 1/2/2019"),
        ("tesseract", f"CCCD sô {NUMBER}, cấp ngày"),
    )
    assert _wife(one, other, sure=False, personal_number=NUMBER).passes
    assert not _wife(one, sure=False, personal_number=NUMBER).passes
    wrong = ("tesseract", "CCCD số 001190012346")
    assert not _wife(one, wrong, sure=False, personal_number=NUMBER).passes


def test_another_persons_number_does_not_pass_and_an_old_one_does() -> None:
    card, old = ("asternet", IN_WORDS), ("asternet", "CMND số 012345678")
    assert _wife(card, sure=True, personal_number=NUMBER).passes
    assert not _wife(card, sure=True, personal_number="001190012346").passes
    assert _wife(old, sure=True, personal_number=NUMBER).passes
    assert _wife(old, sure=True, personal_number=NUMBER, old_id_numbers=["012345678"]).rule == "old_number"
    assert not _wife(old, sure=True, personal_number=NUMBER, old_id_numbers=["012345679"]).passes


def test_a_paper_without_an_identity_paper_may_pass() -> None:
    spec = profile("marriage_certificate").field("wife_identity_paper")
    assert spec is not None
    row = {"record_id": "m-1", "wife": {"full_name": "Trần Thị Thử", "personal_number": NUMBER}}
    record = parse_row(row, source("civil_status"), as_of=NOW).record
    (found,) = compare({}, (spec,), record)
    assert (found.agreement, found.passes) == (Agreement.MISSING_ON_PAPER, True)
