"""What the log says after the whole job: ids, routes and codes, and nothing of any person."""

import json
from typing import Any

from api.logging import ALLOWED
from tests.api.test_api_pages import CITIZEN, NAME, handed_in, paper_of
from tests.api.walking import Browser
from verification.specimens import Specimen


def test_nothing_of_a_person_is_in_the_log(
    browser: Browser, officer: Browser, card: Specimen, logged: Any
) -> None:
    code = handed_in(browser, card)
    paper = paper_of(officer, code)
    officer.send(paper, f"{paper}/khong-can-ban-sao", {"audience": "Ngân hàng Mẫu"})
    officer.wait_for(f"{paper}/da-quyet-dinh", "Đã cấp")
    browser.open(f"/tra-cuu/{code}?ten={NAME}")
    browser.send("/kiem-tra", "/kiem-tra", {}, [("file", ("a.pdf", card.content))])
    browser.open(f"/dat-mat-khau/{NAME}")

    text = logged.getvalue()
    private = [*NAME.split()[1:], CITIZEN["last_four"], code, *map(str, card.truth.values()), "Ngân hàng"]
    assert [word for word in private if f'"{word}' in text or f" {word}" in text or f"/{word}" in text] == []
    lines = [json.loads(line) for line in text.splitlines()]
    assert {name for line in lines for name in line} <= ALLOWED
    assert {"/can-bo/ho-so/{paper_id}/{what}", "/tra-cuu/{code}"} <= {line.get("route") for line in lines}
