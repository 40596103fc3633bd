"""A letter goes in, it is drawn as an office prints it: Nghị định 30/2020/NĐ-CP, appendix I."""

from dataclasses import replace

from verification.specimens.chance import Chance
from verification.specimens.flow import Flow, Part, write_parts
from verification.specimens.form import FormStyle, form_style
from verification.specimens.letter import DECISION, Letter, letter
from verification.specimens.letterhead import (
    LEADING,
    LEFT_MIDDLE,
    LEFT_WIDTH,
    draw_letterhead,
    draw_signer,
    office_paper,
    rule,
)
from verification.specimens.model import Drawing, Order
from verification.specimens.sheet import Sheet
from verification.specimens.typeface import Pen

LAST_ROW = 214.0
"""Millimetres: below are the addressees and the signing block."""
SUBJECT_WIDTH = 132.0


def draw_lines(sheet: Sheet, middle: float, y: float, lines: list[str], pen: Pen) -> float:
    """Centred lines; gives the base line of the last."""
    for number, line in enumerate(lines):
        y += LEADING if number else 0
        sheet.write((middle, y), line, pen, anchor="m")
    return y


def draw_subject_left(sheet: Sheet, paper: Letter, y: float, pen: Pen) -> float:
    """The subject of a letter without a type, below its number; gives the base line of what follows."""
    lines = sheet.wrap(paper.subject, pen, first=LEFT_WIDTH - 4, width=LEFT_WIDTH - 4)
    return draw_lines(sheet, LEFT_MIDDLE, y + LEADING + 0.8, lines, pen) + 13


def draw_title(sheet: Sheet, paper: Letter, y: float, pen: Pen) -> float:
    """Type and subject in the middle over a short rule; gives the base line of what follows."""
    middle = sheet.width / 2
    sheet.write((middle, y + 13), paper.type or "", pen.bold().sized(1.15), anchor="m")
    lines = sheet.wrap(paper.subject, pen.bold(), first=SUBJECT_WIDTH, width=SUBJECT_WIDTH)
    y = draw_lines(sheet, middle, y + 13 + LEADING + 0.8, lines, pen.bold())
    rule(sheet, (middle, y + 2.2), 30, pen)
    return y + 11


def body_parts(paper: Letter, style: FormStyle) -> tuple[Part, ...]:
    """Whom it is for, what it rests on, and what it says."""
    pen = style.label
    greeting = (Flow(((paper.greeting, pen),), indent=24),) if paper.greeting else ()
    grounds = tuple(Flow(((text, pen.slanted()),), indent=10) for text in paper.grounds)
    decision = (Flow(((f"{DECISION}:", pen.bold()),), indent=66),) if paper.type == DECISION else ()
    return (*greeting, *grounds, *decision, *(Flow(((text, pen),), indent=10) for text in paper.body))


def draw_kept(sheet: Sheet, paper: Letter, left: float, y: float, pen: Pen) -> None:
    """Who gets a copy, small at the left."""
    sheet.write((left, y), "Nơi nhận:", pen.bold().slanted().sized(0.9))
    for number, line in enumerate(paper.kept, 1):
        sheet.write((left, y + 4.6 * number), line, pen.sized(0.82))


def draw_official_letter(order: Order) -> Drawing:
    """The letter on plain A4."""
    paper, chance = letter(order), Chance("letter layout", order.seed)
    sheet = office_paper(order, chance)
    style = form_style(chance, left=24 + chance.spread(0, 5), right=192, points=12)
    pen = replace(style.label, italic=False)
    style = replace(style, label=pen, pitch=style.pitch - 1.2, dotted=False)
    y = draw_letterhead(sheet, paper.head, pen.sized(0.94), chance)
    draw_top = draw_title if paper.type else draw_subject_left
    y = draw_top(sheet, paper, y, pen if paper.type else pen.sized(0.9))
    y = write_parts(sheet, style, y, body_parts(paper, style), bottom=LAST_ROW) + 3
    draw_kept(sheet, paper, style.left, y, pen)
    draw_signer(sheet, paper.signer, (146, y), pen.sized(0.96), chance)
    return Drawing(sheet, paper.truth)
