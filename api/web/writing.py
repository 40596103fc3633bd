"""How pages write days, times, sizes and names: plain values in, short texts out."""

from datetime import date, datetime, timedelta, timezone

from api.web.language import Bilingual

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Viet Nam has one zone and no summer time."""


def day(value: date) -> str:
    """dd/mm/yyyy; of a moment, which must be aware, its day in Viet Nam."""
    return (value.astimezone(VIETNAM) if isinstance(value, datetime) else value).strftime("%d/%m/%Y")


def moment(value: datetime) -> str:
    """dd/mm/yyyy HH:MM in Viet Nam; `value` must be aware."""
    return value.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")


def file_size(count: int) -> str:
    """A count of bytes as people read it: 84 KB, 1,3 MB."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB".replace(".", ",")


def waiting(time: timedelta) -> Bilingual:
    """How long somebody has waited, in the largest unit that says enough."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 60:
        return Bilingual(f"{minutes} phút", f"{minutes} min")
    if minutes < 24 * 60:
        return Bilingual(f"{minutes // 60} giờ", f"{minutes // 60} h")
    days = minutes // (24 * 60)
    return Bilingual(f"{days} ngày", f"{days} d")


def initials(name: str) -> str:
    """The first letters of a name (NGUYỄN VĂN AN: N.V.A.), shown until an officer opens the case."""
    return "".join(f"{word[0].upper()}." for word in name.split())
