"""What waits to be signed and what became of a batch in, the pages of signing out."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from api.routes.showing.failing import failure_words
from api.routes.showing.words import kind_title
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.signing_views import (
    BatchPage,
    BatchRow,
    HandedOut,
    SignedRow,
    SigningPage,
    ToSignPage,
    ToSignRow,
)
from api.web.views import Errors, Fact, Link, Message, Sign, State
from api.web.writing import moment
from signing.model import SigningWay
from verification.batch import Batch, BatchPaper, BatchState, PaperState
from verification.decision import Approval
from verification.ports import PaperCase, QueueItem
from verification.profile import Profile
from verification.submission import PaperId
from verification.workflow.review import Case
from verification.workflow.sign_outside import Begun

BATCH_STATES = {
    BatchState.RUNNING: State(Sign.WAIT, Both("Đang ký", "Being signed")),
    BatchState.DONE: State(Sign.GOOD, Both("Đã xong", "Done")),
    BatchState.STOPPED: State(Sign.CHECK, Both("Đã dừng", "Stopped")),
    BatchState.HALTED: State(Sign.BAD, Both("Bị ngắt", "Broken off")),
    BatchState.LOST: State(Sign.BAD, Both("Mất liên lạc khi đang ký", "Lost while signing")),
}
PAPER_STATES = {
    PaperState.WAITING: State(Sign.WAIT, Both("Chờ ký", "To be signed")),
    PaperState.ISSUED: State(Sign.GOOD, Both("Đã cấp", "Issued")),
    PaperState.FAILED: State(Sign.BAD, Both("Chưa cấp được", "Could not be issued")),
    PaperState.PASSED: State(Sign.CHECK, Both("Bỏ qua", "Passed over")),
}
_COPY, _RECEIPT = Both("Bản sao chứng thực", "Certified copy"), Both("Phiếu xác nhận", "Receipt")
_UNKNOWN = Both("Giấy tờ", "Paper")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for an officer, their last batches, and how their key signs, or why it cannot."""

    items: tuple[QueueItem, ...]
    batches: tuple[Batch, ...]
    way: SigningWay | None
    blocked: Message | None = None


def shown_signing(
    waiting: Waiting,
    profiles: tuple[Profile, ...],
    *,
    errors: Errors = (),
    chosen: frozenset[str] | None = None,
) -> SigningPage:
    """The list; `chosen` are the papers ticked when it comes back with errors, all of them at first."""
    running = next((b for b in waiting.batches if b.state is BatchState.RUNNING), None)
    return SigningPage(
        rows=tuple(_waiting(item, profiles, chosen) for item in waiting.items),
        asks_pin=waiting.way is SigningWay.PIN,
        outside=waiting.way is SigningWay.OUTSIDE,
        running=paths.signing_batch(running.id) if running else None,
        batches=tuple(_batch_row(batch) for batch in waiting.batches),
        blocked=waiting.blocked,
        errors=errors,
    )


def _waiting(item: QueueItem, profiles: tuple[Profile, ...], chosen: frozenset[str] | None) -> ToSignRow:
    return ToSignRow(
        paper=item.paper.id,
        code=item.submission.code,
        ordinal=item.paper.id.rpartition(".")[2],
        applicant=item.submission.applicant.full_name,
        href=paths.signing_paper(item.paper.id),
        kind=kind_title(item.paper, profiles),
        what=_what(item.paper),
        chosen=chosen is None or item.paper.id in chosen,
    )


def _what(paper: PaperCase) -> Both:
    return _COPY if isinstance(paper.decision, Approval) else _RECEIPT


def _batch_row(batch: Batch) -> BatchRow:
    issued = batch.count(PaperState.ISSUED)
    return BatchRow(
        href=paths.signing_batch(batch.id),
        started_at=moment(batch.started_at),
        count=Both(f"{issued}/{len(batch.papers)} đã cấp", f"{issued}/{len(batch.papers)} issued"),
        state=BATCH_STATES[batch.state],
    )


def shown_batch(
    batch: Batch, papers: Mapping[PaperId, QueueItem], profiles: tuple[Profile, ...]
) -> BatchPage:
    """How far it is; the page refreshes itself while it runs."""
    running = batch.state is BatchState.RUNNING
    total = len(batch.papers)
    return BatchPage(
        state=BATCH_STATES[batch.state],
        progress=Both(f"{batch.reached}/{total} văn bản", f"{batch.reached} of {total} documents"),
        reached=batch.reached,
        total=total,
        rows=tuple(_signed(paper, papers.get(paper.paper_id), profiles) for paper in batch.papers),
        href=paths.signing_batch(batch.id),
        why=failure_words(batch.reason) if batch.reason else None,
        stop=paths.stop_batch(batch.id) if running and not batch.stopping else None,
        refreshing=running,
    )


def _signed(paper: BatchPaper, item: QueueItem | None, profiles: tuple[Profile, ...]) -> SignedRow:
    return SignedRow(
        code=item.submission.code if item else paper.paper_id,
        href=paths.decided(paper.paper_id),
        kind=kind_title(item.paper, profiles) if item else _UNKNOWN,
        state=PAPER_STATES[paper.state],
        number=paper.number or "–",
        why=failure_words(paper.code) if paper.code else None,
    )


def shown_to_sign(
    case: Case, begun: Begun | None, profiles: tuple[Profile, ...], *, outside: bool, errors: Errors = ()
) -> ToSignPage:
    """One paper that waits."""
    paper = case.paper
    pages = range(1, len(case.pages()) + 1)
    return ToSignPage(
        title=kind_title(paper, profiles),
        code=case.submission.code,
        facts=(
            Fact(Both("Cấp", "Issued as"), _what(paper)),
            Fact(Both("Người yêu cầu", "Applicant"), case.submission.applicant.full_name),
            *([Fact(Both("Số đã lấy", "Number taken"), begun.number)] if begun else []),
        ),
        pictures=tuple(
            Link(paths.page_image(paper.id, number), Both(f"Trang {number}", f"Page {number}"))
            for number in pages
        ),
        take_back=paths.take_back(paper.id),
        begin=paths.begin_signing(paper.id) if outside else None,
        handed_out=_handed_out(begun) if begun and outside else None,
        errors=errors,
    )


def _handed_out(begun: Begun) -> HandedOut:
    pending = begun.pending
    return HandedOut(
        token=pending.token,
        digest=hashlib.sha256(pending.signed_attributes).hexdigest(),
        expires_at=moment(pending.expires_at),
        download=paths.what_to_sign(pending.paper_id),
        finish=paths.finish_signing(pending.paper_id),
    )
