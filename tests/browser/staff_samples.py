"""Filled views of the office's pages and of the page for programs (invented people)."""

from api.web import program_views, staff_views
from api.web.language import Bilingual
from api.web.views import Choice, FieldError, Sign, State

B = Bilingual

SOURCES = staff_views.SourcesPage(
    (
        staff_views.SourceRow(
            B("Cơ sở dữ liệu quốc gia về dân cư", "National population database"),
            "Bộ Công an",
            "20/11/2026 06:00",
            "12.044",
            "31",
            State(Sign.GOOD, B("Còn mới", "Fresh")),
        ),
        staff_views.SourceRow(
            B("Cơ sở dữ liệu hộ tịch điện tử", "Electronic civil status database"),
            "Bộ Tư pháp",
            "–",
            "0",
            "–",
            State(Sign.NONE, B("Chưa nạp", "Nothing loaded")),
        ),
    )
)

DELEGATIONS = staff_views.DelegationsPage(
    (
        staff_views.DelegationRow(
            "Phạm Thị Lan",
            "12/QĐ-UBND",
            "TUQ. CHỦ TỊCH / CÔNG CHỨC TƯ PHÁP - HỘ TỊCH",
            "01/07/2026 – 30/06/2027",
            State(Sign.GOOD, B("Đang có hiệu lực", "In force")),
        ),
    ),
    (Choice("lan.pham", B("Phạm Thị Lan", "Phạm Thị Lan")),),
    errors=(FieldError("valid_to", B("Ghi ngày kết thúc.", "Give the last day.")),),
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
