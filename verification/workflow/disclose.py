"""Disclose: a dossier whose citizen gave the second answer in, who looked at their records out.

1. The records that the dossier's papers were matched with by a sure key.
2. Of each, whether it tells of the applicant: people bring papers of others, whose records are not theirs
   to ask about.
3. Every look-up that such a record answered, by whomever. Of another dossier nothing is told but the
   procedure's code: what it was for is another's affair.
4. An on-line dossier shows only its own look-ups until somebody has seen its applicant: whoever holds a
   picture of a card can type its name and number.
5. That it was shown stands in the audit trail.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verification.agreement import Agreement
from verification.audit import AuditEntry
from verification.comparing import compare_names
from verification.dates import parse_date
from verification.decision import Approval
from verification.matching import Found, RecordMatch
from verification.ports import PaperCase
from verification.services import Services
from verification.source import LookUp, Source, SourceName, SourceRecord
from verification.source_profile import source_of
from verification.submission import Applicant, Channel, PaperId, Submission
from verification.workflow.compare_again import COMPARED_AGAIN
from verification.workflow.look_up import Status
from verification.workflow.process import SERVICE
from verification.workflow.rank import RANKING

_SAME = (Agreement.EXACT, Agreement.EQUIVALENT)
_OURS = (RANKING, COMPARED_AGAIN)
"""Purposes that are words of ours: they tell nothing of another's affair."""
_PROCEDURE_CODE = re.compile(r"\d\.\d{6}(?:\.\S+)?")


class Hidden(StrEnum):
    """Why a record's look-ups are not told, or not all of them."""

    OTHER_PERSON = "OTHER_PERSON"
    """The record does not tell of the applicant as they named themselves."""
    UNSURE_KEY = "UNSURE_KEY"
    """What the record was found by is not read with certainty: it may be somebody else's."""
    NOT_SEEN = "NOT_SEEN"
    """The dossier came on line and nobody has seen its applicant: only its own look-ups are told."""


@dataclass(frozen=True, slots=True)
class ToldLookUp:
    """One look-up as its citizen is told of it.

    `who` is the officer's full name, or the name of the program; None: the service itself, reading papers.
    `dossier` is None for any but the citizen's own, and `purpose` then no more than a procedure's code.
    """

    at: datetime
    who: str | None
    dossier: str | None
    purpose: str | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordLookUps:
    """The look-ups of the record that one paper was matched with, newest first."""

    paper_id: PaperId
    source: SourceName
    look_ups: tuple[ToldLookUp, ...]
    hidden: Hidden | None = None


def disclose(services: Services, status: Status, *, to: str = "citizen") -> tuple[RecordLookUps, ...]:
    """One entry a paper with a record; `to` is who is told, for the audit trail."""
    matched = [(paper, match) for paper in status.papers if (match := _matched(paper))]
    seen = _seen(status)
    hidden = [_hidden(services, status.submission, match, seen=seen) for _, match in matched]
    lines = [
        () if why in (Hidden.OTHER_PERSON, Hidden.UNSURE_KEY) else _look_ups(services, match)
        for (_, match), why in zip(matched, hidden, strict=True)
    ]
    with services.database.transaction() as tx:
        names = {str(officer.id): officer.full_name for officer in tx.officers.all()}
        told = tuple(
            RecordLookUps(paper.id, match.source, _told(mine, status.submission, names, why), why)
            for (paper, match), mine, why in zip(matched, lines, hidden, strict=True)
        )
        count = (("lines", str(sum(len(each.look_ups) for each in told))),)
        tx.audit.add(AuditEntry(services.now(), to, "access_log.shown", status.submission.id, count))
    return told


def _matched(paper: PaperCase) -> RecordMatch | None:
    match = paper.assessment.match
    return match if match and match.found is Found.ONE and match.record else None


def _look_ups(services: Services, match: RecordMatch) -> tuple[LookUp, ...]:
    record_id = match.record.record_id if match.record else ""
    return services.database.access_log.about(match.source, record_id)


def _seen(status: Status) -> bool:
    """Whether an officer has had the applicant before them."""
    return status.submission.channel is Channel.COUNTER or any(
        isinstance(paper.decision, Approval) for paper in status.papers
    )


def _hidden(services: Services, submission: Submission, match: RecordMatch, *, seen: bool) -> Hidden | None:
    source = source_of(match.source, services.sources)
    if not match.key_sure:
        return Hidden.UNSURE_KEY
    if source is None or match.record is None or not tells_of(submission.applicant, source, match.record):
        return Hidden.OTHER_PERSON
    return None if seen else Hidden.NOT_SEEN


def tells_of(applicant: Applicant, source: Source, record: SourceRecord) -> bool:
    """Whether the applicant is one of the people the record is about: the same name, and the same birth year
    and last digits, as far as both know them, at least one."""
    return any(_is(applicant, record, subject) for subject in source.subjects)


def _is(applicant: Applicant, record: SourceRecord, subject: str) -> bool:
    def text(name: str) -> str:
        value = record.values.get(f"{subject}.{name}" if subject else name)
        return value.text if value else ""

    born, number, name = parse_date(text("date_of_birth")), text("personal_number"), text("full_name")
    year = f"{born.year:04d}" if born else ""
    known = [
        (given, theirs)
        for given, theirs in ((applicant.birth_year, year), (applicant.number_tail, number[-4:]))
        if given and theirs
    ]
    same_name = compare_names(applicant.full_name, name or None).agreement in _SAME
    return same_name and bool(known) and all(given == theirs for given, theirs in known)


def _told(
    look_ups: tuple[LookUp, ...], submission: Submission, names: dict[str, str], why: Hidden | None
) -> tuple[ToldLookUp, ...]:
    own = submission.code
    mine = (line for line in look_ups if why is None or line.dossier == own)
    return tuple(_line(line, names, own=line.dossier == own) for line in mine)


def _line(look_up: LookUp, names: dict[str, str], *, own: bool) -> ToldLookUp:
    code = _PROCEDURE_CODE.match(look_up.purpose)
    return ToldLookUp(
        at=look_up.at,
        who=None if look_up.officer == SERVICE else names.get(look_up.officer, look_up.officer),
        dossier=look_up.dossier if own else None,
        purpose=look_up.purpose if own or look_up.purpose in _OURS else code[0] if code else None,
        fields=look_up.fields,
    )
