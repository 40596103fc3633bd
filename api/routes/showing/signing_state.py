"""The lines of the self-test in, the page that shows them to the office out."""

from collections.abc import Mapping

from api.key_facts import SEAL
from api.self_test import FONTS, PICTURES, TIME, Check, CheckState
from api.web.language import Bilingual as Both
from api.web.signing_state_views import PartRow, SigningStatePage
from api.web.views import Sign, State
from verification.preservation import PreservationCounts

_STATES = {
    CheckState.OK: State(Sign.GOOD, Both("Tốt", "Good")),
    CheckState.WARNING: State(Sign.CHECK, Both("Cần lưu ý", "Look at it")),
    CheckState.FAULT: State(Sign.BAD, Both("Có lỗi", "At fault")),
}
_PARTS = {
    SEAL: Both("Khóa của cơ quan", "The agency's key"),
    TIME: Both("Dấu thời gian", "Time-stamps"),
    FONTS: Both("Phông chữ", "Fonts"),
    PICTURES: Both("Ảnh con dấu, chữ ký", "Pictures of seal and signatures"),
}


def shown_signing_state(
    checks: tuple[Check, ...], officers: Mapping[str, str], kept: PreservationCounts
) -> SigningStatePage:
    """`officers` are names by account; `kept` is how it stands with long-term data."""
    return SigningStatePage(tuple(_row(check, officers) for check in checks), _long_term(kept))


def _long_term(kept: PreservationCounts) -> PartRow:
    state = _STATES[CheckState.WARNING if kept.failing else CheckState.OK]
    words = Both(
        f"{kept.waiting} văn bản chờ bổ sung; {kept.failing} văn bản lần gần nhất không được, "
        "máy sẽ tự thực hiện lại.",
        f"{kept.waiting} documents wait for theirs; for {kept.failing} the last try failed, and it is tried "
        "again by itself.",
    )
    part = Both("Dữ liệu lưu giữ lâu dài", "Long-term data")
    return PartRow(part, state, words, "")


def _row(check: Check, officers: Mapping[str, str]) -> PartRow:
    name = officers.get(check.about, check.about)
    part = _PARTS.get(check.about, Both(f"Khóa của {name}", f"Key of {name}"))
    return PartRow(part, _STATES[check.state], Both(check.message_vi, check.message_en), check.code)
