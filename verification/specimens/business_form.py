"""A registered household business goes in, its drawn certificate with the truth comes out.

Forms: Thông tư 01/2021/TT-BKHĐT (until June 2025) and the form of 2025 (domain.md 2.11).
"""

from verification.specimens.birth import A4, capitalised
from verification.specimens.business import Business, business
from verification.specimens.chance import Chance
from verification.specimens.form import FormStyle, Row, form_style, write_rows
from verification.specimens.issuing import spoken_day
from verification.specimens.model import Drawing, Order
from verification.specimens.ornament import NOTICE, frame, guilloche, seal, signature, watermark
from verification.specimens.people import Person
from verification.specimens.places import Era
from verification.specimens.sheet import Sheet
from verification.specimens.typeface import SERIF, Ink, Pen
from verification.specimens.wording import number_in_words

TITLE = ("GIẤY CHỨNG NHẬN", "ĐĂNG KÝ HỘ KINH DOANH")
RED: Ink = (186, 34, 36)
INKS: tuple[Ink, ...] = (RED, (28, 28, 30))
WAVES: tuple[Ink, ...] = ((240, 232, 214), (226, 234, 244), (240, 240, 240))
LAST_ROW = 222.0
LONGEST_BESIDE = 30
"""Letters of a name that leave room beside it."""
TABLE_STARTS = (0.0, 14.0, 134.0)
"""Where the columns number, trade and code of the table begin, millimetres from its left edge."""


def draw_business_certificate(order: Order) -> Drawing:
    """The certificate on A4."""
    paper, chance = business(order), Chance("household business layout", order.seed)
    sheet, wave = Sheet(*A4, dpi=order.dpi), chance.pick(WAVES)
    if chance.happens(0.6):
        guilloche(sheet, chance, wave, pitch=5)
    watermark(sheet, wave, points=46, turn=34, rows=2)
    frame(sheet, (150, 110, 60), inset=8)
    style = form_style(chance, left=24 + chance.spread(0, 4), right=188)
    draw_head(sheet, paper, style)
    y = draw_title(sheet, paper, style, chance)
    y = draw_body(sheet, paper, style, y, chance)
    draw_signature(sheet, paper, style, y + 4, chance)
    sheet.write((sheet.width / 2, 285), NOTICE, Pen(SERIF, 8, ink=(120, 120, 120)), anchor="m")
    return Drawing(sheet, paper.truth)


def issuers(paper: Business) -> tuple[str, str]:
    """The committee and its office: of the district, since the merge of the commune."""
    units = paper.owner.residence.place.units(paper.era)
    if paper.era is Era.NEW:
        return f"UBND {units[0].written(prefixed=True)}".upper(), "PHÒNG KINH TẾ"
    return f"UBND {units[1].written(prefixed=True)}".upper(), "PHÒNG TÀI CHÍNH - KẾ HOẠCH"


def draw_head(sheet: Sheet, paper: Business, style: FormStyle) -> None:
    """The office on the left, state name and motto on the right."""
    committee, office = issuers(paper)
    left, right, pen = style.left + 30, style.right - 42, style.label.sized(0.84)
    sheet.write((left, 22), committee, pen.sized(min(1, 62 / sheet.length(committee, pen))), anchor="m")
    sheet.write((left, 28), office, pen.bold(), anchor="m")
    sheet.write((right, 22), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", pen.bold(), anchor="m")
    sheet.write((right, 28), "Độc lập - Tự do - Hạnh phúc", pen.bold(), anchor="m")
    for middle, half in ((left, 14), (right, 25)):
        line = sheet.points((middle - half, 30.4), (middle + half, 30.4))
        sheet.brush.line(line, fill=pen.ink, width=max(1, sheet.px(0.25)))


def draw_title(sheet: Sheet, paper: Business, style: FormStyle, chance: Chance) -> float:
    """Title on one line or two, number, registrations; gives the next base line."""
    middle, y = sheet.width / 2, 46.0
    pen = Pen(style.label.family, chance.spread(15.5, 17.5), 700, ink=chance.pick(INKS))
    for line in (" ".join(TITLE),) if chance.happens(0.4) else TITLE:
        y = written_line(sheet, (middle, y), line, pen, 7.4)
    label = chance.pick(("Mã số hộ kinh doanh:", "Mã số:", "Số:"))
    y = written_line(sheet, (middle, y + 0.6), f"{label} {paper.number}", style.value.bold(), 6.8)
    for line in registrations(paper, chance):
        y = written_line(sheet, (middle, y), line, style.label.slanted(), 6.4)
    return y + 4.6


def written_line(sheet: Sheet, at: tuple[float, float], text: str, pen: Pen, pitch: float) -> float:
    """One line in the middle; gives the next base line."""
    sheet.write(at, text, pen, anchor="m")
    return at[1] + pitch


def registrations(paper: Business, chance: Chance) -> tuple[str, ...]:
    """The first registration and the change, if any; some forms keep an empty line for it."""
    spoken = chance.happens(0.7)
    first = paper.first_registered_on
    opening = f"Đăng ký lần đầu, {spoken_day(first)}" if spoken else f"Đăng ký lần đầu: {first:%d/%m/%Y}"
    if paper.change:
        count, day = paper.change
        return (
            opening,
            f"Đăng ký thay đổi lần thứ: {count}, {spoken_day(day) if spoken else f'{day:%d/%m/%Y}'}",
        )
    empty = "Đăng ký thay đổi lần thứ: ......, ngày ...... tháng ...... năm ......"
    return (opening, empty) if chance.happens(0.3) else (opening,)


def draw_body(sheet: Sheet, paper: Business, style: FormStyle, y: float, chance: Chance) -> float:
    """The five numbered parts of the form; gives the next base line."""
    tabled = chance.happens(0.45)
    before = (*business_rows(paper, chance), *(() if tabled else trade_rows(paper)))
    if tabled:
        y = write_rows(sheet, style, y, (*before, (("3. Ngành, nghề kinh doanh:", ""),)), bottom=LAST_ROW)
        y = draw_trades(sheet, paper, style, y - 2.4)
        before = ()
    return write_rows(sheet, style, y, (*before, *owner_rows(paper, chance)), bottom=LAST_ROW + 14)


def business_rows(paper: Business, chance: Chance) -> tuple[Row, ...]:
    """Name, address and how to reach the business."""
    name = chance.pick(("1. Tên hộ kinh doanh:", "1. Tên hộ kinh doanh viết bằng tiếng Việt:"))
    where = chance.pick(("2. Địa chỉ trụ sở hộ kinh doanh:", "2. Địa chỉ trụ sở:", "2. Địa điểm kinh doanh:"))
    reach = (("Điện thoại:", f"0000 {chance.digits(3)} {chance.digits(3)}"), ("Email:", ""))
    return (((name, paper.name),), ((where, capitalised(paper.address)),), reach)


def trade_rows(paper: Business) -> tuple[Row, ...]:
    """The trades as running text."""
    text = "; ".join(f"{name} ({code})" for name, code in paper.trades)
    return ((("3. Ngành, nghề kinh doanh:", text),),)


def draw_trades(sheet: Sheet, paper: Business, style: FormStyle, y: float) -> float:
    """The trades as a table; gives the next base line."""
    pen, left, top = style.value.sized(0.86), style.left, y
    rows = (("STT", "Tên ngành", "Mã ngành"), *((str(at), *row) for at, row in enumerate(paper.trades, 1)))
    for row in rows:
        lines = sheet.wrap(row[1], pen, first=112, width=112)
        for at, line in enumerate(lines):
            sheet.write((left + TABLE_STARTS[1] + 3, y + 5.4 + 5 * at), line, pen)
        sheet.write((left + 3, y + 5.4), row[0], pen)
        sheet.write((left + TABLE_STARTS[2] + 3, y + 5.4), row[2], pen)
        y += 5 * len(lines) + 2.6
        rule(sheet, (left, y), (style.right, y))
    rule(sheet, (left, top), (style.right, top))
    for x in (*(left + start for start in TABLE_STARTS), style.right):
        rule(sheet, (x, top), (x, y))
    return y + 7.4


def rule(sheet: Sheet, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A thin line of a table."""
    sheet.brush.line(sheet.points(start, end), fill=(90, 90, 90), width=max(1, sheet.px(0.18)))


def owner_rows(paper: Business, chance: Chance) -> tuple[Row, ...]:
    """Capital and who owns the business, in the words of the form of that time."""
    owner, words = paper.owner, number_in_words(paper.capital_in_dong)
    capital: Row = ((chance.pick(("4. Vốn kinh doanh:", "4. Vốn:")), paper.capital),)
    in_words: Row = (("Bằng chữ:", f"{capitalised(words)} đồng"),)
    born = chance.pick(("Ngày, tháng, năm sinh:", "Sinh ngày:"))
    return (
        capital,
        *((in_words,) if chance.happens(0.5) else ()),
        ((chance.pick(("5. Thông tin về chủ hộ kinh doanh:", "5. Chủ hộ kinh doanh:")), ""),),
        *name_rows(owner),
        (
            (born, f"{owner.date_of_birth:%d/%m/%Y}"),
            ("Dân tộc:", owner.ethnicity),
            ("Quốc tịch:", owner.nationality),
        ),
        *identity_rows(paper),
        (("Nơi cư trú:" if paper.era is Era.NEW else "Địa chỉ thường trú:", paper.owner_residence),),
    )


def name_rows(owner: Person) -> tuple[Row, ...]:
    """Name and sex on one line, unless the name is long."""
    name, sex = ("Họ và tên:", owner.full_name.upper()), ("Giới tính:", owner.sex.printed)
    return ((name, sex),) if len(owner.full_name) <= LONGEST_BESIDE else ((name,), (sex,))


def identity_rows(paper: Business) -> tuple[Row, ...]:
    """One number since 2025; before, a paper with its number, day and office."""
    number = paper.owner.personal_number
    if paper.era is Era.NEW:
        return ((("Số định danh cá nhân:", number),),)
    return (
        (("Loại giấy tờ pháp lý của cá nhân:", "Căn cước công dân"),),
        (("Số giấy tờ pháp lý của cá nhân:", number),),
    )


def draw_signature(sheet: Sheet, paper: Business, style: FormStyle, y: float, chance: Chance) -> None:
    """Place and day, the head of the office with signature and seal."""
    middle, unit = (
        style.right - 38,
        paper.owner.residence.place.units(paper.era)[0 if paper.era is Era.NEW else 1],
    )
    day = paper.change[1] if paper.change else paper.first_registered_on
    words = f"{unit.written(prefixed=False)}, {spoken_day(day)}"
    sheet.write((middle, y), words, style.label.slanted().sized(0.92), anchor="m")
    sheet.write(
        (middle, y + 6), chance.pick(("TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")), style.label.bold(), anchor="m"
    )
    signature(sheet, (middle, y + 17), chance)
    officer = chance.pick(("Hoàng Thị Mẫu", "Bùi Mẫu Nghĩa", "Đinh Văn Mẫu"))
    sheet.write((middle, y + 30), officer, style.label.bold(), anchor="m")
    seal(sheet, (middle - 19, y + 17), chance)
