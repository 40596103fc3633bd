"""A person goes in, a drawn certificate of their marital status with its truth comes out.

Form: Thông tư 04/2020/TT-BTP, GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN. No source knows this kind of paper.
"""

from dataclasses import dataclass
from datetime import date

from verification.specimens.birth import printed_date
from verification.specimens.card import birthday
from verification.specimens.chance import Chance
from verification.specimens.flow import Flow, Part, labelled, write_parts
from verification.specimens.form import FormStyle, Row, form_style
from verification.specimens.identity_paper import identity_paper
from verification.specimens.letterhead import draw_letterhead, draw_signer, office_paper
from verification.specimens.marital_words import marital_status
from verification.specimens.model import Drawing, Order
from verification.specimens.office import (
    CHAIRMAN,
    Letterhead,
    Signer,
    committee,
    day_in_words,
    invented_name,
    town_name,
)
from verification.specimens.people import Person
from verification.specimens.places import Era
from verification.specimens.registration import MERGE_DAY
from verification.specimens.sheet import Sheet

FIRST_DAY, LAST_DAY = date(2020, 7, 20), date(2026, 10, 30)
LAST_ROW = 222.0
"""Millimetres: below is the signing block."""
ADULT = 18
PURPOSES = (
    "đăng ký kết hôn",
    "Làm thủ tục đăng ký kết hôn",
    "bổ sung hồ sơ vay vốn ngân hàng",
    "làm thủ tục chuyển nhượng quyền sử dụng đất",
    "Làm thủ tục mua bán nhà ở và vay vốn tại ngân hàng, không có giá trị sử dụng để đăng ký kết hôn",
    "hoàn thiện hồ sơ nhận con nuôi",
    "bổ túc hồ sơ đi lao động có thời hạn ở nước ngoài",
)
PURPOSE_LABELS = ("Giấy này được cấp để:", "Giấy này được cấp để:", "Giấy này được sử dụng để:")
VALID = (
    "Giấy này có giá trị sử dụng trong thời hạn 6 tháng, kể từ ngày cấp.",
    "Giấy này có giá trị trong 06 tháng kể từ ngày cấp.",
)
SIGNED_AS = (
    ("NGƯỜI KÝ GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "(Ký, ghi rõ họ, chữ đệm, tên, chức vụ và đóng dấu)"),
    ("NGƯỜI KÝ GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",),
    (),
)


@dataclass(frozen=True, slots=True)
class StatusPaper:
    """A certificate as it will be printed; `identity` is None where the personal number has its own row."""

    holder: Person
    head: Letterhead
    signer: Signer
    printed_birth: str
    identity: str | None
    stay: str
    truth: dict[str, str]


def status_day(chance: Chance, holder: Person, era: Era) -> date:
    """A day of recent years on which the holder is grown, under the division that the paper names."""
    first = max(birthday(holder.date_of_birth, ADULT), MERGE_DAY if era is Era.NEW else FIRST_DAY)
    last = LAST_DAY if era is Era.NEW else date(2025, 6, 30)
    return chance.day(first, max(first, last))


def letterhead_of(chance: Chance, order: Order, day: date) -> Letterhead:
    """The commune's committee."""
    place = order.family.child.residence.place
    superior, issuer = committee(chance, place, order.era)
    number = f"{chance.between(1, 900)}/{chance.pick(('UBND-XNTTHN', 'UBND-XNTTHN', 'XNTTHN'))}"
    return Letterhead(superior, issuer, number, town_name(place, order.era), day)


def status_paper(order: Order) -> StatusPaper:
    """The certificate of the family's child."""
    chance, holder = Chance("marital status", order.seed), order.family.child
    day = status_day(chance, holder, order.era)
    head = letterhead_of(chance, order, day)
    identity = identity_paper(chance, holder, day) if chance.happens(0.5) else None
    truth = {
        "number": head.number,
        "full_name": holder.full_name.upper() if chance.happens(0.5) else holder.full_name,
        "date_of_birth": holder.date_of_birth.isoformat(),
        "residence": holder.residence.written(order.era, prefixed=chance.happens(0.7)),
        "status": marital_status(chance, holder, day),
        "purpose": chance.pick(PURPOSES),
        "issued_on": day.isoformat(),
    }
    if identity is None or holder.personal_number in identity:
        truth["personal_number"] = holder.personal_number
    since = chance.day(birthday(holder.date_of_birth, ADULT), day)
    commune = holder.residence.place.written(order.era, prefixed=True)
    return StatusPaper(
        holder=holder,
        head=head,
        signer=Signer(chance.pick(CHAIRMAN), invented_name(chance), chance.pick(SIGNED_AS)),
        printed_birth=printed_date(chance, holder.date_of_birth),
        identity=identity,
        stay=f"{commune}, từ {day_in_words(since)} đến {day_in_words(day)}",
        truth=truth,
    )


def opening(paper: StatusPaper, style: FormStyle, chance: Chance) -> tuple[Part, ...]:
    """Who asked for it: the holder, or a relative whose name is a trap."""
    asked = paper.holder.full_name if chance.happens(0.6) else invented_name(chance)
    request = (
        f"Xét đề nghị của ông/bà {asked} về việc cấp Giấy xác nhận tình trạng hôn nhân cho ông/bà "
        f"{paper.holder.full_name},"
    )
    checked = "Căn cứ kết quả kiểm tra, xác minh tình trạng hôn nhân;"
    first: tuple[Part, ...] = (Flow(((checked, style.label),), indent=9),) if chance.happens(0.4) else ()
    return (*first, Flow(((request, style.label),), indent=9))


def holder_rows(paper: StatusPaper) -> tuple[Row, ...]:
    """The person; the number stands in a row of its own or in that of the identity paper."""
    truth, holder = paper.truth, paper.holder
    number = (
        ("Giấy tờ tùy thân:", paper.identity)
        if paper.identity
        else ("Số định danh cá nhân:", truth["personal_number"])
    )
    return (
        (("Họ, chữ đệm, tên:", truth["full_name"]),),
        (("Ngày, tháng, năm sinh:", paper.printed_birth),),
        (
            ("Giới tính:", holder.sex.printed),
            ("Dân tộc:", holder.ethnicity),
            ("Quốc tịch:", holder.nationality),
        ),
        (number,),
        (("Nơi cư trú:", truth["residence"]),),
    )


def closing(paper: StatusPaper, style: FormStyle, chance: Chance) -> tuple[Part, ...]:
    """Where the person lived and how long, the status, for how long and for what the paper holds."""
    purpose = labelled(style, (chance.pick(PURPOSE_LABELS), paper.truth["purpose"]))
    valid = Flow(((chance.pick(VALID), style.label),))
    return (
        labelled(style, ("Trong thời gian cư trú tại:", paper.stay)),
        (("Tình trạng hôn nhân:", paper.truth["status"]),),
        *((valid, purpose) if chance.happens(0.6) else (purpose, valid)),
    )


def draw_title(sheet: Sheet, style: FormStyle, y: float, chance: Chance) -> float:
    """The title on one line; gives the base line of the first row."""
    title = style.label.bold().sized(chance.spread(1.22, 1.36))
    sheet.write((sheet.width / 2, y), "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", title, anchor="m")
    return y + 12


def draw_marital_status(order: Order) -> Drawing:
    """The certificate on plain A4."""
    paper, chance = status_paper(order), Chance("marital status layout", order.seed)
    sheet = office_paper(order, chance)
    style = form_style(chance, left=21 + chance.spread(0, 3), right=192, points=12)
    y = draw_letterhead(sheet, paper.head, style.label.sized(0.94), chance)
    y = draw_title(sheet, style, y + 15, chance)
    certify = Flow((("XÁC NHẬN:", style.label.bold()),), indent=70)
    parts = (*opening(paper, style, chance), certify, *holder_rows(paper), *closing(paper, style, chance))
    y = write_parts(sheet, style, y, parts, bottom=LAST_ROW)
    draw_signer(sheet, paper.signer, (145, y + 2), style.label.sized(0.94), chance)
    return Drawing(sheet, paper.truth)
