"""Scenarios beside the rules: TOML tables of what is given and what must follow in, frozen `Scenario`s out.

Who edits rules runs them (`chungthuc rules check`); `verification.workflow.try_rules` tries them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

from verification.agreement import Agreement, Compared
from verification.assessment import Outcome
from verification.errors import RulesUnusableError
from verification.extraction import Kind
from verification.matching import Found
from verification.profile import Profile, profile_of, shipped_profiles
from verification.rule import Rule, rules_of

_SOURCES = {
    "fresh": None,
    "stale": Found.SOURCE_STALE,
    "down": Found.SOURCE_DOWN,
    "never loaded": Found.NOT_CONFIGURED,
}
_FOUND = {"one": Found.ONE, "none": Found.NONE, "several": Found.SEVERAL, "no key": Found.NO_KEY}
_SIGNED = {"no": None, "valid": True, "invalid": False}
GIVEN = {
    "kind", "kinds", "kind_sure", "copy", "signed", "warnings", "procedure", "day", "announced", "source",
    "found", "key_sure", "status", "agree", "unsure", "absent", "insists",
}  # fmt: skip
THEN = {"outcome", "reasons", "rule", "cites", "cites_not", "certify", "receipt"}


@dataclass(frozen=True, slots=True)
class Given:
    """A paper beside its record. Every field that the profile compares agrees, unless it is told otherwise.

    `kinds`: both sides of a card, else one. `copy`: it is a certified copy of such a paper. `found`: what
    became of asking. `announced` None: as the source is configured. `insists`: who still demands a copy.
    """

    kinds: tuple[Kind, ...]
    day: date
    kind_sure: bool = True
    copy: bool = False
    signed: bool | None = None
    warnings: tuple[str, ...] = ()
    procedure: str = ""
    announced: bool | None = None
    found: Found = Found.ONE
    key_sure: bool = True
    status: str | None = None
    agree: Mapping[str, Compared] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    insists: str | None = None


@dataclass(frozen=True, slots=True)
class Then:
    """What must follow: the outcome with exactly these reasons, the strongest rule, what is cited in this
    order and what is not, and whether an officer may then certify, or give a receipt. None: not asked."""

    outcome: Outcome
    reasons: frozenset[str]
    rule: str | None = None
    cites: tuple[str, ...] = ()
    cites_not: tuple[str, ...] = ()
    certify: bool | None = None
    receipt: bool | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """One row: `rules` are those that hold beside the others in its file."""

    file: str
    name: str
    given: Given
    then: Then
    rules: tuple[Rule, ...] = ()


@lru_cache(maxsize=1)
def shipped_scenarios() -> tuple[Scenario, ...]:
    """The scenarios that come with the rules, by name of their file."""
    folder = files("verification") / "rules" / "scenarios"
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".toml"))
    profiles = shipped_profiles()
    read = [parse_scenarios((folder / name).read_text("utf-8"), profiles, file=name) for name in names]
    return tuple(scenario for scenarios in read for scenario in scenarios)


def parse_scenarios(text: str, profiles: tuple[Profile, ...], *, file: str) -> tuple[Scenario, ...]:
    """The `[[scenario]]` tables of a file; its `[[rule]]` tables hold for them. Raises RulesUnusableError."""
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise RulesUnusableError(file, f"not TOML: {error}") from error
    tables = raw.get("scenario", [])
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise RulesUnusableError(file, "scenarios must stand in [[scenario]] tables")
    rules = rules_of(raw.get("rule", ()), profiles, file=file)
    return tuple(_scenario(table, profiles, rules, file) for table in tables)


def _scenario(
    raw: Mapping[str, Any], profiles: tuple[Profile, ...], rules: tuple[Rule, ...], file: str
) -> Scenario:
    name = str(raw.get("name", ""))
    given, then = raw.get("given"), raw.get("then")
    try:
        if not name or not isinstance(given, dict) or not isinstance(then, dict):
            raise ValueError('it needs "name", [scenario.given] and [scenario.then]')
        _no_strange(given, GIVEN)
        _no_strange(then, THEN)
        return Scenario(file, name, _given(given, profiles), _then(then), rules)
    except (ValueError, KeyError, TypeError) as error:
        what = f"{error.args[0]} is missing or not known" if isinstance(error, KeyError) else str(error)
        raise RulesUnusableError(file, f'scenario "{name}": {what}') from error


def _no_strange(raw: Mapping[str, Any], known: set[str]) -> None:
    if strange := sorted(set(raw) - known):
        raise ValueError(f'there is no key "{strange[0]}"')


def _given(raw: Mapping[str, Any], profiles: tuple[Profile, ...]) -> Given:
    kinds = tuple(Kind(k) for k in raw.get("kinds", ()) or (raw["kind"],))
    found_profiles = [profile_of(kind, profiles) for kind in kinds]
    if None in found_profiles:
        raise ValueError("there is no such kind of paper")
    fields = {f.name for p in found_profiles if p for f in p.fields}
    agree = {name: _compared(words) for name, words in raw.get("agree", {}).items()}
    unsure, absent = frozenset(raw.get("unsure", ())), frozenset(raw.get("absent", ()))
    if strange := sorted((agree.keys() | unsure | absent) - fields):
        raise ValueError(f'these papers have no field "{strange[0]}"')
    day = raw["day"]
    if not isinstance(day, date) or isinstance(day, datetime):
        raise ValueError('"day" must be a day, 2026-01-01')
    return Given(
        kinds=kinds,
        day=day,
        kind_sure=raw.get("kind_sure", True),
        copy=raw.get("copy", False),
        signed=_SIGNED[raw.get("signed", "no")],
        warnings=tuple(raw.get("warnings", ())),
        procedure=raw.get("procedure", ""),
        announced=raw.get("announced"),
        found=_SOURCES[raw.get("source", "fresh")] or _FOUND[raw.get("found", "one")],
        key_sure=raw.get("key_sure", True),
        status=raw.get("status"),
        agree=agree,
        unsure=unsure,
        absent=absent,
        insists=raw.get("insists"),
    )


def _compared(words: str) -> Compared:
    """`EQUIVALENT tone_placement`: an agreement and perhaps its rule."""
    agreement, _, rule = words.partition(" ")
    return Compared(Agreement(agreement), rule or None)


def _then(raw: Mapping[str, Any]) -> Then:
    return Then(
        outcome=Outcome(raw["outcome"]),
        reasons=frozenset(raw["reasons"]),
        rule=raw.get("rule"),
        cites=tuple(raw.get("cites", ())),
        cites_not=tuple(raw.get("cites_not", ())),
        certify=raw.get("certify"),
        receipt=raw.get("receipt"),
    )
