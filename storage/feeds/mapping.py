"""A platform's answer in its own words in, a row as interface.md writes it out; what is which is data.

A mapping is a TOML file: the path that is asked, what the parts of a question and of an answer are called
([ask], [answer]), and for every value of a record where it stands ([[value]]). What no rule names is dropped
unread.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.resources import files
from typing import Any

from storage.errors import PullTermsError
from verification.errors import PullAnswerError

Path = tuple[str, ...]


class Kind(StrEnum):
    """How a value is taken out."""

    TEXT = "text"
    """The texts at `from`, joined."""
    LIST = "list"
    """The texts at `from`, or in a list there, one by one."""
    DATE = "date"
    """The first at `from` that is written in its form of `forms`; what the others say must not differ."""
    CODE = "code"
    """The word of `codes`; a code that it does not know stays as it is, and agrees with nothing."""
    PLACE = "place"
    """The texts of `parts` under `from`, with the codes of commune and province where they stand."""
    CONSTANT = "constant"
    """Always `is`."""


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """What the parts of a place are called, from the smallest, and its codes."""

    parts: tuple[str, ...]
    commune_code: str | None
    province_code: str | None


@dataclass(frozen=True, slots=True)
class ValueRule:
    """Where one value of a record stands in the answer."""

    record: Path
    kind: Kind
    paths: tuple[Path, ...]
    join: str
    forms: tuple[str, ...]
    codes: Mapping[str, str]
    place: PlaceNames | None
    constant: str


@dataclass(frozen=True, slots=True)
class AnswerNames:
    """What the parts of an answer are called, and its two verdicts."""

    request_code: str
    answered_at: str
    as_of: str
    verdict: str
    found: str
    not_found: str
    records: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """One mapping. `ask`: our names of a question's parts to the platform's."""

    token_path: str
    path: str
    ask: Mapping[str, str]
    answer: AnswerNames
    values: tuple[ValueRule, ...]

    @classmethod
    def parse(cls, content: bytes) -> "Mapped":
        """From TOML in UTF-8. Raises PullTermsError."""
        try:
            raw = tomllib.loads(content.decode("utf-8"))
            return cls(
                token_path=raw["token_path"],
                path=raw["path"],
                ask=dict(raw["ask"]),
                answer=AnswerNames(**raw["answer"]),
                values=tuple(_rule(value) for value in raw["value"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise PullTermsError(f"the mapping is not as docs/pulling.md tells: {error}") from error


def shipped_mapping(source: str) -> Mapped | None:
    """The mapping of this source that comes with the package; None where there is none."""
    file = files("storage.feeds") / "mappings" / f"{source}.toml"
    return Mapped.parse(file.read_bytes()) if file.is_file() else None


def row_of(record: Mapping[str, Any], values: Iterable[ValueRule]) -> dict[str, object]:
    """The row of one record of an answer; absent values are absent. Raises PullAnswerError."""
    row: dict[str, object] = {}
    for rule in values:
        value = _TAKEN[rule.kind](rule, record)
        if value:
            _put(row, rule.record, value)
    return row


def _rule(raw: Mapping[str, Any]) -> ValueRule:
    given = raw.get("from", ())
    place = None
    if "parts" in raw:
        place = PlaceNames(tuple(raw["parts"]), raw.get("commune_code"), raw.get("province_code"))
    rule = ValueRule(
        record=tuple(raw["record"].split(".")),
        kind=Kind(raw.get("kind", "text")),
        paths=tuple(tuple(p.split(".")) for p in ((given,) if isinstance(given, str) else given)),
        join=raw.get("join", " "),
        forms=tuple(raw.get("forms", ())),
        codes=dict(raw.get("codes", {})),
        place=place,
        constant=raw.get("is", ""),
    )
    if rule.kind is Kind.DATE and len(rule.forms) != len(rule.paths):
        raise ValueError(f"{raw['record']} needs a form for each of its dates")
    if rule.kind is Kind.PLACE and rule.place is None:
        raise ValueError(f"{raw['record']} needs the names of a place's parts")
    return rule


def _put(row: dict[str, object], path: Path, value: object) -> None:
    *outer, last = path
    here = row
    for step in outer:
        inner = here.setdefault(step, {})
        if not isinstance(inner, dict):
            raise PullAnswerError("shape")
        here = inner
    here[last] = value


def _at(record: Any, path: Path) -> Any:
    """What stands there; None where nothing does."""
    for step in path:
        if record is None:
            return None
        if not isinstance(record, dict):
            raise PullAnswerError("shape")
        record = record.get(step)
    return record


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise PullAnswerError("shape")
    return str(value).strip()


def _texts(rule: ValueRule, record: Mapping[str, Any]) -> list[str]:
    return [text for path in rule.paths if (text := _text(_at(record, path)))]


def _joined(rule: ValueRule, record: Mapping[str, Any]) -> object:
    return rule.join.join(_texts(rule, record))


def _list(rule: ValueRule, record: Mapping[str, Any]) -> object:
    found = [_at(record, path) for path in rule.paths]
    flat = [item for value in found for item in (value if isinstance(value, list) else [value])]
    return [text for item in flat if (text := _text(item))]


def _code(rule: ValueRule, record: Mapping[str, Any]) -> object:
    code = "".join(_texts(rule, record))
    return rule.codes.get(code, code)


def _date(rule: ValueRule, record: Mapping[str, Any]) -> object:
    """The most exact one; a year alone beside a whole date must be its year."""
    written = [(_text(_at(record, path)), form) for path, form in zip(rule.paths, rule.forms, strict=True)]
    dates = [_iso(text, form) for text, form in written if text]
    best = max(dates, key=len, default="")
    if not all(best.startswith(date) for date in dates):
        raise PullAnswerError("dates_differ")
    return best


_PARTS = (("%Y", "%Y"), ("%m", "-%m"), ("%d", "-%d"))


def _iso(text: str, form: str) -> str:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as far as the form goes. Written exactly so, or not at all."""
    try:
        moment = datetime.strptime(text, form)  # noqa: DTZ007 a day of the calendar has no zone
    except ValueError as error:
        raise PullAnswerError("no_date") from error
    if moment.strftime(form) != text:  # strptime takes 1999101 for 1 October
        raise PullAnswerError("no_date")
    return moment.strftime("".join(ours for theirs, ours in _PARTS if theirs in form))


def _place(rule: ValueRule, record: Mapping[str, Any]) -> object:
    found = _at(record, rule.paths[0])
    if rule.place is None or not isinstance(found, dict):
        return _text(found)
    text = ", ".join(part for name in rule.place.parts if (part := _text(found.get(name))))
    codes = (("commune_code", rule.place.commune_code), ("province_code", rule.place.province_code))
    known = {ours: code for ours, name in codes if name and (code := _text(found.get(name)))}
    return {"text": text, **known} if text or known else None


def _constant(rule: ValueRule, record: Mapping[str, Any]) -> object:
    del record
    return rule.constant


_TAKEN = {
    Kind.TEXT: _joined,
    Kind.LIST: _list,
    Kind.DATE: _date,
    Kind.CODE: _code,
    Kind.PLACE: _place,
    Kind.CONSTANT: _constant,
}
