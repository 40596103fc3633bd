"""A platform's whole answer in; the record it holds and the moment it shows, or PullAnswerError, out.

Accepted only if all hold:
1. it answers this question: our request code comes back;
2. it was made now, by our clock, and what it shows is no later than that;
3. its verdict is one that the mapping knows, and nothing comes with "not found";
4. exactly one record comes with "found", it is a record of the source like any row of a delivery, and it
   bears the number that was asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from storage.feeds.mapping import row_of
from storage.feeds.terms import Terms
from verification.errors import PullAnswerError, RecordRowError
from verification.pulling import Pulled, PullQuestion
from verification.records import parse_row
from verification.source import IncomingRecord, SourceRecord

OF_ONE_RECORD: Final = frozenset(
    {"several", "none_found", "no_record", "another_number", "shape", "no_date", "dates_differ"}
)
"""The words of step 4: something is wrong with what is known of one person, not with the platform."""
_CLOCKS_APART: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its way, and when it left."""

    question: PullQuestion
    at: datetime


def pulled(said: Mapping[str, Any], asked: Asked, terms: Terms) -> Pulled:
    """Raises PullAnswerError, its word telling which of the four did not hold."""
    names = terms.mapping.answer
    # 1
    if said.get(names.request_code) != asked.question.request_code:
        raise PullAnswerError("another_question")
    # 2
    as_of = _shown_at(said, asked, terms)
    # 3
    records = said.get(names.records)
    verdict = said.get(names.verdict)
    if verdict == names.not_found:
        if records:
            raise PullAnswerError("records_not_found")
        return Pulled((), as_of)
    if verdict != names.found:
        raise PullAnswerError("verdict")
    # 4
    return Pulled((_only(records, asked.question, terms, as_of),), as_of)


def _shown_at(said: Mapping[str, Any], asked: Asked, terms: Terms) -> datetime:
    names = terms.mapping.answer
    answered, shows = _moment(said.get(names.answered_at)), _moment(said.get(names.as_of))
    if abs(answered - asked.at) > _CLOCKS_APART or shows > answered:
        raise PullAnswerError("clock")
    return min(shows, asked.at)  # the clocks may be a little apart: nothing shows what is still to come


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        if moment is None or moment.tzinfo is None:
            raise PullAnswerError("no_moment")
        return moment.astimezone(UTC)  # what lies before the year 1 there is none
    except (ValueError, OverflowError) as error:
        raise PullAnswerError("no_moment") from error


def _only(records: Any, question: PullQuestion, terms: Terms, as_of: datetime) -> SourceRecord:
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise PullAnswerError("shape")
    if len(records) != 1:
        raise PullAnswerError("several" if records else "none_found")
    try:
        incoming = parse_row(row_of(records[0], terms.mapping.values), terms.source, as_of=as_of)
    except RecordRowError as error:
        raise PullAnswerError("no_record") from error
    if not _bears(incoming, question.number):
        raise PullAnswerError("another_number")
    return incoming.record


def _bears(incoming: IncomingRecord, number: str) -> bool:
    plain = "".join(number.split())
    return not incoming.deleted and any(key.number == plain for key in incoming.keys)
