"""Rank: a paper to which no record was found in; the few records most like it, for an officer's eyes, out.

1. Only where a source was asked and has no record for the keys of the paper.
2. Candidates by exact keys: born on the same day, or of the same folded name and born within a year of it. A
   number with a digit wrong is not searched for, and nothing is browsed.
3. Of those so unlike that they cannot be meant nobody sees anything; the others are ranked, most alike first.
4. Whom an officer is shown is logged, durably, before they are told.
Nothing of this changes what is proposed.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from verification.extraction import Extraction
from verification.match import Question, fitting, question
from verification.matching import Found, RecordMatch
from verification.ports import Transaction
from verification.ranking import most_alike, near
from verification.services import Services
from verification.source import LookUp, SourceName, SourceRecord
from verification.workflow.check import evidence_of
from verification.workflow.inquiry import Purpose

RANKING: Final = "ranking"
"""What the log gives as the purpose: these records were shown because they are like the paper, no more."""
_KEY: Final = "birth_date_or_name"
_MOST_CANDIDATES: Final = 500
"""A day has some 170 births among five million people; 1 January of old years many more."""


def alike(
    services: Services, papers: Sequence[Extraction], match: RecordMatch | None, purpose: Purpose
) -> tuple[SourceRecord, ...]:
    """At most five records, the most alike first; none where a record was found or no source was asked.

    `papers` are the sides of one card, or one paper. Raises what the log raises.
    """
    if match is None or match.found is not Found.NONE:
        return ()
    told = evidence_of(services, tuple(papers), None, lambda _: match)
    asked = question(told.fields, told.profile) if told.profile else None
    if told.profile is None or told.source is None or asked is None or not asked.birth_date:
        return ()
    with services.database.reading() as tx:
        found = fitting(_candidates(tx, told.source.name, asked), told.profile)
    close = [record for record in found if near(told.fields, told.profile, record)]
    shown = most_alike(told.fields, told.profile, close)
    keys = (told.profile.number_field, told.profile.name_field, told.profile.birth_field)
    services.database.access_log.add(
        [
            LookUp(
                at=services.now(),
                officer=purpose.officer,
                dossier=purpose.dossier,
                purpose=RANKING,
                source=told.source.name,
                key=_KEY,
                record_ids=tuple(record.record_id for record in shown),
                fields=tuple(key for key in keys if key) if shown else (),
            )
        ]
    )
    return shown


def _candidates(tx: Transaction, source: SourceName, asked: Question) -> tuple[SourceRecord, ...]:
    """Each once, those born on the day first."""
    born = asked.birth_date or ""
    day = date.fromisoformat(born)
    years = f"{day.year - 1:04}-01-01", f"{day.year + 1:04}-12-31"
    same_day = tx.sources.born_on(source, born, limit=_MOST_CANDIDATES)
    same_name = tx.sources.named_and_born_within(source, asked.name_key or "", years, limit=_MOST_CANDIDATES)
    return tuple({record.record_id: record for record in (*same_day, *same_name)}.values())
