"""A person goes in, a drawn diploma of an invented school with its truth comes out (TT 21/2019/TT-BGDĐT)."""

from dataclasses import dataclass
from datetime import date

from verification.specimens.birth import capitalised
from verification.specimens.chance import Chance
from verification.specimens.issuing import LAST_ISSUE
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
from verification.specimens.sheet import Sheet
from verification.specimens.typeface import FAMILIES, SERIF, Ink, Pen

LANDSCAPE_A4 = (297.0, 210.0)
TITLE_RED: Ink = (178, 34, 40)
TINTS: tuple[tuple[Ink, Ink], ...] = (
    ((255, 252, 240), (244, 230, 196)),
    ((250, 252, 255), (220, 230, 244)),
    ((255, 250, 250), (246, 224, 222)),
)
HIGHER_TITLES = ("BẰNG TỐT NGHIỆP ĐẠI HỌC", "BẰNG TỐT NGHIỆP CAO ĐẲNG", "BẰNG TỐT NGHIỆP TRUNG CẤP")
SCHOOL_TITLES = ("BẰNG TỐT NGHIỆP TRUNG HỌC PHỔ THÔNG", "BẰNG TỐT NGHIỆP TRUNG HỌC CƠ SỞ")
ENGLISH = {
    "BẰNG TỐT NGHIỆP ĐẠI HỌC": "THE DEGREE OF BACHELOR",
    "BẰNG TỐT NGHIỆP CAO ĐẲNG": "THE DEGREE OF COLLEGE",
    "BẰNG TỐT NGHIỆP TRUNG CẤP": "INTERMEDIATE DIPLOMA",
    "BẰNG TỐT NGHIỆP TRUNG HỌC PHỔ THÔNG": "UPPER SECONDARY SCHOOL DIPLOMA",
    "BẰNG TỐT NGHIỆP TRUNG HỌC CƠ SỞ": "LOWER SECONDARY SCHOOL DIPLOMA",
}
MAJORS = (
    "Kế toán",
    "Sư phạm Ngữ văn",
    "Kỹ thuật điện",
    "Nuôi trồng thủy sản",
    "Điều dưỡng",
    "Quản trị kinh doanh",
    "Công nghệ thông tin",
    "Thú y",
)
SCHOOLS = ("Sông Mẫu", "Đồng Mẫu", "Núi Mẫu", "Biển Mẫu")


@dataclass(frozen=True, slots=True)
class Diploma:
    """A diploma as it will be printed; a school diploma has no major."""

    graduate: Person
    title: str
    school: str
    major: str | None
    classification: str
    graduation_year: int
    serial_number: str
    register_number: str
    issued_on: date
    town: str

    @property
    def truth(self) -> dict[str, str]:
        """Fields as interface.md names them."""
        fields = {
            "title": self.title,
            "full_name": self.graduate.full_name,
            "date_of_birth": self.graduate.date_of_birth.isoformat(),
            "classification": self.classification,
            "graduation_year": str(self.graduation_year),
            "serial_number": self.serial_number,
            "register_number": self.register_number,
            "issued_on": self.issued_on.isoformat(),
        }
        return fields | ({"major": self.major} if self.major else {})


def diploma(order: Order) -> Diploma:
    """The diploma of the family's child, earned at 15, 18 or in the early twenties."""
    chance, child = Chance("diploma", order.seed), order.family.child
    higher = chance.happens(0.6)
    title = chance.pick(HIGHER_TITLES if higher else SCHOOL_TITLES)
    age = 22 if higher else 18 if "PHỔ THÔNG" in title else 15
    year = min(child.date_of_birth.year + age, LAST_ISSUE.year)
    issued_on = chance.day(date(year, 6, 15), date(year, 9, 30))
    place = f"Trường {school_kind(title)} {chance.pick(SCHOOLS)}"
    return Diploma(
        graduate=child,
        title=title,
        school=place,
        major=chance.pick(MAJORS) if higher else None,
        classification=chance.pick(("Xuất sắc", "Giỏi", "Khá", "Khá", "Trung bình khá", "Trung bình")),
        graduation_year=issued_on.year,
        serial_number=f"{chance.pick('ABCEH')}{chance.digits(7)}",
        register_number=f"{chance.between(1, 999):03d}/{issued_on.year}/{chance.pick(('ĐT', 'TN', 'VB'))}",
        issued_on=issued_on,
        town=child.residence.place.old[-1].name,
    )


def school_kind(title: str) -> str:
    """Đại học, Cao đẳng ... as in a school's name."""
    return capitalised(title.removeprefix("BẰNG TỐT NGHIỆP ").lower())


def draw_diploma(order: Order) -> Drawing:
    """The diploma on A4 across, with a frame."""
    paper, chance = diploma(order), Chance("diploma layout", order.seed)
    tone, wave = chance.pick(TINTS)
    sheet = Sheet(*LANDSCAPE_A4, dpi=order.dpi, tone=tone)
    guilloche(sheet, chance, wave, pitch=5)
    watermark(sheet, wave, points=58, turn=22, rows=1)
    frame(sheet, TITLE_RED, inset=8)
    pen = Pen(chance.pick(FAMILIES), chance.spread(13, 14.2))
    bilingual = chance.happens(0.5)
    draw_heading(sheet, paper, pen, bilingual=bilingual)
    draw_graduate(sheet, paper, pen, bilingual=bilingual)
    draw_issue(sheet, paper, pen, chance)
    sheet.write((sheet.width / 2, 198), NOTICE, Pen(SERIF, 8, ink=(120, 120, 120)), anchor="m")
    return Drawing(sheet, paper.truth)


def draw_heading(sheet: Sheet, paper: Diploma, pen: Pen, *, bilingual: bool) -> None:
    """State name, who confers, title."""
    middle = sheet.width / 2
    sheet.write((middle, 23), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", pen.sized(0.9).bold(), anchor="m")
    sheet.write((middle, 29.5), "Độc lập - Tự do - Hạnh phúc", pen.sized(0.9).bold(), anchor="m")
    emblem(sheet, (middle, 42), millimetres=15)
    sheet.write((middle, 58), f"HIỆU TRƯỞNG {paper.school.upper()}", pen.bold(), anchor="m")
    sheet.write((middle, 65), "cấp", pen.slanted(), anchor="m")
    sheet.write((middle, 78), paper.title, Pen(pen.family, 23, 700, ink=TITLE_RED), anchor="m")
    if bilingual:
        sheet.write((middle, 85), ENGLISH[paper.title], pen.sized(0.85).coloured(TITLE_RED), anchor="m")


def draw_graduate(sheet: Sheet, paper: Diploma, pen: Pen, *, bilingual: bool) -> None:
    """Name, birth, major, class, year."""
    graduate = paper.graduate
    rows = [
        ("Cho:", "Mr./Ms.", graduate.full_name),
        ("Ngày sinh:", "Date of birth", f"{graduate.date_of_birth:%d/%m/%Y}"),
        ("Xếp loại tốt nghiệp:", "Classification", paper.classification),
        ("Năm tốt nghiệp:", "Year of graduation", str(paper.graduation_year)),
    ]
    if paper.major:
        rows.insert(2, ("Ngành đào tạo:", "Major", paper.major))
    y, left = 98.0, 84.0
    for label, english, value in rows:
        edge = sheet.write((left, y), label, pen)
        sheet.write((max(edge + 3, left + 54), y), value, pen.bold())
        if bilingual:
            sheet.write((left, y + 4.0), english, pen.sized(0.62).slanted())
        y += 10.2


def draw_issue(sheet: Sheet, paper: Diploma, pen: Pen, chance: Chance) -> None:
    """Place, day and signature on the right; serial and register number on the left."""
    day, middle, small = paper.issued_on, 218.0, pen.sized(0.85)
    words = f"{paper.town}, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"
    sheet.write((middle, 155), words, small.slanted(), anchor="m")
    sheet.write((middle, 162), "HIỆU TRƯỞNG", small.bold(), anchor="m")
    signature(sheet, (middle, 174), chance)
    sheet.write(
        (middle, 190), chance.pick(("Vũ Thị Mẫu", "Hồ Sỹ Mẫu", "Đặng Mẫu Đức")), small.bold(), anchor="m"
    )
    seal(sheet, (middle - 20, 173), chance)
    sheet.write((30, 178), f"Số hiệu: {paper.serial_number}", small)
    sheet.write((30, 187), f"Số vào sổ gốc cấp văn bằng: {paper.register_number}", small)
