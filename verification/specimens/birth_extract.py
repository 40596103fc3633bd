"""A family and its entry in the book go in, a drawn extract of the birth with its truth comes out.

Form: Thông tư 04/2020/TT-BTP, TRÍCH LỤC KHAI SINH (BẢN SAO); the extract has a number of its own.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from verification.specimens.birth import BirthPaper, birth_paper, printed_sex
from verification.specimens.chance import Chance
from verification.specimens.flow import Part, labelled, write_parts
from verification.specimens.form import FormStyle, Row, form_style
from verification.specimens.letterhead import draw_letterhead, draw_signer, office_paper
from verification.specimens.model import Drawing, Order, RecordLine
from verification.specimens.office import CHAIRMAN, Letterhead, Signer, committee, invented_name, town_name
from verification.specimens.people import Cohort, Family
from verification.specimens.places import Era
from verification.specimens.records import birth_records
from verification.specimens.registration import MERGE_DAY, birth_cohort
from verification.specimens.sheet import Sheet

LAST_ISSUE = date(2026, 10, 30)
GROWN_SHARE = 0.3
LAST_ROW = 236.0
"""Millimetres: below is the signing block."""
SIGNED_AS = (("NGƯỜI KÝ TRÍCH LỤC",), ("NGƯỜI KÝ TRÍCH LỤC", "(Ký, ghi rõ họ tên, đóng dấu)"), ())
NOTES = ("", "", "Đã bổ sung số định danh cá nhân.", "Đăng ký quá hạn.")


@dataclass(frozen=True, slots=True)
class Extract:
    """An extract as it will be printed; `paper` is the entry it was taken from, with its dates."""

    paper: BirthPaper
    head: Letterhead
    signer: Signer
    truth: dict[str, str]


def extract_cohort(seed: int) -> Cohort:
    """The child of the birth certificate of the same seed, or a grown person whose book is far older."""
    return Cohort.GROWN if Chance("extract cohort", seed).happens(GROWN_SHARE) else birth_cohort(seed)


def extract_records(order: Order, recorded: Family) -> tuple[RecordLine, ...]:
    """The entry of the birth; one of a grown person has an id beside that of the same seed's child."""
    entry, *others = birth_records(order, recorded)
    if extract_cohort(order.seed) is not Cohort.GROWN:
        return (entry, *others)
    return ((entry[0], {**entry[1], "record_id": f"{entry[1]['record_id']}-grown"}), *others)


def birth_extract(order: Order) -> Extract:
    """The extract of this seed: issued by today's office from a book that may be far older."""
    chance, paper = Chance("extract", order.seed), birth_paper(order)
    first = max(paper.entry.registered_on + timedelta(days=30), date(2020, 7, 16))
    day = chance.day(first, LAST_ISSUE)
    era = Era.NEW if day >= MERGE_DAY else Era.OLD
    place = order.family.child.residence.place
    superior, issuer = committee(chance, place, era)
    number = f"{chance.between(1, 2400)}/TLKS-BS"
    truth = paper.fields | {"number": number, "registration_number": paper.entry.number}
    if paper.entry.old_form and chance.happens(0.5):
        truth["personal_number"] = order.family.child.personal_number
    head = Letterhead(superior, issuer, number, town_name(place, era), day)
    capacity = chance.pick((*CHAIRMAN, ("CÔNG CHỨC TƯ PHÁP - HỘ TỊCH",)))
    return Extract(paper, head, Signer(capacity, invented_name(chance), chance.pick(SIGNED_AS)), truth)


def subject_parts(extract: Extract, style: FormStyle, *, words_apart: bool) -> tuple[Part, ...]:
    """The person; the birth in words stands on a line of its own or goes on after the digits."""
    truth, digits = extract.truth, extract.paper.printed_dates["date_of_birth"]
    words = truth["date_of_birth_in_words"]
    born: tuple[Part, ...] = (
        ((("Ngày, tháng, năm sinh:", digits),), (("Ghi bằng chữ:", words),))
        if words_apart
        else (labelled(style, ("Ngày, tháng, năm sinh:", digits), ("ghi bằng chữ:", words)),)
    )
    return (
        (("Họ, chữ đệm, tên:", truth["full_name"]),),
        *born,
        (
            ("Giới tính:", printed_sex(truth)),
            ("Dân tộc:", truth["ethnicity"]),
            ("Quốc tịch:", truth["nationality"]),
        ),
        (("Nơi sinh:", truth["place_of_birth"]),),
        (("Quê quán:", truth["place_of_origin"]),),
        (("Số định danh cá nhân:", truth.get("personal_number", "")),),
    )


def parent_rows(extract: Extract, side: str, word: str) -> tuple[Row, ...]:
    """Name; birth, ethnic group and nationality; residence."""
    truth, born = extract.truth, extract.paper.printed_dates[f"{side}_date_of_birth"]
    label = "Năm sinh:" if born.isdigit() else "Ngày, tháng, năm sinh:"
    return (
        ((f"Họ, chữ đệm, tên {word}:", truth[f"{side}_full_name"]),),
        (
            (label, born),
            ("Dân tộc:", truth[f"{side}_ethnicity"]),
            ("Quốc tịch:", truth[f"{side}_nationality"]),
        ),
        (("Nơi cư trú:", truth[f"{side}_residence"]),),
    )


def entry_rows(extract: Extract, chance: Chance) -> tuple[Row, ...]:
    """Where, under which number and when the birth was registered, and the notes."""
    paper, day = extract.paper, extract.paper.entry.registered_on
    written = chance.pick(
        (f"{day.day:02d} tháng {day.month:02d} năm {day.year}", paper.printed_dates["registered_on"])
    )
    book = (("Quyển số:", paper.entry.book),) if paper.entry.old_form else ()
    return (
        (
            (
                chance.pick(("Đăng ký khai sinh tại:", "Đã đăng ký khai sinh tại:")),
                extract.truth["registered_at"],
            ),
        ),
        (("Số:", paper.entry.number), *book, (chance.pick(("ngày", "ngày:")), written)),
        (("Ghi chú:", chance.pick(NOTES)),),
    )


def draw_title(sheet: Sheet, style: FormStyle, y: float, chance: Chance) -> float:
    """Title and the words that make it a copy, on one line or two; gives the base line of the first row."""
    pen, middle = style.label.bold(), sheet.width / 2
    if chance.happens(0.25):
        sheet.write((middle, y), "TRÍCH LỤC KHAI SINH (BẢN SAO)", pen.sized(1.3), anchor="m")
        return y + 11
    sheet.write((middle, y), "TRÍCH LỤC KHAI SINH", pen.sized(chance.spread(1.3, 1.5)), anchor="m")
    sheet.write((middle, y + 6.5), "(BẢN SAO)", pen, anchor="m")
    return y + 17


def draw_birth_extract(order: Order) -> Drawing:
    """The extract on plain A4."""
    extract, chance = birth_extract(order), Chance("extract layout", order.seed)
    sheet = office_paper(order, chance)
    style = form_style(chance, left=20 + chance.spread(0, 4), right=192, points=11.8)
    y = draw_letterhead(sheet, extract.head, style.label.sized(0.95), chance)
    y = draw_title(sheet, style, y + 13, chance)
    mother, father = chance.pick((("người mẹ", "người cha"), ("mẹ", "cha")))
    parts = (
        *subject_parts(extract, style, words_apart=chance.happens(0.5)),
        *parent_rows(extract, "mother", mother),
        *parent_rows(extract, "father", father),
        *entry_rows(extract, chance),
    )
    y = write_parts(sheet, style, y, parts, bottom=LAST_ROW)
    draw_signer(sheet, extract.signer, (148, y + 2), style.label.sized(0.95), chance)
    return Drawing(sheet, extract.truth)
