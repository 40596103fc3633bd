"""Revoke: who may annul what was issued, what must be said for it, and that it is for good."""

from dataclasses import replace
from datetime import date

import pytest

from signing.model import About, Verdict
from tests.desk import OFFICER, Desk, appoint
from tests.workflow.following import corrected, lines, now, receipt
from tests.workflow.lives import DECISION, certified, revocation
from verification.certification import Issued, Standing
from verification.decision import Role
from verification.drift import DriftState, Settled
from verification.errors import NoDelegationError, NotAllowedError, NotFoundError, StaleError
from verification.standing import RevocationReason
from verification.standing_errors import (
    AlreadyRevokedError,
    DecisionNumberNeededError,
    NumberNotConfirmedError,
    RevocationNoteMissingError,
)
from verification.submission import OfficerId
from verification.workflow.look_up import look_up
from verification.workflow.revoke import Revocation, revoke
from verification.workflow.settle_drift import Choice, Settlement, settle, work_list
from verification.workflow.validate import standing_reason, validate
from verification.workflow.verify_register import verify_register

OTHER = OfficerId("khac.officer")


@pytest.fixture
def issued(desk: Desk) -> Issued:
    return certified(desk)


@pytest.fixture
def said(issued: Issued) -> Revocation:
    return revocation(issued)


def test_it_has_no_value_from_that_moment_on(desk: Desk, issued: Issued, said: Revocation) -> None:
    desk.clock.move(days=2)
    revoke(desk.services, said)
    stands = look_up(desk.services, issued.code).issued
    assert (stands.standing, stands.standing_at) == (Standing.REVOKED, desk.clock.at)
    found = validate(desk.services, desk.objects.get(issued.digest)).report
    assert (found.verdict, found.reasons[0].code, found.reasons[0].about) == (
        Verdict.INVALID,
        "REVOKED",
        About.REVOCATION,
    )


def test_everybody_is_told_since_when_why_and_by_which_decision(desk: Desk, said: Revocation) -> None:
    why = standing_reason(revoke(desk.services, said))
    assert why is not None
    assert "ngày 24/11/2026 (12/QĐ-UBND)" in why.message_vi
    assert "không đúng với bản chính" in why.message_vi
    assert "on 24/11/2026 (12/QĐ-UBND)" in why.message_en


def test_the_note_stays_with_officers(desk: Desk, issued: Issued, said: Revocation) -> None:
    why = standing_reason(revoke(desk.services, said))
    with desk.database.transaction() as tx:
        (change,) = tx.certifications.changes(issued.entry_id)
        trail = tx.audit.about(issued.entry_id)
    assert change.note == said.note
    assert said.note not in f"{why} {trail}"
    assert dict(trail[-1].detail) == {
        "standing": "REVOKED",
        "reason": "WRONG_CONTENT",
        "decision": DECISION,
    }
    assert trail[-1].actor == OFFICER


def test_the_line_of_the_book_does_not_change(desk: Desk, said: Revocation) -> None:
    before = desk.lines()
    revoke(desk.services, said)
    assert desk.lines() == before
    assert verify_register(desk.services).faults == ()


@pytest.mark.parametrize(
    ("lacking", "error"),
    [
        ({"number": "2/2026"}, NumberNotConfirmedError),
        ({"number": ""}, NumberNotConfirmedError),
        ({"note": "  "}, RevocationNoteMissingError),
        ({"decision_number": ""}, DecisionNumberNeededError),
        ({"decision_number": "theo lời ông Mẫu"}, DecisionNumberNeededError),
        ({"decision_number": "12/QĐ của ông Mẫu"}, DecisionNumberNeededError),
        ({"code": "1111-1111-1111-1"}, NotFoundError),
    ],
    ids=str,
)
def test_what_is_not_said_in_full_annuls_nothing(
    desk: Desk, issued: Issued, said: Revocation, lacking: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        revoke(desk.services, replace(said, **lacking))  # type: ignore[arg-type]
    assert now(desk, issued) == issued


def test_a_receipt_is_taken_back_without_a_decision(desk: Desk) -> None:
    said = replace(revocation(receipt(desk)), decision_number="")
    assert revoke(desk.services, said).standing is Standing.REVOKED


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
def test_only_officers_annul(desk: Desk, said: Revocation, role: Role) -> None:
    appoint(desk.services, OTHER, roles=frozenset({role}))
    with pytest.raises(NotAllowedError):
        revoke(desk.services, replace(said, officer_id=OTHER))


def test_nobody_annuls_without_a_delegation_in_force(desk: Desk, said: Revocation) -> None:
    appoint(desk.services, OTHER, valid_to=date(2026, 11, 23))
    with pytest.raises(NoDelegationError):
        revoke(desk.services, replace(said, officer_id=OTHER))


def test_the_same_word_again_changes_nothing(desk: Desk, issued: Issued, said: Revocation) -> None:
    first = revoke(desk.services, said)
    desk.clock.move(minutes=1)
    assert revoke(desk.services, said) == first
    with desk.database.transaction() as tx:
        assert len(tx.certifications.changes(issued.entry_id)) == 1
    assert desk.actions().count("standing.changed") == 1


def test_another_officer_is_told_that_it_is_done(desk: Desk, said: Revocation) -> None:
    appoint(desk.services, OTHER)
    revoke(desk.services, said)
    with pytest.raises(AlreadyRevokedError):
        revoke(desk.services, replace(said, officer_id=OTHER))
    with pytest.raises(AlreadyRevokedError):
        revoke(desk.services, replace(said, reason=RevocationReason.ORIGINAL_INVALID))


def test_what_had_lost_its_record_and_is_annulled_is_done_on_the_work_list(desk: Desk) -> None:
    issued = receipt(desk)
    corrected(desk, child__full_name="Nguyễn Thị Mậu")
    revoke(desk.services, revocation(issued))
    assert work_list(desk.services) == ()
    assert [(line.state, line.settled) for line in lines(desk)] == [(DriftState.DONE, Settled.REVOKED)]
    assert verify_register(desk.services).faults == ()


def test_a_record_that_comes_back_restores_nothing_that_was_annulled(desk: Desk) -> None:
    issued = receipt(desk)
    corrected(desk, child__full_name="Nguyễn Thị Mậu")
    revoke(desk.services, revocation(issued))
    corrected(desk, hour=2)
    corrected(desk, hour=3, child__full_name="Nguyễn Thị Mạu")
    assert now(desk, issued).standing is Standing.REVOKED
    assert work_list(desk.services) == ()


def test_an_officer_who_still_sees_the_old_line_cannot_restore_it(desk: Desk) -> None:
    issued = receipt(desk)
    corrected(desk, child__full_name="Nguyễn Thị Mậu")
    (item,) = work_list(desk.services)
    revoke(desk.services, revocation(issued))
    restoring = Settlement(item.line.id, Choice.RESTORE, OFFICER, item.line.version, "Vì sao")
    with pytest.raises(StaleError):
        settle(desk.services, restoring)
    assert now(desk, issued).standing is Standing.REVOKED
