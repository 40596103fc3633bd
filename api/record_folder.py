"""A folder that deliveries arrive in; each file is loaded and moved to `done` or `rejected` with a report.

A sender writes under another name (`.part`) and renames the file when it is complete; what lies beside it
(`.delivery.json`) comes first.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel

from api.record_deliveries import HandedIn, hand_in
from api.record_files import BESIDE, record_file
from api.schemas.messages import MessageJson, message_of
from api.schemas.records import loaded_of
from verification.errors import DeliveryOutOfTurnError, DeliveryRefusedError
from verification.record_rows import Row
from verification.services import Services
from verification.workflow.synchronise import Loaded

_NAMES = (".ndjson", ".csv", ".ndjson.gz", ".csv.gz")
DONE, REJECTED = "done", "rejected"


class RefusedJson(BaseModel):
    """The report beside a file that was refused."""

    error: MessageJson


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file of the folder: where it lies now; what it loaded, or why it was refused.

    `waits`: others are missing before it, so it lies where it lay.
    """

    path: Path
    loaded: Loaded | None
    refused: DeliveryRefusedError | None = None
    waits: bool = False

    @property
    def clean(self) -> bool:
        """Whether nobody need look at it."""
        return self.loaded is not None and not self.loaded.rejected and not self.loaded.tally.conflicts


def _same(row: Row) -> Row:
    return row


def take_arrived(
    services: Services, folder: Path, source: str, *, watch: Callable[[Row], Row] = _same
) -> Iterator[Arrived]:
    """All complete files of the folder, the oldest first; every row passes `watch`. Nothing while another
    process is at it.

    1. Load the file as of the time it was written, if it says no other: one that lay for days does not make
       our copy fresh.
    2. Write the report, then move the file.
    3. One that came before its turn waits; after each that was taken, look whether it is its turn now.

    A crash before 2 loads it again, and rows delivered again change nothing. Raises UnknownSourceError.
    """
    with _alone(folder) as mine:
        waiting = _complete(folder) if mine else []
        while waiting:
            left: list[Arrived] = []
            for path in waiting:
                arrived = _take(services, path, source, watch)
                if arrived.waits:
                    left.append(arrived)
                else:
                    yield arrived
            if len(left) == len(waiting):
                yield from left
                return
            waiting = [arrived.path for arrived in left]


def _complete(folder: Path) -> list[Path]:
    files = (p for p in folder.iterdir() if p.is_file() and p.name.endswith(_NAMES))
    return sorted(files, key=lambda p: (p.stat().st_mtime, p.name))


def _take(services: Services, path: Path, source: str, watch: Callable[[Row], Row]) -> Arrived:
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    try:
        with record_file(path) as file:
            loaded = hand_in(services, file, HandedIn(source, "folder", written), watch=watch)
    except DeliveryRefusedError as error:
        if isinstance(error, DeliveryOutOfTurnError) and error.early:
            return Arrived(path, None, error, waits=True)
        return Arrived(_moved(path, REJECTED, RefusedJson(error=message_of(error))), None, error)
    return Arrived(_moved(path, DONE, loaded_of(loaded)), loaded)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether no other process takes files of this folder; none begins to until the end of the block."""
    lock = os.open(folder, os.O_RDONLY)
    try:
        yield _locked(lock)
    finally:
        os.close(lock)


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _moved(path: Path, to: str, report: BaseModel) -> Path:
    """A name that came before gets a number: nothing in `done` is written over."""
    folder = path.parent / to
    folder.mkdir(exist_ok=True)
    names = (path.name, *(f"{n}-{path.name}" for n in range(2, 1_000_000)))
    target = next(folder / name for name in names if not (folder / name).exists())
    text = report.model_dump_json(indent=2)
    target.with_name(f"{target.name}.report.json").write_text(text + "\n", encoding="utf-8")
    with suppress(FileNotFoundError):
        os.replace(path.with_name(path.name + BESIDE), target.with_name(target.name + BESIDE))
    os.replace(path, target)
    return target
