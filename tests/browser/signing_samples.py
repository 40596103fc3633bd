"""Filled views of the pages of signing (invented people)."""

from dataclasses import replace

from api.web import signing_views
from api.web.language import Bilingual
from api.web.views import Fact, FieldError, Link, Message, Sign, State

B = Bilingual
KIND = B("Bằng tốt nghiệp", "Diploma")
COPY = B("Bản sao chứng thực", "Certified copy")
CODE = "H26.10.05-261124-0007"

SIGNING = signing_views.SigningPage(
    rows=(
        signing_views.ToSignRow(
            "s1.1", CODE, "1", "Nguyễn Thị Mẫu", "/can-bo/ky-so/giay-to/s1.1", KIND, COPY
        ),
        signing_views.ToSignRow(
            "s2.1",
            "H26.10.05-261124-0009",
            "1",
            "Trần Văn Thử",
            "/can-bo/ky-so/giay-to/s2.1",
            KIND,
            COPY,
            chosen=False,
        ),
    ),
    asks_pin=True,
    running="/can-bo/ky-so/dot/b1",
    batches=(
        signing_views.BatchRow(
            "/can-bo/ky-so/dot/b0",
            "24/11/2026 16:30",
            B("12/12 đã cấp", "12/12 issued"),
            State(Sign.GOOD, B("Đã xong", "Done")),
        ),
    ),
    errors=(FieldError("pin", B("Mã PIN không đúng.", "The PIN is wrong.")),),
)

BLOCKED = replace(
    SIGNING,
    asks_pin=False,
    running=None,
    blocked=Message(B("Chưa khai báo khóa ký.", "No signing key is set up.")),
    errors=(),
)

BATCH = signing_views.BatchPage(
    state=State(Sign.WAIT, B("Đang ký", "Being signed")),
    progress=B("1/2 văn bản", "1 of 2 documents"),
    reached=1,
    total=2,
    rows=(
        signing_views.SignedRow(
            CODE,
            "/can-bo/ho-so/s1.1/da-quyet-dinh",
            KIND,
            State(Sign.GOOD, B("Đã cấp", "Issued")),
            "15/2026",
            None,
        ),
        signing_views.SignedRow(
            "H26.10.05-261124-0009",
            "/can-bo/ho-so/s2.1/da-quyet-dinh",
            KIND,
            State(Sign.BAD, B("Chưa cấp được", "Could not be issued")),
            "–",
            B("Không còn tệp đã lưu.", "The stored file is missing."),
        ),
    ),
    href="/can-bo/ky-so/dot/b1",
    why=B("Không thấy thiết bị ký số.", "The token does not answer."),
    stop="/can-bo/ky-so/dot/b1/dung",
    refreshing=True,
)

TO_SIGN = signing_views.ToSignPage(
    title=KIND,
    code=CODE,
    facts=(Fact(B("Cấp", "Issued as"), COPY), Fact(B("Số đã lấy", "Number taken"), "15/2026")),
    pictures=(Link("/picture.png", B("Trang 1", "Page 1")),),
    take_back="/can-bo/ky-so/giay-to/s1.1/rut-lai",
    begin="/can-bo/ky-so/giay-to/s1.1/bat-dau",
    handed_out=signing_views.HandedOut(
        token="t1",
        digest="b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9",
        expires_at="24/11/2026 17:00",
        download="/can-bo/ky-so/giay-to/s1.1/noi-dung",
        finish="/can-bo/ky-so/giay-to/s1.1/hoan-tat",
    ),
    errors=(FieldError("signature", B("Chữ ký không đúng.", "The signature is wrong.")),),
)
