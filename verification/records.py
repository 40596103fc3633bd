"""Rows of a delivery into records: a JSON object or a CSV row in, an `IncomingRecord` or an error out.

Shapes are those of interface.md, "Records". Values are kept under dotted names; a list is joined by `|`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from verification.dates import parse_date
from verification.errors import RecordRowError
from verification.match import OLD_NUMBERS_SEPARATOR
from verification.normalise import name_key, nfc, squeeze
from verification.record_text import old_letters
from verification.source import IncomingRecord, RecordValue, Source, SourceRecord, SubjectKey

UNSTATED = "unstated"
"""The status of a record whose row gives none: good for nothing but an officer's eyes."""
_AHEAD = timedelta(days=1)
"""How far a time may lie after its delivery: times without a zone are Vietnam's as often as not."""
_PAST_DATES = ("date_of_birth", "registered_on")
_NOT_VALUES = ("status", "updated_at", "deleted")


def parse_row(row: Mapping[str, object], source: Source, *, as_of: datetime) -> IncomingRecord:
    """A row without `updated_at` counts as of the delivery, `as_of`.

    Raises RecordRowError: no id, no usable time, nothing to find it by, or a value of a wrong shape.
    """
    values = dict(_flat(row, ""))
    record_id = values.get(source.record_id)
    if record_id is None or not record_id.text:
        raise RecordRowError(f"{source.record_id} is missing")
    deleted = _truth(row.get("deleted"))
    keys = _keys(values, source)
    if not keys and not deleted:
        raise RecordRowError("neither a number nor a name with a full birth date")
    status = row.get("status") or UNSTATED
    if not isinstance(status, str):
        raise RecordRowError("status is not a text")
    _refuse_impossible(values, as_of)
    record = SourceRecord(source.name, record_id.text, status, values)
    return IncomingRecord(record, keys, _moment(row.get("updated_at"), as_of), deleted)


def _refuse_impossible(values: Mapping[str, RecordValue], as_of: datetime) -> None:
    for path, value in values.items():
        last = path.rpartition(".")[2]
        if last in _PAST_DATES and value.text:
            _refuse_date(path, value.text, as_of)
        if old := old_letters(value.text):
            raise RecordRowError(f"{path} is written in {old}; convert the file to Unicode first")


def _refuse_date(path: str, text: str, as_of: datetime) -> None:
    known = parse_date(text)
    if known is None:
        raise RecordRowError(f"{path} is no date of the calendar")
    latest = (as_of + _AHEAD).date()
    if known.parts() > (latest.year, latest.month, latest.day):
        raise RecordRowError(f"{path} lies after the delivery")


def from_dotted(row: Mapping[str, str]) -> dict[str, object]:
    """A CSV row with dotted names as the nested object it stands for; empty cells are absent."""
    nested: dict[str, object] = {}
    for name, cell in row.items():
        if cell is None or not cell.strip():
            continue
        here = nested
        *path, last = name.strip().split(".")
        for step in path:
            inner = here.setdefault(step, {})
            if not isinstance(inner, dict):
                raise RecordRowError(f"{name} stands both for a value and for a group")
            here = inner
        here[last] = cell.split(OLD_NUMBERS_SEPARATOR) if last == "old_id_numbers" else cell.strip()
    return nested


def _flat(row: Mapping[str, object], prefix: str) -> list[tuple[str, RecordValue]]:
    found: list[tuple[str, RecordValue]] = []
    for name, value in row.items():
        if value is None or (not prefix and name in _NOT_VALUES):
            continue
        path = f"{prefix}{name}"
        if isinstance(value, Mapping):
            found += [(path, _place(value))] if "text" in value else _flat(value, f"{path}.")
        elif isinstance(value, list):
            found.append((path, RecordValue(OLD_NUMBERS_SEPARATOR.join(_text(v, path) for v in value))))
        else:
            found.append((path, RecordValue(_text(value, path))))
    return found


def _place(value: Mapping[str, object]) -> RecordValue:
    def code(name: str) -> str | None:
        raw = value.get(name)
        return _text(raw, name) if raw is not None else None

    return RecordValue(_text(value.get("text") or "", "text"), code("commune_code"), code("province_code"))


def _text(value: object, path: str) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise RecordRowError(f"{path} is neither text nor number")
    text = squeeze(nfc(str(value)))
    if not text.isprintable() or "\ufffd" in text:
        # Neither database keeps a NUL or half a surrogate, and nobody sees the others.
        raise RecordRowError(f"{path} has signs that no text has")
    return text


def _keys(values: Mapping[str, RecordValue], source: Source) -> tuple[SubjectKey, ...]:
    people = [key for subject in source.subjects for key in _subject_keys(values, subject)]
    numbers = [values[name].text for name in source.numbers if name in values and values[name].text]
    return (*people, *(SubjectKey(number, None, None) for number in numbers))


def _subject_keys(values: Mapping[str, RecordValue], subject: str) -> list[SubjectKey]:
    def text(name: str) -> str:
        value = values.get(f"{subject}.{name}" if subject else name)
        return value.text if value else ""

    name, born = text("full_name"), parse_date(text("date_of_birth"))
    folded = name_key(name) if name and born and born.day else None
    birth = born.iso() if folded and born else None
    numbers = [text("personal_number"), *text("old_id_numbers").split(OLD_NUMBERS_SEPARATOR)]
    keys = [SubjectKey(number, birth, folded) for number in numbers if number]
    return keys or ([SubjectKey(None, birth, folded)] if folded else [])


def _moment(value: object, as_of: datetime) -> datetime:
    if value is None:
        return as_of
    if not isinstance(value, str):
        raise RecordRowError("updated_at is not a text")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise RecordRowError("updated_at is not an ISO 8601 time") from error
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if aware > as_of + _AHEAD:
        # It would win over every true correction until that day.
        raise RecordRowError("updated_at lies after the delivery")
    return aware


def _truth(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() in ("true", "1", "yes"))
