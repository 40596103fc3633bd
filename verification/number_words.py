"""A number in Vietnamese words in, its value out: "một trăm hai mươi lăm phẩy năm" is 125.5.

The words of papers and the spoken ones beside them: linh and lẻ, tư and bốn, lăm and nhăm, mốt, nghìn and
ngàn, tỷ and tỉ. What is no number is None, never a guess.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from verification.normalise import canonical

DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SPOKEN: Final = {
    **{word: value for value, word in enumerate(DIGITS)},
    **{"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7},
}
# After "mươi" one, four and five change their sound; nowhere else may they.
_SPECIAL_UNITS: Final = {"mốt", "tư", "lăm", "nhăm"}
_SCALES: Final = (("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 10**3))
_SPELLINGS: Final = {"ngàn": "nghìn", "tỉ": "tỷ", "lẻ": "linh"}
_MOST_WORDS: Final = 40
"""Sixteen digits take fewer; a page of words is no number."""


def number_of_words(text: str) -> int | None:
    """A whole number below a million billions, spoken variants too ("hai nghìn lẻ năm"); else None."""
    words = _words(text)
    return _scaled(words, _SCALES, follows=False) if words and len(words) <= _MOST_WORDS else None


def decimal_of_words(text: str) -> Decimal | None:
    """A number that may have decimals behind "phẩy", said digit by digit or as a number; else None."""
    whole, comma, part = " ".join(_words(text)).partition(" phẩy ")
    value = number_of_words(whole)
    if value is None or not comma:
        return None if value is None else Decimal(value)
    digits = _decimals(part.split())
    return Decimal(f"{value}.{digits}") if digits else None


def _words(text: str) -> list[str]:
    plain = re.sub(r"[^\w]+", " ", canonical(text)).split()
    return [_SPELLINGS.get(word, word) for word in plain]


def _decimals(words: list[str]) -> str | None:
    if words and all(word in DIGITS for word in words):
        return "".join(str(DIGITS.index(word)) for word in words)
    if words[:1] == ["linh"]:
        unit = _after_linh(words[1:])
        return None if unit is None else f"0{unit}"
    value = _below_thousand(words, follows=False)
    return None if value is None else str(value)


def _scaled(words: list[str], scales: Sequence[tuple[str, int]], *, follows: bool) -> int | None:
    """`follows`: a greater part came before, so "linh" may stand without "trăm"."""
    if not scales:
        return _below_thousand(words, follows=follows)
    (name, worth), *smaller = scales
    head, tail = _split(words, name)
    if head is None:
        return _scaled(tail, smaller, follows=follows)
    # Before "tỷ" a thousand may stand, and a million: "một nghìn tỷ".
    count = _scaled(head, smaller, follows=follows)
    rest = _scaled(tail, smaller, follows=True) if tail else 0
    return count * worth + rest if count is not None and rest is not None else None


def _split(words: list[str], at: str) -> tuple[list[str] | None, list[str]]:
    """At the last one: "một nghìn tỷ hai nghìn"."""
    if at not in words:
        return None, words
    place = len(words) - 1 - words[::-1].index(at)
    return words[:place], words[place + 1 :]


def _below_thousand(words: list[str], *, follows: bool) -> int | None:
    head, tail = _split(words, "trăm")
    if head is None:
        return _below_hundred(tail, after_hundreds=follows)
    hundreds = _digit(head)
    rest = _below_hundred(tail, after_hundreds=True) if tail else 0
    return None if hundreds is None or rest is None else hundreds * 100 + rest


def _below_hundred(words: list[str], *, after_hundreds: bool) -> int | None:
    match words:
        case ["linh", unit] if after_hundreds:
            value = _after_linh([unit])
        case ["mười"]:
            value = 10
        case [unit] if not after_hundreds:
            value = _digit([unit])
        case ["mười", unit] if unit not in ("mốt", "tư", "năm", "không"):
            value = _plus(10, _SPOKEN.get(unit))
        case [tens, "mươi"]:
            value = _tens(tens)
        case [tens, "mươi", unit] | [tens, unit] if unit != "không":
            value = _plus(_tens(tens), _SPOKEN.get(unit))
        case _:
            value = None
    return value


def _after_linh(words: list[str]) -> int | None:
    return 4 if words == ["tư"] else _digit(words)  # "lẻ tư" is said beside "lẻ bốn"


def _digit(words: Sequence[str]) -> int | None:
    if len(words) != 1 or words[0] in _SPECIAL_UNITS:
        return None
    return _SPOKEN.get(words[0])


def _tens(word: str) -> int | None:
    digit = _digit([word])
    return digit * 10 if digit is not None and digit >= 2 else None


def _plus(tens: int | None, unit: int | None) -> int | None:
    return None if tens is None or unit is None else tens + unit
