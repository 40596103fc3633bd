"""Days off as data: `holidays.toml` or a file of the office's own in, `deadlines.Holidays` out."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

from verification.deadlines import Holidays

_KEYS = ("off", "worked", "unconfirmed")


class HolidaysUnusableError(Exception):
    """The file of holidays cannot be used as it is written."""


@lru_cache(maxsize=1)
def shipped_holidays() -> Holidays:
    """Those that come with the service: 2025 to 2027."""
    return parse_holidays((files("verification") / "holidays.toml").read_text("utf-8"))


def parse_holidays(text: str) -> Holidays:
    """TOML of one table a year with lists of days. Raises HolidaysUnusableError, which says what is wrong.

    ```toml
    [2028]
    off = [2028-01-25, 2028-01-26]
    worked = [2028-02-05]       # a Saturday that is worked, or a shipped day off that is none here
    ```
    """
    try:
        years = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HolidaysUnusableError(f"not TOML: {error}") from error
    found: dict[str, set[date]] = {key: set() for key in _KEYS}
    for year, days in years.items():
        _add(found, year, days)
    if clash := found["off"] & found["worked"]:
        raise HolidaysUnusableError(f"{min(clash)} is both off and worked")
    return Holidays(**{key: frozenset(days) for key, days in found.items()})


def _add(found: Mapping[str, set[date]], year: str, days: Any) -> None:
    if not year.isdecimal() or not isinstance(days, dict):
        raise HolidaysUnusableError(f"[{year}] is not the table of a year")
    for key, listed in days.items():
        if key not in _KEYS or not isinstance(listed, list):
            raise HolidaysUnusableError(f"[{year}] {key} is not one of the lists off, worked, unconfirmed")
        for day in listed:
            if not isinstance(day, date) or isinstance(day, datetime) or day.year != int(year):
                raise HolidaysUnusableError(f"[{year}] {key}: {day} is not a day of that year")
            found[key].add(day)
