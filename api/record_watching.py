"""Folders that are watched while the service runs: what arrives in, snapshots and lines of log out."""

import logging
import threading
from pathlib import Path

from api.record_folder import Arrived, take_arrived
from storage.errors import StorageError
from verification.errors import VerificationError
from verification.record_rows import Row
from verification.services import Services

log = logging.getLogger("chungthuc.records")


class Watching:
    """A thread that loads what arrives in `watched`, folder by folder, every `every_s` seconds.

    Several processes may watch one folder: one at a time takes files.
    """

    def __init__(
        self, services: Services, watched: tuple[tuple[str, Path], ...], *, every_s: float = 10.0
    ) -> None:
        self._services, self._watched, self._every_s = services, watched, every_s
        self._stop = threading.Event()
        self._told: set[Path] = set()
        self._thread = threading.Thread(target=self._run, name="records", daemon=True)

    def start(self) -> None:
        """Begin, if there is anything to watch."""
        if self._watched:
            self._thread.start()

    def stop(self) -> None:
        """End at once: a load that is not finished is taken back; its file is loaded at the next start."""
        self._stop.set()
        if self._watched:
            self._thread.join()

    def _run(self) -> None:
        while True:
            self.round()
            if self._stop.wait(self._every_s):
                return

    def round(self) -> None:
        """One round through all folders. What cannot be done now is done in the next."""
        for source, folder in self._watched:
            try:
                for arrived in take_arrived(self._services, folder, source, watch=self._watch):
                    self._tell(source, arrived)
            except _StoppedError:
                return
            except (VerificationError, StorageError, OSError) as error:
                told = {"source": source, "error": type(error).__name__}
                log.warning("records put off", extra=told)

    def _watch(self, row: Row) -> Row:
        if self._stop.is_set():
            raise _StoppedError
        return row

    def _tell(self, source: str, arrived: Arrived) -> None:
        """Files by their place only: a sender may put anything into a name."""
        if arrived.waits and arrived.path in self._told:
            return
        told: dict[str, object] = {"source": source}
        if arrived.loaded:
            told |= {"snapshot": arrived.loaded.snapshot.sequence, "accepted": arrived.loaded.accepted}
            told |= {"rejected": len(arrived.loaded.rejected), "already": arrived.loaded.already}
        if arrived.refused:
            told["error"] = arrived.refused.code
        if arrived.waits:
            self._told.add(arrived.path)
        level = logging.INFO if arrived.clean else logging.WARNING
        log.log(level, "records waiting" if arrived.waits else "records taken", extra=told)


class _StoppedError(Exception):
    """The service stops: what is being loaded is taken back."""
