"""A parcel of land goes in, its drawn land-use certificate with the truth comes out, on one page or two.

The form of 2024 tells nearly all on its first page, which many bring alone; the register number is on the
second. Of the folded sheet of 2014 the outer page names the holder, the inner one the land.
"""

from verification.specimens.birth import A4
from verification.specimens.card import qr_picture
from verification.specimens.chance import Chance
from verification.specimens.form import FormStyle, Row, form_style, write_rows
from verification.specimens.issuing import spoken_day
from verification.specimens.land import LandCertificate, area_in_words, land_certificate
from verification.specimens.model import Drawing, Order
from verification.specimens.names import Sex
from verification.specimens.ornament import NOTICE, emblem, guilloche, seal, signature, watermark
from verification.specimens.places import Era
from verification.specimens.sheet import Sheet
from verification.specimens.typeface import SERIF, Ink, Pen

FOLDED = (190.0, 265.0)
"""One page of the form of 2014, millimetres (Thông tư 23/2014/TT-BTNMT, Art. 3)."""
PINKS: tuple[tuple[Ink, Ink], ...] = (
    ((254, 240, 238), (246, 214, 212)),
    ((255, 244, 240), (248, 222, 214)),
    ((252, 238, 242), (242, 212, 222)),
)
RED: Ink = (190, 24, 36)
TITLE_2024 = ("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT,", "QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT")
TITLE_2014 = (
    "GIẤY CHỨNG NHẬN",
    "QUYỀN SỬ DỤNG ĐẤT",
    "QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
)
NOTHING = "-/-"
SECOND_PAGE_SHARE = 0.6


def draw_land_certificate(order: Order) -> Drawing:
    """The certificate on one or two pages."""
    paper, chance = land_certificate(order), Chance("land certificate layout", order.seed)
    tint = chance.pick(PINKS)
    if not paper.form_2024:
        style = form_style(chance, left=16 + chance.spread(0, 3), right=174, points=11.4)
        outer, inner = (page(order, chance, FOLDED, tint) for _ in range(2))
        draw_outer_2014(outer, paper, style, chance)
        draw_inner_2014(inner, paper, style, chance)
        return Drawing(outer, paper.truth, (inner,))
    style = form_style(chance, left=20 + chance.spread(0, 4), right=190, points=11.8)
    first = page(order, chance, A4, tint)
    draw_first_2024(first, paper, style, chance)
    if not chance.happens(SECOND_PAGE_SHARE):
        return Drawing(first, {name: v for name, v in paper.truth.items() if name != "register_number"})
    second = page(order, chance, A4, tint)
    draw_second_2024(second, paper, style, chance)
    return Drawing(first, paper.truth, (second,))


def page(order: Order, chance: Chance, size: tuple[float, float], tint: tuple[Ink, Ink]) -> Sheet:
    """A pink page with waves and the mark of a specimen."""
    sheet = Sheet(*size, dpi=order.dpi, tone=tint[0])
    guilloche(sheet, chance, tint[1], pitch=5)
    watermark(sheet, tint[1], points=46, turn=34, rows=2)
    sheet.write((size[0] / 2, size[1] - 8), NOTICE, Pen(SERIF, 8, ink=(120, 110, 110)), anchor="m")
    return sheet


def draw_head(sheet: Sheet, title: tuple[str, ...], family: str) -> float:
    """Coat of arms, state name, motto, title; gives the next base line."""
    middle, pen, y = sheet.width / 2, Pen(family, 12.5, 700), 52.0
    sheet.write((middle, 19), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", pen, anchor="m")
    sheet.write((middle, 25), "Độc lập - Tự do - Hạnh phúc", pen, anchor="m")
    emblem(sheet, (middle, 37), millimetres=15)
    for line, points in zip(title, (19.0, 13.5, 13.5), strict=True):
        strong = Pen(family, points, 700, ink=RED)
        strong = strong.sized(min(1, (sheet.width - 30) / sheet.length(line, strong)))
        sheet.write((middle, y), line, strong, anchor="m")
        y += 7
    return y


def holder_rows(paper: LandCertificate, chance: Chance) -> tuple[Row, ...]:
    """Each holder with a title, and the number of an identity card: in rows of their own, or run together."""
    man = paper.holder.sex is Sex.MALE
    word, other = ("Ông", "Bà") if man else ("Bà", "Ông")
    number = paper.holder.personal_number
    if chance.happens(0.35):
        rows: tuple[Row, ...] = (((f"{word}:", f"{paper.holder_name}, CCCD số: {number}"),),)
    else:
        year = str(paper.holder.date_of_birth.year)
        rows = (((f"{word}:", paper.holder_name),), (("Năm sinh:", year), ("CCCD số:", number)))
    if paper.spouse:
        spouse = paper.spouse.upper() if paper.capitals else paper.spouse
        rows = (*rows, ((f"Và {'vợ' if man else 'chồng'} là {other.lower()}:", spouse),))
    return rows


def land_rows_2024(paper: LandCertificate) -> tuple[Row, ...]:
    """Part 2 of the form of 2024."""
    return (
        (("a) Thửa đất số:", paper.parcel), ("Tờ bản đồ số:", paper.map_sheet)),
        (("b) Diện tích:", paper.area),),
        (("c) Loại đất:", paper.purpose),),
        (("d) Thời hạn sử dụng đất:", paper.term),),
        (("đ) Hình thức sử dụng đất:", "Sử dụng chung" if paper.spouse else "Sử dụng riêng"),),
        (("e) Địa chỉ:", paper.address),),
        (("g) Nguồn gốc sử dụng đất:", paper.origin),),
    )


def draw_first_2024(sheet: Sheet, paper: LandCertificate, style: FormStyle, chance: Chance) -> None:
    """Holder, land and what stands on it; who issued it; the serial number in the lower corner."""
    y = draw_head(sheet, TITLE_2024, style.label.family)
    code = chance.digits(12)
    sheet.paste(qr_picture(code, sheet.px(21)), (style.right - 20, 11))
    small = style.label.sized(0.66)
    sheet.write((style.right - 9.5, 34.5), f"Mã GCN: {code}", small, anchor="m")
    rows: tuple[Row, ...] = (
        (("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:", ""),),
        *holder_rows(paper, chance),
        (("2. Thông tin thửa đất:", ""),),
        *land_rows_2024(paper),
        (("3. Thông tin tài sản gắn liền với đất:", NOTHING),),
    )
    y = write_rows(sheet, style, y + 4, rows, bottom=226)
    draw_signature(sheet, paper, style, y + 3, chance)
    serial = f"{chance.pick(('', 'Số phát hành: ', 'Số phát hành GCN: '))}{paper.serial_number}"
    sheet.write((style.right, sheet.height - 18), serial, style.value.bold().coloured(RED), anchor="r")


def draw_second_2024(sheet: Sheet, paper: LandCertificate, style: FormStyle, chance: Chance) -> None:
    """Plan, remarks, later changes, the number in the book."""
    left, strong = style.left, style.label.bold()
    sheet.write((left, 24), "4. Sơ đồ thửa đất, tài sản gắn liền với đất:", strong)
    draw_plan(sheet, (sheet.width / 2, 78), chance, style)
    notes = chance.pick(("Không", NOTHING, "Thửa đất được cấp đổi từ Giấy chứng nhận đã cấp trước đây"))
    y = write_rows(sheet, style, 140, ((("5. Ghi chú:", notes),),), bottom=160)
    sheet.write((left, y + 4), "6. Những thay đổi sau khi cấp Giấy chứng nhận:", strong)
    later = "Đăng ký thế chấp tại Ngân hàng Mẫu - Chi nhánh Sông Mẫu theo hồ sơ số 000123"
    draw_changes(sheet, style, y + 9, later if chance.happens(0.3) else "")
    label = chance.pick(("Số vào sổ cấp Giấy chứng nhận:", "Số vào sổ cấp GCN:"))
    sheet.write((left, sheet.height - 22), f"{label} {paper.register_number}", style.value)


def draw_plan(sheet: Sheet, middle: tuple[float, float], chance: Chance, style: FormStyle) -> None:
    """A parcel of four corners with the length of each side."""
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    corners = [
        (middle[0] + sx * chance.spread(24, 48), middle[1] + sy * chance.spread(18, 34)) for sx, sy in signs
    ]
    outline = sheet.points(*corners, corners[0])
    sheet.brush.line(outline, fill=(40, 40, 44), width=max(1, sheet.px(0.4)))
    pen = style.label.sized(0.75)
    for at, corner in enumerate(corners):
        after = corners[(at + 1) % 4]
        sheet.write(
            (corner[0] + signs[at][0] * 4, corner[1] + signs[at][1] * 3), str(at + 1), pen, anchor="m"
        )
        half = ((corner[0] + after[0]) / 2, (corner[1] + after[1]) / 2)
        sheet.write(half, f"{chance.between(6, 42)},{chance.between(0, 9)}", pen, anchor="m")
    sheet.write((middle[0], middle[1] + 46), "Tỷ lệ 1:500", pen.slanted(), anchor="m")


def draw_changes(sheet: Sheet, style: FormStyle, y: float, later: str) -> None:
    """The table of later changes, with an entry or without."""
    parts, pen = (style.left, style.left + 96, style.right), style.label.sized(0.86)
    heads = ("Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền")
    for x, end, words in zip(parts, parts[1:], heads, strict=False):
        box = [*sheet.points((x, y), (end, y + 62))]
        sheet.brush.rectangle(box, outline=(90, 80, 80), width=max(1, sheet.px(0.18)))
        fit = pen.sized(min(1, (end - x - 4) / sheet.length(words, pen)))
        sheet.write(((x + end) / 2, y + 6), words, fit, anchor="m")
    sheet.brush.line(sheet.points((parts[0], y + 9), (parts[2], y + 9)), fill=(90, 80, 80))
    for at, line in enumerate(sheet.wrap(later, pen, first=90, width=90) if later else ()):
        sheet.write((parts[0] + 3, y + 15 + 5.4 * at), line, pen)


def draw_outer_2014(sheet: Sheet, paper: LandCertificate, style: FormStyle, chance: Chance) -> None:
    """The first page of the folded sheet: title, holder, serial number."""
    y = draw_head(sheet, TITLE_2014, style.label.family) + 8
    heading = "I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất"
    strong = style.label.bold()
    strong = strong.sized(min(1, (style.right - style.left) / sheet.length(heading, strong)))
    sheet.write((style.left, y), heading, strong)
    address = (("Địa chỉ thường trú:", paper.holder.residence.written(Era.OLD, prefixed=True)),)
    rows = (*holder_rows(paper, chance), address)
    write_rows(sheet, style, y + 10, rows, bottom=180)
    serial = style.value.sized(1.5).bold().coloured(RED)
    sheet.write((style.right, sheet.height - 20), paper.serial_number, serial, anchor="r")


def draw_inner_2014(sheet: Sheet, paper: LandCertificate, style: FormStyle, chance: Chance) -> None:
    """The second page: the land, who issued the certificate, the number in the book."""
    sheet.write((style.left, 20), "II. Thửa đất, nhà ở và tài sản khác gắn liền với đất", style.label.bold())
    area = paper.area
    whole = f"riêng: {area}; chung: không" if not paper.spouse else f"riêng: không; chung: {area}"
    rows: tuple[Row, ...] = (
        (("1. Thửa đất:", ""),),
        (("a) Thửa đất số:", f"{paper.parcel},"), ("tờ bản đồ số:", paper.map_sheet)),
        (("b) Địa chỉ:", paper.address),),
        (("c) Diện tích:", f"{area}, (bằng chữ: {area_in_words(area)})"),),
        (("d) Hình thức sử dụng:", whole),),
        (("đ) Mục đích sử dụng:", paper.purpose),),
        (("e) Thời hạn sử dụng:", paper.term),),
        (("g) Nguồn gốc sử dụng:", paper.origin),),
        (("2. Nhà ở:", NOTHING), ("3. Công trình xây dựng khác:", NOTHING)),
        (("4. Rừng sản xuất là rừng trồng:", NOTHING), ("5. Cây lâu năm:", NOTHING)),
        (("6. Ghi chú:", chance.pick(("Không", NOTHING))),),
    )
    y = write_rows(sheet, style, 30, rows, bottom=188)
    draw_signature(sheet, paper, style, y + 5, chance)
    sheet.write((style.left, sheet.height - 16), f"Số vào sổ cấp GCN: {paper.register_number}", style.value)


def signers(paper: LandCertificate, chance: Chance) -> tuple[str, str]:
    """In whose name the certificate is signed, and by whom."""
    units = paper.place.units(paper.era)
    if paper.form_2024 and chance.happens(0.5):
        return "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", "GIÁM ĐỐC"
    unit = units[0] if paper.era is Era.NEW else units[1]
    return f"TM. ỦY BAN NHÂN DÂN {unit.written(prefixed=True).upper()}", "CHỦ TỊCH"


def draw_signature(sheet: Sheet, paper: LandCertificate, style: FormStyle, y: float, chance: Chance) -> None:
    """Place and day, the office, the officer with signature and seal."""
    middle, width = style.right - 42, 84.0
    town = paper.place.units(paper.era)[-1 if chance.happens(0.5) else -2].written(prefixed=False)
    office, title = signers(paper, chance)
    strong, slanted = style.label.bold(), style.label.slanted()
    for down, text, pen in (
        (0.0, f"{town}, {spoken_day(paper.issued_on)}", slanted),
        (6.0, office, strong),
        (11.5, title, strong),
    ):
        fit = pen.sized(min(1, width / sheet.length(text, pen)))
        sheet.write((middle, y + down), text, fit, anchor="m")
    signature(sheet, (middle, y + 22), chance)
    officer = chance.pick(("Nguyễn Mẫu Sơn", "Cao Thị Mẫu", "Trương Văn Mẫu"))
    sheet.write((middle, y + 34), officer, strong, anchor="m")
    seal(sheet, (middle - 20, y + 22), chance, millimetres=32)
