"""Pull: one paper's fields in, what the source's platform tells of it out. Nothing here is in a transaction.

1. Only a number that was read with certainty, and has the form of one, is sent, with the name beside it: a
   misread number would draw another person's data. By name and birth date nobody can be asked for.
2. A line of the access log before the question leaves, for the platform will have seen it whatever comes;
   another with what came of it.
3. Lost quickly: one more question, under a code of its own.
4. An answer is one record, or none. None may be a number that is nobody's or a name that is not this
   number's: an officer looks. What shows a moment too long ago is no answer.
"""

from dataclasses import dataclass, replace
from datetime import date

from verification.errors import PullAnswerError, PullRefusedError, PullUnavailableError
from verification.extraction import Field
from verification.match import fitting
from verification.matching import Found
from verification.normalise import nfc, squeeze
from verification.personal_number import parse_personal_number
from verification.profile import Format
from verification.pulling import ASKED, NOT_FOUND, NUMBER_AND_NAME, Pull, Pulled, PullQuestion
from verification.services import Services
from verification.source import LookUp, Snapshot
from verification.workflow.inquiry import Answer, Inquiry, Purpose, Told

PULLED = 0
"""The sequence of a snapshot that is no load of ours: the platform was asked, and told its moment."""
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Silent:
    """The platform told nothing, neither good nor bad: a fresh copy of ours may answer instead of `told`."""

    told: Told


def pull(services: Services, platform: Pull, inquiry: Inquiry, purpose: Purpose) -> Told | Silent:
    """Raises what the access log raises: what cannot be logged is not asked."""
    # 1
    asked = _question(services, inquiry, purpose)
    if isinstance(asked, Found):
        return Silent(Told(None, asked))
    try:
        question, found = _asked(services, platform, asked)
    except (PullAnswerError, PullRefusedError):
        return Told(None, Found.SOURCE_DOWN)
    except PullUnavailableError:
        return Silent(Told(None, Found.SOURCE_DOWN))
    # 4
    return _told(services, inquiry, question, found)


def _question(services: Services, inquiry: Inquiry, purpose: Purpose) -> PullQuestion | Found:
    """What is asked, or why nothing is."""
    profile, fields = inquiry.profile, inquiry.fields
    number, name = (fields.get(field or "") for field in (profile.number_field, profile.name_field))
    if number is None or not number.value or name is None or not name.value:
        return Found.NO_KEY
    if not number.sure:
        return Found.NONE
    spec = profile.field(profile.number_field or "")
    personal = spec is not None and spec.format is Format.PERSONAL_NUMBER
    if personal and not _well_formed(number.value, services.now().date()):
        return Found.NO_KEY
    return PullQuestion(
        source=inquiry.source.name,
        request_code="",
        number=number.value,
        full_name=squeeze(nfc(name.value)),
        birth_date=_whole_date(fields.get(profile.birth_field or "")),
        old_number=_sure(fields.get("old_id_number")),
        officer=purpose.officer,
        dossier=purpose.dossier,
        purpose=purpose.purpose,
    )


def _well_formed(number: str, today: date) -> bool:
    return parse_personal_number(number, latest_year=today.year) is not None


def _sure(field: Field | None) -> str | None:
    return field.value if field and field.sure else None


def _whole_date(field: Field | None) -> str | None:
    value = _sure(field)
    return value if value and len(value) == len("2026-11-24") else None


def _asked(services: Services, platform: Pull, asked: PullQuestion) -> tuple[PullQuestion, Pulled]:
    """Steps 2 and 3. Raises what the last try raised."""
    left = _TRIES
    while True:
        left -= 1
        question = replace(asked, request_code=f"{services.unit.code}-{services.new_id()}")
        _log(services, question, ASKED)
        try:
            found = platform.ask(question)
        except (PullUnavailableError, PullRefusedError) as failed:
            _log(services, question, f"{failed.code}: {failed.why}")
            if isinstance(failed, PullRefusedError) or not failed.again or not left:
                raise
            continue
        if not found.records:
            _log(services, question, NOT_FOUND)
        return question, found


def _log(services: Services, question: PullQuestion, answer: str) -> None:
    line = LookUp(
        at=services.now(),
        officer=question.officer,
        dossier=question.dossier,
        purpose=question.purpose,
        source=question.source,
        key=NUMBER_AND_NAME,
        record_ids=(),
        request_code=question.request_code,
        answer=answer,
    )
    services.database.access_log.add((line,))


def _told(services: Services, inquiry: Inquiry, question: PullQuestion, found: Pulled) -> Told:
    """What was found is logged by `inquire`, which knows the fields that are compared."""
    snapshot = Snapshot(inquiry.source.name, PULLED, found.as_of, len(found.records))
    answer = Answer(NUMBER_AND_NAME, True, found.records, question.request_code)
    answers = (answer,) if found.records else ()
    if not inquiry.source.is_fresh(found.as_of, services.now()):
        return Told(snapshot, Found.SOURCE_STALE, answers)
    if not fitting(found.records, inquiry.profile):
        return Told(snapshot, Found.NOT_CONFIRMED, answers)
    return Told(snapshot, None, answers)
