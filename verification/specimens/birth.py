"""A family and its entry in the book go in, a drawn birth certificate with its truth comes out.

Forms: Thông tư 04/2020/TT-BTP (with personal number) and the form of 2010 (older labels, no number).
"""

from dataclasses import dataclass
from datetime import date

from verification.specimens.chance import Chance
from verification.specimens.form import FormStyle, Row, form_style, write_rows
from verification.specimens.model import Drawing, Order
from verification.specimens.ornament import (
    NOTICE,
    emblem,
    frame,
    guilloche,
    seal,
    signature,
    watermark,
)
from verification.specimens.people import Person
from verification.specimens.registration import Registration, registration
from verification.specimens.sheet import Sheet
from verification.specimens.typeface import SERIF, Ink, Pen
from verification.specimens.wording import date_in_words

A4 = (210.0, 297.0)
FIRST_ROW, LAST_ROW = 66.0, 242.0
RED: Ink = (190, 30, 40)
TINTS: tuple[tuple[Ink, Ink], ...] = (
    ((255, 253, 248), (246, 226, 222)),
    ((253, 254, 250), (224, 238, 226)),
    ((252, 253, 255), (222, 232, 244)),
    ((255, 255, 255), (238, 238, 238)),
)


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one form."""

    name: str
    parent_name: str
    words: str
    residence: str
    registered_at: str


FORM_2020 = Labels(
    "Họ, chữ đệm, tên:",
    "Họ, chữ đệm, tên người {}:",
    "Ghi bằng chữ:",
    "Nơi cư trú:",
    "Nơi đăng ký khai sinh:",
)
FORM_2010 = Labels("Họ và tên:", "Họ và tên {}:", "Bằng chữ:", "Nơi thường trú/tạm trú:", "Nơi đăng ký:")


@dataclass(frozen=True, slots=True)
class BirthPaper:
    """One birth certificate as it will be printed; `fields` is the truth."""

    entry: Registration
    labels: Labels
    fields: dict[str, str]
    printed_dates: dict[str, str]
    declarant: Person


def printed_date(chance: Chance, day: date) -> str:
    """One of the ways a clerk writes a date in digits."""
    return chance.pick(
        (f"{day:%d/%m/%Y}", f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%d-%m-%Y}")
    )


def parent_fields(side: str, parent: Person, residence: str, *, year_only: bool) -> dict[str, str]:
    """The five fields of a parent."""
    born = str(parent.date_of_birth.year) if year_only else parent.date_of_birth.isoformat()
    return {
        f"{side}_full_name": parent.full_name,
        f"{side}_date_of_birth": born,
        f"{side}_ethnicity": parent.ethnicity,
        f"{side}_nationality": parent.nationality,
        f"{side}_residence": residence,
    }


def birth_paper(order: Order) -> BirthPaper:
    """Choose how the certificate of this seed is filled in."""
    chance, family = Chance("birth paper", order.seed), order.family
    entry, child = registration(order.seed, order.family, order.era), family.child
    prefixed, year_only = chance.happens(0.7), chance.happens(0.8)
    born_at = entry.hospital or child.residence.place.written(order.era, prefixed=prefixed)
    fields = {
        "number": entry.number,
        "full_name": child.full_name.upper() if chance.happens(0.75) else child.full_name,
        "date_of_birth": child.date_of_birth.isoformat(),
        "date_of_birth_in_words": date_in_words(child.date_of_birth, spoken=chance.happens(0.3)),
        "sex": child.sex.value,
        "ethnicity": child.ethnicity,
        "nationality": child.nationality,
        "place_of_birth": capitalised(born_at),
        "place_of_origin": capitalised(child.place_of_origin.written(order.era, prefixed=prefixed)),
    }
    if not entry.old_form:
        fields["personal_number"] = child.personal_number
    for side, parent in (("mother", family.mother), ("father", family.father)):
        home = parent.residence.written(order.era, prefixed=prefixed)
        fields |= parent_fields(side, parent, home, year_only=year_only)
    fields |= {"registered_at": entry.registered_at, "registered_on": entry.registered_on.isoformat()}
    dates = {name: printed_date(chance, day) for name, day in dates_of(order, entry).items()}
    if year_only:
        dates |= {f"{side}_date_of_birth": fields[f"{side}_date_of_birth"] for side in ("mother", "father")}
    declarant = chance.pick((family.mother, family.father))
    return BirthPaper(entry, FORM_2010 if entry.old_form else FORM_2020, fields, dates, declarant)


def capitalised(text: str) -> str:
    """The first letter large, the others as they are."""
    return text[0].upper() + text[1:]


def dates_of(order: Order, entry: Registration) -> dict[str, date]:
    """The days that stand on the certificate."""
    family = order.family
    return {
        "date_of_birth": family.child.date_of_birth,
        "mother_date_of_birth": family.mother.date_of_birth,
        "father_date_of_birth": family.father.date_of_birth,
        "registered_on": entry.registered_on,
    }


def parent_rows(paper: BirthPaper, side: str, word: str) -> tuple[Row, ...]:
    """Name; year, ethnic group and nationality; residence."""
    fields = paper.fields
    born = paper.printed_dates[f"{side}_date_of_birth"]
    label = "Năm sinh:" if born.isdigit() else "Ngày, tháng, năm sinh:"
    return (
        ((paper.labels.parent_name.format(word), fields[f"{side}_full_name"]),),
        (
            (label, born),
            ("Dân tộc:", fields[f"{side}_ethnicity"]),
            ("Quốc tịch:", fields[f"{side}_nationality"]),
        ),
        ((paper.labels.residence, fields[f"{side}_residence"]),),
    )


def subject_rows_2020(paper: BirthPaper) -> tuple[Row, ...]:
    """The child, on the form of 2020."""
    fields, dates = paper.fields, paper.printed_dates
    return (
        ((paper.labels.name, fields["full_name"]),),
        (("Ngày, tháng, năm sinh:", dates["date_of_birth"]),),
        ((paper.labels.words, fields["date_of_birth_in_words"]),),
        (
            ("Giới tính:", printed_sex(fields)),
            ("Dân tộc:", fields["ethnicity"]),
            ("Quốc tịch:", fields["nationality"]),
        ),
        (("Nơi sinh:", fields["place_of_birth"]),),
        (("Quê quán:", fields["place_of_origin"]),),
        (("Số định danh cá nhân:", fields["personal_number"]),),
    )


def subject_rows_2010(paper: BirthPaper) -> tuple[Row, ...]:
    """The child, on the form of 2010."""
    fields, dates = paper.fields, paper.printed_dates
    return (
        ((paper.labels.name, fields["full_name"]), ("Giới tính:", printed_sex(fields))),
        (("Ngày, tháng, năm sinh:", dates["date_of_birth"]),),
        ((paper.labels.words, fields["date_of_birth_in_words"]),),
        (("Nơi sinh:", fields["place_of_birth"]),),
        (("Quê quán:", fields["place_of_origin"]),),
        (("Dân tộc:", fields["ethnicity"]), ("Quốc tịch:", fields["nationality"])),
    )


def printed_sex(fields: dict[str, str]) -> str:
    """Nam or Nữ."""
    return "Nam" if fields["sex"] == "male" else "Nữ"


def declarant_rows(paper: BirthPaper) -> tuple[Row, ...]:
    """Who declared the birth: a trap, for it holds a name and a number that are not the child's."""
    person = paper.declarant
    if paper.entry.old_form:
        return ((("Họ và tên người đi khai sinh:", person.full_name),),)
    identity = f"Căn cước công dân số {person.personal_number}"
    return (
        (("Họ, chữ đệm, tên người đi khai sinh:", person.full_name),),
        (("Giấy tờ tùy thân:", identity),),
    )


def rows_of(paper: BirthPaper) -> tuple[Row, ...]:
    """Every row in the order of the form."""
    registered = (
        ((paper.labels.registered_at, paper.fields["registered_at"]),),
        (("Ngày, tháng, năm đăng ký:", paper.printed_dates["registered_on"]),),
    )
    mother, father = parent_rows(paper, "mother", "mẹ"), parent_rows(paper, "father", "cha")
    if paper.entry.old_form:
        return (*subject_rows_2010(paper), *father, *mother, *registered, *declarant_rows(paper))
    return (*subject_rows_2020(paper), *mother, *father, *declarant_rows(paper), *registered)


def draw_header(sheet: Sheet, paper: BirthPaper, style: FormStyle, chance: Chance) -> None:
    """State name, motto, title, number."""
    family = chance.pick((SERIF, style.label.family))
    middle, pen = sheet.width / 2 + chance.spread(-2, 12), Pen(family, 12, 700)
    emblem(sheet, (style.left + 9, 27), millimetres=16)
    sheet.write((middle, 23), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", pen, anchor="m")
    sheet.write((middle, 29), "Độc lập - Tự do - Hạnh phúc", pen, anchor="m")
    sheet.brush.line(
        sheet.points((middle - 27, 31), (middle + 27, 31)), fill=pen.ink, width=max(1, sheet.px(0.25))
    )
    sheet.write(
        (sheet.width / 2, 47), "GIẤY KHAI SINH", Pen(family, chance.spread(20, 24), 700, ink=RED), anchor="m"
    )
    number = f"Số: {paper.fields['number']}"
    if paper.entry.old_form:
        sheet.write((style.right, 39), f"{number}   Quyển số: {paper.entry.book}", style.value, anchor="r")
        sheet.write((sheet.width / 2, 54), "(BẢN CHÍNH)", style.label, anchor="m")
    elif chance.happens(0.5):
        sheet.write((sheet.width / 2, 55), number, style.value, anchor="m")
    else:
        sheet.write((style.right, 39), number, style.value, anchor="r")


def draw_signatures(sheet: Sheet, paper: BirthPaper, style: FormStyle, y: float, chance: Chance) -> None:
    """The official's block at the lower right, with signature and seal."""
    middle = style.right - 36
    sheet.write((middle, y), "NGƯỜI KÝ GIẤY KHAI SINH", style.label.bold(), anchor="m")
    sheet.write(
        (middle, y + 5.5),
        "(Ký, ghi rõ họ, chữ đệm, tên, chức vụ, đóng dấu)",
        style.label.sized(0.72).slanted(),
        anchor="m",
    )
    sheet.write((middle, y + 11), "CHỦ TỊCH", style.label.bold(), anchor="m")
    signature(sheet, (middle, y + 19), chance)
    sheet.write((middle, y + 30), paper.entry.registrar, style.label.bold(), anchor="m")
    seal(sheet, (middle - 19, y + 19), chance)


def draw_birth_certificate(order: Order) -> Drawing:
    """The certificate on A4, over a light security pattern."""
    paper, chance = birth_paper(order), Chance("birth layout", order.seed)
    tone, wave = chance.pick(TINTS)
    sheet = Sheet(*A4, dpi=order.dpi, tone=tone, inked=order.inked)
    guilloche(sheet, chance, wave)
    watermark(sheet, tuple_between(tone, wave), points=44, turn=32, rows=3)
    frame(sheet, (196, 120, 110), inset=7)
    style = form_style(chance, left=22 + chance.spread(0, 4), right=190)
    draw_header(sheet, paper, style, chance)
    y = write_rows(sheet, style, FIRST_ROW, rows_of(paper), bottom=LAST_ROW)
    draw_signatures(sheet, paper, style, y + 2, chance)
    sheet.write((sheet.width / 2, 286), NOTICE, Pen(SERIF, 8, ink=(120, 120, 120)), anchor="m")
    return Drawing(sheet, paper.fields)


def tuple_between(tone: Ink, wave: Ink) -> Ink:
    """Hardly darker than the paper."""
    red, green, blue = ((4 * dark + light) // 5 for light, dark in zip(tone, wave, strict=True))
    return red, green, blue
