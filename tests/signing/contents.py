"""Invented certificates for the tests of signing."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image, ImageDraw

from signing.model import CopyContent, Issuing, PageScan, ReceiptContent, Signatory

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
