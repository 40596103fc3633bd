"""What is to be simulated, as somebody names it: a rule's id or TOML and a time in, `Proposed` out."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from verification.assess import VIETNAM
from verification.errors import PeriodNotUsableError, UnknownRuleError
from verification.rule import Rule, parse_rules
from verification.services import Services
from verification.simulation import Proposed
from verification.workflow.simulate import last_month

_MAX_DAYS = 366
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Time:
    """A month (2026-10), or a first and a last day; nothing: last month."""

    month: str | None = None
    first: date | None = None
    last: date | None = None

    def days(self, today: date) -> tuple[date, date]:
        """The first and the last day. Raises PeriodNotUsableError."""
        if self.month:
            return _month(self.month)
        if self.first is None and self.last is None:
            return last_month(today)
        first = self.first or self.last or today
        last = self.last or today
        if last < first or (last - first).days >= _MAX_DAYS:
            raise PeriodNotUsableError
        return first, last


def proposed_rule(services: Services, rule_id: str, time: Time) -> Proposed:
    """One of the rules in use. Raises UnknownRuleError, PeriodNotUsableError."""
    return _proposed(services, (rule_in_use(services.rules, rule_id),), time)


def proposed_text(services: Services, toml: str, time: Time, *, file: str) -> Proposed:
    """Rules as somebody wrote them. Raises RulesUnusableError, PeriodNotUsableError."""
    return _proposed(services, parse_rules(toml, services.profiles, file=file), time)


def rule_in_use(rules: tuple[Rule, ...], rule_id: str) -> Rule:
    """The rule of this id. Raises UnknownRuleError."""
    found = next((rule for rule in rules if rule.id == rule_id), None)
    if found is None:
        raise UnknownRuleError
    return found


def _proposed(services: Services, rules: tuple[Rule, ...], time: Time) -> Proposed:
    first, last = time.days(services.now().astimezone(VIETNAM).date())
    return Proposed(rules, first, last)


def _month(text: str) -> tuple[date, date]:
    found = _MONTH.fullmatch(text)
    year, month = (int(part) for part in found.groups()) if found else (0, 0)
    if not 1 <= month <= 12 or not 2000 <= year <= 2200:
        raise PeriodNotUsableError
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
