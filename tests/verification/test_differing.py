"""Which letters are marked in a paper's value and in the record's; what is not marked is the same."""

import unicodedata

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOW, birth_row, profile
from tests.pairs import source
from verification.agreement import Agreement, Compared
from verification.differing import Differs, differs, letters_apart
from verification.extraction import Field
from verification.match import compare
from verification.matching import Comparison
from verification.normalise import canonical, nfc, squeeze
from verification.records import parse_row

TEXTS = st.text(alphabet="aăâeêoôơuưyàảãáạhnqHÒÀ đĐð'’-\u0300\u0301\u200b", max_size=30)


@pytest.mark.parametrize(
    ("paper", "record", "ours", "theirs"),
    [
        ("TRẦN THỊ HƯỜNG", "Trần Thị Hương", [(11, 12)], [(11, 12)]),
        ("Hùng", "Hưng", [(1, 2)], [(1, 2)]),
        ("Lý", "Lí", [(1, 2)], [(1, 2)]),
        ("1990-02-01", "1990-02-11", [(8, 9)], [(8, 9)]),
        ("Nguyễn An", "Nguyễn Văn An", [(7, 7)], [(7, 11)]),
        ("Nguyễn  Văn Hùng", "Nguyễn Văn Hưng", [(13, 14)], [(12, 13)]),
        ("ĐỖ HOÀ", "Ðỗ Hòa", [], []),
        ("NGUYỄN VĂN A", "nguyễn\u200b văn  a ", [], []),
    ],
)
def test_the_letters_that_differ_are_marked_on_both_sides(
    paper: str, record: str, ours: list[tuple[int, int]], theirs: list[tuple[int, int]]
) -> None:
    assert letters_apart(paper, record) == Differs(tuple(ours), tuple(theirs))
    assert letters_apart(unicodedata.normalize("NFD", paper), record).paper == tuple(ours)


def test_what_a_rule_passed_over_is_marked_as_it_is_written() -> None:
    found = differs("Hoà", "HÒA", Compared(Agreement.EQUIVALENT, "tone_placement"))
    assert found == Differs(((1, 3),), ((1, 3),))


@pytest.mark.parametrize(
    ("paper", "record", "rule"),
    [
        ("female", "Nữ", "sex_code"),
        ("012345678", "001199012345", "old_number"),
        ("Năm 1950", "1950", "in_words"),
    ],
)
def test_what_is_written_quite_otherwise_is_marked_whole(paper: str, record: str, rule: str) -> None:
    found = differs(paper, record, Compared(Agreement.EQUIVALENT, rule))
    assert found == Differs(((0, len(paper)),), ((0, len(record)),))


@pytest.mark.parametrize("agreement", [Agreement.EXACT, Agreement.MISSING_ON_PAPER, Agreement.UNREADABLE])
def test_where_nothing_stands_against_something_nothing_is_marked(agreement: Agreement) -> None:
    assert differs("An", "Anh", Compared(agreement)) == Differs()
    assert differs(None, "Anh", Compared(Agreement.DIFFERENT)) == Differs()


def test_a_comparison_tells_where_its_values_differ() -> None:
    row = parse_row(birth_row(), source("civil_status"), as_of=NOW).record
    specs = profile("birth_certificate").fields
    fields = {"full_name": Field("full_name", "NGUYỄN THỊ MẬU", True, ())}
    found = next(c for c in compare(fields, specs, row) if c.field == "full_name")
    assert (found.agreement, found.differs) == (Agreement.DIFFERENT, Differs(((12, 13),), ((12, 13),)))


def test_a_comparison_kept_before_it_told_where_still_reads() -> None:
    kept: dict[str, object] = {"field": "f", "paper": "a", "record": "b", "agreement": "DIFFERENT"}
    kept |= {"rule": None, "identity": True, "passes": False}
    assert msgspec.convert(kept, type=Comparison).differs == Differs()


@settings(max_examples=300, derandomize=True)
@given(TEXTS, TEXTS)
def test_what_is_not_marked_is_the_same(one: str, other: str) -> None:
    paper, record = nfc(one), nfc(other)
    apart = letters_apart(one, other)
    for (a, b), (c, d) in reversed(tuple(zip(apart.paper, apart.record, strict=True))):
        assert 0 <= a <= b <= len(paper)
        paper = paper[:a] + record[c:d] + paper[b:]
    assert canonical(paper) == canonical(record)


@settings(max_examples=200, derandomize=True)
@given(TEXTS, TEXTS)
def test_something_is_marked_exactly_where_words_are_not_one(one: str, other: str) -> None:
    apart = letters_apart(one, other)
    assert (apart == Differs()) == (canonical(squeeze(one)) == canonical(squeeze(other)))
