"""Dates and times as a certificate prints them: aware datetimes in, Vietnamese text in Hanoi time out."""

from datetime import datetime, timedelta, timezone

HANOI = timezone(timedelta(hours=7))
"""Viet Nam has had one fixed offset since 1975, so no time-zone table is needed."""


def in_hanoi(moment: datetime) -> datetime:
    """The same moment on a Vietnamese clock. Raises ValueError for a datetime without an offset."""
    if moment.tzinfo is None:
        raise ValueError("a certificate needs a time with its offset")
    return moment.astimezone(HANOI)


def day_in_words(moment: datetime) -> str:
    """`ngày 05 tháng 11 năm 2026`, as NĐ 30/2020 writes a date: days and first two months with a zero."""
    local = in_hanoi(moment)
    month = f"{local.month:02d}" if local.month < 3 else str(local.month)
    return f"ngày {local.day:02d} tháng {month} năm {local.year}"


def signing_time(moment: datetime) -> str:
    """`05/11/2026 09:30:00 +07:00`, the form NĐ 30/2020 wants beside a digital signature."""
    return in_hanoi(moment).strftime("%d/%m/%Y %H:%M:%S +07:00")


def minute_and_day(moment: datetime) -> str:
    """`09:30 ngày 05/11/2026`, for people."""
    return in_hanoi(moment).strftime("%H:%M ngày %d/%m/%Y")
