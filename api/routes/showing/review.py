"""A case in, the officer's review of it out: differences first, every field with its place on the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.routes.showing.alike import shown_alike
from api.routes.showing.failing import failed
from api.routes.showing.fees import fee_before
from api.routes.showing.fields import Fields
from api.routes.showing.given_before import choices, given_before, replaces
from api.routes.showing.people_data import slip_form
from api.routes.showing.words import (
    GROUNDS,
    OUTCOMES,
    RETURN_REASONS,
    ground_basis,
    kind_title,
)
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.officer_views import Blocked, Decision, DecisionInput, PageImage, Review
from api.web.views import Choice, Errors, Fact, Link, Message, Sign, State
from api.web.writing import moment
from verification.assessment import Outcome
from verification.extraction import CERTIFIED_COPY
from verification.finding import Finding
from verification.matching import Found
from verification.register import Series
from verification.services import Services
from verification.source import SourceRecord
from verification.source_profile import source_of
from verification.workflow.count_demands import organisations
from verification.workflow.redeliver import offers
from verification.workflow.review import Case

_SUGGESTED = {
    Outcome.NO_COPY_NEEDED: Decision.NOT_NEEDED,
    Outcome.CERTIFICATION_NEEDED: Decision.APPROVE,
    Outcome.REFUSAL_PROPOSED: Decision.REJECT,
}
_MARKS = {
    "seal": Both("Thấy con dấu", "A seal is seen"),
    "signature": Both("Thấy chữ ký", "A signature is seen"),
    "certified_copy_stamp": Both("Thấy dấu chứng thực bản sao", "A certified-copy stamp is seen"),
    "secret_stamp": Both("Thấy dấu mật", "A secrecy stamp is seen"),
    "patch": Both("Có chỗ nghi tẩy xóa hoặc dán đè", "A spot may be erased or pasted over"),
    "handwriting": Both("Có dòng nghi viết tay", "A line may be handwritten"),
    "unread_line": Both("Có dòng máy không đọc được", "There is a line that the machine cannot read"),
}
_NO_DELEGATION = Both(
    "ông/bà chưa có ủy quyền hoặc phân công ký đang có hiệu lực.", "you hold no delegation in force."
)
_RECORD_SILENT = Both("cơ sở dữ liệu chưa xác nhận giấy tờ này.", "the records do not confirm this paper.")
_COPY_OF_COPY = Both("giấy tờ nộp là bản sao; cần bản chính.", "the paper is a copy; the original is needed.")
_NEEDLESS = Both(
    "bản sao không cần thiết; nếu người dân vẫn yêu cầu, chọn mục dưới đây.",
    "the copy is not needed; if the citizen insists, use the choice below.",
)
_NEEDED = Both("giấy tờ này cần chứng thực; chọn mục Duyệt.", "this paper needs certification: approve it.")


@dataclass(frozen=True, slots=True)
class Given:
    """What came back with a decision that could not be taken: what was typed, and what is wrong with it."""

    decision: Decision
    typed: DecisionInput
    chosen: tuple[str, ...]
    errors: Errors


def shown_review(
    services: Services,
    case: Case,
    *,
    may_sign: frozenset[Series],
    given: Given | None = None,
    alike: Sequence[SourceRecord] | None = None,
) -> Review:
    """The whole page; `alike` are the records most like the paper, where an officer asked for them."""
    paper, assessment = case.paper, case.paper.assessment
    fields = Fields.of(case, services.profiles)
    submission = case.submission
    typed = DecisionInput(
        procedure=submission.procedure, audience=submission.audience, place=services.unit.agency
    )
    chosen = given.chosen if given else ()
    before = offers(services, paper.id)
    first = _SUGGESTED.get(assessment.outcome)
    suggested = Decision.REDELIVER if before and first in (None, Decision.APPROVE) else first
    return Review(
        paper=paper.id,
        code=submission.code,
        title=kind_title(paper, services.profiles),
        version=paper.version,
        facts=(*_facts(case), *fee_before(services, case)),
        proposal=OUTCOMES[assessment.outcome],
        reasons=tuple(_reason(r) for r in assessment.reasons),
        open_rows=fields.open_rows(),
        agreeing=fields.agreeing(),
        pages=tuple(_page(case, fields, n) for n in range(1, len(case.pages()) + 1)),
        snapshot=_snapshot(services, case),
        papers=_papers(services, case),
        checks=_checks(case),
        suggested=given.decision if given else suggested,
        blocked=_blocked(case, may_sign=may_sign),
        given=given.typed if given else typed,
        return_reasons=tuple(Choice(v, t, chosen=v in chosen) for v, t in RETURN_REASONS.items()),
        reject_reasons=tuple(
            Choice(g.value, t, ground_basis(g), chosen=g.value in chosen) for g, t in GROUNDS.items()
        ),
        alike=shown_alike(case, services.profiles, alike),
        slip=slip_form(services, paper),
        organisations=organisations(services),
        given_before=given_before(before),
        offers=choices(before, given.typed.offer if given else ""),
        mark_replacing=paths.mark_replacing(paper.id) if before else None,
        replaces=replaces(services, paper.replaces),
        failed=failed(paper),
        errors=given.errors if given else (),
    )


def _facts(case: Case) -> tuple[Fact, ...]:
    submission = case.submission
    return (
        Fact(Both("Người nộp", "Applicant"), submission.applicant.full_name),
        Fact(Both("Dùng cho", "For"), submission.procedure or "–"),
        Fact(Both("Nơi sẽ nhận", "Who will receive it"), submission.audience or "–"),
        Fact(Both("Nhận lúc", "Received"), moment(submission.received_at)),
        Fact(Both("Tệp", "Files"), ", ".join(submission.files[s.file].name for s in case.paper.sides)),
    )


def _reason(finding: Finding) -> Message:
    words = finding.legal_basis
    basis = Both(words, finding.legal_basis_en or words) if words else None
    return Message(Both(finding.message_vi, finding.message_en), basis)


def _page(case: Case, fields: Fields, number: int) -> PageImage:
    picture = case.pages()[number - 1]
    src = paths.page_image(case.paper.id, number)
    return PageImage(number, src, picture.width, picture.height, fields.outlines(number))


_NOT_ASKED = Both("chưa được hỏi.", "it was not asked.")
_NOTHING_TOLD = {
    Found.NOT_CONFIGURED: Both("chưa có dữ liệu.", "nothing was loaded yet."),
    Found.SOURCE_DOWN: Both("hiện không khai thác được.", "it cannot be used at present."),
}


def _snapshot(services: Services, case: Case) -> Both:
    match = case.paper.assessment.match
    source = source_of(match.source, services.sources) if match else None
    if match is None or source is None:
        return Both("Không có cơ sở dữ liệu nào được hỏi.", "No source of records was asked.")
    if match.snapshot is None:
        why = _NOTHING_TOLD.get(match.found, _NOT_ASKED)
        return Both(f"{source.title_vi}: {why.vi}", f"{source.title_en}: {why.en}")
    as_of = moment(match.snapshot.as_of)
    return Both(f"Theo {source.title_vi}, dữ liệu đến {as_of}", f"{source.title_en}, as of {as_of}")


def _papers(services: Services, case: Case) -> tuple[Link, ...]:
    if len(case.papers) < 2:
        return ()
    return tuple(
        Link(paths.review(p.id), kind_title(p, services.profiles), current=p.id == case.paper.id)
        for p in case.papers
    )


def _checks(case: Case) -> tuple[State, ...]:
    """Warnings about the page, and what was seen on it."""
    found: list[State] = []
    for side in case.paper.sides:
        found += [State(Sign.CHECK, Both(w.message_vi, w.message_en)) for w in side.extraction.warnings]
        found += [State(Sign.NONE, _MARKS.get(m.what, Both(m.what, m.what))) for m in side.extraction.marks]
    return tuple(dict.fromkeys(found))


_SIGNED_AS = {
    Decision.NOT_NEEDED: Series.RECEIPTS,
    Decision.APPROVE: Series.COPIES,
    Decision.INSIST: Series.COPIES,
}


def _blocked(case: Case, *, may_sign: frozenset[Series]) -> tuple[Blocked, ...]:
    """The rules of `workflow.decide`, told before somebody tries; that one decides."""
    outcome = case.paper.assessment.outcome
    needless = outcome is Outcome.NO_COPY_NEEDED
    copy = any(side.extraction.kind == CERTIFIED_COPY for side in case.paper.sides)
    why: dict[Decision, Both | None] = {
        Decision.NOT_NEEDED: None if needless else _RECORD_SILENT,
        Decision.APPROVE: _COPY_OF_COPY if copy else _NEEDLESS if needless else None,
        Decision.INSIST: _COPY_OF_COPY if copy else None if needless else _NEEDED,
    }
    for decision, series in _SIGNED_AS.items():
        why[decision] = why[decision] if series in may_sign else _NO_DELEGATION
    return tuple(Blocked(decision, words) for decision, words in why.items() if words)
