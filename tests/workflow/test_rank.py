"""Whom an officer is shown where no record was found: the most alike, found by exact keys, and logged."""

from dataclasses import replace

import pytest

from api.reading import NamedFile, read_files
from ocr.model import DocumentReading
from tests.builders import birth_page, birth_row, document, paper_on, picture
from tests.desk import PURPOSE, Desk
from verification.assessment import Assessment, Outcome
from verification.extraction import Extraction
from verification.matching import Found
from verification.source import LookUp, SourceName, SourceRecord
from verification.workflow.check import ReadFile, cross_check
from verification.workflow.rank import RANKING, alike

CIVIL_STATUS = SourceName("civil_status")
PAPER = paper_on(birth_page(full_name="NGUYỄN THỊ MÂN", personal_number="001320012999"))


def born(record_id: str, name: str, birth: str, **changes: str) -> dict[str, object]:
    named = {"child__full_name": name, "child__date_of_birth": birth, "record_id": record_id, **changes}
    return birth_row({key.replace("__", "."): value for key, value in named.items()})


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Those who may be meant, and those who are nobody's business."""
    rows = (
        born("one-letter", "Nguyễn Thị Mẫu", "2020-03-02", child__personal_number="001320012345"),
        born("swapped-day", "Nguyễn Thị Mân", "2020-02-03", child__personal_number="001320012346"),
        born("other-name", "Lê Văn Thử", "2020-03-02", child__personal_number="079220999888"),
        born("other-years", "Nguyễn Thị Mân", "2012-03-02", child__personal_number="001312012347"),
    )
    for row in rows:
        desk.load("civil_status", row)
    return desk


def assessed(desk: Desk, paper: Extraction) -> Assessment:
    read = ReadFile(DocumentReading(document(picture(0)), ()), None, (paper,))
    (found,) = cross_check(desk.services, [read], PURPOSE)
    return found.assessment


def ids(records: tuple[SourceRecord, ...]) -> list[str]:
    return [record.record_id for record in records]


def ranked(desk: Desk, paper: Extraction) -> list[str]:
    return ids(alike(desk.services, (paper,), assessed(desk, paper).match, PURPOSE))


def lines(desk: Desk, record_id: str) -> tuple[LookUp, ...]:
    return desk.services.database.access_log.about(CIVIL_STATUS, record_id)


def test_those_who_may_be_meant_are_shown_and_nobody_else(desk: Desk) -> None:
    assert set(ranked(desk, PAPER)) == {"one-letter", "swapped-day"}


def test_everyone_shown_is_logged_with_who_asked_and_that_it_was_to_rank(desk: Desk) -> None:
    ranked(desk, PAPER)
    (line,) = lines(desk, "one-letter")
    assert (line.officer, line.dossier, line.purpose) == (PURPOSE.officer, PURPOSE.dossier, RANKING)
    assert set(line.record_ids) == {"one-letter", "swapped-day"}
    assert lines(desk, "other-name") == ()


def test_what_is_proposed_is_the_same_with_and_without_them(desk: Desk) -> None:
    before = assessed(desk, PAPER)
    assert before.match is not None
    assert before.match.found is Found.NONE
    assert ranked(desk, PAPER)
    assert assessed(desk, PAPER) == before
    assert before.outcome in (Outcome.SOURCE_UNAVAILABLE, Outcome.OFFICER_REVIEW)


def test_where_a_record_was_found_nobody_else_is_looked_at(desk: Desk) -> None:
    paper = paper_on(birth_page(full_name="NGUYỄN THỊ MẬU"))
    found = assessed(desk, paper)
    assert found.match is not None
    assert found.match.found is Found.ONE
    assert alike(desk.services, (paper,), found.match, PURPOSE) == ()
    assert not [line for line in lines(desk, "swapped-day") if line.purpose == RANKING]


def test_no_more_than_five_are_shown(desk: Desk) -> None:
    for n in range(9):
        desk.load("civil_status", born(f"x{n}", "Nguyễn Thị Mẫu", "2020-03-02"))
    assert len(ranked(desk, PAPER)) == 5


def test_a_paper_without_a_full_birth_date_ranks_nobody(desk: Desk) -> None:
    paper = paper_on(birth_page(date_of_birth="2020", in_words="", personal_number="001320012999"))
    assert ranked(desk, paper) == []


def test_a_source_that_was_not_asked_ranks_nobody(desk: Desk) -> None:
    match = assessed(desk, PAPER).match
    assert match is not None
    for found in (Found.SOURCE_STALE, Found.NOT_CONFIGURED, Found.NO_KEY, Found.SEVERAL):
        assert alike(desk.services, (PAPER,), replace(match, found=found), PURPOSE) == ()
    assert alike(desk.services, (PAPER,), None, PURPOSE) == ()


def test_check_names_their_ids_and_read_asks_nobody(desk: Desk) -> None:
    page = birth_page(full_name="NGUYỄN THỊ MÂN", personal_number="001320012999")
    given = desk.upload(page)
    file = NamedFile(given.name, given.content)
    (checked,) = read_files(desk.services, [file], purpose=PURPOSE).files
    assert checked.documents[0].assessment is not None
    assert set(checked.documents[0].assessment.alike) == {"one-letter", "swapped-day"}
    (read,) = read_files(desk.services, [file]).files
    assert read.documents[0].assessment is None
    assert len(lines(desk, "swapped-day")) == 1
