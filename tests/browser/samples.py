"""One filled view for every page (invented people), and a picture of a paper; nothing of the service runs."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import fontpkg_be_vietnam_pro  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont

from api.web import officer_views as officer
from api.web import paths, views
from api.web.differences import differing, whole
from api.web.language import Bilingual
from api.web.views import Choice, Download, Fact, FieldError, Link, Message, Pagination, Sign, State
from tests.browser.book_samples import BOOK, ENTERED, ENTRY, KEEPING
from tests.browser.drift_samples import DRIFT, DRIFT_EMPTY
from tests.browser.issued_samples import (
    DOCUMENT,
    DOCUMENT_ERRORS,
    FAILED,
    GIVEN_BEFORE,
    ISSUED,
    ISSUED_EMPTY,
    OFFERS,
)
from tests.browser.people_samples import DEMANDERS, SLIP_FORM, SLIPS, WHO_LOOKED
from tests.browser.rule_samples import RULES, RULES_ERRORS, RULES_RESULT
from tests.browser.signing_samples import BATCH, BLOCKED, SIGNING, TO_SIGN
from tests.browser.staff_samples import ACCOUNTS, DELEGATIONS, DOCS, SIGNING_STATE, SOURCES

B = Bilingual
WIDTH, HEIGHT = 900, 1270
BIRTH = B("Giấy khai sinh", "Birth certificate")
GOOD = State(Sign.GOOD, B("Khớp", "Agrees"))
CODE = "BS-7K2M-94QD"


def page_picture() -> bytes:
    """A birth certificate that nobody would take for one, as PNG."""
    folder = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
    picture = Image.new("RGB", (WIDTH, HEIGHT), "#fbf7ea")
    pen = ImageDraw.Draw(picture)
    plain = ImageFont.truetype(folder / "BeVietnamPro-Regular.ttf", 26)
    bold = ImageFont.truetype(folder / "BeVietnamPro-Bold.ttf", 44)
    pen.text((200, 90), "MẪU / SPECIMEN", font=bold, fill="#b3261e")
    pen.text((270, 180), "GIẤY KHAI SINH", font=bold, fill="#16201d")
    for number, line in enumerate(PRINTED):
        pen.text((80, 300 + 80 * number), line, font=plain, fill="#16201d")
    kept = BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


PRINTED = (
    "Họ, chữ đệm, tên: NGUYỄN THỊ NGỌC ÁNH",
    "Ngày, tháng, năm sinh: 05/03/2019",
    "Nơi sinh: xã Bình Sơn, huyện Lục Nam, tỉnh Bắc Giang",
    "Họ tên mẹ: TRẦN THỊ HƯỜNG",
    "Họ tên cha: NGUYỄN VĂN THUỴ",
)


def _box(number: int, row: str, sign: Sign) -> officer.Outline:
    return officer.Outline(row, sign, 70, 290 + 80 * number, 780, 50)


def _row(row: str, label: Bilingual, paper: str, record: str, state: State) -> officer.FieldRow:
    left, right = differing(paper, record) if state.sign is not Sign.GOOD else (whole(paper), whole(record))
    uncertain = B("Đọc chắc 82 %", "82 % certain") if state.sign is Sign.CHECK else None
    return officer.FieldRow(row, label, left, right, state, uncertain, boxed=True)


DIFFERS = State(Sign.BAD, B("Lệch", "Differs"))
SAME_PLACE = State(Sign.GOOD, B("Tương đương: địa danh sau sắp xếp 2025", "Same place after the 2025 merge"))
LOOK = State(Sign.CHECK, B("Xem lại", "Look again"))

REVIEW = officer.Review(
    paper="p-41",
    code=CODE,
    title=BIRTH,
    version=3,
    facts=(
        Fact(B("Người nộp", "Applicant"), "TRẦN THỊ HƯỜNG"),
        Fact(B("Dùng cho", "For"), "Nhập học lớp 1"),
        Fact(B("Nhận lúc", "Received"), "20/11/2026 08:12"),
    ),
    proposal=State(Sign.CHECK, B("Cần cán bộ xem", "An officer must look")),
    reasons=(
        Message(
            B("Một chữ trong họ tên mẹ khác với sổ gốc.", "One letter of the mother's name differs."),
            B("Nghị định 23/2015/NĐ-CP, Điều 9", "Decree 23/2015, Article 9"),
        ),
    ),
    open_rows=(
        _row("mother", B("Họ tên mẹ", "Mother"), "TRẦN THỊ HƯỜNG", "TRẦN THỊ HƯƠNG", DIFFERS),
        _row("father", B("Họ tên cha", "Father"), "NGUYỄN VĂN THUỴ", "NGUYỄN VĂN THUY", LOOK),
    ),
    agreeing=(
        _row("name", B("Họ tên", "Name"), "NGUYỄN THỊ NGỌC ÁNH", "NGUYỄN THỊ NGỌC ÁNH", GOOD),
        _row("born", B("Ngày sinh", "Born"), "05/03/2019", "05/03/2019", GOOD),
        _row(
            "place",
            B("Nơi sinh", "Place of birth"),
            "xã Bình Sơn, huyện Lục Nam, tỉnh Bắc Giang",
            "xã Lục Sơn, tỉnh Bắc Ninh",
            SAME_PLACE,
        ),
    ),
    slip=SLIP_FORM,
    organisations=("Công ty TNHH Mẫu", "Trường THPT Mẫu"),
    pages=(
        officer.PageImage(
            1,
            "/picture.png",
            WIDTH,
            HEIGHT,
            (
                _box(0, "name", Sign.GOOD),
                _box(1, "born", Sign.GOOD),
                _box(2, "place", Sign.GOOD),
                _box(3, "mother", Sign.BAD),
                _box(4, "father", Sign.CHECK),
            ),
        ),
    ),
    snapshot=B("Theo sổ hộ tịch lúc 20/11/2026 06:00", "Civil status records as of 20/11/2026 06:00"),
    papers=(
        Link("/can-bo/ho-so/p-40", B("Thẻ căn cước", "Citizen card")),
        Link("/can-bo/ho-so/p-41", BIRTH, current=True),
    ),
    checks=(
        State(Sign.GOOD, B("Ảnh rõ", "The picture is sharp")),
        State(Sign.NONE, B("Không có mã QR", "No QR code")),
    ),
    full_text="\n".join(PRINTED),
    suggested=officer.Decision.APPROVE,
    blocked=(
        officer.Blocked(
            officer.Decision.NOT_NEEDED, B("còn trường lệch với sổ gốc.", "a field differs from the record.")
        ),
    ),
    given=officer.DecisionInput(place="Điểm tiếp nhận xã Bình Sơn"),
    return_reasons=(
        Choice("blurred", B("Ảnh mờ, xin chụp lại", "The picture is blurred")),
        Choice("page_missing", B("Thiếu trang", "A page is missing")),
    ),
    reject_reasons=(
        Choice(
            "copy_as_original",
            B("Giấy nộp là bản sao, không phải bản chính", "The paper is a copy, not the original"),
            B("Nghị định 23/2015/NĐ-CP, Điều 22", "Decree 23/2015, Article 22"),
        ),
    ),
    note_needed=True,
)

REVIEW_WITH_ERRORS = replace(
    REVIEW,
    errors=(
        FieldError("duyet-seen", B("Xác nhận đã xem bản chính.", "Confirm that you saw the original.")),
        FieldError("duyet-note", B("Ghi lý do vì còn chỗ lệch.", "Say why, since a difference is open.")),
    ),
)

REVIEW_ALIKE = replace(
    REVIEW,
    alike=officer.Alike(
        action="/can-bo/ho-so/p-41/gan-giong",
        headings=(B("Họ tên", "Name"), B("Ngày sinh", "Born")),
        rows=((differing("NGUYỄN THỊ NGỌC ÁNH", "NGUYỄN THỊ NGỌC ANH")[1], whole("05/03/2019")),),
    ),
)
REVIEW_NOT_FOUND = replace(
    REVIEW, alike=officer.Alike("/can-bo/ho-so/p-41/gan-giong", (B("Họ tên", "Name"),))
)

REVIEW_GIVEN_BEFORE = replace(
    REVIEW,
    suggested=officer.Decision.REDELIVER,
    given_before=(GIVEN_BEFORE,),
    offers=OFFERS,
    mark_replacing="/can-bo/ho-so/p-41/thay-the",
    replaces=Link("/can-bo/da-cap/X", B("Giấy tờ này để cấp thay cho số 14/2026.", "To replace 14/2026.")),
    failed=FAILED,
    note_needed=False,
)

REVIEW_READING = officer.Review(
    paper="p-42",
    code="BS-1A2B-3C4D",
    title=B("Đang nhận dạng", "Being recognised"),
    version=1,
    facts=REVIEW.facts,
    proposal=State(Sign.WAIT, B("Đang đọc", "Being read")),
    reasons=(),
    open_rows=(),
    agreeing=(),
    pages=(),
    snapshot=B("", ""),
    reading=True,
)

QUEUE = officer.Queue(
    filters=(
        Link("/can-bo", B("Tất cả", "All"), current=True, count=12),
        Link("/can-bo?loc=lech", B("Có chỗ lệch", "Differences"), count=3),
        Link("/can-bo?loc=qua-han", B("Quá hạn", "Overdue"), count=1),
    ),
    rows=(
        officer.QueueRow(
            CODE,
            "/can-bo/ho-so/p-41",
            BIRTH,
            "T.T.H.",
            B("2 ngày", "2 d"),
            due="23/11/2026 17:00",
            overdue=True,
            proposal=State(Sign.BAD, B("1 chỗ lệch", "1 difference")),
            taken_by="Phạm Thị Lan",
        ),
        officer.QueueRow(
            "BS-8H3N-11TR",
            "/can-bo/ho-so/p-43",
            B("Thẻ căn cước 2021, mặt trước", "Citizen card 2021, front"),
            "L.Q.B.",
            B("35 phút", "35 min"),
            due="25/11/2026 17:00",
            overdue=False,
            proposal=State(Sign.GOOD, B("Không cần bản sao", "No copy needed")),
        ),
    ),
    next_free="/can-bo/ho-so/p-43",
    pages=Pagination(1, 2, None, "/can-bo?trang=2"),
)

DECIDED = officer.Decided(
    title=B("Đã duyệt chứng thực", "Certification approved"),
    code=CODE,
    facts=(
        Fact(B("Số chứng thực", "Number"), "128, quyển 01/2026-SCTĐT/BS"),
        Fact(B("Tình trạng", "State"), B("Đang chờ ký", "Waiting to be signed")),
    ),
    what_next=B("Người dân được báo khi văn bản ký xong.", "The citizen is told when it is signed."),
    downloads=(Download("/tep/128.pdf", B("Bản sao điện tử", "Electronic copy"), "184 KB"),),
    next_case="/can-bo/ho-so/p-43",
    refreshing=True,
    href="/can-bo/ho-so/p-41",
)

VALIDATED = views.Validation(
    64,
    views.Validated(
        "ban-sao-khai-sinh.pdf",
        views.Verdict.INVALID,
        (
            Message(
                B("Nội dung trang 1 bị thay đổi sau khi ký.", "Page 1 was changed after signing."),
                next_step=B(
                    "Không nhận tệp này; xin tệp gốc từ người nộp.",
                    "Do not accept it; ask for the original file.",
                ),
            ),
        ),
        (Fact(B("Loại", "Kind"), B("Bản sao điện tử chứng thực", "Electronic certified copy")),),
        (
            views.SignatureLine(
                "Phạm Thị Lan",
                B("Người thực hiện chứng thực", "Certifying officer"),
                "CA thử nghiệm",
                "20/11/2026 09:15",
                B("dấu thời gian", "time-stamp"),
                State(Sign.GOOD, B("Chữ ký nguyên vẹn", "Signature whole")),
                level="B-T",
            ),
            views.SignatureLine(
                "UBND xã Bình Sơn",
                B("Cơ quan", "Agency"),
                "CA thử nghiệm",
                "20/11/2026 09:15",
                B("dấu thời gian", "time-stamp"),
                State(Sign.BAD, B("Không khớp với tệp", "Does not match the file")),
                (B("Trang 1: thêm chữ", "Page 1: text added"),),
            ),
        ),
        (Fact(B("SHA-256", "SHA-256"), "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),),
    ),
)

STATUS = views.Status(
    CODE,
    State(Sign.GOOD, B("Đã xong", "Done")),
    B("Tải phiếu xác nhận và gửi cho nơi yêu cầu bản sao.", "Download it and send it to whoever asked."),
    (
        views.PaperStatus(
            BIRTH,
            State(Sign.GOOD, B("Không cần bản sao chứng thực", "No certified copy needed")),
            (Message(B("Cơ sở dữ liệu hộ tịch đã xác nhận.", "The civil status records confirm it.")),),
            (Download("/tep/xac-nhan.pdf", B("Phiếu xác nhận", "Confirmation"), "84 KB"),),
        ),
    ),
    paths.status(CODE),
    "21/11/2026",
    refreshing=True,
)

SUBMITTED = views.Submitted(
    CODE,
    "20/11/2026 08:12",
    (
        views.ReceivedFile(
            "IMG_2231.HEIC", "2,1 MB", State(Sign.GOOD, B("Đã nhận, 1 trang", "Received, 1 page"))
        ),
        views.ReceivedFile(
            "trang.jpg", "12 KB", State(Sign.BAD, B("Mờ, xin chụp lại", "Blurred, send again"))
        ),
    ),
    paths.status(CODE),
)

STANDING = views.StandingPage(
    CODE,
    State(Sign.CHECK, B("Đã có bản thay thế", "Superseded")),
    B("Có bản mới hơn; hãy hỏi người nộp.", "There is a newer one; ask the holder."),
    (Fact(B("Số chứng thực", "Number"), "128"), Fact(B("Ngày", "Day"), "20/11/2026")),
)

PROBLEM = views.Problem(
    B("Chưa làm được việc này", "That did not work"),
    B("Máy chủ gặp lỗi. Dữ liệu đã gửi không bị mất.", "The server failed. Nothing you sent is lost."),
    B("Xin thử lại sau ít phút.", "Try again in a few minutes."),
    "L-4F2A",
    "/nop-giay-to",
)

_WRONG_FACTOR = FieldError(
    "last_four", B("Mã hoặc 4 số cuối chưa đúng.", "The code or the 4 digits are not right.")
)

OFFICER_PAGES: dict[str, views.View] = {
    "sources": SOURCES,
    "slips": SLIPS,
    "demanders": DEMANDERS,
    "drift": DRIFT,
    "drift_empty": DRIFT_EMPTY,
    "rules": RULES,
    "rules_result": RULES_RESULT,
    "rules_errors": RULES_ERRORS,
    "delegations": DELEGATIONS,
    "signing": SIGNING,
    "signing_blocked": BLOCKED,
    "signing_batch": BATCH,
    "signing_paper": TO_SIGN,
    "accounts": ACCOUNTS,
    "signing_state": SIGNING_STATE,
    "queue": QUEUE,
    "queue_empty": officer.Queue(filters=QUEUE.filters, rows=()),
    "review": REVIEW,
    "review_errors": REVIEW_WITH_ERRORS,
    "review_reading": REVIEW_READING,
    "review_given_before": REVIEW_GIVEN_BEFORE,
    "issued": ISSUED,
    "issued_empty": ISSUED_EMPTY,
    "issued_document": DOCUMENT,
    "issued_document_errors": DOCUMENT_ERRORS,
    "review_alike": REVIEW_ALIKE,
    "review_not_found": REVIEW_NOT_FOUND,
    "decided": DECIDED,
    "book": BOOK,
    "book_keeping": KEEPING,
    "book_entry": ENTRY,
    "book_entered": ENTERED,
}

PUBLIC_PAGES: dict[str, views.View] = {
    "home": views.Home(),
    "problem": PROBLEM,
    "login": views.Login(
        "lan.pham",
        errors=(FieldError("username", B("Tên hoặc mật khẩu chưa đúng.", "Wrong user or password.")),),
    ),
    "set_password": views.SetPassword(paths.set_password("t0k3n"), "lan.pham", 12),
    "submit": views.Submit(64, 20),
    "submitted": SUBMITTED,
    "lookup": views.CitizenLookup(),
    "second_factor": views.SecondFactor(CODE, paths.second_factor(CODE), (_WRONG_FACTOR,)),
    "status": STATUS,
    "who_looked": WHO_LOOKED,
    "validation": views.Validation(64),
    "validated": VALIDATED,
    "code_lookup": views.CodeLookup(),
    "standing": STANDING,
    "docs": DOCS,
}

PAGES = {**PUBLIC_PAGES, **OFFICER_PAGES}
