"""Settle drift: the work list of what lost its record out; an officer's choice about one of its lines in.

1. The officer has the role, the line is open and at the version they saw.
2. Compare once more: what the choice is made on is what the record says now.
3. The choice fits: a superseded receipt is confirmed or restored, anything else is noted; a receipt whose
   record still differs, or whose source is past its limit, is restored only with a written reason.
4. In one transaction: standing, line, audit entry. Object and register stay as they are.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from verification.audit import AuditEntry
from verification.certification import Issued, Standing, StandingChange
from verification.decision import Role
from verification.drift import DriftLine, DriftState, Settled, loss
from verification.errors import (
    NotAllowedError,
    NoteMissingError,
    SettlementNotPossibleError,
    StaleError,
)
from verification.matching import RecordMatch
from verification.ports import PaperCase, Transaction
from verification.services import Services
from verification.source_profile import source_of
from verification.standing import RECORD_CHANGED, RECORD_NOT_VALID
from verification.submission import OfficerId
from verification.workflow.compare_again import compare_again

_MOST_AT_ONCE = 1000
EVERY_STATE = (DriftState.OPEN, DriftState.DONE)


class Choice(StrEnum):
    """What an officer may do about a line."""

    CONFIRM = "confirm"
    """The receipt is revoked."""
    RESTORE = "restore"
    """The receipt is good again."""
    NOTED = "noted"
    """Seen, and nothing to be done."""


_SETTLED = {
    Choice.CONFIRM: Settled.REVOKED,
    Choice.RESTORE: Settled.RESTORED,
    Choice.NOTED: Settled.NOTED,
}


@dataclass(frozen=True, slots=True)
class Settlement:
    """An officer's choice; `version` is that of the line as it was seen."""

    line_id: int
    choice: Choice
    officer_id: OfficerId
    version: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A line with what it is about: the dossier's code, the paper, and what was issued for it."""

    line: DriftLine
    dossier: str
    paper: PaperCase
    issued: Issued | None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may be done about it; nothing about a line that is done."""
        return choices(self.line, self.issued)


def work_list(
    services: Services, *, states: tuple[DriftState, ...] = (DriftState.OPEN,), limit: int = 100
) -> tuple[Item, ...]:
    """Newest first."""
    with services.database.reading() as tx:
        return tuple(_item(tx, line) for line in tx.drift.lines(states, limit=limit))


def settle(services: Services, settlement: Settlement) -> Item:
    """Raises NotAllowedError, NotFoundError, StaleError, SettlementNotPossibleError, NoteMissingError."""
    with services.database.transaction() as tx:
        # 1
        if Role.OFFICER not in tx.officers.get(settlement.officer_id).roles:
            raise NotAllowedError
        line = tx.drift.line(settlement.line_id)
        if line.state is not DriftState.OPEN or line.version != settlement.version:
            raise StaleError
        # 2
        item = _compared(services, tx, line)
        # 3
        if settlement.choice not in item.choices:
            raise SettlementNotPossibleError
        restored = settlement.choice is Choice.RESTORE
        if restored and not item.line.answers_again and not settlement.note.strip():
            raise NoteMissingError
        # 4
        return _kept(services, tx, item, settlement)


def restore_all(services: Services, officer_id: OfficerId) -> int:
    """Every superseded receipt whose record answers again, restored by one choice of an officer; how many.

    Each is a choice of its own, compared once more; what changed in this very moment is left on the list.
    Raises NotAllowedError.
    """
    with services.database.reading() as tx:
        if Role.OFFICER not in tx.officers.get(officer_id).roles:
            raise NotAllowedError
        lines = tx.drift.lines((DriftState.OPEN,), limit=_MOST_AT_ONCE)
    restored = 0
    for line in (line for line in lines if line.answers_again):
        with suppress(StaleError, SettlementNotPossibleError, NoteMissingError):
            settle(services, Settlement(line.id, Choice.RESTORE, officer_id, line.version))
            restored += 1
    return restored


def choices(line: DriftLine, issued: Issued | None) -> tuple[Choice, ...]:
    """What a line offers, given how what was issued stands."""
    if line.state is not DriftState.OPEN:
        return ()
    if issued and is_drift(issued):
        return Choice.CONFIRM, Choice.RESTORE
    return (Choice.NOTED,)


def is_drift(issued: Issued) -> bool:
    """Whether it is superseded because of its record, and not because something took its place."""
    ours = issued.standing_reason in (RECORD_CHANGED, RECORD_NOT_VALID)
    return issued.standing is Standing.SUPERSEDED and ours


def _item(tx: Transaction, line: DriftLine) -> Item:
    paper = tx.submissions.paper(line.paper_id)
    issued = {i.entry_id: i for i in tx.certifications.by_paper(line.paper_id)}
    dossier = tx.submissions.get(paper.submission_id).code
    return Item(line, dossier, paper, issued.get(line.entry_id) if line.entry_id else None)


def _compared(services: Services, tx: Transaction, line: DriftLine) -> Item:
    """The line as the record stands now; what is noted of that is kept with the choice."""
    item = _item(tx, line)
    match = item.paper.assessment.match
    again = compare_again(services, tx, item.paper)
    holds = match is not None and loss(match, again.match) is None and _is_fresh(services, again.match)
    return replace(item, line=replace(line, answers_again=holds)) if item.issued else item


def _is_fresh(services: Services, match: RecordMatch | None) -> bool:
    source = source_of(match.source, services.sources) if match else None
    snapshot = match.snapshot if match else None
    return bool(source and snapshot and source.is_fresh(snapshot.as_of, services.now()))


def _kept(services: Services, tx: Transaction, item: Item, settlement: Settlement) -> Item:
    at, settled = services.now(), _SETTLED[settlement.choice]
    line = tx.drift.save(
        replace(
            item.line,
            state=DriftState.DONE,
            settled=settled,
            by=settlement.officer_id,
            settled_at=at,
            note=settlement.note.strip(),
        )
    )
    issued = _stands(tx, item.issued, settlement, at)
    detail = (("line", str(line.id)), ("answers_again", str(line.answers_again).lower()))
    action = f"drift.settled.{settled.value}"
    tx.audit.add(AuditEntry(at, settlement.officer_id, action, line.entry_id or line.paper_id, detail))
    return replace(item, line=line, issued=issued)


def _stands(tx: Transaction, issued: Issued | None, made: Settlement, at: datetime) -> Issued | None:
    """A revoked receipt keeps the reason why it was superseded.

    Raises StaleError where it was annulled or replaced since it was read.
    """
    settled = _SETTLED[made.choice]
    if issued is None or settled not in (Settled.REVOKED, Settled.RESTORED):
        return issued
    if tx.certifications.to_change(issued.code) != issued:
        raise StaleError
    standing = Standing.REVOKED if settled is Settled.REVOKED else Standing.GOOD
    reason = (issued.standing_reason or "") if settled is Settled.REVOKED else settled.value
    note = made.note.strip()
    change = StandingChange(issued.code, standing, reason, at, made.officer_id, note=note)
    return tx.certifications.stand(change)
