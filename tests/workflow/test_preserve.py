"""Preserve: what was issued keeps its bytes and its digest, and grows; nothing that waits is ever lost."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.x509 import ReasonFlags

from signing.errors import RevocationUnknownError, TimeStampError
from signing.long_term import LongTerm
from signing.model import Signatory, Verdict
from signing.pades import PadesSigner
from signing.revocation_answers import OwnAnswers
from signing.timestamp import LocalTimeStamps, TimeStamps
from signing.trial_pki import TestPki
from tests.builders import NOW, diploma_page
from tests.desk import OFFICER, OFFICER_NAME, REQUEST, UNIT, Desk, SilentTimeStamps, approval
from verification.certification import Issued, Standing
from verification.errors import NotFoundError
from verification.ports import PaperCase
from verification.preservation import IssuedVersion, Preservation, PreservationCounts
from verification.workflow.look_up import download, look_up_file
from verification.workflow.preserve import (
    PRESERVE_JOB,
    counts,
    enqueue_due,
    job_key,
    newest_file,
    preserve,
    put_off,
    to_do,
)
from verification.workflow.review import hand_over
from verification.workflow.sweep import Swept, sweep
from verification.workflow.validate import validate
from verification.workflow.verify_register import verify_register

DAY = timedelta(days=1)


def keeps(desk: Desk, stamps: TimeStamps | None = None) -> None:
    """From now on these services can add long-term data."""
    stamps = stamps or LocalTimeStamps(desk.pki.time_stamping)
    desk.replace(long_term=LongTerm(stamps, OwnAnswers(desk.pki.answers), desk.services.trust))


@pytest.fixture
def issued(desk: Desk, needed: PaperCase) -> Issued:
    """A copy, issued just now."""
    keeps(desk)
    return desk.issue(approval(needed))


def waiting(desk: Desk, issued: Issued) -> Preservation:
    with desk.database.reading() as tx:
        return tx.preservations.get(issued.entry_id)


def due(desk: Desk) -> list[str]:
    """What is handed to the engine, by key."""
    enqueue_due(desk.services)
    return [key for name, key in desk.database.waiting() if name == PRESERVE_JOB]


def work(desk: Desk) -> int:
    """What the worker does with it: errors are recorded."""

    def run(key: str) -> None:
        try:
            preserve(desk.services, key)
        except Exception as error:  # noqa: BLE001  as the engine does
            put_off(desk.services, key, error)

    enqueue_due(desk.services)
    return desk.database.drain({PRESERVE_JOB: run})


def versions(desk: Desk, issued: Issued) -> tuple[IssuedVersion, ...]:
    with desk.database.reading() as tx:
        return tx.preservations.versions(issued.entry_id)


def version(desk: Desk, issued: Issued) -> IssuedVersion:
    return versions(desk, issued)[-1]


# -- what is done -------------------------------------------------------------------------------


def test_a_day_after_it_was_issued_a_document_is_preserved(desk: Desk, issued: Issued) -> None:
    assert (work(desk), counts(desk.services).waiting) == (0, 1)
    desk.clock.move(hours=24)
    assert work(desk) == 1
    made = version(desk, issued)
    assert (made.number, made.level, made.at) == (1, "B-LTA", desk.clock())
    content = desk.objects.get(made.digest)
    assert content.startswith(desk.objects.get(issued.digest))
    assert (len(content), counts(desk.services)) == (made.size, PreservationCounts(0, 0, 0))


def test_the_book_and_what_was_issued_stay_as_they_were(desk: Desk, issued: Issued) -> None:
    before = desk.lines()
    desk.clock.move(hours=24)
    work(desk)
    assert (desk.lines(), desk.issued(issued.paper_id)) == (before, (issued,))
    assert verify_register(desk.services).faults == ()
    assert desk.actions()[-1] == "document.preserved"


def test_both_files_are_known_and_valid(desk: Desk, issued: Issued) -> None:
    desk.clock.move(hours=24)
    work(desk)
    for digest in (issued.digest, version(desk, issued).digest):
        found = validate(desk.services, desk.objects.get(digest))
        assert (found.report.verdict, found.issued) == (Verdict.VALID, issued)
        assert look_up_file(desk.services, digest).issued == issued
    assert [one.level for one in found.report.signatures] == ["B-LTA", "B-LTA", "RFC3161"]


def test_whoever_takes_it_gets_the_newest(desk: Desk, issued: Issued) -> None:
    assert hand_over(desk.services, issued.code, OFFICER)[1] == desk.objects.get(issued.digest)
    desk.clock.move(hours=24)
    work(desk)
    newest = desk.objects.get(version(desk, issued).digest)
    assert newest_file(desk.services, issued) == newest
    assert hand_over(desk.services, issued.code, OFFICER) == (issued, newest)
    assert download(desk.services, issued.code, REQUEST.applicant.number_tail or "") == newest


def test_what_is_lost_of_the_newest_is_made_up_for_by_what_was_issued(desk: Desk, issued: Issued) -> None:
    desk.clock.move(hours=24)
    work(desk)
    desk.objects.delete(version(desk, issued).digest)
    assert newest_file(desk.services, issued) == desk.objects.get(issued.digest)


def test_the_sweep_leaves_every_version(desk: Desk, issued: Issued) -> None:
    desk.clock.move(hours=24)
    work(desk)
    desk.clock.move(days=30)
    assert sweep(desk.services) == Swept(0, 0)
    assert verify_register(desk.services).faults == ()


def test_what_was_annulled_meanwhile_stays_annulled(desk: Desk, issued: Issued) -> None:
    annulled = replace(issued, standing=Standing.REVOKED)
    desk.clock.move(hours=24)
    work(desk)
    with desk.database.transaction() as tx:
        tx.state.issued[issued.entry_id] = annulled
    found = validate(desk.services, desk.objects.get(version(desk, issued).digest))
    assert (found.report.verdict, found.issued) == (Verdict.INVALID, annulled)


# -- years later --------------------------------------------------------------------------------


def test_it_is_renewed_before_the_time_stamp_runs_out(desk: Desk, issued: Issued) -> None:
    desk.clock.move(hours=24)
    work(desk)
    first = version(desk, issued)
    assert waiting(desk, issued).due_at == first.renew_before == first.good_until - 90 * DAY
    desk.clock.at = first.renew_before - DAY
    assert due(desk) == []
    desk.clock.move(days=1)
    assert due(desk) == [f"{issued.entry_id}#2"]


def test_while_nothing_holds_longer_it_waits_for_a_week_at_most(desk: Desk, issued: Issued) -> None:
    desk.clock.move(hours=24)
    work(desk)
    desk.clock.at = waiting(desk, issued).due_at
    for _ in range(8):
        assert work(desk) == 1
        left = waiting(desk, issued)
        assert left.failure == "TIME_STAMP_GAINS_NOTHING"
        assert left.due_at - desk.clock() <= 7 * DAY
        desk.clock.at = left.due_at
    assert len(versions(desk, issued)) == 1


# -- what no time-stamp dates -------------------------------------------------------------------


def test_a_document_that_got_no_time_stamp_gets_one_at_the_next_round(desk: Desk, needed: PaperCase) -> None:
    keeps(desk)
    desk.replace(signer=PadesSigner(desk.pki, UNIT.agency, SilentTimeStamps()))
    issued = desk.issue(approval(needed))
    assert (work(desk), issued.level) == (1, "B-B")
    assert (version(desk, issued).level, waiting(desk, issued).due_at) == ("B-T", NOW + DAY)
    desk.clock.move(hours=24)
    assert work(desk) == 1
    assert [one.level for one in versions(desk, issued)] == ["B-T", "B-LTA"]
    assert counts(desk.services).waiting == 0


def test_while_the_authority_is_silent_it_is_asked_less_and_less_often(desk: Desk, needed: PaperCase) -> None:
    keeps(desk, SilentTimeStamps())
    desk.replace(signer=PadesSigner(desk.pki, UNIT.agency, SilentTimeStamps()))
    issued = desk.issue(approval(needed))
    waits = []
    for tries in range(1, 5):
        assert work(desk) == 1
        left = waiting(desk, issued)
        assert (left.tries, left.failure, left.level) == (tries, "TIME_STAMP_FAILED", "B-B")
        waits.append(left.due_at - desk.clock())
        assert work(desk) == 0
        desk.clock.at = left.due_at
    assert waits == sorted(waits)
    assert counts(desk.services) == PreservationCounts(waiting=1, failing=1, due=1)


# -- what goes wrong ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SilentAnswers:
    """An authority that does not answer."""

    def answer(self, *_: object, since: datetime, at: datetime) -> object:
        raise RevocationUnknownError


def test_what_failed_and_then_works_is_as_if_it_had_never_failed(desk: Desk, issued: Issued) -> None:
    able = desk.services.long_term
    assert able is not None
    desk.replace(long_term=replace(able, answers=SilentAnswers()))  # type: ignore[arg-type]
    desk.clock.move(hours=24)
    work(desk)
    assert waiting(desk, issued).failure == "REVOCATION_UNKNOWN"
    desk.replace(long_term=able)
    desk.clock.move(hours=1)
    work(desk)
    done = waiting(desk, issued)
    assert (done.tries, done.failure, done.level) == (0, None, "B-LTA")


def test_a_certificate_revoked_before_it_signed_shows(tmp_path: Path) -> None:
    desk = Desk(TestPki.open(tmp_path / "keys", now=NOW), tmp_path)  # one where something may be revoked
    keeps(desk)
    issued = desk.issue(approval(desk.hand_in(diploma_page())))
    certificate = desk.pki.person(Signatory(OFFICER, OFFICER_NAME)).certificate
    desk.pki.revoke(certificate, at=NOW - DAY, reason=ReasonFlags.key_compromise)
    desk.clock.move(hours=24)
    work(desk)
    assert waiting(desk, issued).failure == "REVOKED_BEFORE_SIGNING"
    assert versions(desk, issued) == ()


def test_a_lost_file_is_told(desk: Desk, issued: Issued) -> None:
    desk.objects.delete(issued.digest)
    desk.clock.move(hours=24)
    work(desk)
    assert waiting(desk, issued).failure == "OBJECT_MISSING"


def test_the_same_turn_again_changes_nothing(desk: Desk, issued: Issued) -> None:
    desk.clock.move(hours=24)
    key = job_key(waiting(desk, issued))
    preserve(desk.services, key)
    before = (versions(desk, issued), waiting(desk, issued), desk.actions())
    preserve(desk.services, key)
    put_off(desk.services, key, TimeStampError())
    assert (versions(desk, issued), waiting(desk, issued), desk.actions()) == before


def test_two_at_once_keep_one_version_and_the_sweep_the_other(desk: Desk, issued: Issued) -> None:
    desk.clock.move(hours=24)
    key = job_key(waiting(desk, issued))

    class MeanwhileAnother:
        """Is asked for a time-stamp, and lets the other worker be first."""

        def token(self, digest: bytes, *, at: datetime) -> bytes:
            keeps(desk)
            preserve(desk.services, key)
            return LocalTimeStamps(desk.pki.time_stamping).token(digest, at=at)

    keeps(desk, MeanwhileAnother())
    preserve(desk.services, key)
    assert len(versions(desk, issued)) == 1
    desk.clock.move(days=2)
    assert sweep(desk.services) == Swept(0, 1)
    assert verify_register(desk.services).faults == ()


def test_killed_after_the_object_was_put_it_is_done_again(desk: Desk, issued: Issued) -> None:
    able = desk.services.long_term
    assert able is not None
    desk.clock.move(hours=24)
    content = desk.objects.get(issued.digest)
    orphan = desk.objects.put_once(able.extend(content, at=desk.clock()).content)
    assert work(desk) == 1
    assert version(desk, issued).digest != orphan
    desk.clock.move(days=2)
    assert sweep(desk.services) == Swept(0, 1)


def test_without_authorities_everything_waits(desk: Desk, needed: PaperCase) -> None:
    issued = desk.issue(approval(needed))
    desk.clock.move(days=2)
    assert (enqueue_due(desk.services), counts(desk.services).waiting) == (0, 1)
    preserve(desk.services, job_key(waiting(desk, issued)))
    assert versions(desk, issued) == ()


def test_what_is_not_known_is_not_preserved(desk: Desk) -> None:
    keeps(desk)
    with pytest.raises(NotFoundError):
        preserve(desk.services, "COPIES-2026-9#1")


def test_what_waits_can_be_asked_for_before_its_day(desk: Desk, issued: Issued) -> None:
    assert to_do(desk.services, everything=False, limit=9) == ()
    assert [one.entry_id for one in to_do(desk.services, everything=True, limit=9)] == [issued.entry_id]
    assert to_do(desk.services, everything=True, limit=0) == ()


def test_a_lost_version_and_one_of_another_file_show_in_the_proof(desk: Desk, issued: Issued) -> None:
    other = desk.issue(approval(desk.hand_in(diploma_page())))
    desk.clock.move(hours=24)
    work(desk)
    mine, theirs = version(desk, issued), version(desk, other)
    desk.objects.delete(mine.digest)
    with desk.database.transaction() as tx:
        forged = desk.objects.put_once(b"%PDF-1.7 something else")
        tx.state.versions[other.entry_id, 1] = replace(theirs, digest=forged)
    assert set(verify_register(desk.services).faults) == {
        ("OBJECT_MISSING", "1/2026-SCTĐT/BS"),
        ("VERSION_CHANGED", "2/2026-SCTĐT/BS"),
        ("VERSION_DIFFERS", "2/2026-SCTĐT/BS"),
    }
