"""A program that takes numbers with several threads, for tests with several processes.

In: a URL, its own name, threads, and how many a thread. Out: the numbers that it kept, one a line.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from storage.database import SqlDatabase, open_database
from tests.storage.builders import COPIES, LINE
from verification.audit import AuditEntry
from verification.submission import PaperId
from verification.workflow.issue import NUMBER_HELD, SERVICE


class ChangedMindError(Exception):
    """Every third caller takes a number and gives it back."""


def take(database: SqlDatabase, name: str, count: int) -> list[int]:
    """As `hold` does: number, line and audit entry in one transaction; every third is rolled back."""
    kept = []
    for place in range(count):
        try:
            with database.transaction() as work:
                at = datetime.now(UTC)
                entry = work.register.hold(PaperId(f"{name}.{place}"), COPIES, LINE, at=at)
                detail = (("paper", str(entry.paper_id)), ("line", entry.fingerprint()))
                work.audit.add(AuditEntry(at, SERVICE, NUMBER_HELD, entry.id, detail))
                if place % 3 == 2:
                    raise ChangedMindError
        except ChangedMindError:
            continue
        kept.append(entry.number)
    return kept


def main(url: str, name: str, threads: int, count: int) -> None:
    """All threads at once over one pool of connections."""
    database = open_database(url)
    with ThreadPoolExecutor(threads) as pool:
        for kept in pool.map(lambda thread: take(database, f"{name}-{thread}", count), range(threads)):
            sys.stdout.writelines(f"{number}\n" for number in kept)
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
