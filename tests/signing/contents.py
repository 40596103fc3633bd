"""Invented certificates for the tests of signing."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image, ImageDraw

from signing.model import CopyContent, Issuing, PageScan, ReceiptContent, Signatory, SignatureLook
from signing.pictures import seal_picture, signature_picture

NOW = datetime(2026, 11, 5, 2, 30, tzinfo=UTC)
AGENCY = "Ủy ban nhân dân xã Mẫu Sơn"
OFFICER = "Nguyễn Thị Mẫu"
SIGNATORY = Signatory("mau.officer", OFFICER)
VERIFY_URL = "https://xa-mau.example.vn/tra-cuu/7KQ2-M9XD"

ISSUING = Issuing(
    number="15/PXN",
    issued_at=NOW,
    agency=AGENCY,
    place="Mẫu Sơn",
    signer_name=OFFICER,
    capacity=("TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP – HỘ TỊCH"),
    verify_url=VERIFY_URL,
    short_code="7KQ2-M9XD",
    evidence=b'{"snapshot": 42, "outcome": "NO_COPY_NEEDED"}',
    test=True,
)

RECEIPT = ReceiptContent(
    issuing=ISSUING,
    paper="Giấy khai sinh",
    subject=(("Họ và tên", "Trần Văn Thử"), ("Số định danh cá nhân", "012345678901")),
    source="Cơ sở dữ liệu hộ tịch điện tử",
    source_as_of=datetime(2026, 11, 5, 1, 0, tzinfo=UTC),
    confirmed=(
        ("Họ và tên", "Trùng khớp"),
        ("Ngày sinh", "Trùng khớp"),
        ("Giới tính", "Trùng khớp"),
        ("Nơi sinh", "Tương đương: địa danh sau sắp xếp 2025"),
        ("Họ tên mẹ", "Trùng khớp"),
        ("Họ tên cha", "Trùng khớp"),
    ),
    procedure="Đăng ký nhập học lớp 1",
    audience="Trường Tiểu học Mẫu Sơn",
    legal_basis=(
        "Nghị quyết 66.7/2025/NQ-CP: không yêu cầu nộp giấy tờ đã có trong cơ sở dữ liệu",
        "Nghị định 280/2025/NĐ-CP, sửa đổi Điều 9 Nghị định 23/2015/NĐ-CP (khoản 8, 9)",
        "Điều 6 khoản 1 Nghị định 23/2015/NĐ-CP",
    ),
)


def page_scan(number: int = 1, *, width: int = 1240, height: int = 1754, dpi: int = 150) -> PageScan:
    """A drawn page with a frame and a few dark strokes; A4 at 150 dpi unless told otherwise."""
    picture = Image.new("RGB", (width, height), "#fdfbf3")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((20, 20, width - 20, height - 20), outline="#883333", width=6)
    for row in range(8):
        draw.line((120, 200 + row * 90, width - 120 - 40 * (row + number) % 300, 200 + row * 90), "black", 8)
    draw.text((width // 3, 90), f"MAU / SPECIMEN {number}", fill="black", font_size=48)
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return PageScan(out.getvalue(), width, height, dpi)


COPY = CopyContent(
    issuing=replace(ISSUING, number="123"),
    book="01/2026-SCTĐT/BS",
    paper="Bằng tốt nghiệp đại học",
    pages=(page_scan(1), page_scan(2)),
    legal_basis=(
        "Nghị định 23/2015/NĐ-CP (sửa đổi bởi Nghị định 280/2025/NĐ-CP)",
        "Điều 10 Nghị định 45/2020/NĐ-CP",
    ),
)


def seal_png(*, mm: float = 36, dpi: int | None = 300, transparent: bool = True) -> bytes:
    """A drawn round seal that says MẪU and looks like nobody's."""
    side = round(mm / 25.4 * (dpi or 300))
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0) if transparent else "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((4, 4, side - 5, side - 5), outline="#d01020", width=max(2, side // 40))
    draw.ellipse((side // 8, side // 8, side * 7 // 8, side * 7 // 8), outline="#d01020", width=2)
    draw.text((side // 2, side // 2), "MAU", fill="#d01020", font_size=side // 4, anchor="mm")
    return _png(picture, dpi)


def signature_png(width: int = 560, height: int = 210) -> bytes:
    """A drawn scrawl."""
    picture = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    points = [
        (30 + n * (width - 60) / 24, height / 2 + (-1) ** n * (height / 2.5 - 3 * n)) for n in range(25)
    ]
    draw.line(points, fill="#1030b0", width=7, joint="curve")
    return _png(picture, 300)


def _png(picture: Image.Image, dpi: int | None) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", **({"dpi": (dpi, dpi)} if dpi else {}))
    return out.getvalue()


LOOK = SignatureLook(signature_picture(signature_png(), file="mau.png"), seal_picture(seal_png()))


def letter_scan(
    *, foot_mm: float = 25, dpi: int = 200, width_mm: float = 210, height_mm: float = 297
) -> PageScan:
    """A white page of writing with blank margins: 25 mm above, `foot_mm` below."""
    width, height = (round(mm / 25.4 * dpi) for mm in (width_mm, height_mm))
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    step, left, bottom = round(8 / 25.4 * dpi), round(25 / 25.4 * dpi), height - round(foot_mm / 25.4 * dpi)
    for n, y in enumerate(range(round(26 / 25.4 * dpi), bottom - step, step), 1):
        draw.text(
            (left, y),
            f"{n}. Dong chu mau tren giay to, khong phai that. SPECIMEN.",
            fill="black",
            font_size=step // 2,
        )
    out = BytesIO()
    picture.save(out, "JPEG", quality=88)
    return PageScan(out.getvalue(), width, height, dpi)
