"""Signing in and out, and setting a password behind a one-time link."""

from typing import Annotated

from fastapi import Form, Request, Response
from fastapi.responses import RedirectResponse

from api import auth
from api.deps import SESSION_COOKIE, Access, VisitorDep, keep, page
from api.errors import PasswordTooLongError, PasswordTooShortError, SignInFailedError, TooManyAttemptsError
from api.problems import status_of
from api.routes.guarded import form_router, page_router
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.views import FieldError, Login, SetPassword
from verification.decision import Officer, Role

looked_at = page_router(Access.PUBLIC)
forms = form_router(Access.PUBLIC)
ROUTERS = (looked_at, forms)


@looked_at.get(paths.LOGIN)
def ask(visitor: VisitorDep, next: str = "") -> Response:  # noqa: A002
    """The form; whoever is signed in goes on at once."""
    if visitor.caller.officer:
        return RedirectResponse(_onward(next, visitor.caller.officer), 303)
    return page(visitor, Login(next=paths.local_or_home(next) if next else ""))


@forms.post(paths.LOGIN)
def sign_in(
    visitor: VisitorDep,
    username: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "",  # noqa: A002
) -> Response:
    """A new session, or the same words for every failure."""
    site = visitor.site
    try:
        token = auth.sign_in(site.counter, username, password, address=visitor.caller.address)
    except (SignInFailedError, TooManyAttemptsError) as error:
        wrong = FieldError("username", Both(error.message_vi, error.message_en))
        view = Login(username[:64], paths.local_or_home(next) if next else "", (wrong,))
        return page(visitor, view, status=status_of(error))
    officer = auth.session_officer(site.database, token, now=site.services.now())
    answer = RedirectResponse(_onward(next, officer), 303)
    keep(answer, site, SESSION_COOKIE, token)
    return answer


@forms.post(paths.LOGOUT)
def sign_out(visitor: VisitorDep, request: Request) -> Response:
    """The session ends here and in the database."""
    auth.sign_out(visitor.site.database, request.cookies.get(SESSION_COOKIE, ""))
    answer = RedirectResponse(paths.HOME, 303)
    answer.delete_cookie(SESSION_COOKIE)
    return answer


@looked_at.get("/dat-mat-khau/{token}")
def ask_password(visitor: VisitorDep, token: str) -> Response:
    """The form. Raises LinkUsedError."""
    username = auth.link_owner(visitor.site.database, token, now=visitor.site.services.now())
    return page(visitor, SetPassword(paths.set_password(token), username, auth.MIN_PASSWORD))


@forms.post("/dat-mat-khau/{token}")
def set_password(
    visitor: VisitorDep,
    token: str,
    password: Annotated[str, Form()] = "",
    password_again: Annotated[str, Form()] = "",
) -> Response:
    """Use the link up. Raises LinkUsedError."""
    site, now = visitor.site, visitor.site.services.now()
    username = auth.link_owner(site.database, token, now=now)
    wrong = None
    if password != password_again:
        wrong = FieldError(
            "password_again", Both("Hai lần nhập không giống nhau.", "The two passwords are not the same.")
        )
    else:
        try:
            auth.set_password(site.database, token, password, now=now)
        except (PasswordTooShortError, PasswordTooLongError) as error:
            wrong = FieldError("password", Both(error.message_vi, error.message_en))
    if wrong:
        view = SetPassword(paths.set_password(token), username, auth.MIN_PASSWORD, (wrong,))
        return page(visitor, view, status=422)
    return RedirectResponse(paths.LOGIN, 303)


def _onward(wanted: str, officer: Officer | None) -> str:
    """Where somebody goes after signing in: where they wanted to, else where their work is."""
    if wanted and paths.local_or_home(wanted) != paths.HOME:
        return paths.local_or_home(wanted)
    roles = officer.roles if officer else frozenset()
    if Role.OFFICER in roles:
        return paths.QUEUE
    return paths.USERS if Role.ADMIN in roles else paths.BOOK
