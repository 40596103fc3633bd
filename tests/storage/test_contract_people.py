"""The contracts of `ports.Certifications`, `Officers`, `AuditTrail` and `Jobs`, on every database."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta, timezone

import pytest

from tests.storage.builders import (
    NOW,
    delegation,
    digest,
    issued,
    later,
    officer,
    standing_change,
    submission,
)
from verification.audit import GENESIS, AuditEntry, first_broken
from verification.certification import Issued, ShortCode, Standing
from verification.errors import NotFoundError, StaleError
from verification.ports import Database
from verification.submission import OfficerId, PaperId

ENTRY = AuditEntry(NOW, "thu", "decided", "s1.1", (("outcome", "APPROVED"),))


def test_what_was_issued_is_found_by_code_file_and_paper(database: Database) -> None:
    with database.transaction() as work:
        work.certifications.add(issued())
    with database.transaction() as work:
        assert work.certifications.by_code(issued().code) == issued()
        assert work.certifications.by_digest(issued().digest) == issued()
        assert work.certifications.by_paper(PaperId("s1.1")) == (issued(),)
        assert work.certifications.by_code(ShortCode("nothing")) is None
        assert work.certifications.by_digest(digest(5)) is None


def test_adding_the_same_again_changes_nothing_even_after_it_was_revoked(database: Database) -> None:
    with database.transaction() as work:
        work.certifications.add(issued())
        revoked = work.certifications.stand(standing_change(Standing.REVOKED, "Cấp nhầm"))
        work.certifications.add(issued())
        assert work.certifications.by_code(issued().code) == revoked
        assert (revoked.standing, revoked.standing_reason) == (Standing.REVOKED, "Cấp nhầm")


@pytest.mark.parametrize(
    "other",
    [
        replace(issued(), digest=digest(9)),
        replace(issued(2), code=issued().code),
        replace(issued(2), digest=issued().digest),
    ],
    ids=["same line", "same code", "same file"],
)
def test_another_certification_under_the_same_line_code_or_file_is_refused(
    database: Database, other: Issued
) -> None:
    with database.transaction() as work:
        work.certifications.add(issued())
        with pytest.raises(StaleError):
            work.certifications.add(other)


def test_the_standing_of_an_unknown_code_is_not_found(database: Database) -> None:
    with database.transaction() as work, pytest.raises(NotFoundError):
        work.certifications.stand(replace(standing_change(Standing.REVOKED), code=ShortCode("nothing")))


def test_the_sweep_leaves_what_was_issued_and_what_was_handed_in(database: Database) -> None:
    with database.transaction() as work:
        work.submissions.add(submission())
        work.certifications.add(issued())
        assert work.certifications.digests() == {
            digest(1),
            digest(2),
            digest(3),
            issued().digest,
        }


def test_an_officer_is_kept_and_changed(database: Database) -> None:
    changed = replace(officer(), full_name="Trần Văn Thử Hai")
    with database.transaction() as work:
        work.officers.add(officer())
        work.officers.add(officer("an"))
        work.officers.add(changed)
        assert work.officers.get(OfficerId("thu")) == changed
        assert work.officers.all() == (officer("an"), changed)
        with pytest.raises(NotFoundError):
            work.officers.get(OfficerId("nobody"))


def test_delegations_are_newest_first_and_can_be_revoked(database: Database) -> None:
    newer = delegation("d2", valid_from=date(2026, 7, 1))
    with database.transaction() as work:
        work.officers.add(officer())
        work.officers.add_delegation(delegation())
        work.officers.add_delegation(newer)
        work.officers.add_delegation(replace(delegation(), revoked=True))
        assert work.officers.delegations(OfficerId("thu")) == (newer, replace(delegation(), revoked=True))
        assert work.officers.delegations(OfficerId("an")) == ()


def test_a_delegation_needs_its_officer(database: Database) -> None:
    with pytest.raises(NotFoundError), database.transaction() as work:
        work.officers.add_delegation(delegation())


def test_audit_entries_are_chained_across_transactions(database: Database) -> None:
    at_the_counter = NOW.astimezone(timezone(timedelta(hours=7)))
    with database.transaction() as work:
        first = work.audit.add(ENTRY)
    with database.transaction() as work:
        second = work.audit.add(replace(ENTRY, at=at_the_counter, subject="s1.2"))
    assert (first.previous, second.previous) == (GENESIS, first.digest)
    with database.transaction() as work:
        assert work.audit.all() == (first, second)
        assert work.audit.about("s1.2") == (second,)
        assert first_broken(work.audit.all()) is None


def test_an_audit_entry_that_is_rolled_back_leaves_no_hole(database: Database) -> None:
    with suppress(ZeroDivisionError), database.transaction() as work:
        work.audit.add(ENTRY)
        raise ZeroDivisionError
    with database.transaction() as work:
        assert work.audit.add(ENTRY).sequence == 1


def test_a_job_may_be_enqueued_again(database: Database) -> None:
    with database.transaction() as work:
        work.jobs.enqueue("issue", "s1.1")
        work.jobs.enqueue("issue", "s1.1")


def test_a_time_without_its_zone_cannot_be_kept(database: Database) -> None:
    with database.transaction() as work, pytest.raises(ValueError, match="zone"):
        work.audit.add(replace(ENTRY, at=later().replace(tzinfo=None)))


def test_a_transaction_inside_a_transaction_is_refused_at_once(database: Database) -> None:
    with database.transaction(), pytest.raises(RuntimeError, match="inside"), database.transaction():
        pass
    with database.transaction() as work:
        assert work.audit.all() == ()
