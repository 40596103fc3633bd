"""The rules for one paper: kinds, procedure and day in; those that hold, with what they replace, out.

A rule holds for a card only when it names both sides that were brought. A rule that needs an announced source
does not hold while nobody has announced it, one for a procedure not while the procedure is unknown.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from verification.extraction import Kind
from verification.rule import Rule
from verification.source import Source, SourceName

_CODE = re.compile(r"(?<![\d.])\d\.\d{6}(?!\d)")


@dataclass(frozen=True, slots=True)
class Occasion:
    """What rules are asked about: kinds of paper (both sides of a card), for which procedure, on which day of
    Vietnam, and the source that would answer. `published`: it stands announced on that day."""

    kinds: frozenset[Kind]
    procedure: str | None
    day: date
    source: SourceName
    published: bool


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rules that hold, strongest first. None that stands by itself: the record may not answer."""

    rules: tuple[Rule, ...] = ()

    @property
    def answers(self) -> bool:
        """Whether the record may answer instead of a copy."""
        return any(not rule.supporting for rule in self.rules)

    @property
    def strongest(self) -> Rule | None:
        """The rule that is named first."""
        return next((rule for rule in self.rules if not rule.supporting), None)

    def replaces(self, field: str) -> bool:
        """Whether the source's value stands for what the paper prints in this field."""
        return any(not r.supporting and (not r.fields or field in r.fields) for r in self.rules)

    @property
    def legal_basis_vi(self) -> str | None:
        """What all of them cite, in Vietnamese; None when none holds."""
        return _joined(rule.citation_vi for rule in self.rules)

    @property
    def legal_basis_en(self) -> str | None:
        """The same in English."""
        return _joined(rule.citation_en for rule in self.rules)


def ruling(rules: Iterable[Rule], occasion: Occasion) -> Ruling:
    """What holds on this occasion."""
    holding = [rule for rule in rules if holds(rule, occasion)]
    if all(rule.supporting for rule in holding):
        return Ruling()
    return Ruling(tuple(sorted(holding, key=lambda rule: rule.order)))


def holds(rule: Rule, occasion: Occasion) -> bool:
    """Whether this one rule holds on the occasion."""
    return rule.in_force(occasion.day) and applies(rule, occasion)


def applies(rule: Rule, occasion: Occasion) -> bool:
    """Whether it would hold if it were in force that day."""
    return (
        rule.source == occasion.source
        and occasion.kinds <= set(rule.kinds)
        and rule.is_for(occasion.procedure)
        and (occasion.published or not rule.published)
    )


class RuleState(StrEnum):
    """How a rule stands on one day."""

    IN_FORCE = "IN_FORCE"
    NOT_YET = "NOT_YET"
    ENDED = "ENDED"
    NOT_ANNOUNCED = "NOT_ANNOUNCED"
    """It waits for its source to be announced by its owner."""


def state_on(rule: Rule, day: date, sources: Iterable[Source]) -> RuleState:
    """How the rule stands on this day of Vietnam, its source being configured so."""
    if rule.valid_from and day < rule.valid_from:
        return RuleState.NOT_YET
    if not rule.in_force(day):
        return RuleState.ENDED
    source = next((s for s in sources if s.name == rule.source), None)
    waits = rule.published and not published_on(source, day)
    return RuleState.NOT_ANNOUNCED if waits else RuleState.IN_FORCE


def published_on(source: Source | None, day: date) -> bool:
    """Whether this source stands announced on the day; one that is not known stands for nothing."""
    return source is not None and source.published_on(day) is not None


def procedure_code(text: str) -> str | None:
    """The code in what somebody wrote of the procedure (2.000815; also 2.000815.000.00.00.H38 and with the
    name behind it); None where there is none, or more than one."""
    found: Collection[str] = set(_CODE.findall(text))
    return next(iter(found)) if len(found) == 1 else None


def _joined(citations: Iterable[str]) -> str | None:
    return "; ".join(dict.fromkeys(citations)) or None
