"""Filled views of the page of what lost its record (invented people)."""

from api.web.drift_views import DriftPage, DriftRow, DriftWay
from api.web.language import Bilingual
from api.web.views import Fact, FieldError, Link, Sign, State

B = Bilingual
_FILTERS = (
    Link("/can-bo/du-lieu-thay-doi", B("Chờ xử lý", "To be done"), current=True, count=2),
    Link("/can-bo/du-lieu-thay-doi?loc=tat-ca", B("Tất cả", "All")),
)
_LOST = Fact(B("Trường không còn khớp", "Fields that no longer agree"), B("Họ, chữ đệm, tên", "Full name"))
_SOURCE = Fact(
    B("Nguồn dữ liệu", "Source"), B("Cơ sở dữ liệu hộ tịch điện tử", "Electronic civil status database")
)
_AT = Fact(B("Nhận được lúc", "Came in at"), "25/11/2026 09:30")
_RECEIPT = DriftRow(
    id=7,
    version=1,
    title=B("Giấy khai sinh", "Birth certificate"),
    dossier="H26.10.05-261124-0001",
    href="/can-bo/ho-so/p-41/da-quyet-dinh",
    state=State(Sign.CHECK, B("Bản ghi đã được sửa, không còn khớp", "The record was corrected and differs")),
    facts=(
        _LOST,
        _SOURCE,
        _AT,
        Fact(B("Văn bản", "Document"), B("Phiếu xác nhận 15/2026", "No-copy receipt 15/2026")),
    ),
    ways=(
        DriftWay("confirm", B("Thu hồi phiếu", "Revoke the receipt"), "warning"),
        DriftWay("restore", B("Khôi phục phiếu", "Restore the receipt"), "secondary"),
    ),
    hint=B("Muốn khôi phục thì phải ghi lý do.", "To restore it, write down why."),
)
_COPY = DriftRow(
    id=8,
    version=2,
    title=B("Giấy chứng nhận kết hôn", "Marriage certificate"),
    dossier="H26.10.05-261120-0012",
    href="/can-bo/ho-so/p-12/da-quyet-dinh",
    state=State(Sign.CHECK, B("Không còn tìm thấy bản ghi", "The record is no longer found")),
    facts=(_SOURCE, _AT),
    ways=(DriftWay("noted", B("Đã xem, không cần làm gì", "Seen, nothing to do"), "secondary"),),
    back=B("Dữ liệu nay lại xác nhận giấy tờ này.", "The record now answers for this paper again."),
)
_DONE = DriftRow(
    id=6,
    version=2,
    title=B("Giấy khai sinh", "Birth certificate"),
    dossier="H26.10.05-261101-0003",
    href="/can-bo/ho-so/p-3/da-quyet-dinh",
    state=State(Sign.NONE, B("Bản ghi không còn giá trị", "The record is no longer valid")),
    facts=(_SOURCE, _AT, Fact(B("Đã làm", "Done"), B("Đã thu hồi phiếu", "The receipt was revoked"))),
    ways=(),
)
_WHY = FieldError("note-7", B("Ghi lý do vì sao phiếu vẫn có giá trị.", "Say why the receipt is to hold."))

DRIFT = DriftPage(_FILTERS, (_RECEIPT, _COPY, _DONE), restorable=12, errors=(_WHY,))
DRIFT_EMPTY = DriftPage(_FILTERS, ())
