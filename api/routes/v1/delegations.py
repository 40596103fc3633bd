"""Delegations for programs: listed for staff; added and revoked by administrators."""

from api.deps import Access, CallerDep, Site, SiteDep
from api.routes.guarded import program_router
from api.routes.uploads import plain_text
from api.schemas.delegations import (
    DelegationJson,
    DelegationsJson,
    NewDelegationJson,
    RevokeDelegationJson,
    delegation_json,
    new_delegation,
)
from verification.assess import VIETNAM
from verification.decision import Delegation
from verification.workflow.delegate import add_delegation, delegations, ending_soon, revoke_delegation

staff = program_router(Access.STAFF, "Ủy quyền / Delegations")
admins = program_router(Access.ADMIN, "Ủy quyền / Delegations")
ROUTERS = (staff, admins)


@staff.get("/delegations", summary="Ai được ký / Who may sign")
def listed(site: SiteDep) -> DelegationsJson:
    """Kể cả đã thu hồi. / Those revoked among them."""
    return DelegationsJson(delegations=[_json(site, d) for _, d in delegations(site.services)])


@admins.post("/delegations", status_code=201, summary="Thêm ủy quyền, phân công / Add a delegation")
def add(site: SiteDep, caller: CallerDep, body: NewDelegationJson) -> DelegationJson:
    """Thể thức theo Nghị định 30/2020: CHỦ TỊCH, KT., TUQ., TL. / By the formulas of Decree 30/2020."""
    return _json(site, add_delegation(site.services, new_delegation(body), by=caller.known().id))


@admins.post("/delegations/revoke", summary="Thu hồi / Revoke")
def revoke(site: SiteDep, caller: CallerDep, body: RevokeDelegationJson) -> DelegationJson:
    """Có hiệu lực ngay, kể cả với văn bản đang chờ ký. / At once, also for what waits to be signed."""
    reason = plain_text(body.reason, 500)
    return _json(site, revoke_delegation(site.services, body.id, by=caller.known().id, reason=reason))


def _json(site: Site, delegation: Delegation) -> DelegationJson:
    today = site.services.now().astimezone(VIETNAM).date()
    return delegation_json(delegation, today=today, soon=ending_soon(site.services, delegation))
