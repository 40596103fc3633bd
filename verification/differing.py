"""Two values that should be one in; the letters in which each differs from the other, as spans of it, out.

For eyes alone: what is marked decides nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from verification.agreement import Agreement, Compared
from verification.normalise import canonical, nfc, squeeze

Span = tuple[int, int]
"""From which letter, to before which letter of a text in NFC: a letter and its marks are one."""

_Apart = tuple[int, int, int, int]
"""From and to in the paper's letters, from and to in the record's."""
_MARKED: Final = (Agreement.DIFFERENT, Agreement.PARTIAL, Agreement.EQUIVALENT, Agreement.UNDECIDED)
# A date in figures and one in words, an old number and a new one: no letter stands for one of the other.
_WHOLE: Final = frozenset({"in_words", "old_number", "sex_code"})
_WORD: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Differs:
    """Where the paper's value and the record's differ. An empty span is where only the other has letters."""

    paper: tuple[Span, ...] = ()
    record: tuple[Span, ...] = ()


def differs(paper: str | None, record: str | None, compared: Compared) -> Differs:
    """What to mark in two values that were compared: nothing where they agree exactly or one is missing."""
    if not paper or not record or compared.agreement not in _MARKED:
        return Differs()
    if compared.rule in _WHOLE:
        return Differs(((0, len(nfc(paper))),), ((0, len(nfc(record))),))
    return letters_apart(paper, record, written=compared.agreement is Agreement.EQUIVALENT)


def letters_apart(paper: str, record: str, *, written: bool = False) -> Differs:
    """The letters of each text (in NFC) that the other has not there; case and white space do not count.

    `written`: writings that mean the same (hoà, hòa) are marked as well, to show what a rule passed over.
    """
    ours, theirs = nfc(paper), nfc(record)
    form = str.casefold if written else canonical
    left, left_at = _letters(ours, form)
    right, right_at = _letters(theirs, form)
    apart = _apart(left, right)
    return Differs(
        tuple(_span(left_at, a, b) for a, b, _, _ in apart),
        tuple(_span(right_at, c, d) for _, _, c, d in apart),
    )


def _apart(left: list[str], right: list[str]) -> list[_Apart]:
    """Place by place where that marks no more than moving letters about: 01 and 11 are one digit apart."""
    codes = SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes()
    moved = [(a, b, c, d) for tag, a, b, c, d in codes if tag != "equal"]
    if len(left) != len(right):
        return moved
    unlike = [n for n, pair in enumerate(zip(left, right, strict=True)) if pair[0] != pair[1]]
    if len(unlike) > sum(max(b - a, d - c) for a, b, c, d in moved):
        return moved
    first = [n for n in unlike if n - 1 not in unlike]
    last = [n + 1 for n in unlike if n + 1 not in unlike]
    return [(a, b, a, b) for a, b in zip(first, last, strict=True)]


def _span(places: list[int], first: int, last: int) -> Span:
    return places[first], places[last - 1] + 1 if last > first else places[first]


def _letters(text: str, form: Callable[[str], str]) -> tuple[list[str], list[int]]:
    """One comparable letter for each that is seen, and its place; the place behind the last one as well."""
    letters: list[str] = []
    places: list[int] = []
    for word in _WORD.finditer(text):
        placed = enumerate(word[0], word.start())
        seen = list(placed) if squeeze(word[0]) == word[0] else [(n, c) for n, c in placed if squeeze(c)]
        if seen and letters:
            letters.append(" ")
            places.append(word.start() - 1)
        plain = "".join(c for _, c in seen)
        formed = form(plain)
        # Where a fold changes the length (ß), marking letter by letter needs the characters themselves.
        letters.extend(formed if len(formed) == len(plain) else plain)
        places.extend(place for place, _ in seen)
    return letters, [*places, len(text)]
