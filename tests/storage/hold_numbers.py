"""A program that takes numbers, for tests with several processes: URL, own name, how many."""

import sys

from storage.database import open_database
from tests.storage.builders import COPIES, LINE, NOW
from verification.audit import AuditEntry
from verification.submission import PaperId


class ChangedMindError(Exception):
    """Every fifth caller takes a number and gives it back."""


def hold(url: str, name: str, count: int) -> None:
    """Take `count` numbers, each in a transaction of its own with its audit entry; some are rolled back."""
    database = open_database(url)
    for place in range(count):
        try:
            with database.transaction() as work:
                entry = work.register.hold(PaperId(f"{name}.{place}"), COPIES, LINE, at=NOW)
                work.audit.add(AuditEntry(NOW, name, "held", entry.id))
                if place % 5 == 4:
                    raise ChangedMindError
        except ChangedMindError:
            continue
    database.close()


if __name__ == "__main__":
    hold(sys.argv[1], sys.argv[2], int(sys.argv[3]))
