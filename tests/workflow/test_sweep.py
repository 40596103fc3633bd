"""Sweep: what nobody points at goes after a day, everything else stays."""

from tests.builders import diploma_page
from tests.desk import Desk, approval
from verification.workflow.sweep import Swept, sweep
from verification.workflow.verify_register import verify_register


def test_what_nobody_points_at_goes_after_a_day(desk: Desk) -> None:
    orphan = desk.objects.put_once(b"signed, and then the worker was killed")
    assert sweep(desk.services) == Swept(0, 0)
    desk.clock.move(hours=25)
    assert sweep(desk.services) == Swept(0, 1)
    assert not desk.objects.exists(orphan)
    assert desk.actions() == ["store.swept"]


def test_what_was_handed_in_and_what_was_issued_stays(desk: Desk) -> None:
    issued = desk.issue(approval(desk.hand_in(diploma_page())))
    desk.clock.move(days=400)
    assert sweep(desk.services) == Swept(0, 0)
    assert desk.objects.exists(issued.digest)
    assert verify_register(desk.services).faults == ()


def test_what_was_put_again_is_new_again(desk: Desk) -> None:
    desk.objects.put_once(b"again")
    desk.clock.move(hours=25)
    again = desk.objects.put_once(b"again")
    assert sweep(desk.services) == Swept(0, 0)
    assert desk.objects.exists(again)


def test_a_sweep_that_finds_nothing_leaves_no_trace(desk: Desk) -> None:
    sweep(desk.services)
    assert desk.actions() == []
