"""For whom each route is: made from the routers themselves, so that no route is forgotten."""

import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi.routing import APIRoute

from api.deps import ROLES, Access
from api.routes import ROUTERS
from api.routes.guarded import API
from tests.api.conftest import ADMIN, AUDITOR, OFFICER
from tests.api.serving import PASSWORD, Running
from tests.api.walking import Browser, signed_in
from verification.decision import Role

Asked = tuple[Access, str, str]

ASKED: list[Asked] = [
    (router.access, method, re.sub(r"\{\w+\}", "1", route.path))
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in sorted(route.methods or ())
]
CLOSED = [asked for asked in ASKED if asked[0] in ROLES]
FORMS = [(method, path) for _, method, path in ASKED if method == "POST" and not path.startswith(API)]


def names(asked: Asked) -> str:
    return f"{asked[1]} {asked[2]}"


@pytest.fixture(scope="module")
def people(service: Running) -> Iterator[dict[Role, Browser]]:
    """One signed-in browser for each role."""
    with (
        signed_in(service.address, OFFICER) as officer,
        signed_in(service.address, AUDITOR) as auditor,
        signed_in(service.address, ADMIN) as admin,
    ):
        yield {Role.OFFICER: officer, Role.AUDITOR: auditor, Role.ADMIN: admin}


def test_every_route_stands_in_a_router_that_names_its_audience(service: Running) -> None:
    operations = httpx.get(f"{service.address}/openapi.json").json()["paths"]
    programs = {path for access, _, path in ASKED if path.startswith(API)}
    assert {re.sub(r"\{\w+\}", "1", path) for path in operations} == programs
    assert len(ASKED) > 40


@pytest.mark.parametrize("asked", CLOSED, ids=names)
def test_a_stranger_is_sent_to_sign_in(asked: Asked, client: httpx.Client) -> None:
    _, method, path = asked
    answer = client.request(method, path)
    if path.startswith(API):
        assert (answer.status_code, answer.json()["code"]) == (401, "SIGN_IN_NEEDED")
    else:
        assert (answer.status_code, answer.headers["location"][:10]) == (303, "/dang-nhap")


@pytest.mark.parametrize("asked", CLOSED, ids=names)
def test_another_role_is_refused(asked: Asked, people: dict[Role, Browser]) -> None:
    access, method, path = asked
    for role in set(Role) - ROLES[access]:
        assert people[role].client.request(method, path).status_code == 403, role


@pytest.mark.parametrize("asked", CLOSED, ids=names)
def test_a_key_of_a_smaller_scope_is_refused(
    asked: Asked, client: httpx.Client, keys: dict[str, str]
) -> None:
    _, method, path = asked
    for scope in ("submit", "validate"):
        answer = client.request(method, path, headers={"Authorization": f"Bearer {keys[scope]}"})
        assert answer.status_code == 403, scope


@pytest.mark.parametrize(("method", "path"), FORMS, ids=str)
def test_a_form_without_its_token_does_nothing(method: str, path: str, people: dict[Role, Browser]) -> None:
    answers = [browser.client.request(method, path) for browser in people.values()]
    assert {answer.status_code for answer in answers} == {403}
    assert any("FORM_EXPIRED" in answer.text for answer in answers)


def test_a_key_opens_what_its_scope_says(client: httpx.Client, keys: dict[str, str]) -> None:
    opened = {
        scope: client.get(f"{API}/register?year=2026", headers={"Authorization": f"Bearer {key}"}).status_code
        for scope, key in keys.items()
    }
    assert opened == {"submit": 403, "validate": 403, "officer": 200, "admin": 403}


def test_an_unknown_key_is_told_so(client: httpx.Client) -> None:
    answer = client.post(f"{API}/validate", headers={"Authorization": "Bearer nothing"})
    assert (answer.status_code, answer.json()["code"]) == (401, "KEY_INVALID")
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_session_ends_when_its_person_signs_out(service: Running) -> None:
    with signed_in(service.address, OFFICER) as browser:
        kept = dict(browser.client.cookies)
        browser.send("/can-bo", "/dang-xuat", {})
        again = httpx.get(f"{service.address}/can-bo", cookies=kept)
    assert again.status_code == 303


def test_every_failed_sign_in_looks_alike(browser: Browser) -> None:
    pages = [
        browser.send("/dang-nhap", "/dang-nhap", {"username": name, "password": "sai mật khẩu"})
        for name in (OFFICER, "khong.ai")
    ]
    told = {
        re.sub(r'value="[^"]*"', "", page.text.replace(OFFICER, "").replace("khong.ai", "")) for page in pages
    }
    assert {page.status_code for page in pages} == {401}
    assert len(told) == 1


def test_the_eleventh_try_at_an_account_must_wait(browser: Browser) -> None:
    tries = [
        browser.send("/dang-nhap", "/dang-nhap", {"username": "ai.do", "password": "x"}).status_code
        for _ in range(11)
    ]
    assert tries == [401] * 10 + [429]


def test_signing_in_leads_only_to_pages_of_ours(browser: Browser) -> None:
    sent = {"username": OFFICER, "password": PASSWORD, "next": "//evil.example/x"}
    assert browser.send("/dang-nhap", "/dang-nhap", sent).url.path == "/can-bo"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Host": "evil.example"}, 421),
    ],
    ids=["origin", "fetch-site", "host"],
)
def test_another_site_cannot_send_for_a_visitor(
    headers: dict[str, str], status: int, client: httpx.Client
) -> None:
    assert client.post(f"{API}/validate", headers=headers).status_code == status
