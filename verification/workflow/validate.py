"""Validate: a PDF's bytes in, one verdict with reasons and, if we issued it, its standing out.

1. The file itself: every signature, offline (`signing.validation`).
2. Do we know these very bytes? Then their number, book and standing count too: revoked is INVALID,
   superseded UNDETERMINED. A receipt whose record has changed says so, for nothing has taken its place.
3. Bytes that we do not know may still be a paper of ours: a line more at the end, a time-stamp taken out or
   added break no signature. The code that it prints tells which, and its standing counts as well.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from ocr.model import Digest
from signing.model import AGENCY_FIELD, PERSON_FIELD, About, Reason, ValidationReport, Verdict
from signing.text import printed_text
from signing.validation import Limits
from signing.validation import validate as validate_file
from verification import standing
from verification.certification import Issued, Standing, codes_in
from verification.ports import Transaction
from verification.register import VIETNAM
from verification.services import Services
from verification.standing import standing_words

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
    standing.RECORD_CHANGED,
    About.REVOCATION,
    "Dữ liệu làm căn cứ cho văn bản này đã thay đổi sau khi cấp, nên hiện chưa thể dựa vào văn bản.",
    "The record that this document rests on has changed since it was issued; it cannot be relied on now.",
    "Chưa sử dụng văn bản này; đề nghị người nộp đến cơ quan cấp để đối chiếu lại.",
    "Do not rely on it; ask the bearer to have the paper compared again at the issuing office.",
)
RECORD_NOT_VALID = Reason(
    standing.RECORD_NOT_VALID,
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


_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Validated:
    """The report, and what the book says of these bytes; `issued` is None for any other bytes."""

    report: ValidationReport
    issued: Issued | None
    successor: Issued | None = None
    """What took its place: told to whoever has the file."""


def validate(services: Services, content: bytes, *, limits: Limits = _LIMITS) -> Validated:
    """Raises SigningError for what is not a readable PDF."""
    # 1
    report = validate_file(content, trust=services.trust, at=services.now(), limits=limits)
    with services.database.reading() as tx:
        # 2
        issued = tx.certifications.by_digest(Digest(report.digest))
        # 3
        meant = issued or _printed(tx, report, content)
        successor = successor_of(tx, meant)
    return Validated(_with_standing(report, meant, successor), issued, successor)


def _printed(tx: Transaction, report: ValidationReport, content: bytes) -> Issued | None:
    """What of ours the file shows itself to be, where it stands no more. A letter that names its code lacks
    our two signatures, and what a broken file prints tells nothing."""
    signed = {one.field for one in report.signatures}
    if report.verdict is Verdict.INVALID or not {PERSON_FIELD, AGENCY_FIELD} <= signed:
        return None
    named = (tx.certifications.by_code(code) for code in codes_in(printed_text(content, pages=1)))
    return next((one for one in named if one and standing_reason(one)), None)


def successor_of(tx: Transaction, issued: Issued | None) -> Issued | None:
    """What took its place, if anything did."""
    return tx.certifications.by_code(issued.replaced_by) if issued and issued.replaced_by else None


def _with_standing(
    report: ValidationReport, issued: Issued | None, successor: Issued | None
) -> ValidationReport:
    why = standing_reason(issued, successor) if issued else None
    if issued is None or why is None:
        return report
    bad = issued.standing is Standing.REVOKED or report.verdict is Verdict.INVALID
    verdict = Verdict.INVALID if bad else Verdict.UNDETERMINED
    return replace(report, verdict=verdict, reasons=(why, *report.reasons))


def standing_reason(issued: Issued, successor: Issued | None = None) -> Reason | None:
    """Why it is not to be relied on, and what to do; None while it is good. Nothing of it tells of a person,
    and of a `successor` no more than its number and day."""
    match issued.standing:
        case Standing.SUPERSEDED:
            return _superseded_by(successor) if successor else why_superseded(issued)
        case Standing.REVOKED:
            return _revoked(issued)
        case _:
            return None


def _revoked(issued: Issued) -> Reason:
    """Since when, by which decision and why, as far as it is known."""
    day = f" {_day(issued.standing_at)}" if issued.standing_at else ""
    by = f" ({issued.decision_number})" if issued.decision_number else ""
    why = standing_words(issued.standing_reason)
    if not (day or by or why):
        return REVOKED
    on_vi, on_en = (f" ngày{day}", f" on{day}") if day else ("", "")
    because = (f" Lý do: {why.vi}.", f" Reason: {why.en}.") if why else ("", "")
    return replace(
        REVOKED,
        message_vi=f"Văn bản này đã bị thu hồi{on_vi}{by}.{because[0]}",
        message_en=f"This document was revoked{on_en}{by}.{because[1]}",
    )


def _superseded_by(successor: Issued) -> Reason:
    number, day = successor.number, _day(successor.issued_at)
    return replace(
        SUPERSEDED,
        message_vi=f"Văn bản này đã được thay bằng văn bản số {number}, cấp ngày {day}.",
        message_en=f"This document has been replaced by number {number}, issued on {day}.",
    )


def _day(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).strftime("%d/%m/%Y")


def why_superseded(issued: Issued) -> Reason:
    """A newer document took its place, or its record no longer says what it rests on."""
    ours = {reason.code: reason for reason in (RECORD_CHANGED, RECORD_NOT_VALID)}
    return ours.get(issued.standing_reason or "", SUPERSEDED)
