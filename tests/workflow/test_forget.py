"""Forget: look-ups go when their time is over, and only that they went is left."""

from tests.builders import CARD_ROW, card_front
from tests.desk import Desk
from verification.source import SourceName
from verification.workflow.forget import forget_look_ups


def look(desk: Desk) -> None:
    desk.load("population", {**CARD_ROW})
    desk.check(card_front())


def test_look_ups_older_than_their_days_are_removed_with_a_count_in_the_trail(desk: Desk) -> None:
    look(desk)
    desk.clock.move(days=10, seconds=1)
    assert forget_look_ups(desk.services, kept_days=10) == 1
    assert desk.database.access_log.about(SourceName("population"), str(CARD_ROW["personal_number"])) == ()
    with desk.database.transaction() as tx:
        entry = tx.audit.all()[-1]
    assert (entry.actor, entry.action, entry.detail[0]) == ("service", "access_log.trimmed", ("removed", "1"))


def test_look_ups_of_the_last_day_stay_and_leave_no_trace(desk: Desk) -> None:
    look(desk)
    before = desk.actions()
    desk.clock.move(days=10)
    assert forget_look_ups(desk.services, kept_days=10) == 0
    assert desk.actions() == before
