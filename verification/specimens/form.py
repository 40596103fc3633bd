"""Rows of labels and values go in, a printed form on a sheet comes out; the look varies with the seed."""

from dataclasses import dataclass, replace

from verification.specimens.chance import Chance
from verification.specimens.sheet import At, Sheet
from verification.specimens.typeface import FAMILIES, Ink, Pen

Cell = tuple[str, str]
"""A label as printed (colon included) and its value."""
Row = tuple[Cell, ...]
LEADER: Ink = (150, 150, 150)
LABEL_GAP = 1.6
"""Millimetres between a label and its value."""


@dataclass(frozen=True, slots=True)
class FormStyle:
    """How one form looks: pens, margins and pitch in millimetres, dotted leaders or none."""

    label: Pen
    value: Pen
    left: float
    right: float
    pitch: float
    dotted: bool


def form_style(chance: Chance, *, left: float, right: float, points: float = 12.2) -> FormStyle:
    """One of many looks: the form's own font, and the same or another for what was filled in."""
    family = chance.pick(FAMILIES)
    size = points * chance.spread(0.95, 1.04)
    label = Pen(family, size, italic=chance.happens(0.1))
    filled = Pen(family if chance.happens(0.6) else chance.pick(FAMILIES), size, chance.pick((400, 500, 700)))
    return FormStyle(label, filled, left, right, chance.spread(7.6, 8.8), chance.happens(0.45))


def lines_of(sheet: Sheet, style: FormStyle, rows: tuple[Row, ...]) -> int:
    """How many lines the rows will take."""
    return sum(len(wrapped(sheet, style, row[0])) if len(row) == 1 else 1 for row in rows)


def wrapped(sheet: Sheet, style: FormStyle, cell: Cell) -> list[str]:
    """The value in lines: the first beside the label, the others from margin to margin."""
    start = style.left + sheet.length(cell[0], style.label) + LABEL_GAP
    return sheet.wrap(cell[1], style.value, first=style.right - start, width=style.right - style.left)


def write_rows(sheet: Sheet, style: FormStyle, y: float, rows: tuple[Row, ...], *, bottom: float) -> float:
    """Write the rows from base line `y` down, closer if need be; gives the next base line."""
    style = replace(style, pitch=min(style.pitch, (bottom - y) / lines_of(sheet, style, rows)))
    for row in rows:
        y = write_row(sheet, style, y, row)
    return y


def write_row(sheet: Sheet, style: FormStyle, y: float, row: Row) -> float:
    """One cell takes the whole width and wraps; several share it, the first ones being widest."""
    if len(row) == 1:
        return write_wide_cell(sheet, style, y, row[0])
    starts = cell_starts(sheet, style, row)
    for (label, value), start, end in zip(row, starts, (*starts[1:], style.right), strict=True):
        edge = write_cell(sheet, style, (start, y), (label, value))
        if style.dotted:
            sheet.dots(edge + 0.8, end - 2, y, LEADER)
    return y + style.pitch


def cell_starts(sheet: Sheet, style: FormStyle, row: Row) -> list[float]:
    """Where the cells begin so that each has what it needs and a fair share of what is left."""
    needs = [sheet.length(lb, style.label) + LABEL_GAP + sheet.length(v or " ", style.value) for lb, v in row]
    spare = (style.right - style.left - sum(needs)) / len(row)
    return [style.left + sum(needs[:at]) + spare * at for at in range(len(row))]


def write_cell(sheet: Sheet, style: FormStyle, at: At, cell: Cell) -> float:
    """Label and value on one line; gives the right edge."""
    edge = sheet.write(at, cell[0], style.label) + LABEL_GAP
    return sheet.write((edge, at[1]), cell[1], style.value) if cell[1] else edge


def write_wide_cell(sheet: Sheet, style: FormStyle, y: float, cell: Cell) -> float:
    """Label and value from margin to margin, going on at the left margin; gives the next base line."""
    start = sheet.write((style.left, y), cell[0], style.label) + LABEL_GAP
    for line in wrapped(sheet, style, cell):
        edge = sheet.write((start, y), line, style.value) if line else start
        if style.dotted:
            sheet.dots(edge + 0.8, style.right, y, LEADER)
        start, y = style.left, y + style.pitch
    return y
