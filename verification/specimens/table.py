"""Columns with headings and rows of texts go in, a ruled table on a sheet comes out."""

from dataclasses import dataclass

from verification.specimens.sheet import At, Sheet
from verification.specimens.typeface import BLACK, Pen

PADDING = 1.4
"""Millimetres between a rule and the text beside it."""
LINE_HEIGHT = 1.34
"""Of the pen's size."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A heading, a width in millimetres, and whether what stands below is centred."""

    heading: str
    width: float
    centred: bool = True


def draw_table(
    sheet: Sheet, at: At, columns: tuple[TableColumn, ...], rows: tuple[tuple[str, ...], ...], pen: Pen
) -> float:
    """Draw heading and rows from the upper left corner down; gives the lower edge."""
    left, y = at
    heading = tuple(TableColumn(column.heading, column.width) for column in columns)
    edges = [y]
    y = draw_table_row(sheet, (left, y), heading, tuple(column.heading for column in columns), pen.bold())
    for row in rows:
        edges.append(y)
        y = draw_table_row(sheet, (left, y), columns, row, pen)
    draw_rules(sheet, left, (*edges, y), tuple(column.width for column in columns))
    return y


def draw_table_row(
    sheet: Sheet, at: At, columns: tuple[TableColumn, ...], texts: tuple[str, ...], pen: Pen
) -> float:
    """Write the cells of one row, each wrapped in its column and in the middle of the row's height."""
    x, y = at
    room = [column.width - 2 * PADDING for column in columns]
    cells = [sheet.wrap(text, pen, first=span, width=span) for text, span in zip(texts, room, strict=True)]
    step = pen.height_mm * LINE_HEIGHT
    height = max(len(lines) for lines in cells) * step + 2 * PADDING
    for column, lines in zip(columns, cells, strict=True):
        base = y + (height - len(lines) * step) / 2 + pen.height_mm
        for number, line in enumerate(lines):
            where = x + (column.width / 2 if column.centred else PADDING)
            sheet.write((where, base + number * step), line, pen, anchor="m" if column.centred else "l")
        x += column.width
    return y + height


def draw_rules(sheet: Sheet, left: float, edges: tuple[float, ...], widths: tuple[float, ...]) -> None:
    """Lines between all rows and columns."""
    stroke, right = max(1, sheet.px(0.2)), left + sum(widths)
    for y in edges:
        sheet.brush.line(sheet.points((left, y), (right, y)), fill=BLACK, width=stroke)
    x = left
    for width in (0.0, *widths):
        x += width
        sheet.brush.line(sheet.points((x, edges[0]), (x, edges[-1])), fill=BLACK, width=stroke)
