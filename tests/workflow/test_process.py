"""Process: a received submission read, compared and assessed, once however often it is tried."""

from dataclasses import replace

import pytest

from ocr.errors import PageTooComplexError
from tests.builders import (
    birth_page,
    birth_row,
    card_back,
    card_front,
    card_row,
    diploma_page,
    picture,
)
from tests.desk import REQUEST, Desk
from verification.assessment import Outcome
from verification.errors import ObjectMissingError, StoreUnavailableError
from verification.ports import PaperCase
from verification.source import SourceName
from verification.submission import PaperStage, Submission, SubmissionId, SubmissionStage
from verification.workflow.process import give_up, process
from verification.workflow.receive import Upload, receive


def cases(desk: Desk, submission: Submission) -> tuple[PaperCase, ...]:
    with desk.database.transaction() as tx:
        return tx.submissions.papers(submission.id)


def received(desk: Desk, *uploads: Upload) -> Submission:
    submission = receive(desk.services, uploads, REQUEST).submission
    assert submission is not None
    return submission


def unreadable(desk: Desk) -> Upload:
    """A file that was taken in and then cannot be read."""
    return Upload("phức tạp.png", desk.papers.lay_down(picture(60_000), PageTooComplexError()))


CIVIL_STATUS = SourceName("civil_status")


@pytest.fixture
def office(desk: Desk) -> Desk:
    desk.load("civil_status", birth_row())
    desk.load("population", card_row())
    return desk


def test_every_paper_of_every_file_waits_with_its_proposal(office: Desk) -> None:
    submission = office.submit(office.upload(birth_page()), office.upload(diploma_page()))
    found = cases(office, submission)
    assert [paper.assessment.outcome for paper in found] == [
        Outcome.NO_COPY_NEEDED,
        Outcome.CERTIFICATION_NEEDED,
    ]
    assert [paper.id for paper in found] == [f"{submission.id}.1", f"{submission.id}.2"]
    assert {paper.stage for paper in found} == {PaperStage.WAITING}
    assert submission.stage is SubmissionStage.READ


def test_the_sides_of_a_card_in_two_files_are_one_paper(office: Desk) -> None:
    submission = office.submit(office.upload(card_front()), office.upload(card_back()))
    (paper,) = cases(office, submission)
    assert [side.file for side in paper.sides] == [0, 1]
    assert paper.assessment.outcome is Outcome.NO_COPY_NEEDED


def test_a_picture_of_every_page_is_kept(office: Desk) -> None:
    submission = office.submit(office.upload(birth_page()))
    (picture_of,) = submission.files[0].pages
    assert office.objects.get(picture_of.digest).startswith(b"\xff\xd8")
    assert (picture_of.width, picture_of.height, picture_of.dpi) == (900, 1300, 200)


def test_a_file_that_cannot_be_read_is_refused_and_the_others_go_on(office: Desk) -> None:
    submission = office.submit(unreadable(office), office.upload(birth_page()))
    bad, good = submission.files
    assert (bad.error_code, bad.pages) == ("PAGE_TOO_COMPLEX", ())
    assert "vui lòng" in (bad.error_vi or "")
    assert good.error_code is None
    (paper,) = cases(office, submission)
    assert [side.file for side in paper.sides] == [1]
    assert submission.stage is SubmissionStage.READ


def test_a_submission_none_of_whose_files_can_be_read_is_refused(office: Desk) -> None:
    submission = office.submit(unreadable(office))
    assert submission.stage is SubmissionStage.REFUSED
    assert cases(office, submission) == ()


def test_a_repeated_job_changes_nothing(office: Desk) -> None:
    submission = office.submit(office.upload(birth_page()))
    before = (cases(office, submission), office.actions())
    process(office.services, submission.id)
    assert (cases(office, submission), office.actions()) == before


def test_who_asked_is_logged_under_the_dossier(office: Desk) -> None:
    submission = office.submit(office.upload(birth_page()))
    (look_up,) = office.database.access_log.about(CIVIL_STATUS, "KS-2020-15")
    assert (look_up.officer, look_up.dossier, look_up.purpose) == (
        "service",
        submission.code,
        REQUEST.procedure,
    )


def test_the_audit_trail_names_no_person(office: Desk) -> None:
    office.submit(office.upload(birth_page()))
    with office.database.transaction() as tx:
        told = " ".join(f"{e.subject} {e.detail}" for e in tx.audit.all())
    assert "MẪU" not in told.upper()
    assert "001320012345" not in told


def test_a_store_that_does_not_answer_is_left_to_a_retry(office: Desk) -> None:
    submission = received(office, office.upload(birth_page()))
    answering = office.objects
    office.replace(objects=SilentStore())
    with pytest.raises(StoreUnavailableError):
        process(office.services, submission.id)
    office.replace(objects=answering)
    process(office.services, submission.id)
    assert len(cases(office, submission)) == 1


class SilentStore:
    """An object store that never answers."""

    def get(self, digest: str) -> bytes:
        raise StoreUnavailableError

    def put_once(self, content: bytes) -> str:
        raise StoreUnavailableError


# -- given up -----------------------------------------------------------------------------------------------


def stage(desk: Desk, submission_id: SubmissionId) -> SubmissionStage:
    with desk.database.transaction() as tx:
        return tx.submissions.get(submission_id).stage


def test_what_cannot_be_read_for_good_says_so(office: Desk) -> None:
    submission = received(office, office.upload(birth_page()))
    give_up(office.services, submission.id, ObjectMissingError())
    assert stage(office, submission.id) is SubmissionStage.REFUSED
    with office.database.transaction() as tx:
        last = tx.audit.about(submission.id)[-1]
    assert (last.action, last.detail) == ("submission.unreadable", (("code", "OBJECT_MISSING"),))


def test_a_foreign_error_has_a_code_of_its_own(office: Desk) -> None:
    submission = received(office, office.upload(birth_page()))
    give_up(office.services, submission.id, RuntimeError("Nguyễn Thị Mẫu"))
    with office.database.transaction() as tx:
        assert tx.audit.about(submission.id)[-1].detail == (("code", "FILE_UNREADABLE"),)


def test_giving_up_twice_or_too_late_changes_nothing(office: Desk) -> None:
    submission = office.submit(office.upload(birth_page()))
    before = office.actions()
    give_up(office.services, submission.id, ObjectMissingError())
    assert stage(office, submission.id) is SubmissionStage.READ
    assert office.actions() == before


def test_a_dossier_without_a_procedure_is_asked_about_for_verification(office: Desk) -> None:
    submission = receive(
        office.services, (office.upload(birth_page()),), replace(REQUEST, procedure="")
    ).submission
    assert submission is not None
    office.work()
    assert office.database.access_log.about(CIVIL_STATUS, "KS-2020-15")[0].purpose == "verification"
