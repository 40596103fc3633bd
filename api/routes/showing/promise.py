"""When an answer is due: the moment papers came in, the day by which the law wants them answered out.

NĐ 23/2015/NĐ-CP Art. 7: the same day, or the next working day for what comes in after 15 o'clock. Public
holidays are not known here: around them the promise is early, never late.
"""

from datetime import date, datetime, time, timedelta

from api.web.writing import VIETNAM

_LATEST = time(15, 0)
_SATURDAY = 5


def due_on(received_at: datetime) -> date:
    """The day in Viet Nam."""
    here = received_at.astimezone(VIETNAM)
    due = here.date() if here.time() <= _LATEST else here.date() + timedelta(days=1)
    while due.weekday() >= _SATURDAY:
        due += timedelta(days=1)
    return due


def is_overdue(received_at: datetime, now: datetime) -> bool:
    """Whether that day is over."""
    return now.astimezone(VIETNAM).date() > due_on(received_at)
