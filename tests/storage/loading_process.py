"""A load that dies in the middle: run with a database's URL, it kills itself after some thousand rows."""

import os
import signal
import sys
from collections.abc import Iterator

from storage.database import open_database
from tests.storage.builders import NOW, POPULATION, record
from verification.source import IncomingRecord


def rows() -> Iterator[IncomingRecord]:
    """Enough for some batches, then the end."""
    for number in range(2500):
        yield record(f"r{number}")
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    with open_database(sys.argv[1]).transaction() as work:
        work.sources.load(POPULATION, rows(), as_of=NOW)
