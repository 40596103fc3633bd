"""Submissions: papers in, a dossier code out; a code in, how far the papers have come out."""

from typing import Annotated

from fastapi import Depends, Form, Header, Query, Response
from fastapi.responses import JSONResponse

from api.deps import Access, CallerDep, SiteDep
from api.errors import AnswerMissingError
from api.routes.factor import officers_dossier, open_dossier
from api.routes.guarded import program_router
from api.routes.submitting import Handing, hand_in
from api.routes.uploads import Files, plain_text, uploads
from api.schemas.submissions import SubmissionStatusJson, SubmittedJson, submission_status, submitted
from storage.accounts import Scope
from verification.decision import Role
from verification.submission import Applicant

entrance = program_router(Access.SUBMITTER, "Hồ sơ / Submissions")
counter = program_router(Access.CITIZEN, "Hồ sơ / Submissions")
ROUTERS = (entrance, counter)
LARGE = (entrance,)


def applicant(
    full_name: Annotated[str, Form(description="Họ và tên người nộp. / Applicant's full name.")],
    birth_year: Annotated[str, Form(pattern=r"^(\d{4})?$", description="Năm sinh. / Year of birth.")] = "",
    number_tail: Annotated[
        str, Form(pattern=r"^(\d{4})?$", description="4 số cuối số định danh. / Last 4 digits of the number.")
    ] = "",
    contact: Annotated[str, Form(description="Liên hệ. / How to reach them.")] = "",
) -> Applicant:
    """Who brings the papers. Raises AnswerMissingError."""
    if not (birth_year or number_tail):
        raise AnswerMissingError
    return Applicant(plain_text(full_name), birth_year, number_tail, plain_text(contact))


def handing(
    who: Annotated[Applicant, Depends(applicant)],
    caller: CallerDep,
    procedure: Annotated[str, Form(description="Dùng cho thủ tục. / For which procedure.")] = "",
    audience: Annotated[str, Form(description="Nơi sẽ nhận. / Who asked for the papers.")] = "",
    idempotency_key: Annotated[
        str,
        Header(description="Gửi lại cùng khóa không tạo hồ sơ mới. / The same key again makes no second."),
    ] = "",
) -> Handing:
    """The papers' way in; keys of different callers never meet."""
    sender = caller.officer.id if caller.officer else caller.address
    once = f"{sender}\n{idempotency_key}" if idempotency_key else ""
    return Handing(who, plain_text(procedure), plain_text(audience), once)


@entrance.post(
    "/submissions",
    status_code=202,
    response_model=SubmittedJson,
    responses={
        422: {"model": SubmittedJson, "description": "Không tệp nào được nhận / every file was refused"}
    },
    summary="Nộp giấy tờ / Submit papers",
)
def submit(
    site: SiteDep, caller: CallerDep, files: Files, given: Annotated[Handing, Depends(handing)]
) -> Response:
    """Nhận tệp ngay, đọc và đối chiếu sau. Tệp hỏng không làm mất tệp tốt. Năm sinh hoặc 4 số cuối là câu trả
    lời thứ hai khi tra cứu. / Takes the files now, reads and compares them afterwards. A bad file never loses
    a good one. Year of birth or the last four digits are the second answer of a look-up."""
    sent = uploads(files)
    received = hand_in(site, caller, sent, given)
    answer = submitted(received, [upload.name for upload in sent])
    return JSONResponse(answer.model_dump(mode="json"), 202 if received.submission else 422)


@counter.get("/submissions/{code}", summary="Tình trạng hồ sơ / Status of a dossier")
def status(
    site: SiteDep,
    caller: CallerDep,
    code: str,
    answer: Annotated[
        str, Query(description="Năm sinh hoặc 4 số cuối. / Year of birth or last four digits.")
    ] = "",
    x_second_factor: Annotated[
        str,
        Header(description="Như `answer`, không nằm trong địa chỉ. / As `answer`, kept out of addresses."),
    ] = "",
) -> SubmissionStatusJson:
    """Người dân cần câu trả lời thứ hai; cán bộ đã đăng nhập thì không. / Citizens need the second answer,
    officers (session or key of scope officer) do not, and see what the records said."""
    code = code.strip().upper()
    if is_officer(caller):
        return submission_status(officers_dossier(site, code), to_officer=True)
    found = open_dossier(site, caller, code, x_second_factor or answer)
    return submission_status(found, to_officer=False)


def is_officer(caller: CallerDep) -> bool:
    """A session, or a key that may do whatever its officer may."""
    role = caller.officer is not None and Role.OFFICER in caller.officer.roles
    return role and caller.scope in (None, Scope.OFFICER)
