"""A date as a Vietnamese paper writes it in, in figures or words; a `PartialDate` out, and the way back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from verification.normalise import canonical
from verification.number_words import DIGITS, number_of_words

_LAST_YEAR: Final = 9999
_FIRST_YEAR: Final = 1000

_ISO: Final = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?)?")
_SLASHED: Final = re.compile(r"(?:(?:(?P<d>\d{1,2})\s*[/.\-]\s*)?(?P<m>\d{1,2})\s*[/.\-]\s*)(?P<y>\d{4})")
_SPELLED: Final = re.compile(
    r"(?:(?:(?:ngày\s*)?(?P<d>\d{1,2})[\s,]*)?tháng\s*(?P<m>\d{1,2})[\s,]*)?năm\s*(?P<y>\d{4})"
)
# "năm" is both "year" and "five": the month is at least one word, so "tháng năm năm hai nghìn" is May 2000.
_IN_WORDS: Final = re.compile(r"(?:(?:(?:ngày )?(?P<d>.+?) )?tháng (?P<m>.+?) )?năm (?P<y>.+)")

_FIRST_MONTH: Final = {"giêng": 1, "chạp": 12}


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which the day, or the month and the day, may be unknown. Exists in the calendar."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day without its month is no date; leave the day out")
        date(self.year, self.month or 1, self.day or 1)

    def iso(self) -> str:
        """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`: as field values and records write it."""
        parts = (f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None))
        return "-".join(parts)

    def parts(self) -> tuple[int, ...]:
        """The known parts, the year first."""
        return tuple(part for part in (self.year, self.month, self.day) if part is not None)


def parse_date(text: str) -> PartialDate | None:
    """A date in figures: `01/02/1990`, `1 tháng 2 năm 1990`, `00/00/1950`, `1950`, ISO. Else None.

    The day stands before the month, as on every Vietnamese paper. Zeros mean "unknown" (NĐ 123/2015: a
    birth of which only the year is known).
    """
    plain = canonical(text).strip(" .,;:")
    for form in (_ISO, _SLASHED, _SPELLED):
        if found := form.fullmatch(plain):
            return _dated(*(int(part) if part else 0 for part in found.group("y", "m", "d")))
    return None


def parse_date_in_words(text: str) -> PartialDate | None:
    """A date in words: "Ngày mười lăm tháng ba năm một nghìn chín trăm chín mươi chín". Else None."""
    found = _IN_WORDS.fullmatch(_words_only(text))
    if found is None:
        return None
    day = _spoken_part(found["d"], ("mồng", "mùng"), {})
    month = _spoken_part(found["m"], (), _FIRST_MONTH)
    year = number_of_words(found["y"])
    if year is None or day is None or month is None:
        return None
    return _dated(year, month, day)


def date_in_words(value: PartialDate) -> str:
    """How a birth paper writes the date under its figures, the first letter a capital."""
    parts = []
    if value.day is not None:
        parts.append("ngày " + ("mồng " if value.day <= 10 else "") + number_in_words(value.day))
    if value.month is not None:
        parts.append("tháng " + ("tư" if value.month == 4 else number_in_words(value.month)))
    words = " ".join([*parts, "năm " + number_in_words(value.year)])
    return words[0].upper() + words[1:]


def number_in_words(number: int) -> str:
    """0..9999 in the words of an official paper: 2005 is "hai nghìn không trăm linh năm"."""
    if not 0 <= number <= _LAST_YEAR:
        raise ValueError(f"{number} is not within 0..{_LAST_YEAR}; only such numbers have words here")
    thousands, rest = divmod(number, 1000)
    words = [DIGITS[thousands], "nghìn"] if thousands else []
    if rest or not thousands:
        words += _hundreds_in_words(rest, full=bool(thousands))
    return " ".join(words)


def _dated(year: int, month: int, day: int) -> PartialDate | None:
    if (day and not month) or year < _FIRST_YEAR:
        return None
    try:
        return PartialDate(year, month or None, day or None)
    except ValueError:
        return None


def _words_only(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", canonical(text)).split())


def _spoken_part(text: str | None, leading: Sequence[str], names: dict[str, int]) -> int | None:
    """0 where nothing is said, None where what is said is no number."""
    if text is None:
        return 0
    words = text.split()
    if words[0] in leading:
        words = words[1:]
    if words == ["tư"]:  # the fourth month, or day, is "tư" on its own
        return 4
    plain = " ".join(words)
    return names.get(plain) or number_of_words(plain) or None


def _hundreds_in_words(number: int, *, full: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [DIGITS[hundreds], "trăm"] if hundreds or full else []
    if not rest and words:
        return words
    if rest < 10:
        return [*words, "linh", DIGITS[rest]] if words else [DIGITS[rest]]
    return words + _tens_in_words(rest)


def _tens_in_words(number: int) -> list[str]:
    tens, unit = divmod(number, 10)
    words = ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    if not unit:
        return words
    changed = {1: "mốt", 4: "tư", 5: "lăm"} if tens > 1 else {5: "lăm"}
    return [*words, changed.get(unit, DIGITS[unit])]
