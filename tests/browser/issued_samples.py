"""Filled views of what was issued (invented people)."""

from dataclasses import replace

from api.web import officer_views as officer
from api.web.certification_views import (
    AnnulForm,
    AnnulInput,
    Event,
    IssuedDocument,
    IssuedPage,
    IssuedRow,
)
from api.web.language import Bilingual
from api.web.views import Choice, Download, Fact, FieldError, Link, Message, Pagination, Sign, State

B = Bilingual
_COPY = B("Bản sao điện tử được chứng thực", "Electronic certified copy")
_GOOD = State(Sign.GOOD, B("Có hiệu lực", "In force"))
_REVOKED = State(Sign.BAD, B("Đã bị thu hồi", "Revoked"))
_HREF = "/can-bo/da-cap/7K3M-9QXP-2ABC-D"

ISSUED = IssuedPage(
    words="thi mau",
    chosen="",
    filters=(
        Link("/can-bo/da-cap?tim=&loc=", B("Tất cả", "All"), current=True),
        Link("/can-bo/da-cap?tim=&loc=da-thu-hoi", B("Đã thu hồi", "Revoked")),
    ),
    rows=(
        IssuedRow(_HREF, "15/2026", _COPY, "Bằng tốt nghiệp", "NGUYỄN THỊ MẪU", "24/11/2026", _GOOD),
        IssuedRow(_HREF, "14/2026", _COPY, "Giấy khai sinh", "TRẦN VĂN MẪU", "23/11/2026", _REVOKED),
    ),
    pages=Pagination(1, 2, None, "/can-bo/da-cap?trang=2"),
)
ISSUED_EMPTY = replace(ISSUED, rows=(), pages=None)

_ANNUL = AnnulForm(
    action=f"{_HREF}/huy-bo",
    reasons=(
        Choice(
            "WRONG_CONTENT", B("Nội dung không đúng với bản chính", "It does not agree with the original")
        ),
        Choice("ISSUED_BY_MISTAKE", B("Cấp nhầm", "Issued by mistake"), chosen=True),
    ),
    given=AnnulInput("ISSUED_BY_MISTAKE", "Thiếu trang hai", "12/QĐ-UBND"),
    number="15/2026",
    decision_needed=True,
)
DOCUMENT = IssuedDocument(
    title=_COPY,
    number="15/2026",
    state=_GOOD,
    facts=(
        Fact(B("Người yêu cầu", "Requester"), "NGUYỄN THỊ MẪU"),
        Fact(B("Mã hồ sơ", "Dossier"), "H26.10.05-261124-0001"),
    ),
    events=(
        Event("24/11/2026 09:30", "hệ thống", B("Cấp", "Issued")),
        Event(
            "25/11/2026 10:00", "Trần Văn Thử", B("Không còn dựa vào được", "Not to be relied on"), "Ghi chú"
        ),
    ),
    links=(Link("/can-bo/ho-so/p-41/da-quyet-dinh", B("Hồ sơ", "The case")),),
    downloads=(Download("/can-bo/van-ban/7K3M-9QXP-2ABC-D", _COPY, "184 KB"),),
    annul=_ANNUL,
    replace=f"{_HREF}/cap-lai",
)
DOCUMENT_ERRORS = replace(
    DOCUMENT, errors=(FieldError("number", B("Gõ lại đúng số của văn bản.", "Type the number again.")),)
)

GIVEN_BEFORE = officer.GivenBefore(
    href=_HREF,
    code="7K3M-9QXP-2ABC-D",
    facts=(Fact(_COPY, "15/2026, 01/2026-SCTĐT/BS"), Fact(B("Cấp lúc", "Issued at"), "24/11/2026 09:30")),
    state=State(Sign.CHECK, B("Có vẻ giống: cán bộ phải so", "It looks alike: compare")),
)
OFFERS = (Choice("COPIES-2026-15", B("Số 15/2026", "Number 15/2026"), chosen=True),)
FAILED = Message(
    B("Lần cấp trước không xong: không dùng được khóa ký.", "Issuing failed: the keys cannot be used."),
    next_step=B("Quyết định lại để cấp bằng số mới.", "Decide again to issue under a new number."),
)
