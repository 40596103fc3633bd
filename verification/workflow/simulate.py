"""Simulate: rules and days in, how many copies they would have saved on the dossiers of those days out.

1. Count all copies of those days. Nothing is looked up, nothing is changed.
2. Go through the papers of the rules' kinds, one after the other; pass over those of other procedures.
3. Assess its kept comparisons without the rules and with them, as if they had been in force that day.
4. What cannot be told from what was kept is counted as such, and never as saved.
Only certified copies that were issued, or approved and are being issued, count; by their number.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from verification.assess import VIETNAM, Evidence, assess, occasion_of, signed_as_kept
from verification.assessment import Assessment, Outcome
from verification.decision import Approval, Decision
from verification.extraction import Kind
from verification.matching import Found, RecordMatch
from verification.ports import QueueItem
from verification.rule import Rule, merged_rules
from verification.ruling import applies, procedure_code
from verification.services import Services
from verification.simulation import Change, Proposed, Simulation, Tally, Untold
from verification.submission import PaperStage
from verification.workflow.check import evidence_of
from verification.workflow.inquire import Inquiry

NAMED = 500
"""How many changes are named one by one; all are counted."""
_COPIED = (PaperStage.ISSUED, PaperStage.ISSUING, PaperStage.TO_SIGN)
_SILENT = {
    Found.NOT_CONFIGURED: Untold.NEVER_COMPARED,
    Found.SOURCE_DOWN: Untold.SOURCE_DID_NOT_ANSWER,
    Found.SOURCE_STALE: Untold.SOURCE_DID_NOT_ANSWER,
}


def last_month(today: date) -> tuple[date, date]:
    """The first and the last day of the month before this day's."""
    end = today.replace(day=1) - timedelta(days=1)
    return end.replace(day=1), end


def simulate(
    services: Services, proposed: Proposed, on_paper: Callable[[int], None] = lambda _: None
) -> Simulation:
    """The answer; `on_paper` is told how many papers have been gone through."""
    count = _Count(services, proposed)
    first = datetime.combine(proposed.first, time(), VIETNAM)
    until = datetime.combine(proposed.last + timedelta(days=1), time(), VIETNAM)
    kinds = {kind for rule in proposed.rules for kind in rule.kinds}
    with services.database.reading() as tx:
        # 1
        copies = [_copies(*each) for each in tx.submissions.decided(first, until)]
        # 2
        for number, item in enumerate(tx.submissions.kept(first, until, kinds), 1):
            count.add(item)
            on_paper(number)
    return count.answer(Tally(papers=len(copies), copies=sum(copies)))


@dataclass(slots=True)
class _Count:
    services: Services
    proposed: Proposed
    covered: Tally = field(default_factory=Tally)
    by_kind: dict[Kind, Tally] = field(default_factory=dict)
    by_procedure: dict[str, Tally] = field(default_factory=dict)
    by_demander: Counter[str] = field(default_factory=Counter)
    moves: Counter[tuple[Outcome, Outcome]] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    untold: Counter[Untold] = field(default_factory=Counter)

    def add(self, item: QueueItem) -> None:
        paper, procedure = item.paper, procedure_code(item.submission.procedure)
        kinds, copies = {s.extraction.kind for s in paper.sides}, _copies(paper.stage, paper.decision)
        meant = tuple(r for r in self.proposed.rules if kinds <= set(r.kinds) and r.is_for(procedure))
        if not meant:
            return
        # 3, 4
        told = _told(self.services, item, procedure, meant)
        tally = Tally(
            papers=1,
            copies=copies,
            saved=copies if told.saves else 0,
            needless=copies if told.needless else 0,
            untold=copies if told.untold else 0,
        )
        kind, code = paper.sides[0].extraction.kind, procedure or ""
        self.covered = self.covered.plus(tally)
        self.by_kind[kind] = self.by_kind.get(kind, Tally()).plus(tally)
        self.by_procedure[code] = self.by_procedure.get(code, Tally()).plus(tally)
        if tally.saved:
            self.by_demander[_demander(item)] += copies
        if told.untold:
            self.untold[told.untold] += 1
        elif told.before is not told.after:
            self._note(Change(paper.id, item.submission.code, kind, told.before, told.after, copies))

    def _note(self, change: Change) -> None:
        self.moves[change.before, change.after] += 1
        if len(self.changes) < NAMED:
            self.changes.append(change)

    def answer(self, everything: Tally) -> Simulation:
        return Simulation(
            rules=tuple(rule.id for rule in self.proposed.rules),
            first=self.proposed.first,
            last=self.proposed.last,
            all=everything,
            covered=self.covered,
            by_kind=self.by_kind,
            by_procedure=self.by_procedure,
            by_demander=self.by_demander,
            moves=self.moves,
            changes=tuple(self.changes),
            untold=self.untold,
        )


@dataclass(frozen=True, slots=True)
class _Told:
    before: Outcome
    after: Outcome
    untold: Untold | None = None

    @property
    def needless(self) -> bool:
        return self.untold is None and self.before is Outcome.NO_COPY_NEEDED

    @property
    def saves(self) -> bool:
        return self.untold is None and not self.needless and self.after is Outcome.NO_COPY_NEEDED


def _told(services: Services, item: QueueItem, procedure: str | None, meant: tuple[Rule, ...]) -> _Told:
    kept = item.paper.assessment
    evidence = _evidence(services, item, procedure)
    known = {spec.name for spec in evidence.specs}
    strange = kept.match and any(c.field not in known for c in kept.match.comparisons)
    now = None if strange else assess(evidence)
    if now is None or now.outcome is not kept.outcome:
        return _Told(kept.outcome, kept.outcome, Untold.JUDGED_OTHERWISE)
    if why_not := _why_not(evidence, kept, meant):
        return _Told(kept.outcome, kept.outcome, why_not)
    ids = {rule.id for rule in meant}
    without = tuple(rule for rule in services.rules if rule.id not in ids)
    always = (replace(rule, valid_from=None, valid_until=None) for rule in meant)
    in_use = len(without) < len(services.rules)
    before = assess(replace(evidence, rules=without)) if in_use else now
    after = assess(replace(evidence, rules=merged_rules(without, always)))
    return _Told(before.outcome, after.outcome)


def _evidence(services: Services, item: QueueItem, procedure: str | None) -> Evidence:
    """What was known on the day the paper came, with the comparisons as they were kept."""
    kept = item.paper.assessment
    papers = tuple(side.extraction for side in item.paper.sides)
    evidence = evidence_of(services, papers, signed_as_kept(kept), _nobody_asked)
    day = item.submission.received_at.astimezone(VIETNAM).date()
    return replace(evidence, match=kept.match, procedure=procedure, day=day)


def _nobody_asked(inquiry: Inquiry) -> RecordMatch:
    return RecordMatch(inquiry.source.name, None, Found.NOT_CONFIGURED)


def _why_not(evidence: Evidence, kept: Assessment, meant: tuple[Rule, ...]) -> Untold | None:
    """Why the kept comparisons do not tell what these rules would have done."""
    match = kept.match
    occasion = occasion_of(evidence)
    if match is None or occasion is None:
        return Untold.NEVER_COMPARED
    if match.found in _SILENT:
        return _SILENT[match.found]
    if not any(rule.source == match.source for rule in meant):
        return Untold.OTHER_SOURCE
    if not any(applies(rule, occasion) for rule in meant):
        return Untold.NOT_ANNOUNCED
    return None


def _copies(stage: PaperStage, decision: Decision | None) -> int:
    return decision.copies if isinstance(decision, Approval) and stage in _COPIED else 0


def _demander(item: QueueItem) -> str:
    decision = item.paper.decision
    named = decision.demander if isinstance(decision, Approval) else None
    return named or item.submission.audience
