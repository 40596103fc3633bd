"""Rules as data: `rules/*.toml` in, frozen `Rule`s out: whose fields replace which paper, by which act."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any, NewType

from verification.errors import RulesUnusableError
from verification.extraction import CERTIFIED_COPY, Kind
from verification.profile import Profile, profile_of, shipped_profiles
from verification.source import SourceName

RuleId = NewType("RuleId", str)
ALL = "all"
"""In the place of names of fields: all that the source knows of such a paper."""
KEYS = {
    "id", "title_vi", "title_en", "kinds", "procedures", "source", "fields", "order", "published",
    "supporting", "citation_vi", "citation_en", "from", "until",
}  # fmt: skip
_TEXTS = ("id", "title_vi", "title_en", "source", "citation_vi", "citation_en")


@dataclass(frozen=True, slots=True)
class Rule:
    """That the record answers instead of a copy, for these kinds of paper and procedures on these days.

    `procedures` are codes (2.000815); none: whatever the paper is for. `fields` are names of the profile;
    none: all that the source knows. `order` is the strength (1 is printed first, domain.md 1.7). Both days
    count.
    """

    id: RuleId
    title_vi: str
    title_en: str
    kinds: tuple[Kind, ...]
    source: SourceName
    citation_vi: str
    citation_en: str
    order: int
    procedures: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    published: bool = False
    """It holds only while the source stands announced by its owner (NQ 66.7/2025/NQ-CP)."""
    supporting: bool = False
    """It is printed beside others and lets no record answer by itself."""
    valid_from: date | None = None
    valid_until: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether it holds on this day of Vietnam."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)

    def is_for(self, procedure: str | None) -> bool:
        """Whether it holds for this procedure's code; None: it is not known what the paper is for."""
        return not self.procedures or procedure in self.procedures


@lru_cache(maxsize=1)
def shipped_rules() -> tuple[Rule, ...]:
    """The rules that come with the package, by name of their file."""
    folder = files("verification") / "rules"
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".toml"))
    profiles = shipped_profiles()
    read = [parse_rules((folder / name).read_text("utf-8"), profiles, file=name) for name in names]
    return tuple(rule for rules in read for rule in rules)


def merged_rules(rules: Iterable[Rule], own: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules with one's own: one of the same id takes the other's place, a new one comes behind."""
    return tuple({rule.id: rule for rule in (*rules, *own)}.values())


def parse_rules(text: str, profiles: tuple[Profile, ...], *, file: str) -> tuple[Rule, ...]:
    """The rules of one TOML file, in its order. `file` is how it is named when something is wrong with it.

    Raises RulesUnusableError, which names the first fault.
    """
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise RulesUnusableError(file, f"not TOML: {error}") from error
    tables = raw.get("rule")
    if (
        not {"rule"} <= set(raw) <= {"rule", "scenario"}
        or not isinstance(tables, list)
        or not all(isinstance(t, dict) for t in tables)
    ):
        raise RulesUnusableError(
            file, "it must hold [[rule]] tables, and nothing else but [[scenario]] tables"
        )
    return rules_of(tables, profiles, file=file)


def rules_of(
    tables: Iterable[Mapping[str, Any]], profiles: tuple[Profile, ...], *, file: str
) -> tuple[Rule, ...]:
    """The rules of these tables. Raises RulesUnusableError."""
    rules = [_rule(table, profiles, _Place(file, number)) for number, table in enumerate(tables, 1)]
    ids = [rule.id for rule in rules]
    for rule in rules:
        if ids.count(rule.id) > 1:
            raise RulesUnusableError(file, f'two rules have the id "{rule.id}"')
    return tuple(rules)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a rule stands, to say so."""

    file: str
    number: int
    id: str = ""

    def fault(self, what: str) -> RulesUnusableError:
        return RulesUnusableError(self.file, f'rule "{self.id}" (number {self.number}): {what}')


def _rule(raw: Mapping[str, Any], profiles: tuple[Profile, ...], at: _Place) -> Rule:
    at = _Place(at.file, at.number, str(raw.get("id", "")))
    if strange := sorted(set(raw) - KEYS):
        raise at.fault(f'there is no key "{strange[0]}"')
    texts = {name: _text(raw, name, at) for name in _TEXTS}
    source = SourceName(texts["source"])
    kinds = _kinds(raw, source, profiles, at)
    valid_from, valid_until = _day(raw, "from", at), _day(raw, "until", at)
    if valid_from and valid_until and valid_until < valid_from:
        raise at.fault('"until" lies before "from"')
    return Rule(
        id=RuleId(texts["id"]),
        title_vi=texts["title_vi"],
        title_en=texts["title_en"],
        kinds=kinds,
        source=source,
        citation_vi=texts["citation_vi"],
        citation_en=texts["citation_en"],
        order=_order(raw, at),
        procedures=_texts(raw.get("procedures", []), "procedures", at),
        fields=_fields(raw, kinds, profiles, at),
        published=_switch(raw, "published", at),
        supporting=_switch(raw, "supporting", at),
        valid_from=valid_from,
        valid_until=valid_until,
    )


def _text(raw: Mapping[str, Any], name: str, at: _Place) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not value.strip():
        raise at.fault(f'"{name}" is missing')
    return " ".join(value.split())


def _texts(value: object, name: str, at: _Place) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
        raise at.fault(f'"{name}" must be a list of texts')
    return tuple(value)


def _kinds(
    raw: Mapping[str, Any], source: SourceName, profiles: tuple[Profile, ...], at: _Place
) -> tuple[Kind, ...]:
    kinds = tuple(Kind(kind) for kind in _texts(raw.get("kinds"), "kinds", at))
    if not kinds:
        raise at.fault('"kinds" names no kind of paper')
    for kind in kinds:
        profile = profile_of(kind, profiles)
        if profile is None or kind == CERTIFIED_COPY:
            raise at.fault(f'there is no kind of paper "{kind}" that data could replace')
        if profile.source not in (None, source):
            raise at.fault(f"a {kind} is compared with {profile.source}, not with {source}")
    return kinds


def _fields(
    raw: Mapping[str, Any], kinds: Iterable[Kind], profiles: tuple[Profile, ...], at: _Place
) -> tuple[str, ...]:
    if raw.get("fields", ALL) == ALL:
        return ()
    names = _texts(raw["fields"], "fields", at)
    if not names:
        raise at.fault('"fields" names none; leave it out for all that the source knows')
    known = _known_fields(kinds, profiles)
    for name in names:
        if name not in known:
            raise at.fault(f'these papers have no field "{name}" that is compared')
    return names


def _known_fields(kinds: Iterable[Kind], profiles: tuple[Profile, ...]) -> Collection[str]:
    found = (profile_of(kind, profiles) for kind in kinds)
    return {f.name for p in found if p for f in p.fields if f.record or p.source is None}


def _order(raw: Mapping[str, Any], at: _Place) -> int:
    order = raw.get("order")
    if not isinstance(order, int) or isinstance(order, bool) or order < 1:
        raise at.fault('"order" must be a whole number of at least 1')
    return order


def _switch(raw: Mapping[str, Any], name: str, at: _Place) -> bool:
    value = raw.get(name, False)
    if not isinstance(value, bool):
        raise at.fault(f'"{name}" must be true or false')
    return value


def _day(raw: Mapping[str, Any], name: str, at: _Place) -> date | None:
    value = raw.get(name)
    if value is None:
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise at.fault(f'"{name}" must be a day, 2026-01-01')
    return value
