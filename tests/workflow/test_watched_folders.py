"""Folders that are watched while the service runs: from a file that arrives to a paper that is checked."""

import io
import json
import logging
import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api import record_folder
from api.record_deliveries import HandedIn, hand_in
from api.record_files import RecordFile
from api.record_watching import Watching
from tests.builders import birth_page, birth_row, card_row
from tests.desk import Desk
from verification.assessment import Outcome
from verification.delivery import Header
from verification.errors import DeliveryOutOfTurnError
from verification.record_rows import Row
from verification.source import SourceName

CIVIL_STATUS = SourceName("civil_status")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def arrive(folder: Path, name: str, *rows: dict[str, object], at: datetime) -> Path:
    """Written under another name, complete, then renamed: as a sender does it."""
    part = folder / f"{name}.part"
    part.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    os.utime(part, (at.timestamp(), at.timestamp()))
    return part.rename(folder / name)


def watching(desk: Desk, folder: Path, source: str = "civil_status") -> Watching:
    return Watching(desk.services, ((source, folder),), every_s=0.02)


def eventually(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end, "it did not happen within ten seconds"
        time.sleep(0.01)


def records(desk: Desk) -> int:
    with desk.database.transaction() as tx:
        snapshot = tx.sources.snapshot(CIVIL_STATUS)
    return snapshot.records if snapshot else 0


def test_what_arrives_answers_until_it_is_too_old(desk: Desk, folder: Path) -> None:
    watch = watching(desk, folder)
    arrive(folder, "a.ndjson", birth_row(), at=desk.clock.at)
    watch.round()
    assert desk.check(birth_page()).assessment.outcome is Outcome.NO_COPY_NEEDED
    desk.clock.move(hours=49)
    stale = desk.check(birth_page()).assessment
    assert (stale.outcome, stale.reasons[0].code) == (Outcome.SOURCE_UNAVAILABLE, "SOURCE_STALE")
    arrive(folder, "b.ndjson", {"delivery": {"rows": 0}}, at=desk.clock.at)
    watch.round()
    assert desk.check(birth_page()).assessment.outcome is Outcome.NO_COPY_NEEDED


def test_a_correction_that_arrives_takes_the_answer_away(desk: Desk, folder: Path) -> None:
    watch = watching(desk, folder)
    arrive(folder, "a.ndjson", birth_row(), at=desk.clock.at)
    watch.round()
    annulled = birth_row(status="annulled", updated_at="2026-11-23T00:00:00Z")
    arrive(folder, "b.ndjson", annulled, at=desk.clock.at)
    watch.round()
    assert desk.check(birth_page()).assessment.outcome is Outcome.OFFICER_REVIEW


def test_a_thread_takes_what_arrives_while_the_service_runs(desk: Desk, folder: Path) -> None:
    watch = watching(desk, folder)
    watch.start()
    arrive(folder, "a.ndjson", birth_row(), at=desk.clock.at)
    eventually((folder / "done" / "a.ndjson").exists)
    watch.stop()
    assert records(desk) == 1


def test_stopping_takes_back_what_is_half_loaded(desk: Desk, folder: Path) -> None:
    watch = watching(desk, folder)
    arrive(folder, "a.ndjson", *(birth_row(record_id=f"KS-{n}") for n in range(5)), at=desk.clock.at)
    watch._stop.set()
    watch.round()
    assert records(desk) == 0
    assert (folder / "a.ndjson").exists()


def test_two_processes_do_not_take_one_file(desk: Desk, folder: Path) -> None:
    arrive(folder, "a.ndjson", birth_row(), at=desk.clock.at)
    with record_folder._alone(folder) as mine:
        assert mine
        assert list(record_folder.take_arrived(desk.services, folder, "civil_status")) == []
    assert len(list(record_folder.take_arrived(desk.services, folder, "civil_status"))) == 1


def test_a_folder_that_is_gone_does_not_stop_the_others(
    desk: Desk, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    arrive(folder, "a.ndjson", birth_row(), at=desk.clock.at)
    both = (("population", folder / "gone"), ("civil_status", folder))
    with caplog.at_level(logging.INFO, "chungthuc.records"):
        Watching(desk.services, both).round()
    assert [line.message for line in caplog.records] == ["records put off", "records taken"]


def test_a_delivery_that_waits_is_told_once(
    desk: Desk, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watch = watching(desk, folder)
    for number in (1, 3):
        header: dict[str, object] = {"delivery": {"sequence": number}}
        arrive(folder, f"{number}.ndjson", header, birth_row(), at=desk.clock.at)
    for _ in range(3):
        watch.round()
    assert [line.message for line in caplog.records].count("records waiting") == 1


def test_a_delivery_that_waits_is_not_read(desk: Desk) -> None:
    def sent(number: int, content: io.BytesIO) -> None:
        given = HandedIn("population", "lan", desk.clock.at, Header(sequence=number))
        hand_in(desk.services, RecordFile(content), given)

    sent(1, io.BytesIO((json.dumps(card_row()) + "\n").encode()))
    long = io.BytesIO((json.dumps(card_row()) + "\n").encode() * 50_000)
    with pytest.raises(DeliveryOutOfTurnError):
        sent(3, long)
    assert long.tell() < 100_000


def test_without_folders_nothing_is_started(desk: Desk) -> None:
    before = threading.active_count()
    idle = Watching(desk.services, ())
    idle.start()
    assert threading.active_count() == before
    idle.stop()


def test_every_row_passes_by_whoever_watches(desk: Desk) -> None:
    seen: list[int] = []

    def watch(row: Row) -> Row:
        seen.append(row[0])
        return row

    content = io.BytesIO("".join(json.dumps(card_row()) + "\n" for _ in range(3)).encode())
    given = HandedIn("population", "lan", datetime(2026, 11, 24, tzinfo=UTC) - timedelta(hours=1))
    hand_in(desk.services, RecordFile(content), given, watch=watch)
    assert seen == [1, 2, 3]
