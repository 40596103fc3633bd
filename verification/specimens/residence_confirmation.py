"""A person and their household go in, a drawn confirmation of residence with its truth comes out.

Form CT07: Thông tư 66/2023/TT-BCA, and that of Thông tư 56/2021/TT-BCA before it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from verification.specimens.birth import capitalised, printed_date, printed_sex
from verification.specimens.chance import Chance
from verification.specimens.flow import Flow, Part, labelled, write_parts
from verification.specimens.form import Cell, FormStyle, form_style
from verification.specimens.household import Household, household
from verification.specimens.letterhead import draw_letterhead, draw_signer, office_paper
from verification.specimens.model import Drawing, Order
from verification.specimens.office import Letterhead, Signer, invented_name, town_name
from verification.specimens.places import Era, Place, all_places, residence
from verification.specimens.registration import MERGE_DAY
from verification.specimens.sheet import Sheet
from verification.specimens.table import TableColumn, draw_table
from verification.specimens.typeface import Pen

FIRST_DAY, NEW_FORM_DAY, LAST_DAY = date(2021, 7, 5), date(2024, 1, 1), date(2026, 10, 30)
NO_DISTRICT_POLICE = date(2025, 3, 1)
NEW_FORM = "Mẫu CT07 ban hành kèm theo Thông tư số 66/2023/TT-BCA ngày 17/11/2023"
OLD_FORM = "Mẫu CT07 ban hành kèm theo Thông tư số 56/2021/TT-BCA ngày 15/5/2021"
LAST_ROW, SIGNING_ROW = 172.0, 236.0
"""Millimetres: rows end above the first, the table and what follows it above the second."""
RELIGIONS = ("Không", "Không", "Không", "Phật giáo", "Công giáo", "Tin lành", "Cao Đài")


@dataclass(frozen=True, slots=True)
class ResidencePaper:
    """A confirmation as it will be printed."""

    home: Household
    head: Letterhead
    signer: Signer
    printed_birth: str
    religion: str
    truth: dict[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one printing of the form."""

    own_number: str
    head_name: str
    relation: str
    head_number: str


PRINTINGS = (
    Words(
        "Số định danh cá nhân/CMND:",
        "Họ, chữ đệm và tên chủ hộ:",
        "Quan hệ với chủ hộ:",
        "Số định danh cá nhân/CMND của chủ hộ:",
    ),
    Words(
        "Số định danh cá nhân:",
        "Họ, chữ đệm và tên chủ hộ:",
        "Mối quan hệ với chủ hộ:",
        "Số định danh cá nhân của chủ hộ:",
    ),
    Words("Số định danh cá nhân:", "Họ tên chủ hộ:", "Quan hệ với chủ hộ:", "Số định danh chủ hộ:"),
)


def police_letterhead(chance: Chance, place: Place, era: Era, day: date) -> Letterhead:
    """The commune's police below that of the district, or of the province since districts have none."""
    units = [unit.written(prefixed=True).upper() for unit in place.units(era)]
    number = f"{chance.between(12, 2900)}/{chance.pick(('XN', 'XN', 'XNCT', 'CT07'))}"
    superior = units[1] if day < NO_DISTRICT_POLICE else units[-1]
    return Letterhead(f"CÔNG AN {superior}", (f"CÔNG AN {units[0]}",), number, town_name(place, era), day)


def police_signer(chance: Chance, place: Place, era: Era) -> Signer:
    """The chief of the commune's police or a deputy."""
    unit = place.units(era)[0].kind.upper()
    capacity = chance.pick(
        (
            (f"TRƯỞNG CÔNG AN {unit}",),
            ("TRƯỞNG CÔNG AN",),
            ("KT. TRƯỞNG CÔNG AN", f"PHÓ TRƯỞNG CÔNG AN {unit}"),
        )
    )
    above = chance.pick(((), (), ("(Ký, ghi rõ họ tên, đóng dấu)",)))
    return Signer(capacity, invented_name(chance), above)


def addresses(order: Order, chance: Chance) -> dict[str, str]:
    """Permanent, temporary if any, and where the person lives now: at the one or the other."""
    prefixed = chance.happens(0.7)
    fields = {
        "permanent_residence": order.family.child.residence.written(order.era, prefixed=prefixed),
    }
    current = fields["permanent_residence"]
    if chance.happens(0.4):
        elsewhere = residence(chance, chance.pick(all_places()))
        room = f"Phòng {chance.between(101, 612)}, khu nhà trọ số {chance.between(2, 60)}, "
        written = elsewhere.written(order.era, prefixed=prefixed)
        current = fields["temporary_residence"] = (room if chance.happens(0.5) else "") + written
    return fields | {"current_residence": current}


def residence_paper(order: Order) -> ResidencePaper:
    """The confirmation for the family's child, who is grown."""
    chance, holder, era = Chance("residence paper", order.seed), order.family.child, order.era
    place, home = holder.residence.place, household(order.seed, order.family)
    first, last = (MERGE_DAY, LAST_DAY) if era is Era.NEW else (FIRST_DAY, MERGE_DAY - timedelta(days=1))
    head = police_letterhead(chance, place, era, chance.day(first, last))
    truth = {
        "number": head.number,
        "full_name": holder.full_name.upper() if chance.happens(0.6) else holder.full_name,
        "date_of_birth": holder.date_of_birth.isoformat(),
        "sex": holder.sex.value,
        "personal_number": holder.personal_number,
        "ethnicity": holder.ethnicity,
        "nationality": holder.nationality,
        "place_of_origin": capitalised(holder.place_of_origin.written(era, prefixed=chance.happens(0.5))),
        **addresses(order, chance),
        "head_full_name": home.head.full_name,
        "head_relation": home.relation,
        "head_personal_number": home.head.personal_number,
        "issued_on": head.day.isoformat(),
    }
    return ResidencePaper(
        home=home,
        head=head,
        signer=police_signer(chance, place, era),
        printed_birth=printed_date(chance, holder.date_of_birth),
        religion=chance.pick(RELIGIONS),
        truth=truth,
    )


def lines_of_cells(paper: ResidencePaper, words: Words) -> tuple[tuple[Cell, ...], ...]:
    """The fourteen items of the form; those in one group share a line."""
    truth = paper.truth
    return (
        (("Họ, chữ đệm và tên:", truth["full_name"]),),
        (("Ngày, tháng, năm sinh:", paper.printed_birth), ("Giới tính:", printed_sex(truth))),
        ((words.own_number, truth["personal_number"]),),
        (
            ("Dân tộc:", truth["ethnicity"]),
            ("Tôn giáo:", paper.religion),
            ("Quốc tịch:", truth["nationality"]),
        ),
        (("Quê quán:", truth["place_of_origin"]),),
        (("Nơi thường trú:", truth["permanent_residence"]),),
        (("Nơi tạm trú:", truth.get("temporary_residence", "")),),
        (("Nơi ở hiện tại:", truth["current_residence"]),),
        ((words.head_name, truth["head_full_name"]), (words.relation, truth["head_relation"])),
        ((words.head_number, truth["head_personal_number"]),),
    )


def numbered(lines: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """Each label with its running number."""
    count, out = 0, []
    for cells in lines:
        out.append(tuple((f"{count + at}. {label}", value) for at, (label, value) in enumerate(cells, 1)))
        count += len(cells)
    return tuple(out)


def form_parts(sheet: Sheet, paper: ResidencePaper, style: FormStyle, chance: Chance) -> tuple[Part, ...]:
    """The items as rows; a group too long for one line is written as a run of text."""
    room, rows = style.right - style.left, numbered(lines_of_cells(paper, chance.pick(PRINTINGS)))
    parts: list[Part] = []
    for cells in rows:
        needs = sum(sheet.length(lb, style.label) + sheet.length(v, style.value) + 4 for lb, v in cells)
        parts.append(labelled(style, *cells) if len(cells) > 1 and needs > room else cells)
    heading = Flow((("15. Thông tin các thành viên khác trong hộ gia đình:", style.label),))
    return (*parts, heading)


def member_rows(paper: ResidencePaper) -> tuple[tuple[str, ...], ...]:
    """The other members of the household."""
    return tuple(
        (
            str(at),
            member.person.full_name,
            f"{member.person.date_of_birth:%d/%m/%Y}",
            member.person.sex.printed,
            member.person.personal_number,
            member.relation,
        )
        for at, member in enumerate(paper.home.others, 1)
    )


def member_columns(width: float, chance: Chance) -> tuple[TableColumn, ...]:
    """The columns of the members' table on so many millimetres."""
    number = chance.pick(("Số định danh cá nhân", "Số định danh cá nhân/CMND"))
    shares = (
        ("TT", 0.06, True),
        ("Họ, chữ đệm và tên", 0.27, False),
        ("Ngày, tháng, năm sinh", 0.16, True),
        ("Giới tính", 0.1, True),
        (number, 0.24, True),
        (chance.pick(("Quan hệ với chủ hộ", "Mối quan hệ với chủ hộ")), 0.17, True),
    )
    return tuple(TableColumn(heading, width * share, centred) for heading, share, centred in shares)


def last_parts(paper: ResidencePaper, style: FormStyle, chance: Chance) -> tuple[Part, ...]:
    """What else is confirmed, and how long the paper holds."""
    until = paper.head.day + timedelta(days=chance.pick((182, 365)))
    other = chance.pick(("", "", "Công dân hiện đang cư trú tại địa phương.", "Không"))
    valid = f"Xác nhận này có giá trị đến hết ngày {until:%d/%m/%Y}."
    return (
        (("16. Nội dung xác nhận khác (nếu có):", other),),
        Flow(((valid, style.label.slanted()),)),
    )


def draw_form_mark(sheet: Sheet, paper: ResidencePaper, pen: Pen) -> None:
    """The form's own number in the upper corner."""
    words = NEW_FORM if paper.head.day >= NEW_FORM_DAY else OLD_FORM
    sheet.write((sheet.width - 14, 9), words, pen.sized(0.68).slanted(), anchor="r")


def draw_residence_confirmation(order: Order) -> Drawing:
    """The confirmation on plain A4, with the table of the household's members."""
    paper, chance = residence_paper(order), Chance("residence layout", order.seed)
    sheet = office_paper(order, chance)
    style = form_style(chance, left=20 + chance.spread(0, 3), right=193, points=11.2)
    draw_form_mark(sheet, paper, style.label)
    y = draw_letterhead(sheet, paper.head, style.label, chance) + 13
    title = style.label.bold().sized(chance.spread(1.25, 1.4))
    sheet.write((sheet.width / 2, y), "XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ", title, anchor="m")
    y = write_parts(sheet, style, y + 10, form_parts(sheet, paper, style, chance), bottom=LAST_ROW)
    columns = member_columns(style.right - style.left, chance)
    y = draw_table(sheet, (style.left, y - 3.4), columns, member_rows(paper), style.label.sized(0.86))
    y = write_parts(sheet, style, y + 6, last_parts(paper, style, chance), bottom=SIGNING_ROW + 6)
    draw_signer(sheet, paper.signer, (148, y), style.label, chance)
    return Drawing(sheet, paper.truth)
