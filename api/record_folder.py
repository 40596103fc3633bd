"""A folder that deliveries arrive in; each file is loaded and moved to `done` or `rejected` with a report.

A sender writes under another name (`.part`) and renames the file when it is complete.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from api.record_files import opened, rows_of
from verification.errors import DeliveryAheadError, DeliveryCutError
from verification.services import Services
from verification.workflow.synchronise import Delivery, Loaded, synchronise

_NAMES = (".ndjson", ".csv", ".ndjson.gz", ".csv.gz")


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file taken from the folder: where it lies now; what it loaded, or None when it was refused."""

    path: Path
    loaded: Loaded | None


def take_arrived(services: Services, folder: Path, source: str) -> Iterator[Arrived]:
    """All complete files of the folder, the oldest first. Raises UnknownSourceError.

    1. Load the file as of the time it was written: one that lay for days does not make our copy fresh.
    2. Write the report, then move the file.

    A crash before 2 loads it again, and rows delivered again change nothing.
    """
    waiting = (p for p in folder.iterdir() if p.is_file() and p.name.endswith(_NAMES))
    for path in sorted(waiting, key=lambda p: (p.stat().st_mtime, p.name)):
        delivery = Delivery(source, datetime.fromtimestamp(path.stat().st_mtime, UTC), "folder")
        try:
            with opened(path) as stream:
                loaded = synchronise(services, rows_of(stream, path.name), delivery)
        except (DeliveryAheadError, DeliveryCutError) as error:
            refused = {"code": error.code, "message_vi": error.message_vi, "message_en": error.message_en}
            yield Arrived(_moved(path, "rejected", {"error": refused}), None)
            continue
        yield Arrived(_moved(path, "done", loaded_document(loaded)), loaded)


def loaded_document(loaded: Loaded) -> dict[str, Any]:
    """What a delivery did, as `records import --json` says it. Lines and reasons, no person's data."""
    return {
        "source": loaded.snapshot.source,
        "snapshot": loaded.snapshot.sequence,
        "as_of": loaded.snapshot.as_of.isoformat(),
        "accepted": loaded.accepted,
        "rejected": [{"line": r.line, "code": r.code, "detail": r.detail} for r in loaded.rejected],
        "counts": {change.value: count for change, count in loaded.tally.counts.items()},
        "conflicts": [{"line": line, "detail": _CONFLICT} for line in loaded.tally.conflicts],
    }


_CONFLICT = "says something else of the same record and moment"


def _moved(path: Path, to: str, report: dict[str, Any]) -> Path:
    """A name that came before gets a number: nothing in `done` is written over."""
    folder = path.parent / to
    folder.mkdir(exist_ok=True)
    names = (path.name, *(f"{n}-{path.name}" for n in range(2, 1_000_000)))
    target = next(folder / name for name in names if not (folder / name).exists())
    text = json.dumps(report, ensure_ascii=False, indent=2)
    target.with_name(f"{target.name}.report.json").write_text(text + "\n", encoding="utf-8")
    os.replace(path, target)
    return target
