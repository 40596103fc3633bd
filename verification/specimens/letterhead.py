"""A letterhead or a signer goes in, the upper part or the signing block of an office's paper is drawn."""

from verification.specimens.card import fitted
from verification.specimens.chance import Chance
from verification.specimens.model import Order
from verification.specimens.office import Letterhead, Signer
from verification.specimens.ornament import NOTICE, seal, signature, watermark
from verification.specimens.sheet import At, Sheet
from verification.specimens.typeface import SERIF, Ink, Pen

A4 = (210.0, 297.0)
PAPER_TONES: tuple[Ink, ...] = ((255, 255, 255), (255, 255, 255), (253, 253, 250), (250, 249, 244))
LEFT_MIDDLE, RIGHT_MIDDLE = 56.0, 143.0
LEFT_WIDTH, RIGHT_WIDTH = 72.0, 96.0
"""Millimetres: the two columns at the top of a paper (Nghị định 30/2020/NĐ-CP, appendix I)."""
STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
LEADING = 5.4
"""Millimetres between the lines of the letterhead and of the signing block."""


def office_paper(order: Order, chance: Chance) -> Sheet:
    """Plain A4 with the word MẪU under what is written later and the notice at the foot."""
    tone = chance.pick(PAPER_TONES)
    sheet = Sheet(*A4, dpi=order.dpi, tone=tone, inked=order.inked)
    red, green, blue = tone
    watermark(sheet, (red - 15, green - 15, blue - 15), points=44, turn=32, rows=3)
    sheet.write((A4[0] / 2, 289), NOTICE, Pen(SERIF, 8, ink=(120, 120, 120)), anchor="m")
    return sheet


def draw_letterhead(sheet: Sheet, head: Letterhead, pen: Pen, chance: Chance) -> float:
    """Office and number on the left, state and day on the right; gives the base line of the number."""
    top = 18 + chance.spread(0, 5)
    left, right = LEFT_MIDDLE + chance.spread(-2, 2), RIGHT_MIDDLE + chance.spread(-2, 3)
    y = draw_office(sheet, head, (left, top), pen)
    draw_state(sheet, (right, top), pen)
    y = max(y + LEADING + 1.6, top + 2 * LEADING + 3)
    sheet.write((left, y), f"Số: {head.number}", pen, anchor="m")
    day = head.place_and_day
    below = chance.pick((0.0, 0.0, 1.5))
    sheet.write((right, y + below), day, fitted(sheet, day, pen.slanted(), RIGHT_WIDTH), anchor="m")
    return y


def draw_office(sheet: Sheet, head: Letterhead, at: At, pen: Pen) -> float:
    """The superior office in plain type, the issuing one bold and underlined; gives the last base line."""
    x, y = at
    if head.superior:
        sheet.write(at, head.superior, fitted(sheet, head.superior, pen, LEFT_WIDTH), anchor="m")
        y += LEADING
    for number, line in enumerate(head.issuer):
        y += LEADING if number else 0
        sheet.write((x, y), line, fitted(sheet, line, pen.bold(), LEFT_WIDTH), anchor="m")
    rule(sheet, (x, y + 1.8), 24, pen)
    return y


def draw_state(sheet: Sheet, at: At, pen: Pen) -> None:
    """The state's name and its motto over a rule."""
    x, y = at
    sheet.write(at, STATE, fitted(sheet, STATE, pen.bold(), RIGHT_WIDTH), anchor="m")
    motto = fitted(sheet, MOTTO, pen.bold().sized(1.05), RIGHT_WIDTH)
    sheet.write((x, y + LEADING), MOTTO, motto, anchor="m")
    rule(sheet, (x, y + LEADING + 1.8), sheet.length(MOTTO, motto), pen)


def rule(sheet: Sheet, middle: At, width: float, pen: Pen) -> None:
    """A thin line with its middle at the place."""
    x, y = middle
    ends = sheet.points((x - width / 2, y), (x + width / 2, y))
    sheet.brush.line(ends, fill=pen.ink, width=max(1, sheet.px(0.2)))


def draw_signer(sheet: Sheet, signer: Signer, at: At, pen: Pen, chance: Chance) -> None:
    """What the form prints above, capacity, signature, seal and name around a middle.

    The block takes about 31 mm and a line for each line of text. The seal covers a third of the signature,
    and now and then some of the title or the name.
    """
    x, y = at
    for line in signer.above:
        note = line.startswith("(")
        written = pen.slanted().sized(0.85) if note else pen.bold()
        sheet.write((x, y), line, fitted(sheet, line, written, 84), anchor="m")
        y += LEADING
    for line in signer.capacity:
        sheet.write((x, y), line, pen.bold(), anchor="m")
        y += LEADING
    signature(sheet, (x, y + 9), chance)
    sheet.write((x, y + 24), signer.full_name, pen.bold(), anchor="m")
    seal(sheet, (x - chance.spread(18, 25), y + chance.spread(5, 10)), chance)
