"""Compose: a held line with its paper and decision in, the certificate's content, rendered, out.

A receipt says what was confirmed and whose paper it is, and repeats nothing else of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from signing.certificate import render_copy, render_receipt
from signing.model import CopyContent, Issuing, ReceiptContent, UnsignedPdf
from signing.wording import minute_and_day
from verification.agreement import Agreement
from verification.certification import ShortCode
from verification.decision import Approval, IssuingDecision
from verification.errors import PreparedDiffersError
from verification.matching import RecordMatch
from verification.ports import PaperCase
from verification.profile import Profile, profile_of
from verification.register import RegisterEntry
from verification.services import Services
from verification.source_profile import source_of
from verification.submission import Submission
from verification.wording import agreement_words
from verification.workflow.evidence import Grounds, evidence
from verification.workflow.originals import scans_of

_SHOWN = 3
"""So many last letters of a number are printed."""
_NAMES = (
    ("full_name",),
    ("full_name_unaccented",),
    ("wife_full_name", "husband_full_name"),
    ("business_name",),
    ("holder_full_name",),
)
"""Whose paper it is: the first of these that the paper has."""


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
        evidence=evidence(_grounds(services, held)),
        test=services.signer.test,
        look=services.pictures.look(held.decision.officer_id),
    )
    if isinstance(held.decision, Approval):
        return render_copy(_copy(services, held, issuing))
    return render_receipt(_receipt(services, held, issuing))


def _grounds(services: Services, held: Held) -> Grounds:
    with services.database.reading() as tx:
        known = tx.officers.delegations(held.decision.officer_id)
    return Grounds(
        submission=held.submission,
        paper=held.paper,
        decision=held.decision,
        entry=held.entry,
        delegation=next((d for d in known if d.id == held.entry.line.delegation), None),
        rules=services.rules,
        profiles=services.profiles,
    )


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
        statement_on_last=services.statement_on_last,
    )


def _receipt(services: Services, held: Held, issuing: Issuing) -> ReceiptContent:
    match = held.paper.assessment.match
    profile = _profile(services, held.paper)
    if match is None or match.snapshot is None or profile is None:
        raise PreparedDiffersError
    titles = _titles(services, profile)
    return ReceiptContent(
        issuing=issuing,
        paper=held.entry.line.title,
        subject=_subject(held.paper, titles),
        source=_source_title(services, match),
        source_as_of=match.snapshot.as_of,
        record=_record_words(match),
        compared_at=held.decision.at,
        confirmed=_confirmed(match, titles),
        procedure=held.submission.procedure or "—",
        audience=held.submission.audience or "Cơ quan, tổ chức tiếp nhận giấy tờ",
        legal_basis=tuple(part.strip() for part in _basis(held.paper, profile).split(";")),
    )


def printed_of(
    services: Services, submission: Submission, paper: PaperCase, decision: IssuingDecision
) -> list[str]:
    """Every text that is known before the number: what will be said of the office, the paper and, on a
    receipt, of whom and for whom."""
    printed = [services.unit.agency, services.unit.place, title_of(services, paper)]
    if isinstance(decision, Approval):
        return printed
    names = [value for _, value in _subject(paper, {})]
    match = paper.assessment.match
    told = told_by_receipt(services, submission, paper) if match and match.snapshot else []
    return [*printed, *names, *told]


def told_by_receipt(services: Services, submission: Submission, paper: PaperCase) -> list[str]:
    """What a receipt must say besides what all papers say: each item with its result, and what it is for."""
    match = paper.assessment.match
    profile = _profile(services, paper)
    if match is None or match.snapshot is None or profile is None:
        raise PreparedDiffersError
    items = [item + result for item, result in _confirmed(match, _titles(services, profile))]
    asked = [submission.procedure, submission.audience]
    return [*items, *asked, _source_title(services, match), minute_and_day(match.snapshot.as_of)]


def _confirmed(match: RecordMatch, titles: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Every item that stands on the paper and in the record and agrees, with how."""
    return tuple(
        (titles.get(c.field, c.field), agreement_words(c.agreement, c.rule))
        for c in match.comparisons
        if c.passes and c.paper is not None and c.agreement is not Agreement.MISSING_IN_RECORD
    )


def _titles(services: Services, profile: Profile) -> dict[str, str]:
    """What fields are called, on this kind of paper where it has them; a card's other side is one."""
    titles = {f.name: f.title_vi for p in services.profiles for f in p.fields}
    return titles | {f.name: f.title_vi for f in profile.fields}


def _source_title(services: Services, match: RecordMatch) -> str:
    source = source_of(match.source, services.sources)
    return source.title_vi if source else str(match.source)


def _record_words(match: RecordMatch) -> str:
    """Enough to tell the record from its neighbours: the end of its number, and which load it came by."""
    load = f"đợt dữ liệu số {match.snapshot.sequence}" if match.snapshot else ""
    number = match.record.record_id if match.record else ""
    return f"…{number[-_SHOWN:]} ({load})" if len(number) > 2 * _SHOWN else load


def _basis(paper: PaperCase, profile: Profile) -> str:
    """The acts of the rules by which it was proposed, as the officer read them."""
    return next((r.legal_basis for r in paper.assessment.reasons if r.legal_basis), profile.legal_basis_vi)


def _subject(paper: PaperCase, titles: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Whose paper it is: the name, and the last digits of a number, no more (NQ 66.7; domain.md 4.5)."""
    values = {f.name: f.value for side in paper.sides for f in side.extraction.fields if f.value}
    named = next(([n for n in names if n in values] for names in _NAMES if values.keys() & set(names)), [])
    lines = [(titles.get(name, name), str(values[name])) for name in named]
    number = values.get("personal_number")
    if number:
        lines.append(("Số định danh cá nhân", f"•••••••••{number[-_SHOWN:]}"))
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
