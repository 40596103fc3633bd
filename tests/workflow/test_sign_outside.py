"""Signing with a key that is elsewhere: handed out, signed, handed back; one number, one document."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from signing.errors import SignatureRefusedError
from signing.model import Signatory, Verdict
from tests.builders import birth_page, birth_row
from tests.desk import OFFICER, OFFICER_NAME, Desk, appoint, approval, not_needed
from tests.signing_ways import OutsideSigner, PlugIn
from verification.errors import NoLongerAnsweredError, NotAllowedError, NotDecidableError
from verification.pending import PendingToken
from verification.ports import PaperCase
from verification.register import EntryState, Series
from verification.signing_errors import (
    CertificateNotOnFileError,
    DelegationEndedError,
    SignatureNotAwaitedError,
    SignatureTooLateError,
)
from verification.submission import OfficerId, PaperId, PaperStage
from verification.workflow.sign_outside import WAITS_FOR, Begun, Returned, awaited, begin, finish
from verification.workflow.sweep import sweep
from verification.workflow.take_back import take_back
from verification.workflow.validate import validate
from verification.workflow.verify_register import verify_register


@pytest.fixture
def plug_in(desk: Desk) -> PlugIn:
    """The officer's key is at the officer's own machine."""
    desk.replace(signer=OutsideSigner(desk.services.signer))
    return PlugIn(desk.pki, Signatory(OFFICER, OFFICER_NAME))


@pytest.fixture
def paper(desk: Desk, plug_in: PlugIn, needed: PaperCase) -> PaperId:
    """Approved, and waiting for that key."""
    desk.decide(approval(needed))
    return needed.id


def begun(desk: Desk, paper: PaperId) -> Begun:
    return begin(desk.services, paper, OFFICER)


def returned(plug_in: PlugIn, handed_out: Begun) -> Returned:
    """What the plug-in sends back."""
    pending = handed_out.pending
    return Returned(OFFICER, pending.token, plug_in.signature(pending.signed_attributes))


def states(desk: Desk) -> list[EntryState]:
    return [line.state for line in desk.lines()]


def test_what_was_signed_elsewhere_is_issued_under_the_number_held(
    desk: Desk, plug_in: PlugIn, paper: PaperId
) -> None:
    handed_out = begun(desk, paper)
    assert (handed_out.number, states(desk)) == ("1/2026", [EntryState.HELD])
    issued = finish(desk.services, paper, returned(plug_in, handed_out))
    assert (issued.number, desk.case(paper).stage) == ("1/2026", PaperStage.ISSUED)
    found = validate(desk.services, desk.objects.get(issued.digest))
    assert (found.report.verdict, found.issued) == (Verdict.VALID, issued)
    assert verify_register(desk.services).faults == ()


def test_a_signature_that_comes_again_changes_nothing(desk: Desk, plug_in: PlugIn, paper: PaperId) -> None:
    back = returned(plug_in, begun(desk, paper))
    issued = finish(desk.services, paper, back)
    before = (desk.lines(), desk.actions())
    assert finish(desk.services, paper, back) == issued
    assert (desk.lines(), desk.actions(), desk.issued(paper)) == (*before, (issued,))


def test_a_second_beginning_makes_the_first_void_and_keeps_the_number(
    desk: Desk, plug_in: PlugIn, paper: PaperId
) -> None:
    first = returned(plug_in, begun(desk, paper))
    second = begun(desk, paper)
    assert second.number == "1/2026"
    with pytest.raises(SignatureNotAwaitedError):
        finish(desk.services, paper, first)
    assert finish(desk.services, paper, returned(plug_in, second)).number == "1/2026"
    assert states(desk) == [EntryState.ISSUED]


def test_a_signature_by_another_key_is_refused_and_the_number_stays(
    desk: Desk, plug_in: PlugIn, paper: PaperId
) -> None:
    handed_out = begun(desk, paper)
    wrong = replace(returned(plug_in, handed_out), value=plug_in.signature(b"something else"))
    with pytest.raises(SignatureRefusedError):
        finish(desk.services, paper, wrong)
    assert states(desk) == [EntryState.HELD]
    assert finish(desk.services, paper, returned(plug_in, handed_out)).number == "1/2026"


def test_a_signature_that_comes_too_late_is_not_taken_and_the_number_stays(
    desk: Desk, plug_in: PlugIn, paper: PaperId
) -> None:
    late = returned(plug_in, begun(desk, paper))
    desk.clock.at += WAITS_FOR + timedelta(seconds=1)
    assert awaited(desk.services, paper, OFFICER) is None
    with pytest.raises(SignatureTooLateError):
        finish(desk.services, paper, late)
    assert begun(desk, paper).number == "1/2026"


def test_nothing_is_taken_that_was_not_handed_out(desk: Desk, plug_in: PlugIn, paper: PaperId) -> None:
    begun(desk, paper)
    with pytest.raises(SignatureNotAwaitedError):
        finish(desk.services, paper, Returned(OFFICER, PendingToken("invented"), b""))


def test_a_certificate_that_is_not_on_file_signs_nothing(desk: Desk, plug_in: PlugIn, paper: PaperId) -> None:
    other = desk.pki.agency("another").certificate.public_bytes(Encoding.DER)
    with pytest.raises(CertificateNotOnFileError):
        begin(desk.services, paper, OFFICER, certificates=(other,))
    assert desk.lines() == ()
    assert begin(desk.services, paper, OFFICER, certificates=plug_in.certificates()).number == "1/2026"


def test_nobody_else_begins_or_finishes(desk: Desk, plug_in: PlugIn, paper: PaperId) -> None:
    other = OfficerId("somebody.else")
    appoint(desk.services, other)
    with pytest.raises(NotAllowedError):
        begin(desk.services, paper, other)
    handed_out = returned(plug_in, begun(desk, paper))
    with pytest.raises(NotAllowedError):
        finish(desk.services, paper, replace(handed_out, officer_id=other))
    assert states(desk) == [EntryState.HELD]


def test_a_delegation_that_ends_in_between_stops_the_signature_and_cancels_the_line(
    desk: Desk, plug_in: PlugIn, paper: PaperId
) -> None:
    handed_out = returned(plug_in, begun(desk, paper))
    appoint(desk.services, revoked=True)
    with pytest.raises(DelegationEndedError):
        finish(desk.services, paper, handed_out)
    assert [(line.state, line.reason) for line in desk.lines()] == [
        (EntryState.CANCELLED, "DELEGATION_ENDED")
    ]
    assert (desk.case(paper).stage, desk.case(paper).failure) == (PaperStage.FAILED, "DELEGATION_ENDED")
    assert desk.issued(paper) == ()
    assert verify_register(desk.services).faults == ()


def test_whoever_is_no_officer_any_more_signs_nothing(desk: Desk, plug_in: PlugIn, paper: PaperId) -> None:
    handed_out = returned(plug_in, begun(desk, paper))
    with desk.database.transaction() as tx:
        tx.officers.add(replace(tx.officers.get(OFFICER), roles=frozenset()))
    with pytest.raises(DelegationEndedError):
        finish(desk.services, paper, handed_out)
    assert (states(desk), desk.issued(paper)) == ([EntryState.CANCELLED], ())


def test_a_record_that_changed_sends_the_receipt_back_before_anything_is_handed_out(
    desk: Desk, plug_in: PlugIn
) -> None:
    desk.load("civil_status", birth_row())
    receipt = desk.hand_in(birth_page())
    desk.decide(not_needed(receipt))
    desk.load("civil_status", birth_row({"child.full_name": "Nguyễn Thị Khác"}))
    with pytest.raises(NoLongerAnsweredError):
        begun(desk, receipt.id)
    assert (desk.case(receipt.id).stage, desk.lines(Series.RECEIPTS)) == (PaperStage.WAITING, ())


def test_what_was_handed_out_and_is_lost_is_begun_again(desk: Desk, plug_in: PlugIn, paper: PaperId) -> None:
    handed_out = begun(desk, paper)
    desk.objects.delete(handed_out.pending.document)
    with pytest.raises(SignatureNotAwaitedError):
        finish(desk.services, paper, returned(plug_in, handed_out))
    assert finish(desk.services, paper, returned(plug_in, begun(desk, paper))).number == "1/2026"


def test_what_is_taken_back_is_not_waited_for(desk: Desk, plug_in: PlugIn, paper: PaperId) -> None:
    handed_out = returned(plug_in, begun(desk, paper))
    take_back(desk.services, paper, OFFICER)
    assert states(desk) == [EntryState.CANCELLED]
    with pytest.raises(NotDecidableError):
        finish(desk.services, paper, handed_out)


def test_a_key_that_is_here_is_not_asked_elsewhere(desk: Desk, needed: PaperCase) -> None:
    desk.replace(sign_in_batches=True)
    desk.decide(approval(needed))
    with pytest.raises(CertificateNotOnFileError):
        begin(desk.services, needed.id, OFFICER)
    assert desk.lines() == ()


def test_the_sweep_leaves_what_waits_and_takes_what_is_done(
    desk: Desk, plug_in: PlugIn, paper: PaperId
) -> None:
    handed_out = begun(desk, paper)
    desk.clock.move(days=2)
    sweep(desk.services)
    assert desk.objects.exists(handed_out.pending.document)
    finish(desk.services, paper, returned(plug_in, begun(desk, paper)))
    desk.clock.move(days=2)
    sweep(desk.services)
    assert not desk.objects.exists(handed_out.pending.document)
