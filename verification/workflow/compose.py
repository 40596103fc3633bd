"""Compose: a held line with its paper and decision in, the certificate's content, rendered, out.

A receipt says what was confirmed and whose paper it is, and repeats nothing else of it.
"""

from dataclasses import dataclass

from signing.certificate import render_copy, render_receipt
from signing.model import CopyContent, Issuing, ReceiptContent, UnsignedPdf
from verification.agreement import Agreement
from verification.certification import ShortCode
from verification.decision import Approval, IssuingDecision
from verification.errors import PreparedDiffersError
from verification.ports import PaperCase
from verification.profile import Profile, profile_of
from verification.register import RegisterEntry
from verification.services import Services
from verification.source_profile import source_of
from verification.submission import Submission
from verification.wording import agreement_words
from verification.workflow.evidence import evidence
from verification.workflow.originals import scans_of


@dataclass(frozen=True, slots=True)
class Held:
    """A line with everything that is to be said under its number."""

    submission: Submission
    paper: PaperCase
    decision: IssuingDecision
    entry: RegisterEntry


def compose(services: Services, held: Held, code: ShortCode) -> UnsignedPdf:
    """The unsigned PDF. Raises SigningError when it cannot be drawn."""
    issuing = Issuing(
        number=held.entry.label,
        issued_at=held.entry.held_at,
        agency=services.unit.agency,
        place=services.unit.place,
        signer_name=held.entry.line.signer,
        capacity=held.entry.line.capacity,
        verify_url=f"{services.public_url}/v/{code}",
        short_code=code,
        evidence=evidence(held.paper, held.entry, held.decision),
        test=services.signer.test,
    )
    if isinstance(held.decision, Approval):
        return render_copy(_copy(services, held, issuing))
    return render_receipt(_receipt(services, held, issuing))


def _copy(services: Services, held: Held, issuing: Issuing) -> CopyContent:
    return CopyContent(
        issuing=issuing,
        book=held.entry.book,
        paper=held.entry.line.title,
        pages=scans_of(services, held.submission, held.paper),
        legal_basis=(
            "Nghị định 23/2015/NĐ-CP (sửa đổi bởi NĐ 280/2025/NĐ-CP)",
            "Nghị định 45/2020/NĐ-CP, Điều 10",
        ),
    )


def _receipt(services: Services, held: Held, issuing: Issuing) -> ReceiptContent:
    match = held.paper.assessment.match
    profile = _profile(services, held.paper)
    if match is None or match.snapshot is None or profile is None:
        raise PreparedDiffersError
    source = source_of(match.source, services.sources)
    titles = {f.name: f.title_vi for p in services.profiles for f in p.fields}
    return ReceiptContent(
        issuing=issuing,
        paper=held.entry.line.title,
        subject=_subject(held.paper),
        source=source.title_vi if source else str(match.source),
        source_as_of=match.snapshot.as_of,
        confirmed=tuple(
            (titles.get(c.field, c.field), agreement_words(c.agreement, c.rule))
            for c in match.comparisons
            if c.passes and c.paper is not None and c.agreement is not Agreement.MISSING_IN_RECORD
        ),
        procedure=held.submission.procedure or "—",
        audience=held.submission.audience or "Cơ quan, tổ chức tiếp nhận giấy tờ",
        legal_basis=tuple(part.strip() for part in _basis(held.paper, profile).split(";")),
    )


def _basis(paper: PaperCase, profile: Profile) -> str:
    """The acts of the rules by which it was proposed, as the officer read them."""
    return next((r.legal_basis for r in paper.assessment.reasons if r.legal_basis), profile.legal_basis_vi)


def _subject(paper: PaperCase) -> tuple[tuple[str, str], ...]:
    """Whose paper it is: the name, and the last digits of a number, no more (NQ 66.7; domain.md 4.5)."""
    values = {f.name: f.value for side in paper.sides for f in side.extraction.fields if f.value}
    name = values.get("full_name") or values.get("full_name_unaccented") or ""
    lines = [("Họ, chữ đệm, tên", name)] if name else []
    number = values.get("personal_number")
    if number:
        lines.append(("Số định danh cá nhân", f"•••••••••{number[-3:]}"))
    return tuple(lines)


def title_of(services: Services, paper: PaperCase) -> str:
    """The kind of the paper in Vietnamese; both sides of a card are one."""
    profile = _profile(services, paper)
    if profile is None:
        return "Giấy tờ, văn bản"
    return profile.title_vi.removesuffix(" (mặt trước)").removesuffix(" (mặt sau)")


def _profile(services: Services, paper: PaperCase) -> Profile | None:
    return profile_of(paper.sides[0].extraction.kind, services.profiles)


def reason_of(held: Held) -> str:
    """What the signatures say they are for."""
    what = "Chứng thực bản sao" if isinstance(held.decision, Approval) else "Xác nhận kết quả đối chiếu"
    return f"{what} số {held.entry.label}"
