"""A dossier in, what its citizen sees of it out: how far each paper is, what to do, what to take home."""

from collections.abc import Iterable

from api.passes import Refused
from api.routes.showing.promise import due_of
from api.routes.showing.validation import SERIES
from api.routes.showing.words import GROUNDS, STAGES, ground_basis, kind_title
from api.web import paths, views
from api.web.language import Bilingual as Both
from api.web.views import Download, Message, PaperStatus, ReceivedFile, Sign, State
from api.web.writing import file_size, moment
from ocr import errors as ocr
from ocr.errors import OcrError
from verification.certification import Issued, Standing
from verification.decision import Rejection, ReturnForCorrection
from verification.ports import PaperCase
from verification.profile import Profile
from verification.submission import PaperStage, Submission, SubmissionStage, SubmittedFile
from verification.terms import OfficeTerms
from verification.workflow.look_up import Status
from verification.workflow.redeliver import documents_of
from verification.workflow.validate import standing_reason

_GOING_ON = (PaperStage.WAITING, PaperStage.ISSUING, PaperStage.TO_SIGN)
_READING = (
    State(Sign.WAIT, Both("Đang đọc và đối chiếu", "Being read and compared")),
    Both(
        "Máy đang đọc giấy tờ. Trang tự cập nhật; ông/bà có thể đóng trang và quay lại sau.",
        "The papers are being read. The page refreshes itself; you may close it and come back.",
    ),
)
_REFUSED = (
    State(Sign.BAD, Both("Không đọc được giấy tờ", "The papers could not be read")),
    Both(
        "Xin chụp lại cho đủ sáng, đủ bốn góc rồi nộp lần nữa.",
        "Please take the pictures again, in good light and with all four corners, and send them once more.",
    ),
)
_WAITING = (
    State(Sign.WAIT, Both("Đang chờ cán bộ xem", "Waiting for an officer")),
    Both(
        "Cán bộ sẽ xem trong ngày hẹn. Nếu cần bản sao chứng thực, xin mang bản chính tới điểm tiếp nhận.",
        "An officer will look by the promised day. If you need a certified copy, bring the original.",
    ),
)
_DONE = (
    State(Sign.GOOD, Both("Đã xong", "Done")),
    Both(
        "Tải văn bản và gửi chính tệp đó cho nơi yêu cầu; nơi nhận kiểm tra được ngay trên mạng.",
        "Download the document and send that very file to whoever asked; they can check it on line.",
    ),
)
_TO_DO = (
    State(Sign.CHECK, Both("Cần ông/bà xem", "Please look")),
    Both("Xem lý do ở từng giấy tờ dưới đây.", "See the reasons at each paper below."),
)


def shown_status(status: Status, profiles: tuple[Profile, ...], terms: OfficeTerms) -> views.Status:
    """The page; it asks again by itself while something is still going to happen soon."""
    submission = status.submission
    state, what_to_do = _whole(status)
    reading = submission.stage is SubmissionStage.RECEIVED
    going_on = any(p.stage in _GOING_ON for p in status.papers)
    return views.Status(
        code=submission.code,
        state=state,
        what_to_do=what_to_do,
        papers=tuple(_paper(submission, p, status.issued, profiles) for p in status.papers),
        href=paths.status(submission.code),
        promised_on=moment(due_of(submission, terms).at) if reading or going_on else None,
        refreshing=reading or any(p.stage is PaperStage.ISSUING for p in status.papers),
    )


def _whole(status: Status) -> tuple[State, Both]:
    stages = {paper.stage for paper in status.papers}
    if status.submission.stage is SubmissionStage.RECEIVED:
        return _READING
    if not stages:
        return _REFUSED
    if stages & set(_GOING_ON):
        return _WAITING
    good = all(i.standing is Standing.GOOD or i.replaced_by for i in status.issued)
    return _DONE if stages <= {PaperStage.ISSUED, PaperStage.REDELIVERED} and good else _TO_DO


def _paper(
    submission: Submission, paper: PaperCase, issued: Iterable[Issued], profiles: tuple[Profile, ...]
) -> PaperStatus:
    mine = documents_of(paper, issued)
    return PaperStatus(
        name=kind_title(paper, profiles),
        state=STAGES[paper.stage],
        messages=(*_messages(paper), *_standings(mine, tuple(issued))),
        downloads=tuple(
            Download(paths.citizen_file(submission.code, i.code), SERIES[i.series], file_size(i.size))
            for i in mine
        ),
    )


def _messages(paper: PaperCase) -> tuple[Message, ...]:
    """Why, once somebody decided. What the records said is not shown: four digits are a weak key."""
    match paper.decision:
        case Rejection() as rejection:
            ground = GROUNDS[rejection.ground]
            return (
                Message(ground, ground_basis(rejection.ground)),
                *([Message(Both(rejection.note, rejection.note))] if rejection.note != ground.vi else []),
            )
        case ReturnForCorrection() as returned:
            return (Message(Both(returned.note, returned.note)),)
    if paper.stage is PaperStage.FAILED:
        again = Both("Xin gọi số trợ giúp ở đầu trang.", "Please call the help number at the top.")
        return (Message(Both("Hệ thống chưa cấp được văn bản.", "It could not be issued."), next_step=again),)
    return ()


def _standings(mine: Iterable[Issued], known: tuple[Issued, ...]) -> Iterable[Message]:
    """What was issued and is no longer to be relied on: why, and what to do; `known` are the dossier's."""
    for each in mine:
        successor = next((i for i in known if i.code == each.replaced_by), None)
        why = standing_reason(each, successor)
        if why:
            step = Both(why.next_step_vi or "", why.next_step_en or "")
            yield Message(Both(why.message_vi, why.message_en), next_step=step)


def shown_submitted(submission: Submission, refused: tuple[Refused, ...], *, qr: str) -> views.Submitted:
    """What the citizen keeps: the code, and what became of each file."""
    taken = tuple(ReceivedFile(f.name, file_size(f.size), _file_state(f)) for f in submission.files)
    return views.Submitted(
        code=submission.code,
        received_at=moment(submission.received_at),
        files=(*taken, *(ReceivedFile(r.name, "–", State(Sign.BAD, refusal(r.code))) for r in refused)),
        status_href=paths.status(submission.code),
        qr=qr,
    )


def _file_state(file: SubmittedFile) -> State:
    if file.error_code:
        return State(Sign.BAD, Both(file.error_vi or file.error_code, file.error_en or file.error_code))
    return State(Sign.GOOD, Both("Đã nhận", "Received"))


def refusal(code: str) -> Both:
    """The words of why a file was not taken."""
    error = next((kind() for kind in _refusals() if kind.code == code), OcrError())
    return Both(error.message_vi, error.message_en)


def _refusals() -> Iterable[type[OcrError]]:
    return (kind for kind in vars(ocr).values() if isinstance(kind, type) and issubclass(kind, OcrError))
