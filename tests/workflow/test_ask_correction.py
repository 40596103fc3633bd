"""Ask correction: what an officer may ask the owner of a record to correct, and what stays untold."""

import io

import pdfplumber
import pytest

from tests.builders import birth_page, birth_row, diploma_page
from tests.desk import OFFICER, Desk, appoint
from verification.data_error import DataError, SlipState
from verification.decision import Role
from verification.errors import NotAllowedError, NotFoundError, NothingDiffersError, StaleError
from verification.ports import PaperCase
from verification.submission import OfficerId
from verification.workflow.ask_correction import (
    Answered,
    Asked,
    answer_slip,
    ask_correction,
    correctable,
    draw_slip,
    slips,
)

ASKED = Asked(OFFICER, note="đã xem bản chính")


@pytest.fixture
def differing(desk: Desk) -> PaperCase:
    """A birth certificate, the record of which names the mother and the day of birth otherwise."""
    desk.load("civil_status", birth_row(mother__full_name="Trần Thị Thữ", child__date_of_birth="2020-03-03"))
    return desk.hand_in(birth_page())


@pytest.fixture
def slip(desk: Desk, differing: PaperCase) -> DataError:
    return ask_correction(desk.services, differing.id, ASKED)


def told(desk: Desk, content: bytes) -> str:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1
        return str(pdf.pages[0].extract_text())


def test_what_differs_and_was_read_with_certainty_is_asked_for(desk: Desk, slip: DataError) -> None:
    assert [(f.field, f.paper, f.record) for f in slip.fields] == [
        ("date_of_birth", "2020-03-02", "2020-03-03"),
        ("mother_full_name", "TRẦN THỊ THỬ", "Trần Thị Thữ"),
    ]
    assert (slip.source, slip.record_id, slip.state) == ("civil_status", "KS-2020-15", SlipState.SENT)
    assert [s.data_error for s in slips(desk.services, SlipState.SENT)] == [slip]


def test_the_trail_names_fields_and_no_values(desk: Desk, slip: DataError) -> None:
    with desk.database.transaction() as tx:
        entry = tx.audit.all()[-1]
    assert (entry.action, entry.actor) == ("data_error.sent", OFFICER)
    assert ("fields", "date_of_birth,mother_full_name") in entry.detail
    assert "Thữ" not in str(entry)


def test_an_officer_may_choose_the_fields(desk: Desk, differing: PaperCase) -> None:
    found = ask_correction(desk.services, differing.id, Asked(OFFICER, ("mother_full_name",)))
    assert [f.field for f in found.fields] == ["mother_full_name"]


def test_asking_twice_gives_the_same_slip(desk: Desk, differing: PaperCase, slip: DataError) -> None:
    before = desk.actions()
    assert ask_correction(desk.services, differing.id, Asked(OFFICER, ("date_of_birth",))) == slip
    assert desk.actions() == before


def test_a_field_that_agrees_cannot_be_asked_for(desk: Desk, differing: PaperCase) -> None:
    with pytest.raises(NothingDiffersError):
        ask_correction(desk.services, differing.id, Asked(OFFICER, ("full_name",)))


def test_nothing_is_asked_about_a_record_that_may_be_another_persons(desk: Desk) -> None:
    desk.load("civil_status", birth_row(mother__full_name="Trần Thị Thữ"))
    other = {"personal_number": "001320012346", "full_name": "NGUYỄN THỊ MẬU"}
    unsure = desk.hand_in(birth_page(tesseract=other))
    assert unsure.assessment.match is not None
    assert unsure.assessment.match.record is not None
    assert correctable(unsure) == ()


def test_nothing_is_asked_where_nothing_differs_or_nobody_knows(desk: Desk) -> None:
    desk.load("civil_status", birth_row())
    for page in (birth_page(), diploma_page()):
        with pytest.raises(NothingDiffersError):
            ask_correction(desk.services, desk.hand_in(page).id, ASKED)


def test_what_was_not_read_with_certainty_waits_for_an_officers_choice(desk: Desk) -> None:
    desk.load("civil_status", birth_row(mother__full_name="Trần Thị Thữ"))
    paper = desk.hand_in(birth_page(tesseract={"mother_full_name": "TRẦN THỊ THƯ"}))
    assert [(f.field, f.proposed) for f in correctable(paper)] == [("mother_full_name", False)]
    with pytest.raises(NothingDiffersError):
        ask_correction(desk.services, paper.id, ASKED)
    assert ask_correction(desk.services, paper.id, Asked(OFFICER, ("mother_full_name",))).fields


def test_only_an_officer_asks_and_answers(desk: Desk, differing: PaperCase, slip: DataError) -> None:
    auditor = OfficerId("kiem.toan")
    appoint(desk.services, auditor, roles=frozenset({Role.AUDITOR}))
    with pytest.raises(NotAllowedError):
        ask_correction(desk.services, differing.id, Asked(auditor))
    with pytest.raises(NotAllowedError):
        answer_slip(desk.services, slip.id, Answered(auditor, "đã sửa"), version=slip.version)


def test_an_answer_is_entered_once(desk: Desk, slip: DataError) -> None:
    answered = answer_slip(desk.services, slip.id, Answered(OFFICER, "đã sửa"), version=slip.version)
    assert (answered.state, answered.answer, answered.answered_by) == (SlipState.ANSWERED, "đã sửa", OFFICER)
    for version in (slip.version, answered.version):
        with pytest.raises(StaleError):
            answer_slip(desk.services, slip.id, Answered(OFFICER, "không"), version=version)


def test_the_slip_says_who_asks_whom_and_what_differs(desk: Desk, slip: DataError) -> None:
    text = told(desk, draw_slip(desk.services, slip.id, actor=OFFICER))
    for words in (
        "PHIẾU ĐỀ NGHỊ",
        "CẬP NHẬT, ĐIỀU CHỈNH DỮ LIỆU",
        "Bộ Tư pháp",
        "Cơ sở dữ liệu hộ tịch điện tử",
        "KS-2020-15",
        "TRẦN THỊ THỬ",
        "Trần Thị Thữ",
        "02/03/2020",
        "03/03/2020",
        "Nghị quyết 66.7/2025/NQ-CP",
        "H26.10.05-261124-0001",
        "đã xem bản chính",
        "THỬ NGHIỆM",
    ):
        assert words in text, words
    assert desk.actions()[-1] == "data_error.fetched"


def test_a_slip_of_another_dossier_is_not_found(desk: Desk, slip: DataError) -> None:
    with pytest.raises(NotFoundError):
        draw_slip(desk.services, slip.id, actor="citizen", dossier="H26.10.05-261124-0002")
    assert draw_slip(desk.services, slip.id, actor="citizen", dossier="H26.10.05-261124-0001")
