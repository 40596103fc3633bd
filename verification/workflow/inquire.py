"""Inquire: one paper's fields in, what its source says of it out. Every question is logged with who and why.

0. A source with a platform is asked there (`pull`); our copy answers for it only while it is silent.
1. No snapshot: not configured. Too old: said so, never guessed.
2. Ask by the sure keys first, then by unsure ones (for the officer's eyes: nothing is proposed from them).
3. One record: compare every field. Several or none: said so.
4. Log every question, durably, before anybody is told an answer: what cannot be logged is not answered.
"""

from verification.match import Question, fitting, match_one, not_asked, question
from verification.matching import Found, RecordMatch
from verification.ports import Transaction
from verification.pulling import FOUND
from verification.services import Services
from verification.source import LookUp, Source, SourceRecord
from verification.workflow.inquiry import Answer, Inquiry, Purpose, Told
from verification.workflow.pull import Silent, pull

__all__ = ["Answer", "Inquiry", "Purpose", "Told", "ask_our_copy", "inquire", "keys_of", "log_look_ups"]


def inquire(services: Services, inquiry: Inquiry, purpose: Purpose) -> RecordMatch:
    """The match, always with the snapshot it rests on where there is one. Raises what the log raises."""
    told = _told(services, inquiry, purpose)
    match = _match(inquiry, told)
    fields = tuple(c.field for c in match.comparisons if c.record is not None)
    log_look_ups(services, inquiry.source, purpose, told, fields=fields)
    return match


def _told(services: Services, inquiry: Inquiry, purpose: Purpose) -> Told:
    """By the source's platform where it has one, by our copy where it has none or is silent."""
    terms = services.pull.terms(inquiry.source.name) if services.pull else None
    if services.pull is None or terms is None:
        return ask_our_copy(services, inquiry)
    told = pull(services, services.pull, inquiry, purpose)
    if not isinstance(told, Silent):
        return told
    ours = ask_our_copy(services, inquiry) if terms.copy_when_silent else told.told
    return told.told if ours.why_not else ours


def ask_our_copy(services: Services, inquiry: Inquiry) -> Told:
    """Steps 1 and 2 in our own copy: one state of it, without waiting for a delivery being loaded."""
    source = inquiry.source
    with services.database.reading() as tx:
        snapshot = tx.sources.snapshot(source.name)
        why_not = not_asked(source, snapshot, services.now())
        if snapshot is None or why_not:
            return Told(snapshot, why_not or Found.NOT_CONFIGURED)
        return Told(snapshot, None, _answers(tx, question(inquiry.fields, inquiry.profile), inquiry))


def ask_within(tx: Transaction, inquiry: Inquiry) -> RecordMatch:
    """What our copy says as this transaction sees it, fresh or not: for the service's own proof of what it
    proposed before. Nobody is shown anything, so no look-up is logged; what comes of it is audited.
    """
    snapshot = tx.sources.snapshot(inquiry.source.name)
    answers = _answers(tx, question(inquiry.fields, inquiry.profile), inquiry) if snapshot else ()
    return _match(inquiry, Told(snapshot, None, answers))


def log_look_ups(
    services: Services, source: Source, purpose: Purpose, told: Told, *, fields: tuple[str, ...]
) -> None:
    """Step 4: a line a question. `fields` of the record are compared where one alone was found."""
    at = services.now()
    services.database.access_log.add(
        LookUp(
            at=at,
            officer=purpose.officer,
            dossier=purpose.dossier,
            purpose=purpose.purpose,
            source=source.name,
            key=answer.key,
            record_ids=tuple(record.record_id for record in answer.records),
            fields=fields if len(answer.records) == 1 else (),
            request_code=answer.request_code,
            answer=FOUND if answer.request_code else "",
        )
        for answer in told.answers
    )


def _match(inquiry: Inquiry, told: Told) -> RecordMatch:
    """Step 3: the first answer with a record counts; else an empty one, as sure as the surest key."""
    source, snapshot = inquiry.source, told.snapshot
    if snapshot is None or told.why_not:
        return RecordMatch(source.name, snapshot, told.why_not or Found.NOT_CONFIGURED)
    if not told.answers:
        return RecordMatch(source.name, snapshot, Found.NO_KEY)
    answer = max(told.answers, key=lambda a: (bool(a.records), a.sure))
    if len(answer.records) != 1:
        found = Found.SEVERAL if answer.records else Found.NONE
        return RecordMatch(source.name, snapshot, found, key_sure=answer.sure)
    return match_one(
        inquiry.fields,
        inquiry.specs,
        answer.records[0],
        source=source,
        snapshot=snapshot,
        key_sure=answer.sure,
    )


def _answers(tx: Transaction, asked: Question, inquiry: Inquiry) -> tuple[Answer, ...]:
    """Key after key, sure ones first, until one finds anything."""
    answers: list[Answer] = []
    for key, sure in keys_of(asked):
        records = fitting(_look(tx, key, asked, inquiry.source), inquiry.profile)
        answers.append(Answer(key, sure, records))
        if records:
            break
    return tuple(answers)


def keys_of(asked: Question) -> list[tuple[str, bool]]:
    """The keys a paper gives, by name, and whether they are sure; sure ones first."""
    keys = []
    if asked.number:
        keys.append(("number", asked.number_sure))
    if asked.name_key and asked.birth_date:
        keys.append(("name_and_birth_date", asked.name_sure))
    return sorted(keys, key=lambda k: not k[1])


def _look(tx: Transaction, key: str, asked: Question, source: Source) -> tuple[SourceRecord, ...]:
    if key == "number":
        return tx.sources.by_number(source.name, asked.number or "")
    return tx.sources.by_name_and_birth(source.name, asked.name_key or "", asked.birth_date or "")
