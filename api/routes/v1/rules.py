"""The rules: which data replace which paper on a day, and how many copies a rule would have saved."""

import threading
from datetime import date
from typing import Annotated

from fastapi import Query

from api.deps import Access, Site, SiteDep
from api.errors import MalformedRequestError
from api.proposing import Time, proposed_rule, proposed_text
from api.routes.guarded import program_router
from api.schemas.rules import RulesJson, SimulateJson, SimulationJson, rule_of, simulation_of
from verification.assess import VIETNAM
from verification.ruling import RuleState, state_on
from verification.simulation import Proposed, Simulation
from verification.workflow.simulate import simulate

router = program_router(Access.STAFF, "Quy tắc / Rules")
ROUTERS = (router,)

_one_at_a_time = threading.Lock()
"""A year of dossiers takes a core for half a minute: two at once would only both be slow."""


@router.get("/rules", summary="Các quy tắc / The rules")
def rules(
    site: SiteDep,
    day: Annotated[date | None, Query(description="Ngày; mặc định là hôm nay. / Default: today.")] = None,
    every: Annotated[
        bool, Query(alias="all", description="Cả quy tắc không có hiệu lực. / Those not in force too.")
    ] = False,
) -> RulesJson:
    """Quy tắc nào có hiệu lực ngày đó: dữ liệu nào thay giấy tờ nào, theo văn bản nào. / Which rules are in
    force: which data replace which paper, by which act."""
    services = site.services
    asked = day or services.now().astimezone(VIETNAM).date()
    found = [(rule, state_on(rule, asked, services.sources)) for rule in services.rules]
    shown = [each for each in found if every or each[1] is RuleState.IN_FORCE]
    return RulesJson(day=asked, rules=[rule_of(rule, state) for rule, state in shown])


@router.post("/rules/simulate", summary="Quy tắc sẽ bớt được bao nhiêu bản sao / Copies a rule would save")
def simulation(site: SiteDep, asked: SimulateJson) -> SimulationJson:
    """Trên các hồ sơ đã giữ của thời gian đó; không tra cứu gì, không thay đổi gì. / On the dossiers kept of
    that time; nothing is looked up, nothing is changed."""
    time = Time(asked.month, asked.first, asked.last)
    both = asked.month and (asked.first or asked.last)
    if both or (asked.rule is None) == (asked.toml is None):
        raise MalformedRequestError
    if asked.toml is None:
        proposed = proposed_rule(site.services, asked.rule or "", time)
    else:
        proposed = proposed_text(site.services, asked.toml, time, file="toml")
    return simulation_of(simulated(site, proposed), site.services.profiles)


def simulated(site: Site, proposed: Proposed) -> Simulation:
    """One simulation at a time."""
    with _one_at_a_time:
        return simulate(site.services, proposed)
