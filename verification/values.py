"""Printed values into field values (interface.md, "Field values"): text and format in, value or None out."""

import re
from collections.abc import Callable

from verification.dates import parse_date, parse_date_in_words
from verification.normalise import fold, nfc, squeeze
from verification.profile import Format

UNLIMITED = "unlimited"

_LEADERS = re.compile(r"[.…·_]{3,}|(?:\.\s){3,}")
_DECIMAL = "\x1f"
_SQUARE_METRES = re.compile(r"(?<=\d)\s*m\s?[²2?*\"'](?![\w²])")
"""As readers give it: a raised two, a two, or whatever they take the raised one for."""
_EDGE = " :;,.-–—_|*'\"“”‘’·•"
_DATE = re.compile(
    r"(?P<words>(?:ngày[\s.…]*)?\d{1,2}[\s.…]*tháng[\s.…]*\d{1,2}[\s.…]*năm[\s.…]*\d{4})"
    r"|(?P<digits>\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4})|(?P<year>^\D*(?:1[89]|20)\d{2}\D*$)",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\s*/\s*(?:date|month|year)\b", re.IGNORECASE)
"""The English beside the Vietnamese on a licence: ngày/date 28 tháng/month 07 năm/year 2024."""
_SEXES = {"nam": "male", "nu": "female", "male": "male", "female": "female", "m": "male", "f": "female"}


def tidy(text: str) -> str:
    """NFC, dotted leaders and outer punctuation gone, one space between words and after a comma; m² for m2,
    which is printed as well and which no reader tells from it."""
    plain = _SQUARE_METRES.sub(" m²", _LEADERS.sub(" ", nfc(text)))
    plain = re.sub(r"(?<=\d)\s*,\s*(?=\d)", _DECIMAL, squeeze(plain))
    plain = re.sub(r"\s*([,;])\s*", r"\1 ", plain).replace(_DECIMAL, ",")
    return squeeze(plain).strip(_EDGE).rstrip("( ").strip(_EDGE)


def parse_value(text: str, how: Format) -> str | None:
    """The value, or None when the text is not one of this format."""
    plain = tidy(text)
    return _PARSERS[how](plain) if plain else None


def _name(plain: str) -> str | None:
    """Letters, spaces, apostrophes, hyphens and dots; a digit in a name is a misreading."""
    return plain if re.fullmatch(r"[^\W\d_][^\W\d_ .'’\-]*(?:[ .'’\-]+[^\W\d_]+)*", plain) else None


def _date(plain: str) -> str | None:
    """A date among few other words; a year alone only where no other figure stands, or the day was lost."""
    found = _DATE.search(_BESIDE.sub("", plain))
    if not found:
        return None
    text = found.group()
    if found["words"]:
        text = re.sub(r"[.…]+(?=\s|\d|t|n)", " ", text)
    elif found["year"]:
        text = "".join(c for c in text if c.isdigit())
    date = parse_date(re.sub(r"\s*([/.\-])\s*", r"\1", squeeze(text)))
    return date.iso() if date else None


def _area(plain: str) -> str | None:
    found = re.match(r"([\d.,]+)\s*m²", plain)
    return f"{found.group(1)} m²" if found else None


def _amount(plain: str) -> str | None:
    """Figures and the currency, and nothing else."""
    return plain if re.fullmatch(r"[\d.,\s]*\d\s*(?:đồng|đ|vnđ|vnd)", plain, re.IGNORECASE) else None


def _number(plain: str) -> str | None:
    joined = re.sub(r"\s+", "", plain)
    return joined if re.search(r"\d", joined) else None


def _personal_number(plain: str) -> str | None:
    digits = re.sub(r"[\s.]", "", plain)
    found = re.match(r"(\d{12}|\d{9})(?!\d)", digits)
    return found.group(1) if found else None


def _sex(plain: str) -> str | None:
    return _SEXES.get(fold(plain).split(" ")[0].strip(".,/"))


def _expiry(plain: str) -> str | None:
    return UNLIMITED if "khong thoi han" in fold(plain) else _date(plain)


def _date_words(plain: str) -> str | None:
    text = plain.strip("() ")
    return text if parse_date_in_words(text) else None


def _as_it_is(plain: str) -> str | None:
    return plain


_PARSERS: dict[Format, Callable[[str], str | None]] = {
    Format.TEXT: _as_it_is,
    Format.PLACE: _as_it_is,
    Format.NAME: _name,
    Format.DATE: _date,
    Format.EXPIRY: _expiry,
    Format.DATE_WORDS: _date_words,
    Format.SEX: _sex,
    Format.AREA: _area,
    Format.AMOUNT: _amount,
    Format.NUMBER: _number,
    Format.PERSONAL_NUMBER: _personal_number,
}
