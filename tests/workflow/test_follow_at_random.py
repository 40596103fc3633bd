"""Whatever is delivered in whatever order, and whatever officers do: no receipt is good whose record does not
answer, and nothing is lost from the work list."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from signing.trial_pki import TestPki
from tests.builders import birth_page, birth_row
from tests.desk import Desk
from tests.workflow.following import SOURCE, full, later, lines, now, receipt, settled
from verification.assessment import Outcome
from verification.certification import Standing
from verification.drift import DriftState
from verification.errors import VerificationError
from verification.workflow.settle_drift import Choice
from verification.workflow.verify_register import verify_register

DELIVERIES: tuple[dict[str, object], ...] = (
    {},
    {"child__full_name": "Nguyễn Thị Mậu"},
    {"child__sex": "male"},
    {"mother__full_name": "Trần Thị Thứ"},
    {"child__place_of_origin": "xã Thụy Lâm, Đông Anh, Hà Nội"},
    {"status": "annulled"},
    {"status": "conflicting"},
    {"deleted": True},
    {"left out": True},
)
CHOICES = (Choice.CONFIRM, Choice.RESTORE)
STEPS = st.lists(st.sampled_from((*range(len(DELIVERIES)), *CHOICES)), min_size=1, max_size=5)


def deliver(desk: Desk, change: dict[str, object], hour: int) -> None:
    if "left out" in change:
        full(desk, birth_row({"updated_at": later(hour)}, record_id="BC-9", child__full_name="Lê Thị Khác"))
        return
    changes = {name: str(value) for name, value in change.items() if name != "deleted"}
    row = birth_row({"updated_at": later(hour)}, without=(), **changes)
    desk.load(SOURCE, {**row, "deleted": "deleted" in change})


@settings(max_examples=10, deadline=None)
@given(steps=STEPS)
def test_no_receipt_is_good_whose_record_does_not_answer(pki: TestPki, steps: list[int | Choice]) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(pki, Path(folder))
        issued = receipt(desk)
        for hour, step in enumerate(steps, 1):
            if isinstance(step, Choice):
                with suppress(VerificationError, ValueError):
                    settled(desk, step)
            else:
                deliver(desk, DELIVERIES[step], hour)
            standing = now(desk, issued).standing
            answers = desk.check(birth_page()).assessment.outcome is Outcome.NO_COPY_NEEDED
            assert answers or standing is not Standing.GOOD
            waiting = [line for line in lines(desk) if line.state is DriftState.OPEN]
            assert len(waiting) == (standing is Standing.SUPERSEDED)
            assert all(line.answers_again == answers for line in waiting)
        assert verify_register(desk.services).faults == ()
