"""Inquire: one paper's fields in, what its source says of it out. Every question is logged with who and why.

1. No snapshot: not configured. Too old: said so, never guessed.
2. Ask by the sure keys first, then by unsure ones (for the officer's eyes: nothing is proposed from them).
3. One record: compare every field. Several or none: said so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verification.extraction import Field
from verification.match import Question, fitting, match_one, not_asked, question
from verification.matching import Found, RecordMatch
from verification.ports import Transaction
from verification.profile import FieldProfile, Profile
from verification.services import Services
from verification.source import LookUp, Source, SourceRecord


@dataclass(frozen=True, slots=True)
class Purpose:
    """Who asks the records, for which dossier, and why: logged with every look-up."""

    officer: str
    dossier: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is asked about: the paper's fields with their profiles, and the source that should know."""

    profile: Profile
    source: Source
    fields: Mapping[str, Field]
    specs: Sequence[FieldProfile]


@dataclass(frozen=True, slots=True)
class _Answer:
    """The records one key found; `sure` when the key was sure on the paper."""

    records: tuple[SourceRecord, ...]
    sure: bool


def inquire(services: Services, inquiry: Inquiry, purpose: Purpose) -> RecordMatch:
    """The match, always with the snapshot it rests on where there is one."""
    source = inquiry.source
    with services.database.transaction() as tx:
        snapshot = tx.sources.snapshot(source.name)
        why_not = not_asked(source, snapshot, services.now())
        if snapshot is None or why_not:
            return RecordMatch(source.name, snapshot, why_not or Found.NOT_CONFIGURED)
        asked = question(inquiry.fields, inquiry.profile)
        answer = _first_answer(tx, asked, inquiry, _Asker(services, purpose))
    if answer is None:
        return RecordMatch(source.name, snapshot, Found.NO_KEY)
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


@dataclass(frozen=True, slots=True)
class _Asker:
    services: Services
    purpose: Purpose

    def log(self, tx: Transaction, source: Source, key: str, records: tuple[SourceRecord, ...]) -> None:
        purpose = self.purpose
        ids = tuple(r.record_id for r in records)
        at = self.services.now()
        tx.sources.log_look_up(
            LookUp(at, purpose.officer, purpose.dossier, purpose.purpose, source.name, key, ids)
        )


def _first_answer(tx: Transaction, asked: Question, inquiry: Inquiry, asker: _Asker) -> _Answer | None:
    """The first key that finds anything, sure ones first; else an empty answer as sure as the surest key."""
    answers: list[_Answer] = []
    for key, sure in _keys(asked):
        records = fitting(_look(tx, key, asked, inquiry.source), inquiry.profile)
        asker.log(tx, inquiry.source, key, records)
        if records:
            return _Answer(records, sure)
        answers.append(_Answer((), sure))
    return max(answers, key=lambda a: a.sure) if answers else None


def _keys(asked: Question) -> list[tuple[str, bool]]:
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
