"""The rules over HTTP and on their page: what holds by which act, and a rule tried on past dossiers."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.api.serving import Running
from tests.api.test_api_programs import bearer, decided, once, submitted
from tests.api.walking import Browser, errors
from verification.assess import VIETNAM
from verification.rule import shipped_rules
from verification.specimens import Specimen

API = "/api/v1/rules"
PAGE = "/can-bo/quy-tac"
DRAFT = """
[[rule]]
id = "draft"
title_vi = "Văn bằng"
title_en = "Diplomas"
kinds = ["diploma"]
source = "diplomas"
order = 1
citation_vi = "NQ 1"
citation_en = "Resolution 1"
"""


def test_the_rules_of_a_day_are_told(client: httpx.Client, keys: dict[str, str]) -> None:
    head = bearer(keys["officer"])
    told = client.get(API, params={"day": "2025-12-31"}, headers=head).json()
    ids = {rule["id"] for rule in told["rules"]}
    assert told["day"] == "2025-12-31"
    assert "nd280-population" in ids
    assert "nq66-card" not in ids
    every = client.get(API, params={"day": "2025-12-31", "all": True}, headers=head).json()["rules"]
    states = {rule["id"]: rule["state"] for rule in every}
    assert states["nq66-card"] == "NOT_YET"
    assert len(states) == len(shipped_rules())


def simulated(client: httpx.Client, key: str, **asked: Any) -> httpx.Response:
    return client.post(f"{API}/simulate", json=asked, headers=bearer(key))


@pytest.fixture
def today(service: Running) -> str:
    return f"{service.wired.services.now().astimezone(VIETNAM):%Y-%m-%d}"


def test_a_rule_in_use_is_tried_on_the_dossiers_of_some_days(
    client: httpx.Client, keys: dict[str, str], card: Specimen, today: str
) -> None:
    asked = {"rule": "nq66-card", "from": today, "to": today}
    before = simulated(client, keys["officer"], **asked).json()
    paper = once(client, submitted(client, card)["code"], keys["officer"], "WAITING")
    seen = {"what": "approval", "original_seen": {"place": "Quầy 2"}, "copies": 2}
    answer = decided(client, paper, keys["officer"], **seen, demander="Ngân hàng Mẫu")
    assert answer.status_code == 200, answer.text
    found = simulated(client, keys["officer"], **asked).json()
    assert (found["rules"], found["from"], found["to"]) == (["nq66-card"], today, today)
    assert found["copies"] - before["copies"] == 2
    assert found["covered"]["needless"] - before["covered"]["needless"] == 2
    assert found["saved"] == 0, "other rules say the same of a card"


def test_rules_of_ones_own_are_tried_as_they_are_written(
    client: httpx.Client, keys: dict[str, str], diploma: Specimen, today: str
) -> None:
    once(client, submitted(client, diploma)["code"], keys["officer"], "WAITING")
    found = simulated(client, keys["officer"], toml=DRAFT, **{"from": today}).json()
    assert found["rules"] == ["draft"]
    assert {why["code"] for why in found["untold"]} == {"NEVER_COMPARED"}


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({}, 422, "MALFORMED_REQUEST"),
        ({"rule": "nq66-card", "toml": DRAFT}, 422, "MALFORMED_REQUEST"),
        ({"rule": "nq66-card", "colour": "red"}, 422, "MALFORMED_REQUEST"),
        ({"rule": "nq66-card", "month": "2026-10", "to": "2026-10-01"}, 422, "MALFORMED_REQUEST"),
        ({"rule": "nobody"}, 404, "UNKNOWN_RULE"),
        ({"toml": "[[rule]]"}, 422, "RULES_UNUSABLE"),
        ({"toml": "x = " + "[" * 20_000}, 422, "RULES_UNUSABLE"),
        ({"rule": "nq66-card", "month": "2026-13"}, 422, "PERIOD_NOT_USABLE"),
        ({"rule": "nq66-card", "from": "2026-02-01", "to": "2026-01-01"}, 422, "PERIOD_NOT_USABLE"),
        ({"rule": "nq66-card", "from": "2020-01-01", "to": "2026-01-01"}, 422, "PERIOD_NOT_USABLE"),
    ],
)
def test_what_cannot_be_simulated_is_refused(
    asked: dict[str, str], status: int, code: str, client: httpx.Client, keys: dict[str, str]
) -> None:
    answer = simulated(client, keys["officer"], **asked)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_check_takes_the_procedure_and_names_the_rule(
    client: httpx.Client, keys: dict[str, str], card: Specimen
) -> None:
    files = [("files", (card.name, card.content))]
    data = {"purpose": "kiểm tra thử", "procedure": "2.000815"}
    answer = client.post("/api/v1/check", files=files, data=data, headers=bearer(keys["officer"])).json()
    assessment = answer["files"][0]["documents"][0]["assessment"]
    assert (assessment["outcome"], assessment["rule"]) == ("NO_COPY_NEEDED", "nq66-card")
    (reason,) = assessment["reasons"]
    assert reason["legal_basis"].startswith("NQ 66.7/2025/NQ-CP")
    assert reason["legal_basis_en"].startswith("Resolution 66.7/2025/NQ-CP")


# -- the page -----------------------------------------------------------------------------------------------


def test_the_page_lists_every_rule_with_its_act(officer: Browser) -> None:
    page = officer.open(PAGE).text
    for rule in shipped_rules():
        assert rule.id in page
        assert rule.citation_vi in page
    assert "Đang có hiệu lực" in page


def test_a_rule_is_tried_on_the_page(officer: Browser, service: Running) -> None:
    now = service.wired.services.now().astimezone(VIETNAM)
    typed = {"rule": "nq66-card", "month": f"{now:%Y-%m}", "toml": ""}
    answer = officer.send(PAGE, PAGE, typed)
    assert answer.status_code == 200
    assert "Kết quả thử quy tắc" in answer.text
    assert "bản sao đã cấp hoặc đã duyệt" in answer.text
    last = (now.replace(day=1) - timedelta(days=1)).replace(day=1)
    empty = officer.send(PAGE, PAGE, {**typed, "month": ""})
    assert f"{last:%d/%m/%Y}" in empty.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"rule": "nq66-card", "month": "hôm qua", "toml": ""}, "không quá 366 ngày"),
        ({"rule": "nobody", "month": "", "toml": ""}, "Không có quy tắc tên này"),
        ({"rule": "nq66-card", "month": "", "toml": "[[rule]]"}, "Quy tắc chưa dùng được"),
    ],
)
def test_what_is_wrong_with_the_form_is_told_beside_its_field(
    typed: dict[str, str], told: str, officer: Browser
) -> None:
    answer = officer.send(PAGE, PAGE, typed)
    assert answer.status_code == 422
    assert any(told in error for error in errors(answer))
