"""The lines of the self-test in, the page that shows them to the office out."""

from collections.abc import Mapping

from api.key_facts import SEAL
from api.self_test import FONTS, TIME, Check, CheckState
from api.web.language import Bilingual as Both
from api.web.signing_state_views import PartRow, SigningStatePage
from api.web.views import Sign, State

_STATES = {
    CheckState.OK: State(Sign.GOOD, Both("Tốt", "Good")),
    CheckState.WARNING: State(Sign.CHECK, Both("Cần lưu ý", "Look at it")),
    CheckState.FAULT: State(Sign.BAD, Both("Có lỗi", "At fault")),
}
_PARTS = {
    SEAL: Both("Khóa của cơ quan", "The agency's key"),
    TIME: Both("Dấu thời gian", "Time-stamps"),
    FONTS: Both("Phông chữ", "Fonts"),
}


def shown_signing_state(checks: tuple[Check, ...], officers: Mapping[str, str]) -> SigningStatePage:
    """`officers` are names by account."""
    return SigningStatePage(tuple(_row(check, officers) for check in checks))


def _row(check: Check, officers: Mapping[str, str]) -> PartRow:
    name = officers.get(check.about, check.about)
    part = _PARTS.get(check.about, Both(f"Khóa của {name}", f"Key of {name}"))
    return PartRow(part, _STATES[check.state], Both(check.message_vi, check.message_en), check.code)
