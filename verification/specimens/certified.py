"""A drawn paper goes in, the grey photocopy of it with the stamp of a certified copy and its truth comes out.

Wording of the stamp: Nghị định 23/2015/NĐ-CP, appendix; number and book as Thông tư 01/2020/TT-BTP, Art. 4.
"""

from dataclasses import dataclass
from datetime import date

from PIL import Image, ImageOps

from verification.specimens.birth import A4, draw_birth_certificate
from verification.specimens.chance import Chance
from verification.specimens.diploma import draw_diploma
from verification.specimens.model import Drawing, Order
from verification.specimens.ornament import NOTICE, seal, signature
from verification.specimens.sheet import Sheet
from verification.specimens.typeface import FAMILIES, SERIF, Ink, Pen

STAMP_INKS: tuple[Ink, ...] = ((24, 24, 30), (30, 48, 130), (170, 30, 44))
COPY_BOTTOM = 238.0
"""Millimetres: below is the stamp."""
COPIED = ("birth_certificate", "birth_certificate", "diploma")


@dataclass(frozen=True, slots=True)
class CopyStamp:
    """The statement pressed on a certified copy."""

    number: str
    book: str
    day: date
    capacity: tuple[str, ...]
    officer: str


def copied_kind(seed: int) -> str:
    """What the copy of this seed is a copy of."""
    return Chance("copied", seed).pick(COPIED)


def copy_stamp(seed: int) -> CopyStamp:
    """The stamp of this seed, of a day later than any paper that is copied."""
    chance = Chance("copy stamp", seed)
    day = chance.day(date(2026, 7, 2), date(2026, 10, 30))
    return CopyStamp(
        number=str(chance.between(11, 4800)),
        book=f"{chance.between(1, 4):02d}/{day.year}-SCT/BS",
        day=day,
        capacity=chance.pick(
            (("CHỦ TỊCH",), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), ("TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP"))
        ),
        officer=chance.pick(("Lưu Thị Mẫu", "Trịnh Mẫu Cường", "Kiều Văn Mẫu", "Đỗ Mẫu Hạnh")),
    )


def photocopy(original: Sheet, width: float, height: float) -> Image.Image:
    """The paper in greys, as large as fits into that many millimetres."""
    grey = ImageOps.autocontrast(ImageOps.grayscale(original.image), cutoff=(0.5, 2))
    scale = min(width / original.width, height / original.height)
    return grey.resize(
        (round(grey.width * scale), round(grey.height * scale)), Image.Resampling.LANCZOS
    ).convert("RGB")


def draw_certified_copy(order: Order) -> Drawing:
    """The copy on A4, the stamp below it."""
    kind, stamp, chance = copied_kind(order.seed), copy_stamp(order.seed), Chance("copy layout", order.seed)
    original = draw_birth_certificate(order) if kind == "birth_certificate" else draw_diploma(order)
    sheet = Sheet(*A4, dpi=order.dpi)
    copy = photocopy(original.sheet, A4[0] - 16, COPY_BOTTOM - 4)
    sheet.paste(copy, ((A4[0] - copy.width * 25.4 / order.dpi) / 2, 4))
    sheet.texts.extend(original.sheet.texts)
    low = COPY_BOTTOM if kind == "birth_certificate" else 160 + chance.spread(0, 60)
    draw_stamp(sheet, stamp, low + 6, chance)
    sheet.write((A4[0] / 2, 293), NOTICE, Pen(SERIF, 8, ink=(120, 120, 120)), anchor="m")
    own = {"copy_of": kind, "certification_number": stamp.number, "certification_book": stamp.book}
    return Drawing(sheet, own | dict(original.truth))


def draw_stamp(sheet: Sheet, stamp: CopyStamp, y: float, chance: Chance) -> None:
    """The statement, its number and book, the day, the officer with signature and seal."""
    pen = Pen(chance.pick(FAMILIES), chance.spread(10.5, 11.5), ink=chance.pick(STAMP_INKS))
    middle, day = chance.spread(100, 118), stamp.day
    colon = chance.pick((":", ""))
    numbers = f"Số chứng thực{colon} {stamp.number}  Quyển số{colon} {stamp.book}"
    sheet.write((middle, y), "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", pen.bold(), anchor="m")
    sheet.write((middle, y + 6), numbers, pen, anchor="m")
    sheet.write((middle, y + 12), f"Ngày {day.day} tháng {day.month} năm {day.year}", pen, anchor="m")
    for line, words in enumerate(stamp.capacity):
        sheet.write((middle, y + 18 + 5 * line), words, pen.bold(), anchor="m")
    signature(sheet, (middle + 3, y + 30), chance, width=26)
    sheet.write((middle, y + 43), stamp.officer, pen.bold(), anchor="m")
    seal(sheet, (middle - 18, y + 30), chance, millimetres=30)
