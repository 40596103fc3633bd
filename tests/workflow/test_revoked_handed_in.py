"""What we issued ourselves and is handed in as a paper: the officer is told how it stands, not only that its
signatures hold."""

import pytest

from ocr.intake import take_in
from ocr.model import Limits
from signing.model import Verdict
from tests.builders import NOW, diploma_page
from tests.desk import OFFICER, PURPOSE, Desk, approval
from verification.certification import Issued, Standing, StandingChange
from verification.workflow.check import cross_check, read_file


@pytest.fixture
def issued(desk: Desk) -> Issued:
    return desk.issue(approval(desk.hand_in(diploma_page())))


def handed_in(desk: Desk, issued: Issued) -> tuple[Verdict, set[str]]:
    content = desk.papers.lay_down(desk.objects.get(issued.digest), (diploma_page(),))
    read = read_file(desk.services, take_in(content, Limits()))
    (paper,) = cross_check(desk.services, [read], PURPOSE)
    assert read.signatures is not None
    return read.signatures.verdict, {reason.code for reason in paper.assessment.reasons}


def test_a_good_one_is_an_electronic_original(desk: Desk, issued: Issued) -> None:
    verdict, codes = handed_in(desk, issued)
    assert (verdict, "ELECTRONIC_ORIGINAL" in codes) == (Verdict.VALID, True)


@pytest.mark.parametrize("standing", [Standing.REVOKED, Standing.SUPERSEDED])
def test_one_that_is_not_good_is_none(desk: Desk, issued: Issued, standing: Standing) -> None:
    with desk.database.transaction() as tx:
        tx.certifications.stand(StandingChange(issued.code, standing, "Cấp nhầm", NOW, OFFICER))
    verdict, codes = handed_in(desk, issued)
    assert verdict is not Verdict.VALID
    assert "ELECTRONIC_ORIGINAL" not in codes
