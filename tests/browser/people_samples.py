"""Filled views of the pages about people's data (invented people)."""

from api.web import paths, people_views
from api.web.language import Bilingual
from api.web.views import Choice, FieldError, Sign, State

B = Bilingual
FIELDS = B("Họ, chữ đệm, tên; Ngày, tháng, năm sinh", "Full name; Date of birth")
BIRTH = B("Giấy khai sinh", "Birth certificate")

SLIP_FORM = people_views.SlipForm(
    paths.slip_of_paper("p-41"),
    (
        Choice("full_name", B("Họ, chữ đệm, tên", "Full name"), chosen=True),
        Choice("place_of_birth", B("Nơi sinh", "Place of birth")),
    ),
)

SLIPS = people_views.SlipsPage(
    (
        people_views.SlipRow(
            "7",
            "20/11/2026 09:15",
            "BS-7K2M-94QD/PĐC-7",
            BIRTH,
            paths.review("p-41"),
            "Bộ Tư pháp",
            FIELDS,
            State(Sign.WAIT, B("Đang chờ trả lời", "Waiting for an answer")),
            paths.slip_file(7),
            "–",
            paths.slip_answer(7),
            1,
        ),
        people_views.SlipRow(
            "6",
            "02/10/2026 14:02",
            "BS-3F9A-11QX/PĐC-6",
            BIRTH,
            paths.review("p-12"),
            "Bộ Công an",
            FIELDS,
            State(Sign.GOOD, B("Đã trả lời", "Answered")),
            paths.slip_file(6),
            "đã điều chỉnh",
            None,
            2,
        ),
    )
)

DEMANDERS = people_views.DemandersPage(
    (
        people_views.DemanderRow(
            "Công ty TNHH Mẫu",
            BIRTH,
            "3",
            "12",
            "02/11/2026",
            "20/11/2026",
            "11/2026: 15",
            "BS-7K2M-94QD, BS-3F9A-11QX",
        ),
    ),
    "2026-11-01",
    "2026-11-30",
    paths.demanders_csv("2026-11-01", "2026-11-30"),
    ("Công ty TNHH Mẫu",),
    may_merge=True,
    errors=(FieldError("name", B("Ghi cả hai tên.", "Give both names.")),),
)

WHO_LOOKED = people_views.WhoLookedPage(
    code="BS-7K2M-94QD",
    records=(
        people_views.RecordRows(
            B("Giấy khai sinh", "Birth certificate"),
            B("Cơ sở dữ liệu hộ tịch điện tử", "Electronic civil status database"),
            "Bộ Tư pháp",
            (
                people_views.LookUpRow(
                    "20/11/2026 09:15",
                    "Phạm Thị Lan (UBND xã Bình Sơn)",
                    "BS-7K2M-94QD",
                    "2.000815",
                    B("Họ, chữ đệm, tên; Ngày, tháng, năm sinh", "Full name; Date of birth"),
                ),
                people_views.LookUpRow(
                    "02/10/2026 14:02",
                    B("Hệ thống tự đối chiếu giấy tờ", "The service itself, comparing papers"),
                    B("Một hồ sơ khác", "Another dossier"),
                    B("Giải quyết thủ tục", "To handle a procedure"),
                    B("Chỉ tìm bản ghi", "Only found the record"),
                ),
            ),
            None,
        ),
        people_views.RecordRows(
            B("Căn cước công dân", "Citizen card"),
            B("Cơ sở dữ liệu quốc gia về dân cư", "National population database"),
            "Bộ Công an",
            (),
            State(Sign.CHECK, B("Bản ghi này không phải của người nộp.", "Not the applicant's record.")),
        ),
    ),
    kept_days=1096,
)
