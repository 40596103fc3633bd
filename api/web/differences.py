"""Two values that should be the same in; each cut into pieces that agree and pieces that differ out."""

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of letters, and whether the other side has something else there."""

    text: str
    differs: bool = False


Pieces = tuple[Piece, ...]


def whole(text: str) -> Pieces:
    """A value that is shown without marks."""
    return (Piece(text),) if text else ()


def differing(paper: str, record: str) -> tuple[Pieces, Pieces]:
    """Both values (NFC, so that a letter and its marks are one) cut where they differ, the paper's first.

    Letters are compared without regard to case, as the matcher does.
    """
    blocks = SequenceMatcher(None, _caseless(paper), _caseless(record), autojunk=False).get_opcodes()
    left = [Piece(paper[a:b], tag != "equal") for tag, a, b, _, _ in blocks if a != b]
    right = [Piece(record[c:d], tag != "equal") for tag, _, _, c, d in blocks if c != d]
    return tuple(left), tuple(right)


def _caseless(value: str) -> list[str]:
    """Letter by letter, so that places stay the same where a letter's other case is two letters long."""
    return [letter.casefold() for letter in value]
