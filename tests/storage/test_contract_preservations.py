"""What every implementation of `Preservations` keeps, and what `Certifications` then knows."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from storage.database import open_database
from storage.dialects import engine_for
from tests.storage.builders import NOW, digest, issued
from verification.errors import NotFoundError, StaleError
from verification.ports import Database
from verification.preservation import IssuedVersion, Preservation, PreservationCounts, wait_after
from verification.register import EntryId

ENTRY, OTHER = EntryId("COPIES-2026-1"), EntryId("COPIES-2026-2")
WAITING = Preservation(ENTRY, NOW, "B-T")
DAY = timedelta(days=1)


def version(number: int, entry_id: EntryId = ENTRY) -> IssuedVersion:
    return IssuedVersion(
        entry_id, number, digest(100 + number), 5000 * number, "B-LTA", NOW, NOW + number * 365 * DAY
    )


def keep(database: Database, *waiting: Preservation) -> None:
    with database.transaction() as work:
        for one in waiting:
            work.preservations.expect(one)


def test_what_is_expected_comes_back(database: Database) -> None:
    keep(database, WAITING)
    with database.reading() as work:
        assert work.preservations.get(ENTRY) == WAITING
        with pytest.raises(NotFoundError):
            work.preservations.get(OTHER)


def test_expecting_it_again_changes_nothing(database: Database) -> None:
    keep(database, WAITING)
    keep(database, replace(WAITING, due_at=NOW + DAY, level="B-B"))
    with database.reading() as work:
        assert work.preservations.get(ENTRY) == WAITING


def test_saving_moves_the_turn_on_and_only_one_may(database: Database) -> None:
    keep(database, WAITING)
    failed = replace(WAITING, due_at=NOW + DAY, tries=1, failure="REVOCATION_UNKNOWN")
    with database.transaction() as work:
        assert work.preservations.save(failed) == replace(failed, turn=2)
    with database.transaction() as work, pytest.raises(StaleError):
        work.preservations.save(failed)
    with database.transaction() as work, pytest.raises(NotFoundError):
        work.preservations.save(replace(failed, entry_id=OTHER))


def test_what_is_due_comes_longest_due_first(database: Database) -> None:
    late = replace(WAITING, entry_id=OTHER, due_at=NOW - DAY)
    tomorrow = replace(WAITING, entry_id=EntryId("COPIES-2026-3"), due_at=NOW + DAY)
    keep(database, WAITING, late, tomorrow)
    with database.reading() as work:
        assert work.preservations.due(NOW, limit=5) == (late, WAITING)
        assert work.preservations.due(NOW, limit=1) == (late,)


def test_what_lacks_long_term_data_is_told_whether_due_or_not(database: Database) -> None:
    done = replace(WAITING, entry_id=OTHER, level="B-LTA")
    tomorrow = replace(WAITING, entry_id=EntryId("COPIES-2026-3"), due_at=NOW + DAY, failure="X", tries=2)
    keep(database, WAITING, done, tomorrow)
    with database.reading() as work:
        assert work.preservations.unfinished(limit=5) == (WAITING, tomorrow)
        assert work.preservations.counts(NOW) == PreservationCounts(waiting=2, failing=1, due=2)


def test_versions_come_back_in_order(database: Database) -> None:
    with database.transaction() as work:
        assert (work.preservations.versions(ENTRY), work.preservations.newest(ENTRY)) == ((), None)
        work.preservations.add(version(1))
        work.preservations.add(version(2))
    with database.reading() as work:
        assert work.preservations.versions(ENTRY) == (version(1), version(2))
        assert work.preservations.newest(ENTRY) == version(2)
        assert tuple(work.preservations.every_version()) == (version(1), version(2))
        assert work.preservations.versions(OTHER) == ()


def test_a_version_is_made_once(database: Database) -> None:
    with database.transaction() as work:
        work.preservations.add(version(1))
    for again in (replace(version(1), digest=digest(7)), replace(version(1), number=2)):
        with database.transaction() as work, pytest.raises(StaleError):
            work.preservations.add(again)


def test_every_version_leads_to_what_was_issued_and_is_left_by_the_sweep(database: Database) -> None:
    first = issued(1)
    with database.transaction() as work:
        work.certifications.add(first)
        for number in (1, 2):
            work.preservations.add(version(number, first.entry_id))
    with database.reading() as work:
        every = {first.digest, version(1).digest, version(2).digest}
        assert {work.certifications.by_digest(one) for one in every} == {first}
        assert work.certifications.by_digest(digest(99)) is None
        assert work.certifications.digests() >= every


def test_waits_grow_to_a_week() -> None:
    waits = [wait_after(tries) for tries in range(1, 10)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(hours=1), 7 * DAY)


def test_a_document_is_renewed_a_quarter_before_its_time_stamp_runs_out() -> None:
    assert version(1).renew_before == NOW + 275 * DAY


def test_what_an_older_version_issued_is_due_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    engine = engine_for(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", "storage/migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        columns = (
            "entry_id, series, number, book, paper_id, title, code, issued_at, digest, size, level, standing"
        )
        values = ":entry, 'C', '1/2026', 'b', 'p', 't', 'c', :at, :digest, 9, 'B-T', 'GOOD'"
        row = {"entry": ENTRY, "at": NOW.strftime("%Y-%m-%d %H:%M:%S.%f"), "digest": digest(1)}
        connection.execute(text(f"INSERT INTO issued ({columns}) VALUES ({values})"), row)
    engine.dispose()
    database = open_database(url)
    database.migrate()
    with database.reading() as work:
        assert work.preservations.due(NOW, limit=5) == (WAITING,)
    database.close()
