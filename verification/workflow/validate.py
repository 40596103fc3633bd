"""Validate: a PDF's bytes in, one verdict with reasons and, if we issued it, its standing out.

1. The file itself: every signature, offline (`signing.validation`).
2. Do we know these very bytes? Then their number, book and standing count too: revoked is INVALID,
   superseded UNDETERMINED.
"""

from dataclasses import dataclass, replace

from ocr.model import Digest
from signing.model import About, Reason, ValidationReport, Verdict
from signing.validation import validate as validate_file
from verification.certification import Issued, Standing
from verification.services import Services

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
    return replace(report, verdict=verdict, reasons=(SUPERSEDED, *report.reasons))
