"""A citizen sends papers: the form in, a dossier and its code out."""

import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Form, Response
from fastapi.responses import RedirectResponse

from api.deps import Access, Site, Visitor, VisitorDep, keep, page
from api.errors import NoFileError, TooManyFilesError
from api.passes import PASS_LIVES, DossierPass, Refused, write_pass
from api.routes.guarded import form_router, page_router
from api.routes.submitting import Handing, hand_in
from api.routes.uploads import MAX_FILES, MaybeFiles, plain_text, uploads
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.views import FieldError, Submit
from verification.submission import Applicant
from verification.workflow.receive import RefusedFile, Upload

looked_at = page_router(Access.PUBLIC)
large_forms = form_router(Access.PUBLIC)
ROUTERS = (looked_at, large_forms)
LARGE = (large_forms,)
PASS_COOKIE = "ho_so"


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was filled in."""

    full_name: str
    last_four: str
    procedure: str
    submit_token: str


@looked_at.get(paths.SUBMIT)
def ask(visitor: VisitorDep) -> Response:
    """The form, with a token that makes two clicks one submission."""
    return page(visitor, _view(visitor.site, Typed("", "", "", secrets.token_hex(16))))


def typed(
    full_name: Annotated[str, Form()] = "",
    last_four: Annotated[str, Form()] = "",
    procedure: Annotated[str, Form()] = "",
    submit_token: Annotated[str, Form()] = "",
) -> Typed:
    """What was typed, in one line each."""
    return Typed(
        plain_text(full_name), last_four.strip()[:12], plain_text(procedure), plain_text(submit_token, 64)
    )


@large_forms.post(paths.SUBMIT)
def submit(visitor: VisitorDep, form: Annotated[Typed, Depends(typed)], files: MaybeFiles = None) -> Response:
    """All errors at once; else the dossier, to whose page the browser gets a pass."""
    sent, errors = _files(files)
    errors += _errors(form)
    if errors:
        return page(visitor, _view(visitor.site, form, errors), status=422)
    once = f"{visitor.browser}\n{form.submit_token}" if form.submit_token else ""
    applicant = Applicant(form.full_name, number_tail=form.last_four)
    received = hand_in(visitor.site, visitor.caller, sent, Handing(applicant, form.procedure, "", once))
    if received.submission is None:
        return page(visitor, _view(visitor.site, form, _refusals(received.refused)), status=422)
    refused = tuple(Refused(r.name, r.code) for r in received.refused)
    return let_in(visitor, received.submission.code, paths.received(received.submission.code), refused)


def let_in(visitor: Visitor, code: str, to: str, refused: tuple[Refused, ...] = ()) -> Response:
    """To a page of the dossier, with a pass that only its pages are sent."""
    site = visitor.site
    until: datetime = site.services.now() + PASS_LIVES
    answer = RedirectResponse(to, 303)
    text = write_pass(site.pass_key, DossierPass(code, until, refused))
    keep(
        answer,
        site,
        PASS_COOKIE,
        text,
        path=paths.status(code),
        seconds=int(PASS_LIVES.total_seconds()),
    )
    return answer


def _files(files: MaybeFiles) -> tuple[list[Upload], list[FieldError]]:
    try:
        return uploads(files), []
    except (NoFileError, TooManyFilesError) as error:
        return [], [FieldError("files", Both(error.message_vi, error.message_en))]


def _errors(form: Typed) -> list[FieldError]:
    errors = []
    if not form.full_name:
        errors.append(FieldError("full_name", Both("Xin ghi họ và tên.", "Please give your full name.")))
    if not re.fullmatch(r"\d{4}", form.last_four, re.ASCII):
        errors.append(
            FieldError(
                "last_four",
                Both(
                    "Xin ghi đúng 4 chữ số cuối của số định danh.",
                    "Please give the last 4 digits of the personal number.",
                ),
            )
        )
    return errors


def _refusals(refused: tuple[RefusedFile, ...]) -> list[FieldError]:
    return [
        FieldError("files", Both(f"{r.name}: {r.message_vi}", f"{r.name}: {r.message_en}")) for r in refused
    ]


def _view(site: Site, form: Typed, errors: list[FieldError] | None = None) -> Submit:
    megabytes = site.settings.limits.max_bytes // (1024 * 1024)
    view = Submit(megabytes, MAX_FILES, form.submit_token, form.full_name, form.last_four, form.procedure)
    return replace(view, errors=tuple(errors or ()))
