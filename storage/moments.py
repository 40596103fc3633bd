"""Moments as they are kept: an aware time comes in, the same moment in UTC or its Vietnam day goes out."""

from datetime import UTC, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
"""Dossiers and books are counted by the day and year at the counter, not in UTC."""


def utc(moment: datetime) -> datetime:
    """The same moment in UTC. Raises ValueError for a time that does not say its zone."""
    if moment.tzinfo is None:
        raise ValueError("a time without its zone cannot be kept")
    return moment.astimezone(UTC)


def vietnam_year(moment: datetime) -> int:
    """The year of the book that is open at this moment."""
    return utc(moment).astimezone(VIETNAM).year


def vietnam_day(moment: datetime) -> str:
    """The day as it stands in a dossier code, `261124` (domain.md 4.1)."""
    return utc(moment).astimezone(VIETNAM).strftime("%y%m%d")


def vietnam_month(year: int, month: int) -> tuple[datetime, datetime]:
    """The first moment of a month at the counter, and the first after it."""
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    return datetime(year, month, 1, tzinfo=VIETNAM), datetime(*following, 1, tzinfo=VIETNAM)
