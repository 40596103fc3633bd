"""`rules list|show|check|simulate`: which data replace which paper, whether rules follow, what they save."""

from argparse import ArgumentTypeError, Namespace
from datetime import date
from pathlib import Path
from typing import Any

from api.cli.days import day
from api.cli.files import must_exist
from api.cli.output import OK, SOME_FAILED, print_json, print_line, progress, progress_done, table, tell
from api.proposing import Time, proposed_rule, proposed_text, rule_in_use
from api.schemas.rules import (
    MissJson,
    RulesCheckJson,
    RulesJson,
    SimulationJson,
    TallyJson,
    misses_of,
    rule_of,
    simulation_of,
)
from api.settings import Settings
from api.wiring import now, rules_in_use, rules_text, sources_in_use, wire
from verification.assess import VIETNAM
from verification.errors import PeriodNotUsableError
from verification.profile import shipped_profiles
from verification.rule import Rule, merged_rules, parse_rules, shipped_rules
from verification.ruling import RuleState, state_on
from verification.scenario import Scenario, parse_scenarios, shipped_scenarios
from verification.simulation import Proposed
from verification.workflow.simulate import simulate
from verification.workflow.try_rules import Known, try_rules

_STATES = {
    RuleState.IN_FORCE: "đang có hiệu lực / in force",
    RuleState.NOT_YET: "chưa có hiệu lực / not yet in force",
    RuleState.ENDED: "đã hết hiệu lực / ended",
    RuleState.NOT_ANNOUNCED: "nguồn chưa được công bố / source not announced",
}
_SHOWN = 20


def add_commands(commands: Any) -> None:
    """Hang in `rules`."""
    top = commands.add_parser(
        "rules", help="quy tắc: dữ liệu nào thay giấy tờ nào / which data replace which"
    )
    actions = top.add_subparsers(dest="action", required=True)
    listed = actions.add_parser("list", help="các quy tắc đang có hiệu lực / the rules in force")
    listed.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="mặc định là hôm nay / default: today")
    listed.add_argument(
        "--all", action="store_true", help="cả quy tắc không có hiệu lực / those not in force"
    )
    listed.set_defaults(run=run_list)
    show = actions.add_parser("show", help="một quy tắc / one rule")
    show.add_argument("rule", metavar="ID")
    show.set_defaults(run=run_show)
    check = actions.add_parser("check", help="thử các tình huống đi kèm quy tắc / try the scenarios")
    check.add_argument("file", metavar="FILE", nargs="?", type=Path, help="mặc định: CHUNGTHUC_RULES")
    check.set_defaults(run=run_check)
    saved = actions.add_parser(
        "simulate", help="quy tắc sẽ bớt được bao nhiêu bản sao / copies it would save"
    )
    saved.add_argument("rule", metavar="FILE|ID")
    begin = saved.add_mutually_exclusive_group()
    begin.add_argument(
        "--month", type=_month, metavar="YYYY-MM", help="mặc định là tháng trước / default: last month"
    )
    begin.add_argument("--from", dest="first", type=day, metavar="YYYY-MM-DD")
    saved.add_argument("--to", dest="last", type=day, metavar="YYYY-MM-DD")
    saved.set_defaults(run=run_simulate)
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true")


def run_list(settings: Settings, args: Namespace) -> int:
    """The rules in force on a day, or all of them with how they stand."""
    day = args.day or _today()
    sources = sources_in_use(settings)
    rules = rules_in_use(settings.rules, shipped_profiles())
    found = [
        (rule, state_on(rule, day, sources)) for rule in sorted(rules, key=lambda r: (r.source, r.order))
    ]
    shown = [(rule, state) for rule, state in found if args.all or state is RuleState.IN_FORCE]
    if args.json:
        print_json(RulesJson(day=day, rules=[rule_of(*each) for each in shown]))
        return OK
    print_line(f"Ngày / day {day:%d/%m/%Y}")
    rows = [[r.id, r.source, str(r.valid_from or "–"), str(r.valid_until or "–"), s.value] for r, s in shown]
    for line in table([["id", "source", "from", "until", "state"], *rows]):
        print_line(line)
    return OK


def run_show(settings: Settings, args: Namespace) -> int:
    """One rule with its citation."""
    rule = rule_in_use(rules_in_use(settings.rules, shipped_profiles()), args.rule)
    state = state_on(rule, _today(), sources_in_use(settings))
    if args.json:
        print_json(rule_of(rule, state))
    else:
        _print_rule(rule, state)
    return OK


def _print_rule(rule: Rule, state: RuleState) -> None:
    print_line(f"{rule.id}: {rule.title_vi} / {rule.title_en}")
    print_line(f"  {rule.citation_vi}\n  {rule.citation_en}")
    print_line(f"  giấy tờ / papers: {', '.join(rule.kinds)}")
    print_line(f"  thủ tục / procedures: {', '.join(rule.procedures) or 'bất kỳ / any'}")
    print_line(f"  nguồn / source: {rule.source}")
    print_line(f"  trường / fields: {', '.join(rule.fields) or 'mọi trường nguồn có / all the source knows'}")
    print_line(f"  hiệu lực / in force: {rule.valid_from or '…'} – {rule.valid_until or '…'}")
    print_line(f"  {_STATES[state]}")
    if rule.published:
        print_line("  chỉ khi nguồn đã được công bố / only while its source stands announced")
    if rule.supporting:
        print_line(
            "  chỉ dẫn thêm, tự nó không thay giấy tờ / cited beside others, replaces nothing by itself"
        )


def run_check(settings: Settings, args: Namespace) -> int:
    """Every scenario; one's own rules may change what follows of the shipped ones, and that is told."""
    path = args.file or settings.rules
    profiles = shipped_profiles()
    known = Known(profiles, sources_in_use(settings))
    shipped = rules = shipped_rules()
    own: tuple[Scenario, ...] = ()
    if path:
        text = rules_text(path)
        rules = merged_rules(shipped, parse_rules(text, profiles, file=path.name))
        own = parse_scenarios(text, profiles, file=path.name)
    misses = try_rules(shipped, shipped_scenarios(), known) + try_rules(rules, own, known)
    changes = try_rules(rules, shipped_scenarios(), known) if path else ()
    answer = RulesCheckJson(
        file=path.name if path else None,
        rules=len(rules),
        scenarios=len(shipped_scenarios()) + len(own),
        misses=misses_of(misses),
        changes=misses_of(changes),
    )
    if args.json:
        print_json(answer)
    else:
        _print_check(answer)
    return SOME_FAILED if misses else OK


def _print_check(answer: RulesCheckJson) -> None:
    print_line(f"{answer.rules} quy tắc / rules, {answer.scenarios} tình huống / scenarios")
    for miss in answer.misses:
        tell(f"  SAI / WRONG {_miss(miss)}")
    if answer.changes:
        print_line("Khác với các quy tắc đi kèm / other than by the shipped rules:")
    for change in answer.changes:
        print_line(f"  {_miss(change)}")
    if not answer.misses:
        print_line("Mọi tình huống đều đúng. / Every scenario follows.")


def _miss(miss: MissJson) -> str:
    return f"{miss.file}: {miss.scenario}: {miss.what}: {miss.expected} → {miss.got}"


def run_simulate(settings: Settings, args: Namespace) -> int:
    """How many copies a rule would have saved on the dossiers of a month."""
    time, path = Time(args.month, args.first, args.last), Path(args.rule)
    if path.suffix == ".toml":
        must_exist(args.rule)
    text = rules_text(path) if path.is_file() else None
    wired = wire(settings)
    services = wired.services
    if text is None:
        proposed = proposed_rule(services, args.rule, time)
    else:
        proposed = proposed_text(services, text, time, file=path.name)
    found = simulate(
        services, proposed, lambda number: progress(f"{number} …") if number % 500 == 0 else None
    )
    progress_done()
    wired.close()
    answer = simulation_of(found, services.profiles)
    if args.json:
        print_json(answer)
    else:
        _print_simulation(answer, proposed)
    return OK


def _print_simulation(answer: SimulationJson, proposed: Proposed) -> None:
    for rule in proposed.rules:
        print_line(f"{rule.id}: {rule.title_vi} / {rule.title_en}")
    print_line(f"{answer.first:%d/%m/%Y} – {answer.last:%d/%m/%Y}, coi như đã có hiệu lực / as if in force")
    print_line(f"Bản sao lẽ ra không cần / copies saved: {answer.saved} / {answer.copies}")
    head = ["", "papers", "copies", "saved", "needless", "untold"]
    kinds = [[each.kind, *_numbers(each)] for each in answer.by_kind]
    procedures = [[each.procedure or "–", *_numbers(each)] for each in answer.by_procedure]
    for line in table([head, *kinds, *procedures, ["=", *_numbers(answer.covered)]]):
        print_line(line)
    for move in answer.moves:
        print_line(f"  {move.before} → {move.after}: {move.papers}")
    for change in answer.changes[:_SHOWN]:
        print_line(f"    {change.dossier} {change.paper} {change.kind}: {change.copies}")
    if (more := sum(move.papers for move in answer.moves) - _SHOWN) > 0:
        print_line(f"    … {more}")
    for why in answer.untold:
        print_line(f"  ? {why.papers}: {why.message_vi} / {why.message_en}")


def _numbers(tally: TallyJson) -> list[str]:
    return [str(n) for n in (tally.papers, tally.copies, tally.saved, tally.needless, tally.untold)]


def _today() -> date:
    return now().astimezone(VIETNAM).date()


def _month(text: str) -> str:
    try:
        Time(text).days(_today())
    except PeriodNotUsableError as error:
        raise ArgumentTypeError(f"{text!r}: YYYY-MM") from error
    return text
