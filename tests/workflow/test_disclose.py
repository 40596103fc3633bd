"""Disclose: who looked at a citizen's records, told to that citizen and to nobody else."""

from dataclasses import replace

import pytest

from ocr.model import PageReading
from tests.builders import CARD_ROW, NOW, birth_page, birth_row, card_front, diploma_page
from tests.desk import OFFICER, OFFICER_NAME, REQUEST, Desk, approval
from verification.source import LookUp, SourceName
from verification.submission import Applicant, Channel
from verification.workflow.compare_again import COMPARED_AGAIN
from verification.workflow.disclose import Hidden, RecordLookUps, disclose
from verification.workflow.rank import RANKING
from verification.workflow.receive import Request
from verification.workflow.review import dossier

POPULATION = SourceName("population")
CHILD = Applicant("Nguyễn Thị Mẫu", birth_year="2020", number_tail="2345")
NUMBER = str(CARD_ROW["personal_number"])


@pytest.fixture
def office(desk: Desk) -> Desk:
    desk.load("population", {**CARD_ROW})
    desk.load("civil_status", birth_row())
    return desk


def told(desk: Desk, *pages: PageReading, request: Request = REQUEST) -> tuple[RecordLookUps, ...]:
    submission = desk.submit(desk.upload(*pages or (card_front(),)), request=request)
    return disclose(desk.services, dossier(desk.services, submission.code))


def by(officer: str, *, purpose: str = "2.000488 Ly hôn thuận tình", dossier: str = "H26-9") -> LookUp:
    at = NOW
    return LookUp(at, officer, dossier, purpose, POPULATION, "number", (NUMBER,), ("full_name",))


def test_a_citizen_sees_that_the_service_looked_and_at_what(office: Desk) -> None:
    (found,) = told(office)
    (line,) = found.look_ups
    assert (line.at, line.who, line.dossier) == (office.clock.at, None, "H26.10.05-261124-0001")
    assert line.purpose == REQUEST.procedure
    assert {"full_name", "personal_number", "residence"} <= set(line.fields)
    assert found.hidden is None


def test_a_citizen_sees_who_else_looked_but_not_what_it_was_for(office: Desk) -> None:
    office.database.access_log.add((by(OFFICER), by("partner.program", purpose="kiểm tra thử")))
    (found,) = told(office)
    others = [(line.who, line.dossier, line.purpose) for line in found.look_ups if line.dossier is None]
    assert others == [("partner.program", None, None), (OFFICER_NAME, None, "2.000488")]


def test_that_a_record_was_shown_as_being_like_another_paper_is_told(office: Desk) -> None:
    office.database.access_log.add((by(OFFICER, purpose=RANKING),))
    (found,) = told(office)
    assert [line.purpose for line in found.look_ups if line.dossier is None] == [RANKING]


@pytest.mark.parametrize(
    "applicant",
    [
        Applicant("Nguyễn Thị Mẫu", birth_year="1998"),
        Applicant("Nguyễn Thị Mẫu", birth_year="1998", number_tail="2345"),
        Applicant("Nguyễn Thị Mẫu", birth_year="1999", number_tail="2346"),
        Applicant("Nguyễn Thị Mậu", birth_year="1999", number_tail="2345"),
        Applicant("Trần Văn Thử", birth_year="1999"),
    ],
)
def test_a_record_of_somebody_else_is_not_told_about(office: Desk, applicant: Applicant) -> None:
    (found,) = told(office, request=replace(REQUEST, applicant=applicant))
    assert (found.look_ups, found.hidden) == ((), Hidden.OTHER_PERSON)


@pytest.mark.parametrize(
    "applicant", [Applicant("nguyễn thị mẫu", birth_year="1999"), Applicant("NGUYỄN THỊ MẪU", "", "2345")]
)
def test_one_true_answer_and_the_name_are_enough(office: Desk, applicant: Applicant) -> None:
    (found,) = told(office, request=replace(REQUEST, applicant=applicant))
    assert (len(found.look_ups), found.hidden) == (1, None)


def test_of_an_on_line_dossier_only_its_own_look_ups_are_told(office: Desk) -> None:
    office.database.access_log.add((by(OFFICER),))
    (found,) = told(office, request=replace(REQUEST, channel=Channel.ONLINE))
    assert ([line.dossier for line in found.look_ups], found.hidden) == (
        ["H26.10.05-261124-0001"],
        Hidden.NOT_SEEN,
    )


def test_once_an_officer_has_seen_the_original_all_are_told(office: Desk) -> None:
    office.database.access_log.add((by(OFFICER),))
    request = replace(REQUEST, channel=Channel.ONLINE)
    submission = office.submit(office.upload(card_front(), diploma_page()), request=request)
    case = next(
        paper
        for paper in dossier(office.services, submission.code).papers
        if paper.sides[0].extraction.kind == "diploma"
    )
    office.decide(approval(case))
    (found,) = disclose(office.services, dossier(office.services, submission.code))
    assert (len(found.look_ups), found.hidden) == (2, None)


def test_a_record_found_by_an_unsure_key_may_be_anybodys(office: Desk) -> None:
    other = {"personal_number": "001320012346", "full_name": "NGUYỄN THỊ MẬU"}
    (found,) = told(office, birth_page(tesseract=other), request=replace(REQUEST, applicant=CHILD))
    assert (found.look_ups, found.hidden) == ((), Hidden.UNSURE_KEY)


def test_a_child_is_told_and_a_mother_who_brings_the_paper_is_not(office: Desk) -> None:
    mother = Applicant("Trần Thị Thử", birth_year="1990")
    (child,) = told(office, birth_page(), request=replace(REQUEST, applicant=CHILD))
    (parent,) = told(office, birth_page(), request=replace(REQUEST, applicant=mother))
    assert (len(child.look_ups), child.hidden) == (1, None)
    assert (parent.look_ups, parent.hidden) == ((), Hidden.OTHER_PERSON)


def test_what_a_changed_record_says_is_kept_for_an_officer_and_logged(office: Desk) -> None:
    told(office)
    changed = {**CARD_ROW, "residence": "Thôn Tây, xã Thư Lâm, thành phố Hà Nội"}
    office.load("population", {**changed, "updated_at": "2026-11-23T00:00:00+00:00"})
    newest, first = office.database.access_log.about(POPULATION, NUMBER)
    assert (newest.officer, newest.purpose, newest.dossier) == ("service", COMPARED_AGAIN, first.dossier)
    assert set(newest.fields) == set(first.fields)


def test_a_paper_without_a_record_is_left_out(office: Desk) -> None:
    assert told(office, diploma_page()) == ()


def test_that_it_was_shown_is_in_the_trail_with_a_count_alone(office: Desk) -> None:
    told(office)
    with office.database.transaction() as tx:
        entry = tx.audit.all()[-1]
    assert (entry.actor, entry.action, entry.detail) == ("citizen", "access_log.shown", (("lines", "1"),))
