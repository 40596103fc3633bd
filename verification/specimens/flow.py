"""Texts with their pens and rows of cells go in, lines between two margins of a sheet come out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from verification.specimens.form import LEADER, Cell, FormStyle, Row, lines_of, write_row
from verification.specimens.sheet import Sheet
from verification.specimens.typeface import Pen

Piece = tuple[str, Pen]


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one pen on one line; x is where they begin, in millimetres."""

    x: float
    text: str
    pen: Pen


@dataclass(frozen=True, slots=True)
class Flow:
    """Texts that follow one another from line to line; the first line begins `indent` millimetres in.

    `filled_in` flows end in dots where the form has dotted lines; printed sentences do not.
    """

    pieces: tuple[Piece, ...]
    indent: float = 0.0
    filled_in: bool = False


Part = Row | Flow


def labelled(style: FormStyle, *cells: Cell) -> Flow:
    """Labels and values that share one run of lines, each label breaking like any other text."""
    return Flow(
        tuple(piece for lb, v in cells for piece in ((lb, style.label), (v, style.value)) if piece[0])
    )


def broken(sheet: Sheet, flow: Flow, *, left: float, right: float) -> list[list[Span]]:
    """The flow in lines, broken at spaces; a word longer than the line gets a line to itself."""
    lines: list[list[Span]] = [[]]
    end = left + flow.indent
    for text, pen in flow.pieces:
        space, fresh = sheet.length(" ", pen), True
        for word in text.split(" "):
            gap = space if lines[-1] else 0.0
            if lines[-1] and end + gap + sheet.length(word, pen) > right:
                lines.append([])
                end, gap, fresh = left, 0.0, True
            grown = Span(end + gap, word, pen) if fresh else joined(lines[-1].pop(), word)
            lines[-1].append(grown)
            end, fresh = grown.x + sheet.length(grown.text, pen), False
    return lines


def joined(span: Span, word: str) -> Span:
    """The span with one more word."""
    return replace(span, text=f"{span.text} {word}")


def write_flow(sheet: Sheet, style: FormStyle, y: float, flow: Flow) -> float:
    """Write the flow between the margins of the style; gives the next base line."""
    for line in broken(sheet, flow, left=style.left, right=style.right):
        edge = style.left
        for span in line:
            edge = sheet.write((span.x, y), span.text, span.pen)
        if style.dotted and flow.filled_in:
            sheet.dots(edge + 0.8, style.right, y, LEADER)
        y += style.pitch
    return y


def line_count(sheet: Sheet, style: FormStyle, part: Part) -> int:
    """How many lines a part will take."""
    if isinstance(part, Flow):
        return len(broken(sheet, part, left=style.left, right=style.right))
    return lines_of(sheet, style, (part,))


def write_part(sheet: Sheet, style: FormStyle, y: float, part: Part) -> float:
    """Write one row or flow; gives the next base line."""
    if isinstance(part, Flow):
        return write_flow(sheet, style, y, part)
    return write_row(sheet, style, y, part)


def write_parts(sheet: Sheet, style: FormStyle, y: float, parts: Sequence[Part], *, bottom: float) -> float:
    """Write the parts from base line `y` down, closer if need be; gives the next base line."""
    count = sum(line_count(sheet, style, part) for part in parts)
    style = replace(style, pitch=min(style.pitch, (bottom - y) / count))
    for part in parts:
        y = write_part(sheet, style, y, part)
    return y
