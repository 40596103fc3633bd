"""By what words something issued is found: a name or a number as typed in, what is kept and compared out."""

import re

from verification.normalise import name_key
from verification.same_original import OriginalKey

NAME = "name:"
_NUMBER = re.compile(r"(\d{1,9})(/\d{0,4})?")


def name_word(name: str) -> OriginalKey:
    """A name as it is kept: no diacritics, no spaces, so that every writing of it finds it."""
    return OriginalKey(f"{NAME}{name_key(name)}")


def number_prefix(words: str) -> str | None:
    """With what a printed number must begin: `15` finds 15/2026 and not 150/2026."""
    found = _NUMBER.fullmatch(words)
    return f"{found[1]}{found[2] or '/'}" if found else None
