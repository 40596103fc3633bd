"""Look up: what a code tells everybody, and what only the second answer opens."""

import pytest

from tests.builders import diploma_page
from tests.desk import REQUEST, Desk, approval
from verification.certification import Issued, ShortCode
from verification.errors import NotFoundError, WrongFactorError
from verification.submission import Applicant
from verification.workflow.look_up import answers, download, look_up, status

BIRTH_YEAR, TAIL = REQUEST.applicant.birth_year, REQUEST.applicant.number_tail
DOSSIER = "H26.10.05-261124-0001"
OTHER_CODE = ShortCode("1111-1111-1111-1")


@pytest.fixture
def issued(desk: Desk) -> Issued:
    return desk.issue(approval(desk.hand_in(diploma_page())))


def test_a_code_leads_to_what_was_issued(desk: Desk, issued: Issued) -> None:
    assert look_up(desk.services, issued.code.lower().replace("-", " ")).issued == issued


@pytest.mark.parametrize("typed", ["", "xyz", "1111-1111-1111-2", OTHER_CODE])
def test_any_other_code_leads_nowhere(desk: Desk, issued: Issued, typed: str) -> None:
    with pytest.raises(NotFoundError):
        look_up(desk.services, typed)


@pytest.mark.parametrize("answer", [BIRTH_YEAR, TAIL, f" {TAIL} "])
def test_the_second_answer_opens_the_file(desk: Desk, issued: Issued, answer: str) -> None:
    assert download(desk.services, issued.code, answer) == desk.objects.get(issued.digest)
    assert desk.actions()[-1] == "document.downloaded"


@pytest.mark.parametrize("answer", ["", "   ", "1998", "234", "23456"])
def test_a_wrong_answer_opens_nothing(desk: Desk, issued: Issued, answer: str) -> None:
    before = desk.actions()
    with pytest.raises(WrongFactorError):
        download(desk.services, issued.code, answer)
    assert desk.actions() == before


@pytest.mark.parametrize("answer", [BIRTH_YEAR, TAIL])
def test_the_second_answer_shows_the_dossier(desk: Desk, issued: Issued, answer: str) -> None:
    found = status(desk.services, f" {DOSSIER.lower()} ", answer)
    assert found.submission.code == DOSSIER
    assert [paper.id for paper in found.papers] == [issued.paper_id]
    assert found.issued == (issued,)


def test_a_wrong_code_and_a_wrong_answer_look_alike(desk: Desk, issued: Issued) -> None:
    said = set()
    for ask in (
        lambda: status(desk.services, DOSSIER, "1998"),
        lambda: status(desk.services, "H26.10.05-261124-9999", BIRTH_YEAR),
        lambda: download(desk.services, issued.code, "1998"),
        lambda: download(desk.services, OTHER_CODE, BIRTH_YEAR),
    ):
        with pytest.raises(WrongFactorError) as refused:
            ask()
        said.add((refused.value.code, refused.value.message_vi, str(refused.value)))
    assert len(said) == 1


def test_an_applicant_without_a_second_answer_is_answered_by_nobody() -> None:
    nobody = Applicant("Nguyễn Thị Mẫu")
    assert not any(answers(nobody, given) for given in ("", " ", "1999", "0"))
