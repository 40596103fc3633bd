"""A person goes in, the front or the back of a drawn citizen card of 2021 with its truth comes out.

Labels as printed (Thông tư 06/2021/TT-BCA); the QR payload is that of domain.md 2.3.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import zxingcpp
from PIL import Image

from verification.specimens.chance import Chance
from verification.specimens.model import Drawing, Order
from verification.specimens.mrz import mrz_lines
from verification.specimens.ornament import (
    MARK,
    SEAL_RED,
    emblem,
    guilloche,
    portrait,
    seal,
    signature,
    watermark,
)
from verification.specimens.people import Person
from verification.specimens.sheet import Sheet
from verification.specimens.typeface import SANS, Ink, Pen, font_for
from verification.specimens.wording import unaccented

ID_1 = (85.6, 53.98)
"""ISO/IEC 7810 ID-1, millimetres."""
CARD_FAMILIES = ("Arimo", "Roboto", SANS)
CARD_TONES: tuple[tuple[Ink, Ink], ...] = (
    ((232, 242, 238), (206, 228, 220)),
    ((236, 242, 244), (210, 226, 232)),
    ((240, 243, 232), (222, 232, 208)),
)
TITLE_RED: Ink = (176, 40, 36)
MRZ_PITCH = 2.54
"""ICAO 9303-3: ten characters an inch."""
FIELDS_LEFT, FIELDS_RIGHT = 27.2, 84.4
"""Where the printed fields of the front begin and end, millimetres."""
RENEWAL_AGES = (25, 40, 60)
FIRST_ISSUE, LAST_ISSUE = date(2021, 3, 1), date(2024, 6, 28)
IN_FORCE_UNTIL = date(2026, 6, 28)
GRACE_YEARS = 2
"""A card issued so shortly before a renewal age counts to the next (Luật Căn cước công dân 2014, Art. 21)."""


@dataclass(frozen=True, slots=True)
class CitizenCard:
    """What is printed on both sides; no expiry is a card without a term."""

    holder: Person
    place_of_origin: str
    residence: str
    issued_on: date
    expires_on: date | None
    features: str


def expiry(born: date, issued_on: date, ages: tuple[int, ...] = RENEWAL_AGES) -> date | None:
    """The next birthday of one of the ages (25, 40, 60) that is far enough away, else none."""
    birthdays = [birthday(born, age) for age in ages]
    far_enough = [day for day in birthdays if day > birthday(issued_on, GRACE_YEARS)]
    return min(far_enough, default=None)


def first_issue(born: date) -> date:
    """From here on a card of 2021 is still in force in summer 2026, so that specimens are not all expired."""
    passed = [
        birthday(born, age - GRACE_YEARS) for age in RENEWAL_AGES if birthday(born, age) <= IN_FORCE_UNTIL
    ]
    return max([FIRST_ISSUE, *passed])


def birthday(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March."""
    leapt = (day.month, day.day) == (2, 29) and (day.year + years) % 4 != 0
    return date(day.year + years, 3, 1) if leapt else day.replace(year=day.year + years)


def citizen_card(order: Order) -> CitizenCard:
    """The card of the family's child: addresses without prefixes, as the cards print them."""
    chance, child = Chance("card", order.seed), order.family.child
    issued_on = chance.day(first_issue(child.date_of_birth), LAST_ISSUE)
    mark = chance.pick(("Sẹo chấm", "Nốt ruồi", "Sẹo ngang", "Sẹo dọc"))
    where = chance.pick(("dưới mép trái", "trên đuôi mắt phải", "trước cánh mũi phải", "sau cánh mũi trái"))
    return CitizenCard(
        holder=child,
        place_of_origin=child.place_of_origin.written(order.era, prefixed=False),
        residence=child.residence.written(order.era, prefixed=False),
        issued_on=issued_on,
        expires_on=expiry(child.date_of_birth, issued_on),
        features=f"{mark} C:{chance.between(1, 4)}cm {where}",
    )


def qr_payload(card: CitizenCard) -> str:
    """Seven fields parted by bars; no old number leaves two neighbouring bars."""
    holder = card.holder
    return "|".join(
        (
            holder.personal_number,
            holder.old_id_number or "",
            holder.full_name,
            f"{holder.date_of_birth:%d%m%Y}",
            holder.sex.printed,
            card.residence,
            f"{card.issued_on:%d%m%Y}",
        )
    )


def front_truth(card: CitizenCard) -> dict[str, str]:
    """What stands on the front, in print or in the QR code."""
    holder = card.holder
    truth = {
        "personal_number": holder.personal_number,
        "full_name": holder.full_name.upper(),
        "date_of_birth": holder.date_of_birth.isoformat(),
        "sex": holder.sex.value,
        "nationality": holder.nationality,
        "place_of_origin": card.place_of_origin,
        "residence": card.residence,
        "expires_on": card.expires_on.isoformat() if card.expires_on else "unlimited",
        "issued_on": card.issued_on.isoformat(),
    }
    if holder.old_id_number:
        truth["old_id_number"] = holder.old_id_number
    return truth


def back_truth(card: CitizenCard) -> dict[str, str]:
    """What stands on the back, in print or in the machine-readable zone."""
    holder = card.holder
    truth = {
        "personal_number": holder.personal_number,
        "full_name_unaccented": unaccented(holder.full_name),
        "date_of_birth": holder.date_of_birth.isoformat(),
        "sex": holder.sex.value,
        "issued_on": card.issued_on.isoformat(),
    }
    if card.expires_on:
        truth["expires_on"] = card.expires_on.isoformat()
    return truth


def blank_card(order: Order, chance: Chance) -> Sheet:
    """Tinted plastic with waves and the word MẪU."""
    tone, wave = chance.pick(CARD_TONES)
    sheet = Sheet(*ID_1, dpi=order.dpi, tone=tone)
    guilloche(sheet, chance, wave, pitch=2.6)
    watermark(sheet, wave, points=21, turn=24, rows=1)
    return sheet


def qr_picture(text: str, pixels: int) -> Image.Image:
    """The QR code as dark modules on white, about that many pixels wide."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules = np.array(code.to_image(scale=1, add_quiet_zones=True))
    return Image.fromarray(modules).resize((pixels, pixels), Image.Resampling.NEAREST)


def draw_card_front(order: Order) -> Drawing:
    """The side with the portrait and the QR code."""
    chance, card = Chance("card front layout", order.seed), citizen_card(order)
    sheet, family = blank_card(order, chance), chance.pick(CARD_FAMILIES)
    label, value = Pen(family, chance.spread(5.2, 5.6)), Pen(family, chance.spread(7.0, 7.5))
    draw_front_header(sheet, family)
    sheet.paste(qr_picture(qr_payload(card), sheet.px(15.2)), (68.4, 2.2))
    portrait(sheet, (2.6, 18.2), width=21.5, height=27.5)
    draw_front_fields(sheet, card, label, value)
    draw_front_residence(sheet, card, label, value, below=chance.happens(0.3))
    expires = f"Có giá trị đến: {f'{card.expires_on:%d/%m/%Y}' if card.expires_on else 'Không thời hạn'}"
    sheet.write((2.6, 48.2), expires, fitted(sheet, expires, label, 22.6))
    sheet.write((2.6, 50.2), "Date of expiry", label.sized(0.85))
    return Drawing(sheet, front_truth(card))


def draw_front_header(sheet: Sheet, family: str) -> None:
    """State name and title in two languages, with the mark of a specimen."""
    emblem(sheet, (10.5, 9.0), millimetres=11.5)
    middle, small = 42.5, Pen(family, 4.4)
    sheet.write((middle, 4.6), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Pen(family, 6.0, 700), anchor="m")
    sheet.write((middle, 7.1), "Độc lập - Tự do - Hạnh phúc", Pen(family, 5.4, 600), anchor="m")
    sheet.write((middle, 9.2), "SOCIALIST REPUBLIC OF VIET NAM", small, anchor="m")
    sheet.write((middle, 11.1), "Independence - Freedom - Happiness", small, anchor="m")
    sheet.write((middle, 15.2), "CĂN CƯỚC CÔNG DÂN", Pen(family, 10.4, 700, ink=TITLE_RED), anchor="m")
    sheet.write((middle, 17.7), "Citizen Identity Card", Pen(family, 5.8, 600, ink=TITLE_RED), anchor="m")
    sheet.write((2.6, 53.0), MARK, Pen(family, 4.4, 700, ink=SEAL_RED))


def draw_front_fields(sheet: Sheet, card: CitizenCard, label: Pen, value: Pen) -> None:
    """Number, name, birth, sex, nationality, place of origin."""
    holder, left = card.holder, FIELDS_LEFT
    edge = sheet.write((left, 22.2), "Số / No.:", label.bold())
    sheet.write((edge + 1.2, 22.2), holder.personal_number, value.sized(1.35).bold())
    sheet.write((left, 25.4), "Họ và tên / Full name:", label)
    name, pen = holder.full_name.upper(), value.sized(1.08).bold()
    sheet.write((left, 28.9), name, fitted(sheet, name, pen, FIELDS_RIGHT - left))
    edge = sheet.write((left, 32.4), "Ngày sinh / Date of birth:", label)
    sheet.write((edge + 1.0, 32.4), f"{holder.date_of_birth:%d/%m/%Y}", value)
    edge = sheet.write((left, 35.7), "Giới tính / Sex:", label)
    edge = sheet.write((edge + 0.8, 35.7), holder.sex.printed, value)
    edge = sheet.write((max(edge + 2, 49), 35.7), "Quốc tịch / Nationality:", label)
    sheet.write((edge + 0.8, 35.7), holder.nationality, value)
    sheet.write((left, 38.9), "Quê quán / Place of origin:", label)
    sheet.write(
        (left, 42.1), card.place_of_origin, fitted(sheet, card.place_of_origin, value, FIELDS_RIGHT - left)
    )


def draw_front_residence(sheet: Sheet, card: CitizenCard, label: Pen, value: Pen, *, below: bool) -> None:
    """The residence goes on beside its label if there is room, and on the next line."""
    left, edge = FIELDS_LEFT, FIELDS_RIGHT
    start = sheet.write((left, 45.4), "Nơi thường trú / Place of residence:", label) + 0.8
    lines = sheet.wrap(card.residence, value, first=edge - left if below else edge - start, width=edge - left)
    if not below and sheet.length(lines[0], value) <= edge - start:
        sheet.write((start, 45.4), lines[0], value)
        lines = lines[1:]
    rest = " ".join(lines)
    if rest:
        sheet.write((left, 48.8), rest, fitted(sheet, rest, value, edge - left))


def fitted(sheet: Sheet, text: str, pen: Pen, width: float) -> Pen:
    """The pen, smaller if the text would not fit in that many millimetres."""
    return pen.sized(min(1.0, width / sheet.length(text, pen)))


def draw_card_back(order: Order) -> Drawing:
    """The side with the chip, the fingerprints and the machine-readable zone."""
    chance, card = Chance("card back layout", order.seed), citizen_card(order)
    sheet, family = blank_card(order, chance), chance.pick(CARD_FAMILIES)
    label = Pen(family, chance.spread(5.2, 5.6))
    draw_back_texts(sheet, card, label)
    draw_chip(sheet)
    draw_fingerprints(sheet, label, chance)
    signature(sheet, (38, 28.5), chance, width=14)
    seal(sheet, (31.5, 28.2), chance, millimetres=11)
    draw_mrz(sheet, mrz_lines(card.holder, card.expires_on))
    sheet.write((2.6, 53.2), MARK, Pen(family, 4.0, 700, ink=SEAL_RED))
    return Drawing(sheet, back_truth(card))


def draw_back_texts(sheet: Sheet, card: CitizenCard, label: Pen) -> None:
    """Features, day of issue, the office and the officer who signed."""
    sheet.write((3, 4.6), "Đặc điểm nhận dạng / Personal identification:", label)
    sheet.write((3, 7.8), card.features, label.sized(1.15))
    edge = sheet.write((3, 11.4), "Ngày, tháng, năm / Date, month, year:", label)
    sheet.write((edge + 1, 11.4), f"{card.issued_on:%d/%m/%Y}", label.sized(1.2))
    middle, strong = 38, label.sized(0.86).bold()
    sheet.write((middle, 15.2), "CỤC TRƯỞNG CỤC CẢNH SÁT", strong, anchor="m")
    sheet.write((middle, 17.5), "QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI", strong, anchor="m")
    sheet.write((middle, 19.5), "DIRECTOR GENERAL OF THE POLICE DEPARTMENT", label.sized(0.62), anchor="m")
    sheet.write(
        (middle, 21.1), "FOR ADMINISTRATIVE MANAGEMENT OF SOCIAL ORDER", label.sized(0.62), anchor="m"
    )
    sheet.write((middle, 34.4), "Trần Văn Mẫu", strong, anchor="m")


def draw_chip(sheet: Sheet, *, top_mm: float = 19.5) -> None:
    """A gold contact plate at the left."""
    low = top_mm + 10
    (left, top), (right, bottom) = sheet.points((4.5, top_mm), (16.5, low))
    sheet.brush.rounded_rectangle(
        (left, top, right, bottom), sheet.px(1.4), fill=(214, 182, 98), outline=(150, 120, 50), width=2
    )
    for y in (top_mm + 3.3, top_mm + 6.7):
        sheet.brush.line(sheet.points((4.5, y), (16.5, y)), fill=(150, 120, 50), width=max(1, sheet.px(0.15)))
    sheet.brush.line(
        sheet.points((10.5, top_mm), (10.5, low)), fill=(150, 120, 50), width=max(1, sheet.px(0.15))
    )


def draw_fingerprints(sheet: Sheet, label: Pen, chance: Chance) -> None:
    """Two boxes with rings in place of ridges."""
    for top, words, english in (
        (2.5, "Ngón trỏ trái", "Left index finger"),
        (19.0, "Ngón trỏ phải", "Right index finger"),
    ):
        sheet.brush.rectangle([*sheet.points((68, top), (82.5, top + 12))], fill=(244, 246, 246))
        for ring in range(1, 8):
            wide, tall = 0.62 * ring, 0.78 * ring + chance.spread(-0.1, 0.1)
            box = [*sheet.points((75.2 - wide, top + 6 - tall), (75.2 + wide, top + 6 + tall))]
            sheet.brush.ellipse(box, outline=(120, 120, 126), width=max(1, sheet.px(0.14)))
        sheet.write((75.2, top + 14), words, label.sized(0.85), anchor="m")
        sheet.write((75.2, top + 15.9), english, label.sized(0.72), anchor="m")


def draw_mrz(sheet: Sheet, lines: tuple[str, str, str]) -> None:
    """Three lines, each character in the middle of a cell of its own (ICAO 9303-3, 4.4)."""
    pen = Pen(SANS, 10.2, 500, width=66)
    for row, line in enumerate(lines):
        y = 41.6 + 4.3 * row
        for at, char in enumerate(line):
            where = sheet.points((4.7 + MRZ_PITCH * (at + 0.5), y))[0]
            sheet.brush.text(where, char, font=font_for(pen, char, sheet.dpi), fill=pen.ink, anchor="ms")
        sheet.texts.append(line)
