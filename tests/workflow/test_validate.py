"""Validate: the file and, if we issued it, how it stands."""

from dataclasses import replace
from hashlib import sha256

import pytest

from ocr.model import Digest
from signing.errors import NotAPdfError
from signing.model import About, Verdict
from tests.builders import NOW, diploma_page
from tests.desk import OFFICER, Desk, approval
from verification.certification import Issued, ShortCode, Standing, StandingChange
from verification.register import EntryId
from verification.workflow.validate import Validated, validate


@pytest.fixture
def issued(desk: Desk) -> Issued:
    return desk.issue(approval(desk.hand_in(diploma_page())))


def validated(desk: Desk, issued: Issued) -> Validated:
    return validate(desk.services, desk.objects.get(issued.digest))


def stands(desk: Desk, issued: Issued, standing: Standing) -> Validated:
    with desk.database.transaction() as tx:
        tx.certifications.stand(StandingChange(issued.code, standing, "Cấp nhầm", NOW, OFFICER))
    return validated(desk, issued)


def test_what_we_issued_is_valid_and_known(desk: Desk, issued: Issued) -> None:
    found = validated(desk, issued)
    assert (found.report.verdict, found.issued) == (Verdict.VALID, issued)


def test_what_was_revoked_is_invalid_though_its_signatures_hold(desk: Desk, issued: Issued) -> None:
    found = stands(desk, issued, Standing.REVOKED)
    first = found.report.reasons[0]
    assert (found.report.verdict, first.code, first.about) == (Verdict.INVALID, "REVOKED", About.REVOCATION)
    assert found.issued is not None
    assert found.issued.standing_reason == "Cấp nhầm"


def test_what_was_superseded_is_undetermined(desk: Desk, issued: Issued) -> None:
    found = stands(desk, issued, Standing.SUPERSEDED)
    assert (found.report.verdict, found.report.reasons[0].code) == (Verdict.UNDETERMINED, "SUPERSEDED")


def test_what_was_superseded_and_is_broken_stays_invalid(desk: Desk, issued: Issued) -> None:
    content = bytearray(desk.objects.get(issued.digest))
    content[len(content) // 2] ^= 1
    broken = replace(
        issued,
        entry_id=EntryId("COPIES-2026-9"),
        code=ShortCode("1111-1111-1111-2"),
        digest=Digest(sha256(content).hexdigest()),
        standing=Standing.SUPERSEDED,
    )
    with desk.database.transaction() as tx:
        tx.certifications.add(broken)
    found = validate(desk.services, bytes(content))
    assert (found.report.verdict, found.issued) == (Verdict.INVALID, broken)


@pytest.mark.parametrize("part", [3, 10, 20])
def test_one_changed_byte_is_invalid_and_unknown(desk: Desk, issued: Issued, part: int) -> None:
    content = bytearray(desk.objects.get(issued.digest))
    content[len(content) * part // 40] ^= 1
    found = validate(desk.services, bytes(content))
    assert (found.report.verdict, found.issued) == (Verdict.INVALID, None)
    assert About.INTEGRITY in {reason.about for reason in found.report.reasons}


def test_something_appended_is_not_what_we_issued(desk: Desk, issued: Issued) -> None:
    found = validate(desk.services, desk.objects.get(issued.digest) + b"\n% appended\n")
    assert found.issued is None
    assert found.report.verdict is not Verdict.VALID


def test_what_is_no_pdf_is_refused(desk: Desk) -> None:
    with pytest.raises(NotAPdfError):
        validate(desk.services, b"Khong phai PDF")


def test_validating_keeps_nothing(desk: Desk, issued: Issued) -> None:
    before = desk.actions()
    validated(desk, issued)
    assert desk.actions() == before
