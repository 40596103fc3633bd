"""A person goes in, the front of a drawn driving licence (plastic card) with its truth and record comes out.

Labels as printed (Thông tư 12/2017/TT-BGTVT, since 1 March 2025 Bộ Công an; domain.md 2.10). The number has
twelve digits and is no personal number, though it may look like one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from verification.specimens.card import CARD_FAMILIES, ID_1, birthday, fitted
from verification.specimens.chance import Chance
from verification.specimens.issuing import LAST_ISSUE, era_by_seed, issue_day
from verification.specimens.model import Drawing, Order, RecordLine
from verification.specimens.ornament import MARK, SEAL_RED, guilloche, portrait, seal, signature, watermark
from verification.specimens.people import Family, Person
from verification.specimens.places import Era, Residence, Unit
from verification.specimens.records import UPDATED_AT, place_record
from verification.specimens.sheet import Sheet
from verification.specimens.typeface import Ink, Pen

FIRST_ISSUE = date(2013, 7, 1)
"""The plastic licence replaces the paper one."""
POLICE_SINCE = date(2025, 3, 1)
"""Bộ Công an issues licences."""
LAW_OF_2024 = date(2025, 1, 1)
"""Luật Trật tự, an toàn giao thông đường bộ 36/2024/QH15, Art. 57: new classes."""
CLASSES_BEFORE = (("A1", 4), ("A2", 1), ("B1", 2), ("B2", 6), ("C", 3), ("D", 1), ("E", 1), ("FC", 1))
CLASSES_SINCE = (
    ("A1", 4),
    ("A", 1),
    ("B", 6),
    ("C1", 2),
    ("C", 2),
    ("D1", 1),
    ("D", 1),
    ("BE", 1),
    ("CE", 1),
)
WITHOUT_TERM = ("A1", "A2", "A")
TEN_YEARS = ("B", "B1", "B2", "C1")
LOWEST_AGE = {"C": 21, "D": 27, "D1": 24, "E": 27, "FC": 24, "BE": 21, "CE": 24}
TONES: tuple[tuple[Ink, Ink], ...] = (
    ((250, 244, 222), (236, 224, 178)),
    ((248, 238, 232), (236, 212, 200)),
    ((244, 246, 230), (220, 228, 190)),
)
RED: Ink = (186, 34, 36)
LEFT, RIGHT = 26.4, 83.8
PHOTO_MIDDLE = 13.6
SHORT_KINDS = {
    "xã": "X.",
    "phường": "P.",
    "thị trấn": "TT.",
    "huyện": "H.",
    "quận": "Q.",
    "thị xã": "TX.",
    "thành phố": "TP.",
    "tỉnh": "T.",
}

licence_era = era_by_seed("driving licence", new_share=0.35)


@dataclass(frozen=True, slots=True)
class Licence:
    """What is printed on the front; no expiry is a licence without a term."""

    holder: Person
    number: str
    residence: str
    nationality: str
    category: str
    issued_on: date
    expires_on: date | None
    town: str

    @property
    def truth(self) -> dict[str, str]:
        """Fields as interface.md names them."""
        return {
            "licence_number": self.number,
            "full_name": self.holder.full_name.upper(),
            "date_of_birth": self.holder.date_of_birth.isoformat(),
            "nationality": self.nationality,
            "residence": self.residence,
            "class": self.category,
            "issued_on": self.issued_on.isoformat(),
            "expires_on": expiry_text(self.expires_on),
        }


def expiry_text(expires_on: date | None) -> str:
    """As interface.md writes it."""
    return expires_on.isoformat() if expires_on else "unlimited"


def licence(order: Order) -> Licence:
    """The licence of the family's child."""
    chance, child = Chance("driving licence", order.seed), order.family.child
    first = max(FIRST_ISSUE, birthday(child.date_of_birth, 18))
    issued_on = issue_day(chance, order.era, min(first, LAST_ISSUE))
    category = category_of(chance, child.date_of_birth, issued_on)
    return Licence(
        holder=child,
        number=licence_number(chance, child, issued_on),
        residence=written_residence(chance, child.residence, order.era),
        nationality=chance.pick((child.nationality, child.nationality.upper())),
        category=category,
        issued_on=issued_on,
        expires_on=end_of_term(category, issued_on),
        town=child.residence.place.units(order.era)[-1].name,
    )


def category_of(chance: Chance, born: date, issued_on: date) -> str:
    """A class of its time that the holder was old enough for."""
    age = (issued_on - born).days / 365.25
    classes = CLASSES_SINCE if issued_on >= LAW_OF_2024 else CLASSES_BEFORE
    return chance.weighted([choice for choice in classes if LOWEST_AGE.get(choice[0], 18) <= age])


def end_of_term(category: str, issued_on: date) -> date | None:
    """Motorcycles have no term, cars ten years, heavier ones five (law of 2024, Art. 57)."""
    if category in WITHOUT_TERM:
        return None
    return birthday(issued_on, 10 if category in TEN_YEARS else 5)


def licence_number(chance: Chance, holder: Person, issued_on: date) -> str:
    """Province, sex, year of the test, seven digits; a third look just like the holder's personal number."""
    random = chance.digits(7)
    if chance.happens(0.33):
        return holder.personal_number[:6] + random[1:]
    sex = int(holder.personal_number[3]) % 2
    return f"{holder.place_of_origin.birth_code[1:]}{sex}{issued_on:%y}{random}"


def written_residence(chance: Chance, home: Residence, era: Era) -> str:
    """With kinds, without, or with kinds in short; the hamlet or street is often left out."""
    detail = f"{home.detail}, " if chance.happens(0.6) else ""
    written = chance.pick(
        (
            home.place.written(era, prefixed=False),
            home.place.written(era, prefixed=True),
            ", ".join(in_short(unit) for unit in home.place.units(era)),
        )
    )
    text = detail + written
    return text[0].upper() + text[1:]


def in_short(unit: Unit) -> str:
    """X. Thụy Lâm, TP. Hà Nội, P. 7."""
    if unit.kind not in SHORT_KINDS:
        return unit.written(prefixed=True)
    return f"{SHORT_KINDS[unit.kind]} {unit.written(prefixed=True).removeprefix(f'{unit.kind} ')}"


def licence_records(order: Order, recorded: Family) -> tuple[RecordLine, ...]:
    """A licence is answered by the licence database."""
    return (
        ("driving_licence", licence_record(licence(order), recorded.child, Chance("record", order.seed))),
    )


def licence_record(paper: Licence, holder: Person, chance: Chance) -> Mapping[str, object]:
    """The licence as its database knows it, with the communes of today."""
    home = holder.residence
    text = home.written(Era.NEW, prefixed=chance.happens(0.5))
    return {
        "licence_number": paper.number,
        "full_name": holder.full_name,
        "date_of_birth": holder.date_of_birth.isoformat(),
        "nationality": holder.nationality,
        "residence": place_record(home.place, text, coded=chance.happens(0.5)),
        "class": paper.category,
        "issued_on": paper.issued_on.isoformat(),
        "expires_on": expiry_text(paper.expires_on),
        "status": "valid",
        "updated_at": UPDATED_AT,
        "deleted": False,
    }


def draw_licence(order: Order) -> Drawing:
    """The side with the portrait."""
    paper, chance = licence(order), Chance("driving licence layout", order.seed)
    tone, wave = chance.pick(TONES)
    sheet, family = Sheet(*ID_1, dpi=order.dpi, tone=tone), chance.pick(CARD_FAMILIES)
    guilloche(sheet, chance, wave, pitch=2.4)
    watermark(sheet, wave, points=20, turn=20, rows=1)
    label, value = Pen(family, chance.spread(5.4, 5.9)), Pen(family, chance.spread(6.4, 7.0), 600)
    slash = chance.pick(("/", " / "))
    draw_header(sheet, paper, family)
    draw_left(sheet, paper, label, value, slash)
    y = draw_fields(sheet, paper, label, value, slash)
    draw_issue(sheet, paper, label, y, chance)
    sheet.write((2.6, 53.2), MARK, Pen(family, 4.0, 700, ink=SEAL_RED))
    return Drawing(sheet, paper.truth)


def draw_header(sheet: Sheet, paper: Licence, family: str) -> None:
    """Ministry, state name and title in two languages."""
    police = paper.issued_on >= POLICE_SINCE
    left, middle = PHOTO_MIDDLE, 54.0
    small, strong = Pen(family, 4.1), Pen(family, 5.4, 700)
    sheet.write((left, 4.0), "BỘ CÔNG AN" if police else "BỘ GTVT", strong, anchor="m")
    sheet.write((left, 6.1), "MPS" if police else "MOT", small, anchor="m")
    sheet.write((middle, 4.0), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", strong, anchor="m")
    sheet.write((middle, 5.9), "SOCIALIST REPUBLIC OF VIET NAM", small, anchor="m")
    sheet.write((middle, 8.0), "Độc lập - Tự do - Hạnh phúc", Pen(family, 5.0, 600), anchor="m")
    sheet.write((middle, 9.8), "Independence - Freedom - Happiness", small, anchor="m")
    title = "GIẤY PHÉP LÁI XE / DRIVER'S LICENSE"
    sheet.write((middle, 14.0), title, Pen(family, 8.2, 700, ink=RED), anchor="m")


def draw_left(sheet: Sheet, paper: Licence, label: Pen, value: Pen, slash: str) -> None:
    """Portrait, class, expiry."""
    portrait(sheet, (3.6, 8.0), width=20, height=26.5)
    edge = sheet.write((3.6, 39.6), f"Hạng{slash}Class:", label)
    sheet.write((edge + 1.0, 39.6), paper.category, value.sized(1.5).bold().coloured(RED))
    sheet.write((3.6, 44.4), f"Có giá trị đến{slash}Expires:", label)
    expires = f"{paper.expires_on:%d/%m/%Y}" if paper.expires_on else "Không thời hạn"
    sheet.write((3.6, 47.8), expires, value)


def draw_fields(sheet: Sheet, paper: Licence, label: Pen, value: Pen, slash: str) -> float:
    """Number, name, birth, nationality, residence; gives the next base line."""
    holder = paper.holder
    number = value.sized(1.35).bold().coloured(RED)
    edge = sheet.write((LEFT, 18.2), f"Số{slash}No.:", label.sized(1.15).bold())
    sheet.write((edge + 1.2, 18.2), paper.number, number)
    rows = (
        (f"Họ tên{slash}Full name:", holder.full_name.upper()),
        (f"Ngày sinh{slash}Date of Birth:", f"{holder.date_of_birth:%d/%m/%Y}"),
        (f"Quốc tịch{slash}Nationality:", paper.nationality),
    )
    y = 21.8
    for words, printed in rows:
        edge = sheet.write((LEFT, y), words, label) + 1.0
        sheet.write((edge, y), printed, fitted(sheet, printed, value, RIGHT - edge))
        y += 3.5
    return draw_residence(sheet, y, (f"Nơi cư trú{slash}Address:", paper.residence), label, value)


def draw_residence(sheet: Sheet, y: float, cell: tuple[str, str], label: Pen, value: Pen) -> float:
    """The address begins beside its label and goes on below it; gives the next base line."""
    edge = sheet.write((LEFT, y), cell[0], label) + 1.0
    first, *others = sheet.wrap(cell[1], value, first=RIGHT - edge, width=RIGHT - LEFT)
    sheet.write((edge, y), first, fitted(sheet, first, value, RIGHT - edge))
    rest = " ".join(others)
    if rest:
        y += 3.3
        sheet.write((LEFT, y), rest, fitted(sheet, rest, value, RIGHT - LEFT))
    return y + 3.8


def draw_issue(sheet: Sheet, paper: Licence, label: Pen, y: float, chance: Chance) -> None:
    """Place and day in two languages, the officer with signature and seal."""
    day, middle = paper.issued_on, 62.0
    words = f"{paper.town}, ngày/date {day:%d} tháng/month {day:%m} năm/year {day.year}"
    pen = label.slanted()
    sheet.write((RIGHT, y), words, fitted(sheet, words, pen, RIGHT - LEFT), anchor="r")
    police = day >= POLICE_SINCE
    title = "TRƯỞNG PHÒNG CẢNH SÁT GIAO THÔNG" if police else chance.pick(("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"))
    sheet.write((middle, y + 3.4), title, label.bold(), anchor="m")
    signature(sheet, (middle, 47.2), chance, width=13)
    seal(sheet, (middle - 8, 46.8), chance, millimetres=10)
    officer = chance.pick(("Phan Văn Mẫu", "Lê Mẫu Dũng", "Tô Thị Mẫu"))
    sheet.write((middle, 52.6), officer, label.bold(), anchor="m")
