"""What an officer is shown when nothing matched: the records most like the paper first, nothing decided."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOW, birth_page, birth_row, paper_on, profile
from tests.pairs import source
from verification.match import merged
from verification.ranking import most_alike
from verification.records import parse_row
from verification.source import SourceRecord

BIRTH = profile("birth_certificate")
FIELDS = merged((paper_on(birth_page()),))


def record(record_id: str, **changes: str) -> SourceRecord:
    named = {name.replace("__", "."): value for name, value in changes.items()}
    return parse_row(birth_row(named, record_id=record_id), source("civil_status"), as_of=NOW).record


SAME = record("a")
ONE_TONE = record("b", child__full_name="Nguyễn Thị Mậu")
ONE_DIGIT = record("c", child__personal_number="001320012346", child__full_name="Nguyễn Thị Mậu")
OTHER = record(
    "d",
    child__full_name="Lê Văn Thử",
    child__personal_number="079220999888",
    child__date_of_birth="2020-11-28",
)


def ids(records: tuple[SourceRecord, ...]) -> str:
    return "".join(r.record_id for r in records)


def test_the_most_alike_stands_first() -> None:
    assert ids(most_alike(FIELDS, BIRTH, (OTHER, ONE_DIGIT, ONE_TONE, SAME))) == "abcd"


def test_no_more_are_shown_than_asked_for() -> None:
    assert ids(most_alike(FIELDS, BIRTH, (OTHER, ONE_TONE, SAME), most=2)) == "ab"
    assert most_alike(FIELDS, BIRTH, (SAME,), most=0) == ()


def test_a_paper_that_says_nothing_ranks_by_id() -> None:
    assert ids(most_alike({}, BIRTH, (OTHER, SAME))) == "ad"


@settings(max_examples=50, derandomize=True)
@given(st.permutations((SAME, ONE_TONE, ONE_DIGIT, OTHER)))
def test_the_order_they_come_in_does_not_matter(records: list[SourceRecord]) -> None:
    assert ids(most_alike(FIELDS, BIRTH, records)) == "abcd"
