"""What routes ask for: a request in; the service's parts, who asks, and how pages look to them out."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, TypeVar

from fastapi import Depends, Form, Request, Response
from fastapi.responses import HTMLResponse

from api.attempts import Counter
from api.auth import key_officer, session_officer
from api.errors import FormExpiredError, SignInNeededError
from api.passes import derived, form_token, form_token_fits, new_browser
from api.settings import Settings
from api.signing_desk import SigningDesk
from api.web import paths
from api.web.language import Bilingual, Language, TextSize
from api.web.rendering import render
from api.web.views import Audience, Shell, View
from api.wiring import Wired
from storage.accounts import Scope
from storage.database import SqlDatabase
from storage.jobs import Engine
from verification.decision import Officer, Role
from verification.errors import NotAllowedError
from verification.services import Services

BROWSER_COOKIE = "trinh_duyet"
SESSION_COOKIE = "phien"
_BEARER = "bearer "

T = TypeVar("T", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Site:
    """The running service, as routes see it. `engine` is None where another process does the work."""

    wired: Wired
    engine: Engine | None
    form_key: bytes
    pass_key: bytes
    counter: Counter
    signing: SigningDesk

    @property
    def services(self) -> Services:
        return self.wired.services

    @property
    def database(self) -> SqlDatabase:
        return self.wired.database

    @property
    def settings(self) -> Settings:
        return self.wired.settings


def site_of(wired: Wired, engine: Engine | None) -> Site:
    """The site of opened services."""
    secret = wired.services.code_secret
    counter = Counter(wired.database, derived(secret, "attempts"), wired.services.now)
    desk = SigningDesk(wired.services, f"{wired.settings.executor_id}:serve")
    return Site(wired, engine, derived(secret, "forms"), derived(secret, "passes"), counter, desk)


def site(request: Request) -> Site:
    """The site this request came to."""
    found: Site = request.app.state.site
    return found


SiteDep = Annotated[Site, Depends(site)]


# -- who asks ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: nobody we know, an officer with a session, or a program with a key (`scope`)."""

    address: str
    officer: Officer | None = None
    scope: Scope | None = None

    def known(self) -> Officer:
        """Raises SignInNeededError."""
        if self.officer is None:
            raise SignInNeededError
        return self.officer


def caller(request: Request, site: SiteDep) -> Caller:
    """A key counts before a session. Raises KeyInvalidError for a key that is not good."""
    address = request.client.host if request.client else ""
    given = request.headers.get("authorization", "")
    if given.lower().startswith(_BEARER):
        key, officer = key_officer(site.database, given[len(_BEARER) :].strip())
        return Caller(address, officer, key.scope)
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        return Caller(address)
    return Caller(address, session_officer(site.database, token, now=site.services.now()))


CallerDep = Annotated[Caller, Depends(caller)]


class Access(StrEnum):
    """For whom a route is. CITIZEN routes ask for the second factor of the dossier themselves."""

    PUBLIC = "public"
    CITIZEN = "citizen"
    SUBMITTER = "submitter"
    VALIDATOR = "validator"
    OFFICER = "officer"
    BOOK_READER = "book reader"
    AUDITOR = "auditor"
    STAFF = "staff"
    ADMIN = "admin"


ROLES: dict[Access, frozenset[Role]] = {
    Access.OFFICER: frozenset({Role.OFFICER}),
    Access.BOOK_READER: frozenset({Role.OFFICER, Role.AUDITOR}),
    Access.AUDITOR: frozenset({Role.AUDITOR}),
    Access.STAFF: frozenset(Role),
    Access.ADMIN: frozenset({Role.ADMIN}),
}
"""Who must be signed in; what is not listed is open to everybody."""

_SCOPES: dict[Access, frozenset[Scope]] = {
    Access.PUBLIC: frozenset(Scope),
    Access.CITIZEN: frozenset(Scope),
    Access.SUBMITTER: frozenset({Scope.SUBMIT, Scope.OFFICER}),
    Access.VALIDATOR: frozenset({Scope.VALIDATE, Scope.OFFICER}),
}
"""Which keys open it; what is not listed needs the scope OFFICER."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets in whom a route is for. Raises SignInNeededError, NotAllowedError."""

    access: Access

    def __call__(self, caller: CallerDep) -> None:
        if caller.scope and caller.scope not in _SCOPES.get(self.access, frozenset({Scope.OFFICER})):
            raise NotAllowedError
        roles = ROLES.get(self.access)
        if roles is not None and not roles & caller.known().roles:
            raise NotAllowedError


# -- pages -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser: how pages look to it, and what its forms must carry."""

    site: Site
    caller: Caller
    browser: str
    known: bool
    """The browser sent its name; else the next page gives it one."""
    language: Language
    size: TextSize
    path: str

    @property
    def officer(self) -> Officer:
        """Raises SignInNeededError."""
        return self.caller.known()


def visitor(request: Request, site: SiteDep, caller: CallerDep) -> Visitor:
    """The visitor behind a request for a page."""
    named = request.cookies.get(BROWSER_COOKIE, "")
    query = f"?{request.url.query}" if request.url.query else ""
    return Visitor(
        site=site,
        caller=caller,
        browser=named or new_browser(),
        known=bool(named),
        language=_choice(Language, request.cookies.get(paths.LANGUAGE_COOKIE), Language.VI),
        size=_choice(TextSize, request.cookies.get(paths.SIZE_COOKIE), TextSize.NORMAL),
        path=f"{request.url.path}{query}" if request.method == "GET" else request.url.path,
    )


VisitorDep = Annotated[Visitor, Depends(visitor)]


def _choice(kind: type[T], given: str | None, default: T) -> T:
    return next((value for value in kind if value == given), default)


def page(
    visitor: Visitor, view: View, *, status: int = 200, at: str | None = None, notice: Bilingual | None = None
) -> HTMLResponse:
    """The whole page; `at` is a GET address that shows the same, where this one is none."""
    answer = HTMLResponse(render(_shell(visitor, at, notice), view), status)
    if not visitor.known:
        keep(answer, visitor.site, BROWSER_COOKIE, visitor.browser)
    return answer


def _shell(visitor: Visitor, at: str | None, notice: Bilingual | None) -> Shell:
    services, officer = visitor.site.services, visitor.caller.officer
    roles = officer.roles if officer else frozenset[Role]()
    return Shell(
        path=at or visitor.path,
        agency=Bilingual(services.unit.agency, services.unit.agency),
        help_phone=visitor.site.settings.help_phone,
        csrf=form_token(visitor.site.form_key, visitor.browser),
        language=visitor.language,
        size=visitor.size,
        audience=Audience.OFFICER if officer else Audience.PUBLIC,
        user_name=officer.full_name if officer else None,
        notice=notice,
        decides=bool(roles & ROLES[Access.OFFICER]),
        reads_book=bool(roles & ROLES[Access.BOOK_READER]),
        admin=bool(roles & ROLES[Access.ADMIN]),
        test=services.signer.test,
        cannot_sign=officer is not None and bool(visitor.site.wired.self_test.faults),
    )


def keep(
    answer: Response, site: Site, name: str, value: str, *, path: str = "/", seconds: int | None = None
) -> None:
    """A cookie that scripts cannot read and other sites do not send."""
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path=path,
        secure=site.settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )


def checked_form(visitor: VisitorDep, csrf_token: Annotated[str, Form()] = "") -> None:
    """The form came from a page of ours, shown to this browser. Raises FormExpiredError."""
    if not visitor.known or not form_token_fits(visitor.site.form_key, visitor.browser, csrf_token):
        raise FormExpiredError


CheckedForm = Depends(checked_form)
