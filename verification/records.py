"""Rows of a delivery into records: a JSON object or a CSV row in, an `IncomingRecord` or an error out.

Shapes are those of interface.md, "Records". Values are kept under dotted names; a list is joined by `|`. What
the source's schema does not name is told and not kept: nobody asked for it, so nobody may hold it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from verification.dates import parse_date
from verification.errors import RecordRowError
from verification.match import OLD_NUMBERS_SEPARATOR
from verification.normalise import name_key, nfc, squeeze
from verification.record_schema import why_not
from verification.record_text import old_letters
from verification.source import IncomingRecord, RecordValue, Source, SourceRecord, SubjectKey

UNSTATED = "unstated"
"""The status of a record whose row gives none: good for nothing but an officer's eyes."""
_AHEAD = timedelta(days=1)
"""How far a time may lie after its delivery: times without a zone are Vietnam's as often as not."""
_NOT_VALUES = ("status", "updated_at", "deleted")


def parse_row(row: Mapping[str, object], source: Source, *, as_of: datetime) -> IncomingRecord:
    """A row without `updated_at` counts as of the delivery, `as_of`.

    Raises RecordRowError: no id, no usable time, nothing to find it by, or a value that cannot be what the
    source's schema says of its name.
    """
    values, unknown = _known(_flat(row, ""), source)
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
    _refuse_impossible(values, source, as_of)
    if not deleted:
        _refuse_incomplete(values, source)
    record = SourceRecord(source.name, record_id.text, status, values)
    moment = _moment(row.get("updated_at"), as_of)
    return IncomingRecord(record, keys, moment, deleted, unknown=unknown)


def named_in(row: Mapping[str, object], source: Source, *, as_of: datetime) -> tuple[str, datetime] | None:
    """Of a rejected row: the record it speaks of, and the moment, as far as both can be told; else None."""
    try:
        raw = row.get(source.record_id)
        record_id = "" if raw is None else _text(raw, source.record_id)
    except RecordRowError:
        return None
    try:
        moment = _moment(row.get("updated_at"), as_of)
    except RecordRowError:
        moment = as_of
    return (record_id, moment) if record_id else None


def _known(
    found: list[tuple[str, RecordValue]], source: Source
) -> tuple[dict[str, RecordValue], tuple[str, ...]]:
    fields = source.schema.fields
    known = {path: value for path, value in found if path in fields}
    if len(known) == len(found):
        return known, ()
    return known, tuple(path for path, _ in found if path not in fields)


def _refuse_impossible(values: Mapping[str, RecordValue], source: Source, as_of: datetime) -> None:
    fields, latest = source.schema.fields, (as_of + _AHEAD).date()
    for path, value in values.items():
        if old := old_letters(value.text):
            raise RecordRowError(f"{path} is written in {old}; convert the file to Unicode first")
        if why := why_not(fields[path], value.text, latest):
            raise RecordRowError(f"{path} {why}")


def _refuse_incomplete(values: Mapping[str, RecordValue], source: Source) -> None:
    for name in source.schema.required:
        if name not in values or not values[name].text:
            raise RecordRowError(f"{name} is missing")


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
