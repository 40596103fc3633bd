"""A person goes in, the front or the back of a drawn identity card of 2024 with its truth comes out.

Labels as printed (Luật Căn cước 26/2023/QH15, Thông tư 17/2024/TT-BCA; domain.md 2.2): no address on the
front; QR code, chip and machine-readable zone on the back.
"""

from dataclasses import dataclass
from datetime import date

from verification.specimens.card import (
    CARD_FAMILIES,
    blank_card,
    draw_chip,
    draw_mrz,
    expiry,
    fitted,
    qr_picture,
)
from verification.specimens.chance import Chance
from verification.specimens.issuing import era_by_seed, issue_day
from verification.specimens.model import Drawing, Order
from verification.specimens.mrz import mrz_lines
from verification.specimens.ornament import MARK, SEAL_RED, emblem, portrait, seal
from verification.specimens.people import Cohort, Family, Person
from verification.specimens.sheet import At, Sheet
from verification.specimens.typeface import Ink, Pen
from verification.specimens.wording import unaccented

FIRST_ISSUE = date(2024, 7, 1)
"""Luật Căn cước 26/2023/QH15 in force."""
RENEWAL_AGES = (14, 25, 40, 60)
PARENTS_BELOW = 14
"""Whose QR code names the parents (domain.md 2.3)."""
SCHOOL_SHARE = 0.15
TITLE_RED: Ink = (176, 40, 36)
LEFT, RIGHT = 27.2, 84.4
"""Where the printed fields of the front begin and end, millimetres."""
BACK_LEFT, BACK_WIDTH = 3.0, 61.6
QR_MM = 18.0

card_2024_era = era_by_seed("card 2024", new_share=0.5)


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """What is printed on both sides; no expiry is a card without a term."""

    holder: Person
    residence: str
    birth_registration: str
    issued_on: date
    expires_on: date | None
    cancelled_number: str
    parents: tuple[str, str]


def card_2024_cohort(seed: int) -> Cohort:
    """Some holders go to school: the card of 2024 has no lowest age."""
    return Cohort.SCHOOL if Chance("card 2024 cohort", seed).happens(SCHOOL_SHARE) else Cohort.GROWN


def identity_card(order: Order) -> IdentityCard:
    """The card of the family's child."""
    chance, child = Chance("card 2024", order.seed), order.family.child
    issued_on = issue_day(chance, order.era, FIRST_ISSUE)
    young = (issued_on - child.date_of_birth).days < PARENTS_BELOW * 365.25
    cancelled = f"{child.personal_number[:6]}{chance.digits(6)}"
    return IdentityCard(
        holder=child,
        residence=child.residence.written(order.era, prefixed=False),
        birth_registration=child.place_of_registration.written(order.era, prefixed=False),
        issued_on=issued_on,
        expires_on=expiry(child.date_of_birth, issued_on, RENEWAL_AGES),
        cancelled_number=cancelled if chance.happens(0.05) else "",
        parents=parents_of(order.family) if young else ("", ""),
    )


def parents_of(family: Family) -> tuple[str, str]:
    """Father and mother by name."""
    return family.father.full_name, family.mother.full_name


def qr_payload(card: IdentityCard) -> str:
    """Eleven fields parted by bars: the seven of 2021, one without use, cancelled number, father, mother."""
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
            "",
            card.cancelled_number,
            *card.parents,
        )
    )


def front_truth(card: IdentityCard) -> dict[str, str]:
    """What is printed on the front."""
    holder = card.holder
    return {
        "personal_number": holder.personal_number,
        "full_name": holder.full_name.upper(),
        "date_of_birth": holder.date_of_birth.isoformat(),
        "sex": holder.sex.value,
        "nationality": holder.nationality,
    }


def back_truth(card: IdentityCard) -> dict[str, str]:
    """What stands on the back, in print, in the QR code or in the machine-readable zone."""
    holder = card.holder
    truth = {
        "personal_number": holder.personal_number,
        "full_name": holder.full_name,
        "full_name_unaccented": unaccented(holder.full_name),
        "date_of_birth": holder.date_of_birth.isoformat(),
        "sex": holder.sex.value,
        "residence": card.residence,
        "place_of_birth_registration": card.birth_registration,
        "issued_on": card.issued_on.isoformat(),
        "expires_on": card.expires_on.isoformat() if card.expires_on else "unlimited",
    }
    return truth | ({"old_id_number": holder.old_id_number} if holder.old_id_number else {})


def draw_card_2024_front(order: Order) -> Drawing:
    """The side with the portrait."""
    chance, card = Chance("card 2024 front layout", order.seed), identity_card(order)
    sheet, family = blank_card(order, chance), chance.pick(CARD_FAMILIES)
    label, value = Pen(family, chance.spread(5.2, 5.7)), Pen(family, chance.spread(7.0, 7.6))
    draw_header(sheet, family)
    portrait(sheet, (2.6, 18.4), width=21.5, height=28.5)
    draw_name(sheet, card.holder, label, value)
    draw_birth = draw_birth_below if chance.happens(0.5) else draw_birth_beside
    draw_birth(sheet, card.holder, label, value)
    sheet.write((2.6, 52.6), MARK, Pen(family, 4.4, 700, ink=SEAL_RED))
    return Drawing(sheet, front_truth(card))


def draw_header(sheet: Sheet, family: str) -> None:
    """State name and title in two languages."""
    emblem(sheet, (10.5, 9.2), millimetres=12)
    middle, small = 47.0, Pen(family, 4.4)
    sheet.write((middle, 4.6), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Pen(family, 6.2, 700), anchor="m")
    sheet.write((middle, 7.1), "Độc lập - Tự do - Hạnh phúc", Pen(family, 5.4, 600), anchor="m")
    sheet.write((middle, 9.2), "SOCIALIST REPUBLIC OF VIET NAM", small, anchor="m")
    sheet.write((middle, 11.1), "Independence - Freedom - Happiness", small, anchor="m")
    sheet.write((middle, 15.4), "CĂN CƯỚC", Pen(family, 11.0, 700, ink=TITLE_RED), anchor="m")
    sheet.write((middle, 18.0), "IDENTITY CARD", Pen(family, 6.0, 600, ink=TITLE_RED), anchor="m")


def draw_name(sheet: Sheet, holder: Person, label: Pen, value: Pen) -> None:
    """Number and name, each under its label."""
    sheet.write((LEFT, 22.4), "Số định danh cá nhân / Personal identification number:", label)
    sheet.write((LEFT, 26.6), holder.personal_number, value.sized(1.3).bold())
    sheet.write((LEFT, 30.2), "Họ, chữ đệm và tên khai sinh / Full name:", label)
    name, pen = holder.full_name.upper(), value.sized(1.08).bold()
    sheet.write((LEFT, 34.0), name, fitted(sheet, name, pen, RIGHT - LEFT))


def draw_birth_below(sheet: Sheet, holder: Person, label: Pen, value: Pen) -> None:
    """Birth, sex and nationality, each under its label."""
    born = f"{holder.date_of_birth:%d/%m/%Y}"
    write_pair(sheet, (LEFT, 37.7), ("Ngày, tháng, năm sinh / Date of birth:", born), label, value)
    write_pair(sheet, (67.0, 37.7), ("Giới tính / Sex:", holder.sex.printed), label, value)
    write_pair(sheet, (LEFT, 44.6), ("Quốc tịch / Nationality:", holder.nationality), label, value)


def write_pair(sheet: Sheet, at: At, pair: tuple[str, str], label: Pen, value: Pen) -> None:
    """A label and its value on the line below."""
    sheet.write(at, pair[0], label)
    sheet.write((at[0], at[1] + 3.4), pair[1], value)


def draw_birth_beside(sheet: Sheet, holder: Person, label: Pen, value: Pen) -> None:
    """Birth, sex and nationality, each beside its label."""
    edge = sheet.write((LEFT, 38.4), "Ngày, tháng, năm sinh / Date of birth:", label)
    sheet.write((edge + 1.0, 38.4), f"{holder.date_of_birth:%d/%m/%Y}", value)
    edge = sheet.write((LEFT, 42.6), "Giới tính / Sex:", label)
    edge = sheet.write((edge + 0.8, 42.6), holder.sex.printed, value)
    edge = sheet.write((max(edge + 2, 49), 42.6), "Quốc tịch / Nationality:", label)
    sheet.write((edge + 0.8, 42.6), holder.nationality, value)


def draw_card_2024_back(order: Order) -> Drawing:
    """The side with the addresses, the QR code, the chip and the machine-readable zone."""
    chance, card = Chance("card 2024 back layout", order.seed), identity_card(order)
    sheet, family = blank_card(order, chance), chance.pick(CARD_FAMILIES)
    label, value = Pen(family, chance.spread(5.0, 5.5)), Pen(family, chance.spread(6.3, 6.8))
    draw_qr(sheet, qr_payload(card))
    draw_places(sheet, card, label, value, width=chance.pick((BACK_WIDTH, chance.spread(38, 50))))
    draw_chip(sheet, top_mm=25.0)
    draw_days(sheet, card, label, value)
    draw_issuer(sheet, label, chance)
    draw_mrz(sheet, mrz_lines(card.holder, card.expires_on))
    sheet.write((2.6, 53.2), MARK, Pen(family, 4.0, 700, ink=SEAL_RED))
    return Drawing(sheet, back_truth(card))


def draw_qr(sheet: Sheet, payload: str) -> None:
    """The code in the upper right corner."""
    sheet.paste(qr_picture(payload, sheet.px(QR_MM)), (65.6, 2.0))
    sheet.texts.append(payload)


def draw_places(sheet: Sheet, card: IdentityCard, label: Pen, value: Pen, *, width: float) -> None:
    """Residence and place of birth registration, each under its label on one or two lines."""
    y = 4.6
    for words, place in (
        ("Nơi cư trú / Place of residence:", card.residence),
        ("Nơi đăng ký khai sinh / Place of birth:", card.birth_registration),
    ):
        sheet.write((BACK_LEFT, y), words, label)
        y = write_place(sheet, y, place, value, width) + 0.4


def write_place(sheet: Sheet, y: float, place: str, value: Pen, width: float) -> float:
    """A place below the base line; gives the next base line."""
    first, *others = sheet.wrap(place, value, first=width, width=width)
    sheet.write((BACK_LEFT, y + 2.9), first, fitted(sheet, first, value, width))
    rest = " ".join(others)
    if not rest:
        return y + 6.4
    sheet.write((BACK_LEFT, y + 5.7), rest, fitted(sheet, rest, value, BACK_WIDTH))
    return y + 9.2


def draw_days(sheet: Sheet, card: IdentityCard, label: Pen, value: Pen) -> None:
    """Day of issue and of expiry, each under its label, beside the chip."""
    expires = f"{card.expires_on:%d/%m/%Y}" if card.expires_on else "Không thời hạn"
    for y, words, day in (
        (25.4, "Ngày, tháng, năm cấp / Date of issue:", f"{card.issued_on:%d/%m/%Y}"),
        (31.6, "Ngày, tháng, năm hết hạn / Date of expiry:", expires),
    ):
        sheet.write((18.4, y), words, label)
        sheet.write((18.4, y + 2.9), day, value)


def draw_issuer(sheet: Sheet, label: Pen, chance: Chance) -> None:
    """The ministry and its seal."""
    middle = 73.0
    sheet.write((middle, 24.0), "BỘ CÔNG AN", label.sized(1.1).bold(), anchor="m")
    sheet.write((middle, 26.2), "MINISTRY OF PUBLIC SECURITY", label.sized(0.72), anchor="m")
    seal(sheet, (middle, 32.6), chance, millimetres=10)
