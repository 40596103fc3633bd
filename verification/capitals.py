"""Spellings of one value that differ in capitals at most in, the one to show out.

Readers lose a capital now and then (NGUYễN, cầu Ngang) and make one where large and small letters have the
same shape (XÓm, TỔ 10). No letter is changed for another here.
"""

from collections.abc import Sequence


def best_spelling(printed: Sequence[str], zones: Sequence[str] = (), *, names: bool = False) -> str:
    """The value as print most likely has it; `zones` (a code's spellings) decide between two of print.

    `names`: words are rather capitalised than not, as in names and places.
    """
    if any(_in_capitals(value) for value in printed):
        return printed[0].upper()
    parted = [value.split(" ") for value in printed]
    alike = [words for words in parted if len(words) == len(parted[0])]
    known = {word for value in zones for word in value.split(" ")}
    rows = list(zip(*alike, strict=True))
    return " ".join(_best(row, known, capital=names or i == 0) for i, row in enumerate(rows))


def _best(options: tuple[str, ...], known: set[str], *, capital: bool) -> str:
    """As the code has it, else the most evenly written, else with the capital that is expected; of equals
    the earliest."""
    return max(
        dict.fromkeys(options),
        key=lambda word: (word in known, _even(word), _first(word).isupper() == capital),
    )


def _first(word: str) -> str:
    return next((letter for letter in word if letter.isalpha()), "")


def _in_capitals(value: str) -> bool:
    """Whether all letters, but for one misread in four, are capitals."""
    letters = [letter for letter in value if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) * 4 >= 3 * max(len(letters), 1)


def _even(word: str) -> int:
    """2: small letters behind the first, or one letter; 1: all capitals (an abbreviation); 0: mixed."""
    if all(letter.islower() for letter in word[1:] if letter.isalpha()):
        return 2
    return int(word.isupper())
