"""When an answer is due (NĐ 23/2015 Art. 7; vectors of domain.md 4.4). All times are those of Viet Nam."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.deadlines import (
    VIETNAM,
    Holidays,
    NoWorkingDayError,
    OfficeHours,
    Span,
    Stop,
    certification_due,
    completed,
    ordinary_due,
)
from verification.fees import FeeSchedule
from verification.holidays import HolidaysUnusableError, parse_holidays, shipped_holidays
from verification.terms import OfficeTerms

HOURS = OfficeHours(holidays=shipped_holidays())
MORNING = Span(time(7, 30), time(11, 30))
WITH_SATURDAY = OfficeHours(saturday=(MORNING,))
MINUTES = int(timedelta(days=1060) / timedelta(minutes=1))
MOMENTS = st.integers(0, MINUTES).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=VIETNAM) + timedelta(minutes=minutes)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def due(received: str, hours: OfficeHours = HOURS, **more: int) -> tuple[str, bool]:
    found = certification_due(at(received), hours, **more)  # type: ignore[arg-type]
    return f"{found.at:%Y-%m-%d %H:%M}", found.slip


@pytest.mark.parametrize(
    ("received", "expected", "slip"),
    [
        ("2026-11-27 14:59", "2026-11-27 17:00", False),
        ("2026-11-27 15:01", "2026-11-30 17:00", True),
        ("2026-11-27 15:00:00", "2026-11-27 17:00", False),
        ("2026-11-27 15:00:00.000001", "2026-11-30 17:00", True),
        ("2026-11-27 05:00", "2026-11-27 17:00", False),
        ("2026-11-27 23:59", "2026-11-30 17:00", True),
        ("2026-11-28 09:00", "2026-11-30 17:00", True),
        ("2026-04-29 15:30", "2026-05-04 17:00", True),
        ("2025-04-29 15:30", "2025-05-05 17:00", True),
        ("2025-04-25 15:30", "2025-04-26 17:00", True),
        ("2025-04-26 10:00", "2025-04-26 17:00", False),
        ("2026-02-13 16:00", "2026-02-23 17:00", True),
        ("2026-04-24 15:30", "2026-04-28 17:00", True),
        ("2025-12-31 15:30", "2026-01-05 17:00", True),
    ],
)
def test_a_certified_copy_is_due_the_same_day_or_the_next_working_day(
    received: str, expected: str, slip: bool
) -> None:
    assert due(received) == (expected, slip)


def test_the_day_is_that_of_viet_nam() -> None:
    found = certification_due(datetime(2026, 11, 26, 23, 0, tzinfo=UTC), HOURS)
    assert found.at == at("2026-11-27 17:00")


@pytest.mark.parametrize(("days", "expected"), [(0, "11-27"), (1, "11-30"), (2, "12-01")])
def test_a_bulky_dossier_takes_up_to_two_working_days_longer(days: int, expected: str) -> None:
    assert due("2026-11-27 09:00", bulky_days=days) == (f"2026-{expected} 17:00", days > 0)


@pytest.mark.parametrize("days", [-1, 3])
def test_more_days_need_a_written_agreement(days: int) -> None:
    with pytest.raises(ValueError, match="written agreement"):
        due("2026-11-27 09:00", bulky_days=days)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-28 09:00", "2026-11-28 11:30"),
        ("2026-11-28 11:31", "2026-11-30 17:00"),
        ("2026-11-27 15:30", "2026-11-28 11:30"),
    ],
)
def test_a_saturday_morning_is_worked_where_the_office_says_so(received: str, expected: str) -> None:
    assert due(received, WITH_SATURDAY)[0] == expected


def test_the_clock_starts_when_the_dossier_is_complete() -> None:
    received, asked, brought = at("2026-11-24 09:00"), at("2026-11-24 10:00"), at("2026-11-26 15:30")
    assert completed(received, [Stop(asked)]) is None
    assert completed(received, []) == received
    complete = completed(received, [Stop(asked, brought)])
    assert complete == brought
    found = certification_due(received, HOURS, completed_at=complete)
    assert (found.at, found.slip) == (at("2026-11-27 17:00"), True)


# -- ordinary procedures ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "hours", "expected"),
    [
        ("2026-11-24 08:00", 2, "2026-11-24 10:00"),
        ("2026-11-24 10:30", 2, "2026-11-24 14:30"),
        ("2026-11-24 16:00", 2, "2026-11-25 08:30"),
        ("2026-11-24 17:30", 1, "2026-11-25 08:30"),
        ("2026-11-27 16:30", 7.5, "2026-11-30 16:30"),
        ("2026-11-28 09:00", 1, "2026-11-30 08:30"),
        ("2026-04-29 16:00", 2, "2026-05-04 08:30"),
    ],
)
def test_an_ordinary_answer_is_due_when_so_many_working_hours_are_over(
    received: str, hours: float, expected: str
) -> None:
    found = ordinary_due(at(received), timedelta(hours=hours), HOURS)
    assert found
    assert found.at == at(expected)


def test_a_clock_that_stands_still_counts_nothing() -> None:
    stop = Stop(at("2026-11-24 09:00"), at("2026-11-25 09:00"))
    found = ordinary_due(at("2026-11-24 08:00"), timedelta(hours=2), HOURS, stops=[stop])
    assert found
    assert found.at == at("2026-11-25 10:00")
    assert ordinary_due(at("2026-11-24 08:00"), timedelta(hours=2), HOURS, stops=[Stop(stop.start)]) is None


def test_an_office_that_never_opens_promises_nothing() -> None:
    never = OfficeHours(weekday=())
    with pytest.raises(NoWorkingDayError):
        certification_due(at("2026-11-24 09:00"), never)
    with pytest.raises(NoWorkingDayError):
        ordinary_due(at("2026-11-24 09:00"), timedelta(hours=1), never)


# -- what holds for every moment ----------------------------------------------------------------------


@given(MOMENTS, st.integers(0, 2))
def test_what_is_due_is_due_at_the_end_of_a_working_day_to_come(received: datetime, bulky: int) -> None:
    found = certification_due(received, HOURS, bulky_days=bulky)
    assert found.at >= received
    assert HOURS.closing(found.at.date()) == found.at
    assert found.slip is (found.at.date() > received.date())


@given(MOMENTS, MOMENTS)
def test_who_comes_earlier_is_never_answered_later(first: datetime, second: datetime) -> None:
    early, late = sorted((first, second))
    assert certification_due(early, HOURS).at <= certification_due(late, HOURS).at


@given(MOMENTS, st.integers(1, 40))
def test_working_hours_add_up(received: datetime, hours: int) -> None:
    one = ordinary_due(received, timedelta(hours=hours), HOURS)
    assert one
    then, both = (
        ordinary_due(one.at, timedelta(hours=3), HOURS),
        ordinary_due(received, timedelta(hours=hours + 3), HOURS),
    )
    assert then
    assert both
    assert then.at == both.at


# -- holidays -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_the_days_of_the_labour_code_are_off(year: int) -> None:
    days = [date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)]
    assert [day for day in days if HOURS.of(day)] == []


def test_no_shipped_day_off_is_a_weekend_and_every_swapped_one_is() -> None:
    found = shipped_holidays()
    assert [day for day in found.off | found.unconfirmed if day.weekday() >= 5] == []
    assert [day for day in found.worked if day.weekday() < 5] == []


def test_a_day_that_is_not_sure_is_worked_until_the_office_says_otherwise() -> None:
    assert date(2026, 11, 24) in shipped_holidays().unconfirmed
    assert due("2026-11-23 16:00") == ("2026-11-24 17:00", True)
    own = parse_holidays("[2026]\noff = [2026-11-24]")
    assert (
        due("2026-11-23 16:00", OfficeHours(holidays=shipped_holidays().with_own(own)))[0][:10]
        == "2026-11-25"
    )


def test_the_offices_own_days_win() -> None:
    own = parse_holidays("[2026]\nworked = [2026-04-30, 2026-08-22]\noff = [2026-08-31]")
    hours = OfficeHours(holidays=shipped_holidays().with_own(own))
    assert [bool(hours.of(date(2026, *day))) for day in ((4, 30), (8, 22), (8, 31))] == [True, True, False]
    assert date(2026, 8, 31) not in hours.holidays.unconfirmed


@pytest.mark.parametrize(
    "text",
    [
        "[2026",
        "off = [2026-01-01]",
        "[2026]\noff = [2027-01-01]",
        "[2026]\noff = ['1/1']",
        "[2026]\nfree = [2026-01-01]",
        "[2026]\noff = [2026-01-01]\nworked = [2026-01-01]",
    ],
)
def test_a_file_of_holidays_that_says_it_wrongly_is_refused(text: str) -> None:
    with pytest.raises(HolidaysUnusableError):
        parse_holidays(text)


def test_hours_end_after_they_begin() -> None:
    with pytest.raises(ValueError, match="end after"):
        Span(time(11, 0), time(7, 0))


@pytest.mark.parametrize(("pages", "day"), [(39, 24), (40, 26)])
def test_an_office_says_what_is_bulky(pages: int, day: int) -> None:
    terms = OfficeTerms(bulky_pages=40, fees=FeeSchedule())
    assert terms.due(at("2026-11-24 09:00"), pages=pages).at == at(f"2026-11-{day} 17:00")


def test_holidays_are_empty_where_nothing_is_said() -> None:
    assert OfficeHours().holidays == Holidays()
