"""Rules and what they would have saved in, the page of the rules out."""

from collections.abc import Iterable, Mapping
from datetime import date

from api.routes.showing.words import OUTCOMES
from api.web.language import Bilingual as Both
from api.web.rule_views import (
    ChangeRow,
    MoveRow,
    RuleRow,
    RulesPage,
    SimulationInput,
    SimulationResult,
    TallyRow,
)
from api.web.views import Choice, Errors, Fact, Sign, State
from api.web.writing import day as written
from verification.extraction import Kind
from verification.profile import Profile, profile_of
from verification.rule import Rule
from verification.ruling import RuleState, state_on
from verification.services import Services
from verification.simulation import Simulation, Tally
from verification.source_profile import source_of
from verification.wording import say

STATES = {
    RuleState.IN_FORCE: State(Sign.GOOD, Both("Đang có hiệu lực", "In force")),
    RuleState.NOT_YET: State(Sign.WAIT, Both("Chưa có hiệu lực", "Not yet in force")),
    RuleState.ENDED: State(Sign.NONE, Both("Đã hết hiệu lực", "Ended")),
    RuleState.NOT_ANNOUNCED: State(Sign.WAIT, Both("Nguồn chưa được công bố", "Source not announced")),
}
_SHOWN = 100


def shown_rules(
    services: Services,
    today: date,
    given: SimulationInput,
    *,
    found: Simulation | None = None,
    errors: Errors = (),
) -> RulesPage:
    """All rules as they stand today, with the result of a simulation where there is one."""
    rules = sorted(services.rules, key=lambda rule: (rule.source, rule.order))
    return RulesPage(
        rows=tuple(_row(rule, services, today) for rule in rules),
        choices=tuple(
            Choice(r.id, Both(f"{r.title_vi} ({r.id})", f"{r.title_en} ({r.id})"), chosen=r.id == given.rule)
            for r in rules
        ),
        given=given,
        result=_result(found, services.profiles) if found else None,
        errors=errors,
    )


def _row(rule: Rule, services: Services, today: date) -> RuleRow:
    source = source_of(rule.source, services.sources)
    first = written(rule.valid_from) if rule.valid_from else "…"
    last = written(rule.valid_until) if rule.valid_until else "…"
    return RuleRow(
        id=rule.id,
        title=Both(rule.title_vi, rule.title_en),
        citation=Both(rule.citation_vi, rule.citation_en),
        papers=_joined(_kind(kind, services.profiles) for kind in rule.kinds),
        source=Both(source.title_vi, source.title_en) if source else Both(rule.source, rule.source),
        days=f"{first} – {last}",
        state=STATES[state_on(rule, today, services.sources)],
    )


def _kind(kind: Kind, profiles: tuple[Profile, ...]) -> Both:
    profile = profile_of(kind, profiles)
    return Both(profile.title_vi, profile.title_en) if profile else Both(kind, kind)


def _joined(words: Iterable[Both]) -> Both:
    listed = list(words)
    return Both("; ".join(w.vi for w in listed), "; ".join(w.en for w in listed))


def _result(found: Simulation, profiles: tuple[Profile, ...]) -> SimulationResult:
    shown = found.changes[:_SHOWN]
    return SimulationResult(
        facts=_facts(found),
        by_kind=_tallies((_kind(kind, profiles), tally) for kind, tally in found.by_kind.items()),
        by_procedure=_tallies((_procedure(code), tally) for code, tally in found.by_procedure.items()),
        moves=tuple(
            MoveRow(OUTCOMES[before], OUTCOMES[after], _number(papers))
            for (before, after), papers in found.moves.items()
        ),
        changes=tuple(
            ChangeRow(c.code, _kind(c.kind, profiles), OUTCOMES[c.after], _number(c.copies)) for c in shown
        ),
        left_off=sum(found.moves.values()) - len(shown),
        untold=_untold(found),
    )


def _facts(found: Simulation) -> tuple[Fact, ...]:
    covered, whole = found.covered, found.all
    return (
        Fact(Both("Quy tắc", "Rule"), ", ".join(found.rules)),
        Fact(Both("Hồ sơ nhận", "Dossiers received"), f"{written(found.first)} – {written(found.last)}"),
        Fact(
            Both("Bản sao lẽ ra không cần", "Copies that would not have been needed"),
            Both(
                f"{_number(covered.saved)} trên {_number(whole.copies)} bản sao đã cấp hoặc đã duyệt",
                f"{_number(covered.saved)} of {_number(whole.copies)} copies issued or approved",
            ),
        ),
        Fact(Both("Thuộc phạm vi quy tắc", "Copies the rule is for"), _number(covered.copies)),
        Fact(
            Both("Vốn đã không cần theo quy tắc khác", "Needless by other rules anyhow"),
            _number(covered.needless),
        ),
        Fact(Both("Chưa đủ dữ liệu để biết", "Copies of which it cannot be told"), _number(covered.untold)),
    )


def _untold(found: Simulation) -> tuple[Fact, ...]:
    said = ((say(why.value), papers) for why, papers in found.untold.items())
    return tuple(Fact(Both(f.message_vi, f.message_en), _number(papers)) for f, papers in said)


def _tallies(named: Iterable[tuple[Both, Tally]]) -> tuple[TallyRow, ...]:
    most = sorted(named, key=lambda each: (-each[1].copies, each[0].vi))
    return tuple(TallyRow(name, **_numbers(tally)) for name, tally in most)


def _numbers(tally: Tally) -> Mapping[str, str]:
    return {
        "papers": _number(tally.papers),
        "copies": _number(tally.copies),
        "saved": _number(tally.saved),
        "needless": _number(tally.needless),
        "untold": _number(tally.untold),
    }


def _procedure(code: str) -> Both:
    return Both(code, code) if code else Both("Không ghi mã thủ tục", "No code given")


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
