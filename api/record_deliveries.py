"""A file of records and what is told beside it in; it is loaded or rehearsed, what became of it out.

One way for the command line, the API, the pages and the watched folders.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime

from api.record_files import RecordFile
from verification.delivery import Header, agreed, refuse_early
from verification.errors import DeliveryOtherSourceError
from verification.record_rows import Row
from verification.services import Services
from verification.source import SourceName
from verification.source_profile import source_of
from verification.workflow.synchronise import Delivery, Loaded, rehearse, synchronise


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Who hands in for which source, and what they say of it beside what it says itself.

    `as_of` is the moment it shows where nobody says one.
    """

    source: str
    actor: str
    as_of: datetime
    told: Header = field(default_factory=Header)
    allow_removals: bool = False
    dry_run: bool = False


def hand_in(
    services: Services,
    file: RecordFile,
    given: HandedIn,
    *,
    watch: Callable[[Row], Row] = lambda row: row,
) -> Loaded:
    """Every row passes `watch`. Raises what `synchronise` raises, and DeliveryHeaderError."""
    header = agreed(file.header(), given.told)
    _refuse_early(services, given.source, header)
    delivery = Delivery(
        source=given.source,
        as_of=header.as_of or given.as_of,
        actor=given.actor,
        header=header,
        # Only what has a number can come again under it.
        digest="" if header.sequence is None else file.digest(),
        allow_removals=given.allow_removals,
    )
    put_in = rehearse if given.dry_run else synchronise
    # A load that breaks off leaves its rows unread: they must let go of the file before it is closed.
    with closing(file.rows()) as rows:
        return put_in(services, map(watch, rows), delivery)


def _refuse_early(services: Services, source: str, header: Header) -> None:
    """One that waits in a folder for those before it is looked at again and again, and may be large."""
    if source_of(source, services.sources) and header.source not in (None, source):
        raise DeliveryOtherSourceError
    if header.sequence is not None:
        with services.database.reading() as tx:
            last = tx.deliveries.last_numbered(SourceName(source))
        refuse_early(last, header)
