"""Validate: a PDF's bytes in, one verdict with reasons and, if we issued it, its standing out.

1. The file itself: every signature, offline (`signing.validation`).
2. Do we know these very bytes? Then their number, book and standing count too: revoked is INVALID,
   superseded UNDETERMINED. A receipt whose record has changed says so, for nothing has taken its place.
"""

from dataclasses import dataclass, replace

from ocr.model import Digest
from signing.model import About, Reason, ValidationReport, Verdict
from signing.validation import validate as validate_file
from verification.certification import Issued, Standing
from verification.services import Services
from verification.workflow import follow

REVOKED = Reason(
    "REVOKED",
    About.REVOCATION,
    "Văn bản này đã bị thu hồi.",
    "This document has been revoked.",
    "Không sử dụng văn bản này; liên hệ cơ quan cấp để được hướng dẫn.",
    "Do not rely on it; ask the issuing office.",
)
SUPERSEDED = Reason(
    "SUPERSEDED",
    About.REVOCATION,
    "Văn bản này đã được thay bằng văn bản mới.",
    "This document has been replaced by a newer one.",
    "Đề nghị người nộp gửi văn bản mới.",
    "Ask for the newer document.",
)
RECORD_CHANGED = Reason(
    follow.RECORD_CHANGED,
    About.REVOCATION,
    "Dữ liệu làm căn cứ cho văn bản này đã thay đổi sau khi cấp, nên hiện chưa thể dựa vào văn bản.",
    "The record that this document rests on has changed since it was issued; it cannot be relied on now.",
    "Chưa sử dụng văn bản này; đề nghị người nộp đến cơ quan cấp để đối chiếu lại.",
    "Do not rely on it; ask the bearer to have the paper compared again at the issuing office.",
)
RECORD_NOT_VALID = Reason(
    follow.RECORD_NOT_VALID,
    About.REVOCATION,
    "Dữ liệu làm căn cứ cho văn bản này không còn giá trị hoặc không còn trong cơ sở dữ liệu.",
    "The record that this document rests on is no longer valid, or no longer there.",
    "Chưa sử dụng văn bản này; đề nghị liên hệ cơ quan cấp để được hướng dẫn.",
    "Do not rely on it; ask the issuing office.",
)
STANDING_REASONS = (
    (REVOKED, Verdict.INVALID),
    (SUPERSEDED, Verdict.UNDETERMINED),
    (RECORD_CHANGED, Verdict.UNDETERMINED),
    (RECORD_NOT_VALID, Verdict.UNDETERMINED),
)
"""What the standing of a document of ours may say of it, and what that alone makes of the verdict."""


@dataclass(frozen=True, slots=True)
class Validated:
    """The report, and what the book says of these bytes; `issued` is None for foreign files."""

    report: ValidationReport
    issued: Issued | None


def validate(services: Services, content: bytes) -> Validated:
    """Raises SigningError for what is not a readable PDF."""
    # 1
    report = validate_file(content, trust=services.trust, at=services.now())
    # 2
    with services.database.transaction() as tx:
        issued = tx.certifications.by_digest(Digest(report.digest))
    return Validated(_with_standing(report, issued), issued)


def _with_standing(report: ValidationReport, issued: Issued | None) -> ValidationReport:
    if issued is None or issued.standing is Standing.GOOD:
        return report
    if issued.standing is Standing.REVOKED:
        return replace(report, verdict=Verdict.INVALID, reasons=(REVOKED, *report.reasons))
    verdict = Verdict.INVALID if report.verdict is Verdict.INVALID else Verdict.UNDETERMINED
    return replace(report, verdict=verdict, reasons=(why_superseded(issued), *report.reasons))


def standing_reason(issued: Issued) -> Reason | None:
    """Why it is not to be relied on, and what to do; None while it is good."""
    match issued.standing:
        case Standing.SUPERSEDED:
            return why_superseded(issued)
        case Standing.REVOKED:
            return REVOKED
        case _:
            return None


def why_superseded(issued: Issued) -> Reason:
    """A newer document took its place, or its record no longer says what it rests on."""
    ours = {reason.code: reason for reason in (RECORD_CHANGED, RECORD_NOT_VALID)}
    return ours.get(issued.standing_reason or "", SUPERSEDED)
