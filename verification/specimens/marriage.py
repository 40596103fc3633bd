"""A couple and their entry in the book go in, a drawn marriage certificate with its truth comes out.

Forms: Thông tư 04/2020/TT-BTP (wife left, husband right) and Thông tư 08.a/2010/TT-BTP (husband left).
"""

from dataclasses import dataclass, replace

from verification.specimens.birth import RED, TINTS, printed_date, tuple_between
from verification.specimens.chance import Chance
from verification.specimens.flow import Flow, Part, labelled, line_count, write_part, write_parts
from verification.specimens.form import FormStyle, Row, form_style
from verification.specimens.identity_paper import identity_paper
from verification.specimens.letterhead import A4, MOTTO, STATE, draw_signer, rule
from verification.specimens.marriage_book import Marriage, marriage
from verification.specimens.model import Drawing, Order
from verification.specimens.office import CHAIRMAN, Signer, invented_name
from verification.specimens.ornament import NOTICE, emblem, frame, guilloche, signature, watermark
from verification.specimens.people import Cohort, Person
from verification.specimens.sheet import Sheet
from verification.specimens.typeface import SERIF, Pen

Column = tuple[FormStyle, tuple[Part, ...]]
"""The style, whose margins are the column's, and the rows."""
GUTTER = 7.0
"""Millimetres between the columns."""
BLOCK = 52.0
"""Millimetres that the signing blocks take."""


@dataclass(frozen=True, slots=True)
class Spouse:
    """One column: `side` is the prefix of its fields, `word` what the labels call the person."""

    side: str
    word: str
    person: Person
    printed_birth: str
    residence: str
    identity: str

    @property
    def truth(self) -> dict[str, str]:
        """The six fields of the column."""
        person = self.person
        return {
            f"{self.side}_full_name": person.full_name,
            f"{self.side}_date_of_birth": person.date_of_birth.isoformat(),
            f"{self.side}_ethnicity": person.ethnicity,
            f"{self.side}_nationality": person.nationality,
            f"{self.side}_residence": self.residence,
            f"{self.side}_identity_paper": self.identity,
        }


@dataclass(frozen=True, slots=True)
class Layout:
    """How the certificate is laid out: values beside or below their labels, ethnic group and nationality
    on one line or two, a heading over each column or none."""

    below: bool
    together: bool
    headed: bool


def marriage_cohort(seed: int) -> Cohort:
    """The parents of a schoolchild: of age long before the merge."""
    del seed
    return Cohort.SCHOOL


def spouse(order: Order, entry: Marriage, side: str, *, capitals: bool) -> Spouse:
    """What the certificate says of one of the couple."""
    chance = Chance("spouse", side, order.seed)
    person = order.family.mother if side == "wife" else order.family.father
    shown = replace(person, full_name=person.full_name.upper() if capitals else person.full_name)
    return Spouse(
        side=side,
        word="vợ" if side == "wife" else "chồng",
        person=shown,
        printed_birth=printed_date(chance, person.date_of_birth),
        residence=person.residence.written(order.era, prefixed=chance.happens(0.6)),
        identity=identity_paper(chance, person, entry.registered_on),
    )


def column_parts(spouse: Spouse, style: FormStyle, layout: Layout, *, old_form: bool) -> tuple[Part, ...]:
    """The rows of one column."""
    name, home, paper = (
        ("Họ và tên {}:", "Nơi thường trú/tạm trú:", "Số Giấy CMND/Hộ chiếu/Giấy tờ hợp lệ thay thế:")
        if old_form
        else ("Họ, chữ đệm, tên {}:", "Nơi cư trú:", "Giấy tờ tùy thân:")
    )
    ethnic, nation = ("Dân tộc:", spouse.person.ethnicity), ("Quốc tịch:", spouse.person.nationality)
    between: tuple[Part, ...] = ((ethnic, nation),) if layout.together else ((ethnic,), (nation,))
    return (
        *wide(style, layout, name.format(spouse.word), spouse.person.full_name),
        *wide(style, layout, "Ngày, tháng, năm sinh:", spouse.printed_birth),
        *between,
        *wide(style, layout, home, spouse.residence),
        *wide(style, layout, paper, spouse.identity),
    )


def wide(style: FormStyle, layout: Layout, label: str, value: str) -> tuple[Part, ...]:
    """A label with its value beside it, or below."""
    if layout.below:
        return (Flow(((label, style.label),)), Flow(((value, style.value),), indent=3, filled_in=True))
    return (labelled(style, (label, value)),)


def registration_rows(entry: Marriage, printed_day: str) -> tuple[Row, ...]:
    """Where and when, under both columns."""
    return (
        (("Nơi đăng ký kết hôn:", entry.registered_at),),
        (("Ngày, tháng, năm đăng ký:", printed_day),),
    )


def write_columns(sheet: Sheet, columns: tuple[Column, ...], y: float, *, bottom: float) -> float:
    """Rows that stand side by side begin on one base line, as in a table; gives the next base line."""
    needs = ([line_count(sheet, style, part) for part in parts] for style, parts in columns)
    counts: list[int] = [max(abreast) for abreast in zip(*needs, strict=True)]
    pitch = min(columns[0][0].pitch, (bottom - y) / sum(counts))
    for style, parts in columns:
        at = y
        for part, count in zip(parts, counts, strict=True):
            write_part(sheet, replace(style, pitch=pitch), at, part)
            at += count * pitch
    return y + sum(counts) * pitch


def security_paper(order: Order, chance: Chance) -> Sheet:
    """A4, upright or across, over a light pattern."""
    tone, wave = chance.pick(TINTS)
    width, height = A4 if chance.happens(0.65) else A4[::-1]
    sheet = Sheet(width, height, dpi=order.dpi, tone=tone, inked=order.inked)
    guilloche(sheet, chance, wave)
    watermark(sheet, tuple_between(tone, wave), points=44, turn=28, rows=3 if height > width else 2)
    frame(sheet, (196, 120, 110), inset=7)
    sheet.write((width / 2, height - 11), NOTICE, Pen(SERIF, 8, ink=(120, 120, 120)), anchor="m")
    return sheet


def draw_heading(sheet: Sheet, entry: Marriage, style: FormStyle, chance: Chance) -> float:
    """State, title, number; gives the base line of the first row."""
    middle, pen, across = sheet.width / 2, style.label.bold(), sheet.width > sheet.height
    emblem(sheet, (style.left + 9, 25), millimetres=15)
    sheet.write((middle, 20), STATE, pen, anchor="m")
    sheet.write((middle, 25.5), MOTTO, pen, anchor="m")
    rule(sheet, (middle, 27.3), sheet.length(MOTTO, pen), pen)
    y = 38 if across else 44
    title = Pen(style.label.family, chance.spread(19, 22), 700, ink=RED)
    sheet.write((middle, y), "GIẤY CHỨNG NHẬN KẾT HÔN", title, anchor="m")
    number = f"Số: {entry.number}"
    if entry.old_form:
        sheet.write((style.right, y - 14), number, style.value, anchor="r")
        sheet.write((style.right, y - 8.5), f"Quyển số: {entry.book}", style.value, anchor="r")
        sheet.write((middle, y + 6.5), "(BẢN CHÍNH)", style.label, anchor="m")
    elif chance.happens(0.6):
        sheet.write((middle, y + 7), number, style.value, anchor="m")
    else:
        sheet.write((style.right, y - 7), number, style.value, anchor="r")
    return y + (16 if across else 19)


def draw_heads(sheet: Sheet, styles: tuple[FormStyle, ...], words: tuple[str, ...], y: float) -> float:
    """VỢ and CHỒNG over the columns; gives the base line below."""
    for style, word in zip(styles, words, strict=True):
        at = ((style.left + style.right) / 2, y)
        sheet.write(at, word.upper(), style.label.bold(), anchor="m")
    return y + styles[0].pitch


def draw_hands(sheet: Sheet, style: FormStyle, couple: tuple[Spouse, ...], y: float, chance: Chance) -> None:
    """The couple sign at the left, the official at the right."""
    span, pen = style.right - style.left, style.label.sized(0.95)
    plain = chance.happens(0.5)
    for place, one in zip((0.13, 0.42), couple, strict=True):
        x = style.left + span * place
        words = one.word.capitalize() if plain else f"Chữ ký của {one.word}"
        sheet.write((x, y), words, pen, anchor="m")
        signature(sheet, (x, y + 14), chance, width=22)
    above = ("NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN",) if chance.happens(0.8) else ()
    signer = Signer(chance.pick(CHAIRMAN[:3]), invented_name(chance), above)
    draw_signer(sheet, signer, (style.left + span * 0.78, y), pen.sized(0.94), chance)


def draw_marriage_certificate(order: Order) -> Drawing:
    """The certificate in two columns."""
    entry, chance = marriage(order), Chance("marriage layout", order.seed)
    sheet = security_paper(order, chance)
    style = form_style(chance, left=18, right=sheet.width - 16, points=11.5)
    layout = Layout(below=chance.happens(0.2), together=chance.happens(0.6), headed=chance.happens(0.25))
    capitals = chance.happens(0.6)
    sides = ("husband", "wife") if entry.old_form else ("wife", "husband")
    couple = tuple(spouse(order, entry, side, capitals=capitals) for side in sides)
    y = draw_heading(sheet, entry, style, chance)
    middle, bottom = (style.left + style.right) / 2, sheet.height - BLOCK - 14
    styles = (replace(style, right=middle - GUTTER / 2), replace(style, left=middle + GUTTER / 2))
    if layout.headed:
        y = draw_heads(sheet, styles, tuple(one.word for one in couple), y)
    pairs = zip(couple, styles, strict=True)
    columns = tuple((half, column_parts(one, half, layout, old_form=entry.old_form)) for one, half in pairs)
    y = write_columns(sheet, columns, y, bottom=bottom - 2 * style.pitch)
    day = printed_date(chance, entry.registered_on)
    y = write_parts(sheet, style, y, registration_rows(entry, day), bottom=bottom)
    draw_hands(sheet, style, couple, y + 3, chance)
    truth = {"number": entry.number} | couple[0].truth | couple[1].truth
    registered = {"registered_at": entry.registered_at, "registered_on": entry.registered_on.isoformat()}
    return Drawing(sheet, truth | registered)
