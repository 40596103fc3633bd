"""Rows of a delivery into records: a JSON object or a CSV row in, an `IncomingRecord` or an error out.

Shapes are those of interface.md, "Records". Values are kept under dotted names; a list is joined by `|`. What
the source's schema does not name is told and not kept: nobody asked for it, so nobody may hold it.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from verification.errors import RecordRowError
from verification.normalise import name_key, nfc, squeeze
from verification.plain_rows import NOT_VALUES, PlainRow, plain_row, shape_of
from verification.record_lines import json_object
from verification.record_schema import ValueKind, parsed_date
from verification.record_text import old_letters
from verification.record_values import LIST_SEPARATOR
from verification.source import IncomingRecord, RecordValue, Source, SourceRecord, SubjectKey

UNSTATED = "unstated"
"""The status of a record whose row gives none: good for nothing but an officer's eyes."""
_TRUTHS: Final = dict.fromkeys(("true", "1", "yes"), True) | dict.fromkeys(("", "false", "0", "no"), False)
_NUMBERS: Final = (ValueKind.NUMBER, ValueKind.PERSONAL_NUMBER)
_LONGEST_KEY: Final = 600
"""Letters, of four bytes at most: an index of PostgreSQL holds 2,704 bytes."""
_AHEAD = timedelta(days=1)
"""How far a time may lie after its delivery: times without a zone are Vietnam's as often as not."""


def parse_row(
    row: Mapping[str, object] | str, source: Source, *, as_of: datetime, line: int = 0
) -> IncomingRecord:
    """See `RowParser.parse`."""
    return RowParser(source, as_of).parse(row, line)


class RowParser:
    """Rows of one delivery, which shows its source as of a moment."""

    def __init__(self, source: Source, as_of: datetime) -> None:
        self._source, self._as_of = source, as_of
        self._latest = (as_of + _AHEAD).date()
        self._shape = shape_of(source.schema)

    def parse(self, row: Mapping[str, object] | str, line: int = 0) -> IncomingRecord:
        """A row, or its line of NDJSON. One without `updated_at` counts as of the delivery.

        Raises RecordRowError: no id, no usable time, nothing to find it by, or a value that cannot be what
        the source's schema says of its name.
        """
        source = self._source
        if isinstance(row, str):
            _refuse_said_twice(row)
        plain = plain_row(row, self._shape, self._latest)
        read = plain or _carefully(row, source)
        texts = read.texts
        record_id = texts.get(source.record_id)
        if not record_id:
            raise RecordRowError(f"{source.record_id} is missing")
        deleted = _truth(read.deleted)
        keys = _keys(texts, source)
        if not keys and not deleted:
            raise RecordRowError("neither a number nor a name with a full birth date")
        _refuse_long(record_id, keys)
        status = _status(read.status)
        if plain is None:
            _refuse_impossible(texts, source, self._latest)
        if not deleted:
            _refuse_incomplete(texts, source)
        record = SourceRecord(source.name, record_id, status, read.values)
        unknown = () if isinstance(read, PlainRow) else read.unknown
        moment = _moment(read.updated_at, self._as_of)
        return IncomingRecord(record, keys, moment, deleted, line, unknown)


def _refuse_long(record_id: str, keys: tuple[SubjectKey, ...]) -> None:
    if len(record_id) > _LONGEST_KEY:
        raise RecordRowError(f"the record's id is longer than {_LONGEST_KEY} letters")
    for key in keys:
        if len(key.number or key.name_key or "") > _LONGEST_KEY or len(key.name_key or "") > _LONGEST_KEY:
            raise RecordRowError(f"a name or a number is longer than {_LONGEST_KEY} letters")


def _refuse_said_twice(line: str) -> None:
    """What becomes of the record is said once: of two words the last would win, "valid" over "annulled"."""
    if any(line.count(f'"{name}"') > 1 for name in NOT_VALUES):
        with suppress(ValueError, RecursionError):  # what is no JSON at all is told as such
            json.loads(line, object_pairs_hook=_said_once)


def _said_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    for name in NOT_VALUES:
        if sum(1 for said, _ in pairs if said == name) > 1:
            raise RecordRowError(f"{name} stands twice")
    return dict(pairs)


def _status(said: object) -> str:
    status = said or UNSTATED
    if not isinstance(status, str):
        raise RecordRowError("status is not a text")
    if not status.isprintable():
        raise RecordRowError("status has signs that no text has")
    return status


@dataclass(frozen=True, slots=True)
class _CarefulRow:
    """As `PlainRow`, of a row whose values had to be looked at one by one; with names nobody knows."""

    texts: Mapping[str, str]
    values: Mapping[str, RecordValue]
    status: object
    updated_at: object
    deleted: object
    unknown: tuple[str, ...]


def _carefully(said: Mapping[str, object] | str, source: Source) -> _CarefulRow:
    row = json_object(said) if isinstance(said, str) else said
    if isinstance(row, RecordRowError):
        raise row
    fields = source.schema.fields
    found = _flat(row, "")
    values = {path: _as_kept(value, fields[path]) for path, value in found if path in fields}
    texts = {path: value.text for path, value in values.items()}
    unknown = tuple(_printable(path) for path, _ in found if path not in fields)
    return _CarefulRow(
        texts, values, row.get("status"), row.get("updated_at"), row.get("deleted"), unknown=unknown
    )


def _as_kept(value: RecordValue, kind: ValueKind) -> RecordValue:
    """A number without spaces: what is told of 001 199 012345 is told of the record 001199012345."""
    return RecordValue(_unspaced(value.text)) if kind in _NUMBERS and " " in value.text else value


def _unspaced(number: str) -> str:
    return number.replace(" ", "")


def _printable(name: str) -> str:
    return name if name.isprintable() else ascii(name)


def named_in(row: Mapping[str, object], source: Source, *, as_of: datetime) -> tuple[str, datetime] | None:
    """Of a rejected row: the record it speaks of, and the moment, as far as both can be told; else None."""
    try:
        raw = row.get(source.record_id)
        said = RecordValue("" if raw is None else _text(raw, source.record_id))
        record_id = _as_kept(said, source.schema.fields[source.record_id]).text
    except RecordRowError:
        return None
    try:
        moment = _moment(row.get("updated_at"), as_of)
    except RecordRowError:
        moment = as_of
    return (record_id, moment) if record_id else None


def _refuse_impossible(texts: Mapping[str, str], source: Source, latest: date) -> None:
    for path, text in texts.items():
        if old := old_letters(text):
            raise RecordRowError(f"{path} is written in {old}; convert the file to Unicode first")
        check = source.schema.checks.get(path)
        if text and check and (why := check(text, latest)):
            raise RecordRowError(f"{path} {why}")


def _refuse_incomplete(texts: Mapping[str, str], source: Source) -> None:
    for name in source.schema.required:
        if not texts.get(name):
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
        here[last] = cell.split(LIST_SEPARATOR) if last == "old_id_numbers" else cell.strip()
    return nested


def _flat(row: Mapping[str, object], prefix: str) -> list[tuple[str, RecordValue]]:
    found: list[tuple[str, RecordValue]] = []
    for name, value in row.items():
        if value is None or (not prefix and name in NOT_VALUES):
            continue
        path = f"{prefix}{name}"
        if isinstance(value, Mapping):
            found += [(path, _place(value))] if "text" in value else _flat(value, f"{path}.")
        elif isinstance(value, list):
            found.append((path, RecordValue(LIST_SEPARATOR.join(_text(v, path) for v in value))))
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


def _keys(texts: Mapping[str, str], source: Source) -> tuple[SubjectKey, ...]:
    people = [key for subject in source.subjects for key in _subject_keys(texts, subject)]
    numbers = [_unspaced(texts[name]) for name in source.numbers if texts.get(name)]
    return (*people, *(SubjectKey(number, None, None) for number in numbers))


def _subject_keys(texts: Mapping[str, str], subject: str) -> list[SubjectKey]:
    prefix = f"{subject}." if subject else ""
    name, born = texts.get(f"{prefix}full_name"), texts.get(f"{prefix}date_of_birth")
    birth = _birth_key(born) if born and name else None
    folded = "".join(map(_word_key, name.split(" "))) if name and birth else None
    olds = texts.get(f"{prefix}old_id_numbers")
    numbers = [texts.get(f"{prefix}personal_number"), *(olds.split(LIST_SEPARATOR) if olds else ())]
    keys = [SubjectKey(_unspaced(number), birth, folded) for number in numbers if number]
    return keys or ([SubjectKey(None, birth, folded)] if folded else [])


@lru_cache(maxsize=100_000)
def _word_key(word: str) -> str:
    """`name_key` of a name is that of its words: there are fewer of them than there are people."""
    return name_key(word)


@lru_cache(maxsize=100_000)
def _birth_key(text: str) -> str | None:
    """A person is found only by a whole date."""
    born = parsed_date(text)
    return born.iso() if born and born.day else None


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
    """What can be taken for neither is refused: a record whose removal nobody understood would answer on."""
    word = "" if value is None else str(value).strip().lower()
    if not isinstance(value, bool | str | int | None) or word not in _TRUTHS:
        raise RecordRowError("deleted is neither true nor false")
    return _TRUTHS[word]
