"""What the service needs kept of records: our copies, who looked into them, and what was loaded.

The part of `verification.ports` that speaks of sources; a `Transaction` and a `Database` there lead to these.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from verification.delivery import PastDelivery
from verification.source import IncomingRecord, LookUp, Snapshot, SourceName, SourceRecord, Taken


class Sources(Protocol):
    """Our copies of the synchronised databases. Never browsed: a look-up needs a key."""

    def snapshot(self, source: SourceName) -> Snapshot | None:
        """The state of our copy; None when nothing was ever loaded."""

    def record(self, source: SourceName, record_id: str) -> SourceRecord | None:
        """The record of this id as it is now; None when it was removed or never there."""

    def by_number(self, source: SourceName, number: str) -> tuple[SourceRecord, ...]:
        """Records in which some subject bears this number, old or new."""

    def by_name_and_birth(
        self, source: SourceName, name_key: str, birth_date: str
    ) -> tuple[SourceRecord, ...]:
        """Records in which one subject has both this folded name and this ISO birth date."""

    def born_on(self, source: SourceName, birth_date: str, *, limit: int) -> tuple[SourceRecord, ...]:
        """At most `limit` records, by id, in which some subject with a name was born on this ISO day."""

    def named_and_born_within(
        self, source: SourceName, name_key: str, days: tuple[str, str], *, limit: int
    ) -> tuple[SourceRecord, ...]:
        """At most `limit` records, by id, in which one subject has this folded name and was born on one of
        these ISO days or between them. Reads the keys of all that were born then: not for every paper."""

    def load(
        self, source: SourceName, rows: Iterable[IncomingRecord], *, as_of: datetime, full: bool = False
    ) -> Taken:
        """Put rows in and number a new snapshot.

        A newer `updated_at` wins, a tombstone removes. Two rows that say different things of one record at
        one moment leave it with the status CONFLICTING, in whatever order they come. After a `full` load
        the live records that no row named are removed as of `as_of` and counted as GONE, unless what we
        have is newer than that; and what it names lives, although it was removed before `as_of`.
        """

    def doubt(self, source: SourceName, news: Iterable[tuple[str, datetime]]) -> tuple[str, ...]:
        """Leave these records with the status DOUBTFUL, as far as what is kept of them is no newer than the
        moment; which they were. One in conflict stays so. Called in the transaction that loads the delivery.
        """


class AccessLog(Protocol):
    """Who looked into the records. Apart from every transaction: what was looked at stays known whatever
    becomes of the work it was for, and no look-up waits for a delivery that is being loaded."""

    def add(self, look_ups: Iterable[LookUp]) -> None:
        """Keep them all or none. Durable on return; what this raises, the look-up must raise."""

    def about(self, source: SourceName, record_id: str) -> tuple[LookUp, ...]:
        """Every look-up that this record answered, newest first."""

    def of_dossier(self, dossier: str) -> tuple[LookUp, ...]:
        """Every look-up made for the dossier of this code, newest first."""

    def of_officer(self, officer: str, *, limit: int = 1000) -> tuple[LookUp, ...]:
        """The last `limit` look-ups of this officer or program, newest first."""

    def forget_before(self, moment: datetime) -> int:
        """Remove what is older than `moment`; how many. Only housekeeping calls this."""


class Deliveries(Protocol):
    """What was loaded into our copies, by whom and when."""

    def add(self, delivery: PastDelivery) -> None:
        """Keep it, in the transaction that loads it."""

    def last_numbered(self, source: SourceName) -> PastDelivery | None:
        """The last one that had a number; None when there was none."""

    def newest(self, source: SourceName | None = None, *, limit: int = 20) -> tuple[PastDelivery, ...]:
        """The newest of this source, or of all, the newest first."""

    def wait_for_turn(self, source: SourceName, unloaded: datetime) -> None:
        """From here to the end of the transaction no other delivery of the source is loaded.

        `unloaded` is any moment, for a source that nothing was loaded into yet.
        """
