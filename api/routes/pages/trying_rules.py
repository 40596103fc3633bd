"""The page of the rules: for officers, auditors and administrators, who may also try one on past dossiers."""

from typing import Annotated

from fastapi import Depends, Form, Response

from api.deps import Access, Visitor, VisitorDep, page
from api.proposing import Time, proposed_rule, proposed_text
from api.routes.guarded import form_router, page_router
from api.routes.showing.rules import shown_rules
from api.routes.v1.rules import simulated
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.rule_views import SimulationInput
from api.web.views import FieldError
from api.web.writing import VIETNAM
from verification.errors import (
    PeriodNotUsableError,
    RulesUnusableError,
    UnknownRuleError,
    VerificationError,
)
from verification.simulation import Proposed, Simulation

staff = page_router(Access.STAFF)
forms = form_router(Access.STAFF)
ROUTERS = (staff, forms)
_MAX_LETTERS = 64 * 1024
_WRONG: tuple[tuple[type[VerificationError], str], ...] = (
    (PeriodNotUsableError, "month"),
    (RulesUnusableError, "toml"),
    (UnknownRuleError, "rule"),
)


@staff.get(paths.RULES)
def rules(visitor: VisitorDep) -> Response:
    """Every rule with its citation."""
    return _shown(visitor, SimulationInput())


def given(
    rule: Annotated[str, Form()] = "",
    month: Annotated[str, Form()] = "",
    toml: Annotated[str, Form(max_length=_MAX_LETTERS)] = "",
) -> SimulationInput:
    """What was typed."""
    return SimulationInput(rule[:100], month.strip()[:10], toml.strip())


@forms.post(paths.RULES)
def try_rule(visitor: VisitorDep, typed: Annotated[SimulationInput, Depends(given)]) -> Response:
    """The same with what the rule would have saved, or with what is wrong."""
    try:
        found = simulated(visitor.site, _proposed(visitor, typed))
    except (PeriodNotUsableError, RulesUnusableError, UnknownRuleError) as error:
        field = next(field for kind, field in _WRONG if isinstance(error, kind))
        wrong = FieldError(field, Both(error.message_vi, error.message_en))
        return _shown(visitor, typed, wrong=wrong)
    return _shown(visitor, typed, found)


def _proposed(visitor: Visitor, typed: SimulationInput) -> Proposed:
    services, time = visitor.site.services, Time(month=typed.month or None)
    if typed.toml:
        return proposed_text(services, typed.toml, time, file="TOML")
    return proposed_rule(services, typed.rule, time)


def _shown(
    visitor: Visitor,
    typed: SimulationInput,
    found: Simulation | None = None,
    *,
    wrong: FieldError | None = None,
) -> Response:
    services = visitor.site.services
    today = services.now().astimezone(VIETNAM).date()
    view = shown_rules(services, today, typed, found=found, errors=(wrong,) if wrong else ())
    return page(visitor, view, status=422 if wrong else 200, at=paths.RULES)
