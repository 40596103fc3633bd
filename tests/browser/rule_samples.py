"""Filled views of the page of the rules."""

from dataclasses import replace

from api.web import rule_views
from api.web.language import Bilingual
from api.web.views import Choice, Fact, FieldError, Sign, State

B = Bilingual
BIRTH = B("Giấy khai sinh", "Birth certificate")
NO_COPY = State(Sign.GOOD, B("Không cần bản sao", "No copy needed"))

RULES = rule_views.RulesPage(
    (
        rule_views.RuleRow(
            "nq66-birth",
            B("Dữ liệu hộ tịch thay giấy khai sinh", "Civil status data replace the birth certificate"),
            B(
                "NQ 66.7/2025/NQ-CP: dữ liệu hộ tịch thay giấy khai sinh",
                "Resolution 66.7/2025/NQ-CP: civil status data replace the birth certificate",
            ),
            BIRTH,
            B("Cơ sở dữ liệu hộ tịch điện tử", "Electronic civil status database"),
            "01/01/2026 – …",
            State(Sign.GOOD, B("Đang có hiệu lực", "In force")),
        ),
    ),
    (Choice("nq66-birth", B("Dữ liệu hộ tịch thay giấy khai sinh", "Civil status data replace it")),),
)

RULES_RESULT = replace(
    RULES,
    result=rule_views.SimulationResult(
        facts=(
            Fact(B("Quy tắc", "Rule"), "nq66-birth"),
            Fact(B("Bản sao lẽ ra không cần", "Not needed"), B("12 trên 410 bản sao", "12 of 410 copies")),
        ),
        by_kind=(rule_views.TallyRow(BIRTH, "40", "52", "12", "30", "4"),),
        by_procedure=(rule_views.TallyRow(B("2.000815", "2.000815"), "40", "52", "12", "30", "4"),),
        moves=(
            rule_views.MoveRow(State(Sign.NONE, B("Cần chứng thực", "Certification needed")), NO_COPY, "9"),
        ),
        changes=(rule_views.ChangeRow("H26.10.05-261012-0003", BIRTH, NO_COPY, "2"),),
        left_off=8,
        untold=(
            Fact(
                B("Chưa từng được đối chiếu với cơ sở dữ liệu nào.", "Never compared with any source."), "3"
            ),
        ),
    ),
)

RULES_ERRORS = replace(
    RULES,
    given=rule_views.SimulationInput("nq66-birth", "hôm qua", "[[rule]]"),
    errors=(
        FieldError("month", B("Ghi tháng như 2026-10.", "Give the month as 2026-10.")),
        FieldError("toml", B("Quy tắc chưa dùng được.", "The rules cannot be used.")),
    ),
)
