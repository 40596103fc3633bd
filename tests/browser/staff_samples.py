"""Filled views of the office's pages and of the page for programs (invented people)."""

from api.routes.showing.signing_state import shown_signing_state
from api.self_test import NOTES, Check, CheckState
from api.web import program_views, record_views, staff_views
from api.web.language import Bilingual
from api.web.views import Choice, Fact, FieldError, Sign, State
from verification.preservation import PreservationCounts

B = Bilingual

POPULATION = B("Cơ sở dữ liệu quốc gia về dân cư", "National population database")
SOURCES = record_views.SourcesPage(
    rows=(
        record_views.SourceRow(
            name=POPULATION,
            owner="Bộ Công an",
            basis="NQ 66.7/2025/NQ-CP",
            published=B("Từ 01/01/2026: NQ 66.7/2025/NQ-CP", "From 01/01/2026: Resolution 66.7/2025/NQ-CP"),
            as_of="20/11/2026 06:00",
            age=B("5,5 giờ", "5.5 h"),
            limit=B("48 giờ", "48 h"),
            records="12.044",
            snapshot="31",
            number="8",
            state=State(Sign.GOOD, B("Còn mới", "Fresh")),
            asked=State(
                Sign.BAD, B("Tạm ngừng hỏi nền tảng (timeout)", "Its platform is left alone (timeout)")
            ),
        ),
        record_views.SourceRow(
            name=B("Cơ sở dữ liệu hộ tịch điện tử", "Electronic civil status database"),
            owner="Bộ Tư pháp",
            basis="NQ 66.7/2025/NQ-CP",
            published=B("Chưa xác nhận là đã công bố", "Not confirmed as announced"),
            as_of="–",
            age=B("–", "–"),
            limit=B("48 giờ", "48 h"),
            records="0",
            snapshot="–",
            number="–",
            state=State(Sign.NONE, B("Chưa nạp", "Nothing loaded")),
        ),
    ),
    deliveries=(
        record_views.DeliveryRow(
            at="20/11/2026 06:05",
            source=POPULATION,
            number="8",
            kind=B("Phần thay đổi", "Increment"),
            as_of="20/11/2026 06:00",
            accepted="120",
            rejected="1",
            conflicts="2 (45, 90)",
            by="folder",
        ),
    ),
    choices=(Choice("population", POPULATION, chosen=True),),
    full=True,
    rehearsed=record_views.Rehearsed(
        file="dan-cu-2026-11-24.ndjson",
        state=State(Sign.CHECK, B("Có dòng cần xem", "Some lines need a look")),
        facts=(
            Fact(B("Dòng được nhận", "Rows accepted"), "120"),
            Fact(B("Dòng bị loại", "Rows rejected"), "1"),
        ),
        problems=(
            record_views.RowProblem(
                "7",
                B("Bị loại", "Rejected"),
                B(
                    "date_of_birth không phải ngày có trong lịch",
                    "date_of_birth is no date of the calendar",
                ),
            ),
        ),
        more=3,
    ),
    errors=(FieldError("records", B("Chọn một tệp NDJSON hoặc CSV.", "Choose a file of NDJSON or CSV.")),),
)

DELEGATIONS = staff_views.DelegationsPage(
    (
        staff_views.DelegationRow(
            "lan.pham:12/QĐ-UBND",
            "Phạm Thị Lan",
            "12/QĐ-UBND",
            "TUQ. CHỦ TỊCH / CÔNG CHỨC TƯ PHÁP - HỘ TỊCH",
            B("Bản sao và phiếu", "Copies and receipts"),
            "01/07/2026 – 30/06/2027",
            State(Sign.GOOD, B("Đang có hiệu lực", "In force")),
            B("Còn 12 ngày", "12 days left"),
            revocable=True,
        ),
    ),
    (Choice("lan.pham", B("Phạm Thị Lan", "Phạm Thị Lan")),),
    (Choice("BOTH", B("Bản sao và phiếu", "Copies and receipts"), chosen=True),),
    errors=(FieldError("valid_to", B("Ghi ngày kết thúc.", "Give the last day.")),),
)

SIGNING_STATE = shown_signing_state(
    (
        Check("agency", CheckState.OK, "KEY_SIGNS", *NOTES["KEY_SIGNS"]),
        Check("lan.pham", CheckState.FAULT, "CHAIN_INCOMPLETE", *NOTES["CHAIN_INCOMPLETE"]),
        Check("time-stamps", CheckState.WARNING, "NO_TIME_STAMPS", *NOTES["NO_TIME_STAMPS"]),
    ),
    {"lan.pham": "Phạm Thị Lan"},
    PreservationCounts(waiting=118, failing=2, due=3),
)

ACCOUNTS = staff_views.AccountsPage(
    (
        staff_views.AccountRow(
            "lan.pham",
            "Phạm Thị Lan",
            B("Cán bộ chứng thực", "Officer"),
            State(Sign.GOOD, B("Đang dùng", "In use")),
            locked=False,
        ),
        staff_views.AccountRow(
            "cu.nguoi",
            "Lê Quốc Bảo",
            B("Kiểm tra", "Auditor"),
            State(Sign.BAD, B("Đã khóa", "Locked")),
            locked=True,
        ),
    ),
    (Choice("officer", B("Cán bộ chứng thực", "Officer")), Choice("admin", B("Quản trị", "Administrator"))),
    link="https://chungthuc.example/dat-mat-khau/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE",
    link_owner="lan.pham",
)

DOCS = program_views.ApiDocs(
    "Đọc, đối chiếu, cấp và kiểm tra. / Reads, compares, issues and validates.",
    "/openapi.json",
    (
        program_views.OperationGroup(
            "Kiểm tra / Validation",
            (
                program_views.Operation(
                    "post-validate",
                    "POST",
                    "/api/v1/validate",
                    "Kiểm tra PDF đã ký / Validate signed PDFs",
                    "Một kết luận cho mỗi tệp. / One verdict a file.",
                    (
                        program_views.Parameter(
                            "files", "multipart/form-data", "[string]", True, "Tệp PDF. / PDFs."
                        ),
                    ),
                    (("200", "Successful Response"), ("413", "Quá lớn / too large")),
                    '{\n  "files": []\n}',
                ),
            ),
        ),
    ),
)
