"""The office: delegations, accounts."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Form, Response

from api import auth
from api.accounts import create_account, list_accounts, set_password_link
from api.deps import Access, Visitor, VisitorDep, page
from api.errors import PageNotFoundError, UsernameNotUsableError, UsernameTakenError
from api.routes.guarded import form_router, page_router
from api.routes.showing.office import (
    NewAccount,
    shown_accounts,
    shown_delegations,
)
from api.routes.uploads import plain_text
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.staff_views import DelegationInput
from api.web.views import FieldError
from api.web.writing import VIETNAM
from verification.decision import DelegationScope, Role
from verification.errors import NotFoundError
from verification.signing_errors import CapacityInvalidError, DelegationExistsError, DelegationInvalidError
from verification.submission import OfficerId
from verification.workflow.delegate import NewDelegation, add_delegation, revoke_delegation
from verification.workflow.delegate import delegations as delegations_of_all

staff = page_router(Access.STAFF)
admins = page_router(Access.ADMIN)
forms = form_router(Access.ADMIN)
ROUTERS = (staff, admins, forms)
_KEEP = Both("Đã lưu.", "Kept.")


@staff.get(paths.DELEGATIONS)
def delegations(visitor: VisitorDep) -> Response:
    """Who may sign; administrators may add."""
    return _delegations(visitor)


def given(
    decision: Annotated[str, Form()] = "",
    capacity: Annotated[str, Form()] = "",
    valid_from: Annotated[str, Form()] = "",
    valid_to: Annotated[str, Form()] = "",
    scope: Annotated[str, Form()] = "BOTH",
) -> DelegationInput:
    """What was typed."""
    known = scope if scope in [each.value for each in DelegationScope] else "BOTH"
    return DelegationInput(
        plain_text(decision), capacity.strip()[:400], valid_from[:10], valid_to[:10], known
    )


@forms.post(paths.DELEGATIONS)
def give_delegation(
    visitor: VisitorDep,
    typed: Annotated[DelegationInput, Depends(given)],
    officer: Annotated[str, Form()] = "",
) -> Response:
    """Kept, or all errors at once."""
    first, last = _day(typed.valid_from), _day(typed.valid_to)
    errors = _delegation_errors(typed, first, last)
    if errors or first is None or last is None:
        return _delegations(visitor, typed, tuple(errors))
    new = NewDelegation(
        officer_id=OfficerId(officer),
        decision_number=typed.decision,
        capacity=tuple(plain_text(line) for line in typed.capacity.splitlines() if line.strip()),
        valid_from=first,
        valid_to=last,
        scope=DelegationScope(typed.scope),
    )
    try:
        add_delegation(visitor.site.services, new, by=visitor.officer.id)
    except (CapacityInvalidError, DelegationExistsError, DelegationInvalidError) as error:
        field = "capacity" if isinstance(error, CapacityInvalidError) else "decision"
        return _delegations(visitor, typed, (FieldError(field, Both(error.message_vi, error.message_en)),))
    return _delegations(visitor, notice=_KEEP)


@forms.post(paths.REVOKE_DELEGATION)
def revoke(visitor: VisitorDep, delegation: Annotated[str, Form()] = "") -> Response:
    """Nothing is signed by it from now on. Raises NotFoundError."""
    revoke_delegation(visitor.site.services, delegation[:200], by=visitor.officer.id)
    return _delegations(visitor, notice=_KEEP)


def _delegations(
    visitor: Visitor,
    typed: DelegationInput | None = None,
    errors: tuple[FieldError, ...] = (),
    *,
    notice: Both | None = None,
) -> Response:
    with visitor.site.database.reading() as tx:
        officers = tx.officers.all()
    found = delegations_of_all(visitor.site.services)
    choices = tuple(o for o in officers if Role.OFFICER in o.roles)
    view = shown_delegations(
        found,
        choices if Role.ADMIN in visitor.officer.roles else (),
        typed or DelegationInput(),
        today=visitor.site.services.now().astimezone(VIETNAM).date(),
        errors=errors,
    )
    return page(visitor, view, status=422 if errors else 200, at=paths.DELEGATIONS, notice=notice)


def _delegation_errors(typed: DelegationInput, first: date | None, last: date | None) -> list[FieldError]:
    wrong = []
    if not typed.decision:
        wrong.append(FieldError("decision", Both("Ghi số văn bản.", "Give the number of the decision.")))
    if not typed.capacity:
        wrong.append(FieldError("capacity", Both("Ghi thể thức ký.", "Give the lines above the name.")))
    if first is None:
        wrong.append(FieldError("valid_from", Both("Ghi ngày bắt đầu.", "Give the first day.")))
    if last is None or (first and last < first):
        wrong.append(
            FieldError("valid_to", Both("Ghi ngày kết thúc, không trước ngày bắt đầu.", "Give the last day."))
        )
    return wrong


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@admins.get(paths.USERS)
def accounts(visitor: VisitorDep) -> Response:
    """Who can sign in."""
    return _accounts(visitor, NewAccount())


@forms.post(paths.USERS)
def add_account(
    visitor: VisitorDep,
    username: Annotated[str, Form()] = "",
    full_name: Annotated[str, Form()] = "",
    roles: Annotated[tuple[str, ...], Form()] = (),
) -> Response:
    """A new account, and the one-time link to hand over."""
    new = NewAccount(username.strip()[:64], plain_text(full_name), frozenset(roles))
    errors = []
    if not new.full_name:
        errors.append(FieldError("full_name", Both("Ghi họ và tên.", "Give the full name.")))
    if not new.known_roles():
        errors.append(FieldError("roles", Both("Chọn ít nhất một vai trò.", "Choose at least one role.")))
    if errors:
        return _accounts(visitor, new, errors=tuple(errors))
    try:
        link = create_account(
            visitor.site.wired, new.username, new.full_name, new.known_roles(), by=visitor.officer.id
        )
    except (UsernameNotUsableError, UsernameTakenError) as error:
        wrong = FieldError("username", Both(error.message_vi, error.message_en))
        return _accounts(visitor, new, errors=(wrong,))
    return _accounts(visitor, NewAccount(), link=link, owner=new.username)


@forms.post("/can-bo/tai-khoan/{username}/{what}")
def change_account(visitor: VisitorDep, username: str, what: str) -> Response:
    """A new link, or locked, or unlocked. Raises NotFoundError."""
    site, now = visitor.site, visitor.site.services.now()
    match what:
        case "duong-dan":
            link = set_password_link(site.wired, username, by=visitor.officer.id)
            return _accounts(visitor, NewAccount(), link=link, owner=username)
        case "khoa" | "mo-khoa":
            if username == visitor.officer.id:
                raise NotFoundError
            auth.set_disabled(
                site.database, username, disabled=what == "khoa", now=now, by=visitor.officer.id
            )
            return _accounts(visitor, NewAccount(), notice=_KEEP)
        case _:
            raise PageNotFoundError


def _accounts(
    visitor: Visitor,
    new: NewAccount,
    *,
    link: str | None = None,
    owner: str = "",
    errors: tuple[FieldError, ...] = (),
    notice: Both | None = None,
) -> Response:
    view = shown_accounts(list_accounts(visitor.site.wired), new, link=link, owner=owner, errors=errors)
    return page(visitor, view, status=422 if errors else 200, at=paths.USERS, notice=notice)
