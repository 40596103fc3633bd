"""Papers made by hand: words and where they stand in; readings as the readers would give them, and the
records that go with them, out. The people are invented.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO

import numpy as np
from PIL import Image

from ocr.model import (
    Box,
    CodeKind,
    CodeReading,
    Digest,
    Document,
    DocumentReading,
    MediaType,
    Page,
    PageReading,
    PageText,
    PageWarning,
    TextLine,
)
from verification.extract import extract
from verification.extraction import Extraction, Field
from verification.profile import Profile, shipped_profiles
from verification.records import from_dotted

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
READERS = ("asternet", "tesseract")
PROFILES = shipped_profiles()

_WIDTH, _HEIGHT, _LEFT, _STEP, _TALL, _LETTER = 900, 1300, 40, 50, 30, 12

Words = str | tuple[int, int, str]
"""A line under the one before, or one at (x, y)."""


def profile(kind: str) -> Profile:
    return next(p for p in PROFILES if p.kind == kind)


def boxes(words: Iterable[Words]) -> tuple[Box, ...]:
    """Where the words stand: under one another, 20 pixels apart, unless they say where."""
    placed = [(_LEFT, _STEP * n, w) if isinstance(w, str) else w for n, w in enumerate(words, 1)]
    return tuple(Box(x, y, x + _LETTER * max(len(text), 1), y + _TALL) for x, y, text in placed)


def text(reader: str, words: Iterable[Words], at: tuple[Box, ...] | None = None) -> PageText:
    """A page as one reader saw it; `at` are the boxes that the first reader's lines had."""
    words = tuple(words)
    plain = [w if isinstance(w, str) else w[2] for w in words]
    lines = zip(plain, at or boxes(words), strict=True)
    return PageText(reader, tuple(TextLine(line, box, 0.9, reader) for line, box in lines))


def texts(
    *words: Words, other: Mapping[int, str] | None = None, readers: tuple[str, ...] = READERS
) -> tuple[PageText, ...]:
    """What all readers saw; the second one saw `other` in the lines of these numbers (from 0)."""
    plain = [w if isinstance(w, str) else w[2] for w in words]
    differing = [(other or {}).get(n, line) for n, line in enumerate(plain)]
    seen = [plain, differing, *[plain] * len(readers[2:])]
    at = boxes(words)
    return tuple(text(reader, lines, at) for reader, lines in zip(readers, seen, strict=False))


def page(
    seen: tuple[PageText, ...],
    *,
    codes: Iterable[CodeReading] = (),
    warnings: tuple[PageWarning, ...] = (),
    number: int = 1,
) -> PageReading:
    image = np.full((_HEIGHT, _WIDTH, 3), 255, dtype=np.uint8)
    return PageReading(Page(number, image, 200), seen, tuple(codes), warnings)


def qr(*parts: str, start: str = "") -> CodeReading:
    return CodeReading(CodeKind.QR, start + "|".join(parts), 1, Box(700, 40, 860, 200))


def mrz(zone: str) -> CodeReading:
    return CodeReading(CodeKind.MRZ, zone, 1, Box(40, 1000, 860, 1120))


def picture(mark: int) -> bytes:
    """A small PNG, another one for each `mark`."""
    image = Image.new("RGB", (60, 80), (mark % 256, mark // 256 % 256, 200))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def photograph(mark: int) -> bytes:
    """A small JPEG, as pages are kept; another one for each `mark`."""
    image = Image.new("RGB", (60, 80), (mark * 7 % 256, mark // 36 * 7 % 256, 200))
    out = BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def document(content: bytes) -> Document:
    return Document(Digest(sha256(content).hexdigest()), MediaType.PNG, content)


def papers_on(*pages: PageReading) -> tuple[Extraction, ...]:
    """The papers that a file of these pages holds."""
    return extract(DocumentReading(document(picture(0)), pages), PROFILES, today=TODAY)


def paper_on(*pages: PageReading) -> Extraction:
    (paper,) = papers_on(*pages)
    return paper


def field_on(paper: Extraction, name: str) -> Field:
    found = paper.field(name)
    assert found is not None
    return found


# -- a birth certificate -------------------------------------------------------------------------

BIRTH = {
    "title": "GIẤY KHAI SINH",
    "number": "15/2020",
    "full_name": "NGUYỄN THỊ MẪU",
    "date_of_birth": "02/03/2020",
    "in_words": "Ngày mồng hai tháng ba năm hai nghìn không trăm hai mươi",
    "sex": "Nữ",
    "ethnicity": "Kinh",
    "place_of_birth": "Xã Thụy Lâm, huyện Đông Anh, thành phố Hà Nội",
    "place_of_origin": "Xã Thụy Lâm, huyện Đông Anh, thành phố Hà Nội",
    "personal_number": "001320012345",
    "mother_full_name": "TRẦN THỊ THỬ",
    "mother_year": "1990",
    "father_full_name": "NGUYỄN VĂN THỬ",
    "father_year": "1988",
    "registered_on": "10/03/2020",
}
_BIRTH_LINES = (
    "{title}",
    "Số: {number}",
    "Họ, chữ đệm, tên: {full_name}",
    "Ngày, tháng, năm sinh: {date_of_birth}",
    "Ghi bằng chữ: {in_words}",
    "Giới tính: {sex} Dân tộc: {ethnicity} Quốc tịch: Việt Nam",
    "Nơi sinh: {place_of_birth}",
    "Quê quán: {place_of_origin}",
    "Số định danh cá nhân: {personal_number}",
    "Họ, chữ đệm, tên người mẹ: {mother_full_name}",
    "Năm sinh: {mother_year} Dân tộc: Kinh Quốc tịch: Việt Nam",
    "Họ, chữ đệm, tên người cha: {father_full_name}",
    "Năm sinh: {father_year} Dân tộc: Kinh Quốc tịch: Việt Nam",
    "Ngày, tháng, năm đăng ký: {registered_on}",
)
BIRTH_ROW = {
    "record_id": "KS-2020-15",
    "type": "birth",
    "number": "15/2020",
    "registered_on": "2020-03-10",
    "child.full_name": "Nguyễn Thị Mẫu",
    "child.date_of_birth": "2020-03-02",
    "child.sex": "female",
    "child.ethnicity": "Kinh",
    "child.nationality": "Việt Nam",
    "child.personal_number": "001320012345",
    "child.place_of_birth": "Xã Thư Lâm, thành phố Hà Nội",
    "child.place_of_origin": "Xã Thư Lâm, thành phố Hà Nội",
    "mother.full_name": "Trần Thị Thử",
    "mother.date_of_birth": "1990-05-06",
    "mother.ethnicity": "Kinh",
    "mother.nationality": "Việt Nam",
    "father.full_name": "Nguyễn Văn Thử",
    "father.date_of_birth": "1988-07-08",
    "father.ethnicity": "Kinh",
    "father.nationality": "Việt Nam",
    "status": "valid",
    "updated_at": "2026-11-20T00:00:00+00:00",
}


def birth_lines(**changes: str) -> tuple[str, ...]:
    """The lines of the certificate; an empty change leaves out the whole line that holds the value."""
    gone = {f"{{{name}}}" for name, value in changes.items() if not value}
    return tuple(
        line.format_map({**BIRTH, **changes})
        for line in _BIRTH_LINES
        if not any(part in line for part in gone)
    )


def birth_page(
    values: Mapping[str, str] | None = None,
    *,
    tesseract: Mapping[str, str] | None = None,
    warnings: tuple[PageWarning, ...] = (),
    **changes: str,
) -> PageReading:
    """The certificate read alike by both readers, but for what `tesseract` says it saw otherwise."""
    changed = {**(values or {}), **changes}
    first = birth_lines(**changed)
    second = birth_lines(**{**changed, **(tesseract or {})})
    at = boxes(first)
    return page((text(READERS[0], first, at), text(READERS[1], second, at)), warnings=warnings)


def birth_row(
    values: Mapping[str, str] | None = None, *, without: tuple[str, ...] = (), **changes: str
) -> dict[str, object]:
    """The record that says the same. A change is named with `__` for the dot: `child__sex`."""
    named = {name.replace("__", "."): value for name, value in changes.items()}
    row = {**BIRTH_ROW, **(values or {}), **named}
    return from_dotted({name: value for name, value in row.items() if name not in without})


# -- a citizen card ------------------------------------------------------------------------------

ZONE = "\n".join(
    (
        "IDVNM1990123456001199012345<<7",
        "9901018F3901016VNM<<<<<<<<<<<8",
        "NGUYEN<<THI<MAU<<<<<<<<<<<<<<<",
    )
)
"""The fabricated, self-consistent zone of domain.md 2.4."""
CARD_QR = (
    "001199012345",
    "012345678",
    "Nguyễn Thị Mẫu",
    "01011999",
    "Nữ",
    "Thôn Đông, Thụy Lâm, Đông Anh, Hà Nội",
    "01012022",
)
CARD = {
    "personal_number": "001199012345",
    "full_name": "NGUYỄN THỊ MẪU",
    "date_of_birth": "01/01/1999",
    "sex": "Nữ",
    "residence": "Thôn Đông, Thụy Lâm, Đông Anh, Hà Nội",
}
_CARD_LINES = (
    "CĂN CƯỚC CÔNG DÂN",
    "Citizen Identity Card",
    "Số / No.: {personal_number}",
    "Họ và tên / Full name: {full_name}",
    "Ngày sinh / Date of birth: {date_of_birth}",
    "Giới tính / Sex: {sex} Quốc tịch / Nationality: Việt Nam",
    "Quê quán / Place of origin: Thụy Lâm, Đông Anh, Hà Nội",
    "Nơi thường trú / Place of residence: {residence}",
    "Có giá trị đến: 01/01/2039",
)
CARD_ROW = {
    "personal_number": "001199012345",
    "old_id_numbers": "012345678",
    "full_name": "Nguyễn Thị Mẫu",
    "date_of_birth": "1999-01-01",
    "sex": "female",
    "nationality": "Việt Nam",
    "place_of_origin": "Xã Thư Lâm, thành phố Hà Nội",
    "residence": "Thôn Đông, xã Thư Lâm, thành phố Hà Nội",
    "status": "active",
    "updated_at": "2026-11-20T00:00:00+00:00",
}


def card_front(*, code: CodeReading | None = None, **changes: str) -> PageReading:
    """The front, read alike by both readers, with its QR."""
    seen = texts(*(line.format_map({**CARD, **changes}) for line in _CARD_LINES))
    return page(seen, codes=(code or qr(*CARD_QR),))


def card_back(
    *, zone: str = ZONE, issued_on: str = "01/01/2022", other: Mapping[int, str] | None = None
) -> PageReading:
    """The back with its MRZ, whose lines the readers of print saw as well; `other` as in `texts`."""
    lines = (
        "Đặc điểm nhận dạng / Personal identification",
        f"Ngày, tháng, năm / Date, month, year: {issued_on}",
        "Ngón trỏ trái Left index finger",
        "Ngón trỏ phải Right index finger",
    )
    placed = [(40, 1000 + 40 * n, line) for n, line in enumerate(zone.split("\n"))]
    return page(texts(*lines, *placed, other=other), codes=(mrz(zone),))


def card_row(*, without: tuple[str, ...] = (), **changes: str) -> dict[str, object]:
    row = {**CARD_ROW, **changes}
    return from_dotted({name: value for name, value in row.items() if name not in without})


# -- other papers --------------------------------------------------------------------------------

STAMP = (
    "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH",
    "Số chứng thực: 4711 Quyển số: 02/2025-SCT/BS",
)


def certified_birth_page(**changes: str) -> PageReading:
    """A certified copy of the birth certificate, brought as if it were the original."""
    return page(texts(*birth_lines(**changes), *STAMP))


def diploma_page() -> PageReading:
    return page(
        texts(
            "BẰNG TỐT NGHIỆP ĐẠI HỌC",
            "Cấp cho: NGUYỄN THỊ MẪU",
            "Ngày sinh: 01/01/1999",
            "Số hiệu: 123456",
            "Số vào sổ gốc cấp văn bằng: 789",
        )
    )


def marriage_row(**changes: str) -> dict[str, object]:
    """A marriage of the person whose birth the other record tells."""
    row = {
        "record_id": "KH-2026-1",
        "type": "marriage",
        "number": "1/2026",
        "registered_on": "2026-01-01",
        "wife.full_name": "Nguyễn Thị Mẫu",
        "wife.date_of_birth": "2020-03-02",
        "wife.personal_number": "001320012345",
        "husband.full_name": "Lê Văn Thử",
        "husband.date_of_birth": "2000-01-02",
        "status": "valid",
        "updated_at": "2026-11-20T00:00:00+00:00",
    }
    return from_dotted({**row, **changes})
