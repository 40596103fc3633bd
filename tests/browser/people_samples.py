"""Filled views of the pages about people's data (invented people)."""

from api.web import people_views
from api.web.language import Bilingual
from api.web.views import Sign, State

B = Bilingual

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
