"""When an answer is due: the moment papers came in and the office's hours in, the due moment out.

Certified copies (NĐ 23/2015 Art. 7, domain.md 1.2): the same day, the next working day for what comes in
after 15:00:00, up to two working days more where it is bulky. Ordinary procedures are counted in working
hours. All times are those of Viet Nam.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
LATEST_OF_THE_DAY = time(15, 0)
"""What comes in at 15:00:00 sharp is answered the same day; "sau 15 giờ" is later than that."""
MOST_BULKY_DAYS = 2
"""More needs a written agreement with the person who asks (Art. 7)."""
_SATURDAY, _SUNDAY = 5, 6
_LONGEST_REST_DAYS = 60
"""No office is closed for longer; hours that leave no working day at all are refused by it."""


class NoWorkingDayError(ValueError):
    """By these hours and holidays the office never opens again."""


@dataclass(frozen=True, slots=True)
class Span:
    """Open from one time to another."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError("hours end after they begin")


WEEKDAY = (Span(time(7, 30), time(11, 30)), Span(time(13, 30), time(17, 0)))


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days off beside the weekends, and weekend days that are worked in their place (hoán đổi ngày làm việc).

    `unconfirmed` are days of which it is not sure that they are off: they count as worked, so that no promise
    is late.
    """

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    unconfirmed: frozenset[date] = frozenset()

    def with_own(self, own: "Holidays") -> "Holidays":
        """These under the office's own, which win."""
        return Holidays(
            off=(self.off - own.worked) | own.off,
            worked=(self.worked - own.off) | own.worked,
            unconfirmed=(self.unconfirmed | own.unconfirmed) - own.off - own.worked,
        )


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When the office works: on weekdays, on Saturdays where it does, and the days off."""

    weekday: tuple[Span, ...] = WEEKDAY
    saturday: tuple[Span, ...] = ()
    holidays: Holidays = field(default_factory=Holidays)

    def of(self, day: date) -> tuple[Span, ...]:
        """The hours of a day; empty when it is off."""
        if day in self.holidays.worked:
            return self.weekday
        if day in self.holidays.off or day.weekday() == _SUNDAY:
            return ()
        return self.saturday if day.weekday() == _SATURDAY else self.weekday

    def closing(self, day: date) -> datetime | None:
        """When a day's work ends; None when it is off."""
        spans = self.of(day)
        return datetime.combine(day, spans[-1].end, VIETNAM) if spans else None

    def next_closing(self, day: date) -> datetime:
        """The end of the first working day after this day. Raises NoWorkingDayError."""
        for after in range(1, _LONGEST_REST_DAYS + 1):
            closing = self.closing(day + timedelta(days=after))
            if closing:
                return closing
        raise NoWorkingDayError


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stood still while something was to be handed in ("bổ sung"); no end: it still does."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """By when, and whether a slip that names hour and day must be given, because it is not the same day."""

    at: datetime
    slip: bool


def certification_due(
    received_at: datetime, hours: OfficeHours, *, bulky_days: int = 0, completed_at: datetime | None = None
) -> Due:
    """When a certified copy is due. The clock starts with a complete dossier: at `completed_at`, where
    something was missing at first. Raises ValueError for more days than the decree gives.
    """
    if not 0 <= bulky_days <= MOST_BULKY_DAYS:
        raise ValueError("more than two further working days need a written agreement")
    due = _same_or_next_day((completed_at or received_at).astimezone(VIETNAM), hours)
    for _ in range(bulky_days):
        due = hours.next_closing(due.date())
    return Due(due, slip=due.date() > received_at.astimezone(VIETNAM).date())


def completed(received_at: datetime, stops: Sequence[Stop]) -> datetime | None:
    """When a dossier was complete; None while something is still to be handed in."""
    if any(stop.end is None for stop in stops):
        return None
    return max([received_at, *(stop.end for stop in stops if stop.end)])


def _same_or_next_day(complete: datetime, hours: OfficeHours) -> datetime:
    """The same day ends with its work: what comes in on Saturday after a morning's work is for Monday."""
    closing = hours.closing(complete.date())
    if closing and complete.time() <= LATEST_OF_THE_DAY and complete <= closing:
        return closing
    return hours.next_closing(complete.date())


def ordinary_due(
    received_at: datetime, work: timedelta, hours: OfficeHours, *, stops: Sequence[Stop] = ()
) -> Due | None:
    """When so much working time is over; None while the clock stands still. Raises NoWorkingDayError.

    What comes in outside the hours counts from the next opening; `Stop`s are not counted.
    """
    if any(stop.end is None for stop in stops):
        return None
    left = work
    for start, end in _working(received_at, hours, stops):
        if end - start >= left:
            at = start + left
            return Due(at, slip=at.date() > received_at.astimezone(VIETNAM).date())
        left -= end - start
    raise NoWorkingDayError


def _working(
    received_at: datetime, hours: OfficeHours, stops: Sequence[Stop]
) -> Iterator[tuple[datetime, datetime]]:
    """Pieces of working time from the receipt on, without the stops; it ends with a rest that is too long."""
    begin, rest = received_at.astimezone(VIETNAM), 0
    day = begin.date()
    while rest <= _LONGEST_REST_DAYS:
        spans = hours.of(day)
        rest = 0 if spans else rest + 1
        for span in spans:
            start = max(begin, datetime.combine(day, span.start, VIETNAM))
            yield from _without(start, datetime.combine(day, span.end, VIETNAM), stops)
        day += timedelta(days=1)


def _without(start: datetime, end: datetime, stops: Sequence[Stop]) -> Iterator[tuple[datetime, datetime]]:
    """A piece of time without what the stops cut out of it."""
    for stop in sorted(stops, key=lambda stop: stop.start.astimezone(UTC)):
        stopped = min(end, stop.start)
        if start < stopped:
            yield start, stopped.astimezone(VIETNAM)
        if stop.end:
            start = max(start, stop.end.astimezone(VIETNAM))
    if start < end:
        yield start, end
