"""Why something is annulled, in words, and what the book's last column says of how it stands."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from verification.certification import Issued, Standing

RECORD_CHANGED, RECORD_NOT_VALID = "RECORD_CHANGED", "RECORD_NOT_VALID"
"""Why a receipt is SUPERSEDED without anything having taken its place."""


class RevocationReason(StrEnum):
    """The closed list of why something issued is annulled (TT 01/2020/TT-BTP Art. 7: what was not certified
    as the law wants has no value, and the chairman annuls it)."""

    WRONG_CONTENT = "WRONG_CONTENT"
    ORIGINAL_INVALID = "ORIGINAL_INVALID"
    ISSUED_BY_MISTAKE = "ISSUED_BY_MISTAKE"
    AUTHORITY_DECIDED = "AUTHORITY_DECIDED"
    REQUESTER_ASKED = "REQUESTER_ASKED"


class Words(NamedTuple):
    """A sentence in both languages."""

    vi: str
    en: str


REVOCATION_WORDS: Mapping[RevocationReason, Words] = MappingProxyType(
    {
        RevocationReason.WRONG_CONTENT: Words(
            "Nội dung bản sao hoặc lời chứng không đúng với bản chính",
            "The copy or its statement does not agree with the original",
        ),
        RevocationReason.ORIGINAL_INVALID: Words(
            "Bản chính bị phát hiện là giả mạo hoặc không có giá trị",
            "The original was found to be forged or without value",
        ),
        RevocationReason.ISSUED_BY_MISTAKE: Words(
            "Cấp nhầm hoặc không đúng trình tự, thẩm quyền",
            "Issued by mistake, or not in the way or by the authority that the law wants",
        ),
        RevocationReason.AUTHORITY_DECIDED: Words(
            "Theo bản án, quyết định của tòa án hoặc kết luận của cơ quan có thẩm quyền",
            "A court's judgment or the finding of a competent authority",
        ),
        RevocationReason.REQUESTER_ASKED: Words(
            "Theo đề nghị của người yêu cầu chứng thực", "At the wish of whoever asked for it"
        ),
    }
)
STANDING_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        **{reason.value: words for reason, words in REVOCATION_WORDS.items()},
        "RECORD_CHANGED": Words(
            "Dữ liệu làm căn cứ đã thay đổi sau khi cấp", "The record it rests on has changed since"
        ),
        "RECORD_NOT_VALID": Words(
            "Dữ liệu làm căn cứ không còn giá trị", "The record it rests on is no longer valid"
        ),
        "RESTORED": Words("Cán bộ đã khôi phục", "Restored by an officer"),
        "REPLACED": Words("Đã có văn bản mới thay thế", "A newer document took its place"),
    }
)
"""Why something stands as it does, by the code that is kept."""
_DECISION_NUMBER = re.compile(r"\d[\w./-]{0,59}")


def standing_words(code: str | None) -> Words | None:
    """The words of a reason; None where none is kept."""
    return STANDING_WORDS.get(code or "")


def is_decision_number(text: str) -> bool:
    """As offices write them, `12/QĐ-UBND`: it is published, and holds no name and no sentence."""
    return _DECISION_NUMBER.fullmatch(text) is not None


def book_note(issued: Issued, successor: Issued | None = None) -> Words | None:
    """What the last column of the book ("Ghi chú") says beside the line, which itself never changes; None
    while it is good. `successor` is what `replaced_by` leads to."""
    decision = f" ({issued.decision_number})" if issued.decision_number else ""
    if issued.standing is Standing.REVOKED:
        return Words(f"Đã hủy bỏ giá trị{decision}", f"Annulled{decision}")
    if issued.standing is not Standing.SUPERSEDED:
        return None
    if issued.replaced_by is None:
        return Words("Dữ liệu gốc đã thay đổi, chưa dùng được", "Its record has changed; not to be relied on")
    number = f" {successor.number}" if successor else ""
    return Words(f"Đã thay bằng số{number}".rstrip(), f"Replaced by number{number}".rstrip())
