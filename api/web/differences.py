"""Two values that should be the same in; each cut into pieces that agree and pieces that differ out."""

from collections.abc import Iterator
from dataclasses import dataclass

from verification.differing import Span, letters_apart
from verification.normalise import nfc


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
    """Both values, as they are shown, cut where `letters_apart` finds them differ, the paper's first."""
    apart = letters_apart(paper, record)
    return cut(nfc(paper), apart.paper), cut(nfc(record), apart.record)


def cut(text: str, spans: tuple[Span, ...]) -> Pieces:
    """The text in pieces, those of the spans marked."""
    return tuple(piece for piece in _pieces(text, spans) if piece.text)


def _pieces(text: str, spans: tuple[Span, ...]) -> Iterator[Piece]:
    done = 0
    for start, stop in spans:
        yield Piece(text[done:start])
        yield Piece(text[start:stop], differs=True)
        done = stop
    yield Piece(text[done:])
