"""Delegations: added and revoked by an administrator, never changed, and asked for at every step."""

from dataclasses import replace
from datetime import date

import pytest

from tests.desk import OFFICER, Desk, appoint, approval
from verification.decision import DelegationScope, Role
from verification.errors import NoDelegationError, NotAllowedError, NotFoundError
from verification.ports import PaperCase
from verification.signing_errors import (
    CapacityInvalidError,
    DelegationEndedError,
    DelegationExistsError,
    DelegationInvalidError,
)
from verification.submission import OfficerId, PaperStage
from verification.workflow.delegate import (
    NewDelegation,
    add_delegation,
    delegations,
    ending_soon,
    revoke_delegation,
)
from verification.workflow.issue import hold, sign_and_keep

NEW = NewDelegation(
    OFFICER,
    " 12/QĐ-UBND ",
    ("tuq. chủ tịch", "công chức tư pháp - hộ tịch"),
    date(2026, 11, 1),
    date(2026, 12, 20),
    DelegationScope.COPIES,
)


@pytest.fixture
def bare(desk: Desk) -> Desk:
    """The officer has no delegation in force."""
    appoint(desk.services, revoked=True)
    return desk


def test_a_delegation_is_kept_as_it_is_printed_and_who_made_it_is_known(bare: Desk) -> None:
    made = add_delegation(bare.services, NEW, by="quan.tri")
    assert (made.id, made.decision_number) == (f"{OFFICER}:12/QĐ-UBND", "12/QĐ-UBND")
    assert made.capacity == ("TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH")
    assert made in [delegation for _, delegation in delegations(bare.services)]
    with bare.database.transaction() as tx:
        (entry,) = tx.audit.about(made.id)
    assert (entry.action, entry.actor, dict(entry.detail)["scope"]) == (
        "delegation.added",
        "quan.tri",
        "COPIES",
    )


def test_one_that_is_in_force_is_not_made_again(bare: Desk) -> None:
    made = add_delegation(bare.services, NEW, by="quan.tri")
    with pytest.raises(DelegationExistsError):
        add_delegation(bare.services, replace(NEW, capacity=("CHỦ TỊCH",)), by="quan.tri")
    revoke_delegation(bare.services, made.id, by="quan.tri")
    again = add_delegation(bare.services, replace(NEW, capacity=("CHỦ TỊCH",)), by="quan.tri")
    assert again.id == f"{made.id}:2"
    assert {made.id, again.id} <= {d.id for _, d in delegations(bare.services)}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"officer_id": OfficerId("nobody")}, NotFoundError),
        ({"decision_number": "  "}, DelegationInvalidError),
        ({"valid_to": date(2026, 10, 31)}, DelegationInvalidError),
        ({"capacity": ("TM. ỦY BAN NHÂN DÂN",)}, CapacityInvalidError),
    ],
)
def test_what_is_not_complete_is_not_kept(
    bare: Desk, change: dict[str, object], error: type[Exception]
) -> None:
    before = delegations(bare.services)
    with pytest.raises(error):
        add_delegation(bare.services, replace(NEW, **change), by="quan.tri")  # type: ignore[arg-type]
    assert delegations(bare.services) == before


def test_nobody_but_an_officer_gets_one(desk: Desk) -> None:
    auditor = OfficerId("kiem.toan")
    appoint(desk.services, auditor, roles=frozenset({Role.AUDITOR}))
    with pytest.raises(NotAllowedError):
        add_delegation(desk.services, replace(NEW, officer_id=auditor), by="quan.tri")


def test_revoking_stops_what_is_held_and_not_yet_signed(bare: Desk, needed: PaperCase) -> None:
    made = add_delegation(bare.services, NEW, by="quan.tri")
    bare.decide(approval(needed))
    hold(bare.services, needed.id)
    revoke_delegation(bare.services, made.id, by="quan.tri", reason="Nghỉ việc")
    with pytest.raises(DelegationEndedError):
        sign_and_keep(bare.services, needed.id)
    bare.work()
    assert bare.case(needed.id).stage is PaperStage.FAILED
    assert bare.issued(needed.id) == ()
    with pytest.raises(NoDelegationError):
        bare.decide(approval(needed))


def test_revoking_again_says_nothing_new(bare: Desk) -> None:
    made = add_delegation(bare.services, NEW, by="quan.tri")
    first = revoke_delegation(bare.services, made.id, by="quan.tri")
    before = bare.actions()
    assert revoke_delegation(bare.services, made.id, by="quan.tri") == first
    assert bare.actions() == before
    with pytest.raises(NotFoundError):
        revoke_delegation(bare.services, "nothing", by="quan.tri")


def test_what_ends_within_a_month_is_told(bare: Desk) -> None:
    made = add_delegation(bare.services, NEW, by="quan.tri")
    assert ending_soon(bare.services, made)
    assert not ending_soon(bare.services, replace(made, valid_to=date(2027, 6, 1)))
    assert not ending_soon(bare.services, replace(made, revoked=True))
