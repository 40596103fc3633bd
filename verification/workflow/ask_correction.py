"""Ask correction: a paper whose record contradicts it in, a slip to the owner of the record out.

1. The record was found by a sure key, and differs in the fields that an officer chose (or that were read with
   certainty and differ outright).
2. A slip that still waits for its answer is given again, never a second one.
3. In one transaction: slip and audit entry. The slip is drawn whenever it is fetched, from what was kept.
"""

import re
from dataclasses import dataclass, replace

from signing.slip import SlipContent, SlipField, render_slip
from verification.audit import AuditEntry
from verification.data_error import DataError, SlipState, WrongField, wrong_fields
from verification.decision import Role
from verification.differing import Differs, letters_apart
from verification.errors import NotAllowedError, NotFoundError, NothingDiffersError, StaleError
from verification.ports import PaperCase, Transaction
from verification.services import Services
from verification.source_profile import source_of
from verification.submission import OfficerId, PaperId, Submission
from verification.workflow.compose import title_of

LEGAL_BASIS = (
    "Nghị quyết 66.7/2025/NQ-CP: thông tin trên giấy tờ khác với cơ sở dữ liệu thì đề nghị điều chỉnh",
    "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: quyền được chỉnh sửa dữ liệu cá nhân của mình",
)
_EMPTY = "(trống)"
_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_WORDS = {"male": "Nam", "female": "Nữ", "unlimited": "Không thời hạn"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an officer asks to be corrected; no fields: those that differ outright, read with certainty."""

    officer_id: OfficerId
    fields: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip with the dossier and the paper it is about."""

    data_error: DataError
    paper: PaperCase
    submission: Submission


def correctable(paper: PaperCase) -> tuple[WrongField, ...]:
    """The fields of which a slip may be made, those to propose among them."""
    sure = {f.name for side in paper.sides for f in side.extraction.fields if f.sure}
    return wrong_fields(paper.assessment.match, frozenset(sure))


def ask_correction(services: Services, paper_id: PaperId, asked: Asked) -> DataError:
    """Raises NotFoundError, NotAllowedError, NothingDiffersError."""
    with services.database.transaction() as tx:
        _officer(tx, asked.officer_id)
        paper = tx.submissions.paper(paper_id)
        waiting = [s for s in tx.data_errors.of_papers((paper_id,)) if s.state is SlipState.SENT]
        if waiting:
            return waiting[0]
        slip = tx.data_errors.add(_slip(services, paper, asked))
        detail = (("slip", str(slip.id)), ("fields", ",".join(f.field for f in slip.fields)))
        tx.audit.add(AuditEntry(slip.at, asked.officer_id, "data_error.sent", paper_id, detail))
    return slip


def _slip(services: Services, paper: PaperCase, asked: Asked) -> DataError:
    match = paper.assessment.match
    possible = correctable(paper)
    chosen = tuple(f for f in possible if (f.field in asked.fields if asked.fields else f.proposed))
    if match is None or match.record is None or match.snapshot is None or not chosen:
        raise NothingDiffersError
    return DataError(
        at=services.now(),
        officer_id=asked.officer_id,
        paper_id=paper.id,
        source=match.source,
        record_id=match.record.record_id,
        as_of=match.snapshot.as_of,
        fields=chosen,
        note=asked.note,
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """What the owner of the record said, as an officer enters it."""

    officer_id: OfficerId
    answer: str


def answer_slip(services: Services, slip_id: int, answered: Answered, *, version: int) -> DataError:
    """Raises NotFoundError, NotAllowedError, StaleError."""
    with services.database.transaction() as tx:
        _officer(tx, answered.officer_id)
        slip = tx.data_errors.get(slip_id)
        if slip.version != version or slip.state is not SlipState.SENT:
            raise StaleError
        saved = tx.data_errors.save(
            replace(
                slip,
                state=SlipState.ANSWERED,
                answered_by=answered.officer_id,
                answered_at=services.now(),
                answer=answered.answer,
            )
        )
        detail = (("slip", str(slip_id)),)
        tx.audit.add(
            AuditEntry(services.now(), answered.officer_id, "data_error.answered", slip.paper_id, detail)
        )
    return saved


def _officer(tx: Transaction, officer_id: OfficerId) -> None:
    if Role.OFFICER not in tx.officers.get(officer_id).roles:
        raise NotAllowedError


def slips(services: Services, *states: SlipState) -> tuple[Slip, ...]:
    """Slips in these states (none named: all), newest first."""
    with services.database.reading() as tx:
        return tuple(_with_paper(tx, slip) for slip in tx.data_errors.all(states or tuple(SlipState)))


def slip_of(services: Services, slip_id: int) -> Slip:
    """Raises NotFoundError."""
    with services.database.reading() as tx:
        return _with_paper(tx, tx.data_errors.get(slip_id))


def slips_of(services: Services, papers: tuple[PaperCase, ...]) -> tuple[DataError, ...]:
    """The slips about these papers, oldest first."""
    with services.database.reading() as tx:
        return tx.data_errors.of_papers(tuple(paper.id for paper in papers))


def _with_paper(tx: Transaction, slip: DataError) -> Slip:
    paper = tx.submissions.paper(slip.paper_id)
    return Slip(slip, paper, tx.submissions.get(paper.submission_id))


def draw_slip(services: Services, slip_id: int, *, actor: str, dossier: str = "") -> bytes:
    """The slip as PDF, for whoever has proved that they may have it; that it was fetched is in the trail.

    `dossier`: the only dossier whose slips this caller may have. Raises NotFoundError, RenderError.
    """
    slip = slip_of(services, slip_id)
    if dossier and slip.submission.code != dossier:
        raise NotFoundError
    with services.database.transaction() as tx:
        officer = tx.officers.get(slip.data_error.officer_id)
        detail = (("slip", str(slip_id)),)
        tx.audit.add(AuditEntry(services.now(), actor, "data_error.fetched", slip.paper.id, detail))
    return render_slip(_content(services, slip, officer.full_name))


def _content(services: Services, slip: Slip, officer: str) -> SlipContent:
    error = slip.data_error
    source = source_of(error.source, services.sources)
    titles = {f.name: f.title_vi for p in services.profiles for f in p.fields}
    return SlipContent(
        number=label(slip),
        at=error.at,
        agency=services.unit.agency,
        place=services.unit.place,
        owner=source.owner if source else "Cơ quan quản lý cơ sở dữ liệu",
        source=source.title_vi if source else str(error.source),
        source_as_of=error.as_of,
        record_id=error.record_id,
        applicant=slip.submission.applicant.full_name,
        officer=officer,
        dossier=slip.submission.code,
        paper=title_of(services, slip.paper),
        fields=tuple(_field(f, titles.get(f.field, f.field)) for f in error.fields),
        note=error.note,
        legal_basis=LEGAL_BASIS,
        test=services.signer.test,
    )


def _field(wrong: WrongField, title: str) -> SlipField:
    paper, record = as_written(wrong.paper), as_written(wrong.record or "")
    if (paper, record) == (wrong.paper, wrong.record):
        differs = wrong.differs
    else:
        differs = letters_apart(paper, record) if record else Differs()
    return SlipField(title, paper, record or _EMPTY, differs.paper, differs.record)


def as_written(value: str) -> str:
    """A field's value as people write it: days as dd/mm/yyyy, words for codes."""
    date = _DAY.fullmatch(value)
    if date:
        return "/".join(part for part in (date[3], date[2], date[1]) if part)
    return _WORDS.get(value, value)


def label(slip: Slip) -> str:
    """What a slip is called: no list of its own, but its dossier and its place among all slips."""
    return f"{slip.submission.code}/PĐC-{slip.data_error.id}"
