"""What the log says after the whole job: ids, routes and codes, and nothing of any person."""

import io
import json
import logging

from api.logging import ALLOWED
from tests.api.serving import Running
from tests.api.test_api_pages import CITIZEN, NAME, handed_in, paper_of
from tests.api.walking import Browser
from verification.specimens import Specimen


def test_nothing_of_a_person_is_in_the_log(
    service: Running, browser: Browser, officer: Browser, card: Specimen
) -> None:
    code = handed_in(browser, card)
    paper = paper_of(officer, code)
    officer.send(paper, f"{paper}/khong-can-ban-sao", {"audience": "Ngân hàng Mẫu"})
    officer.wait_for(f"{paper}/da-quyet-dinh", "Đã cấp")
    browser.open(f"/tra-cuu/{code}?ten={NAME}")
    browser.send("/kiem-tra", "/kiem-tra", {}, [("file", ("a.pdf", card.content))])
    browser.open(f"/dat-mat-khau/{NAME}")

    # The first run's link is said to the person who starts the service, not logged.
    lines = service.log.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if line.startswith("{"))
    private = [*NAME.split()[1:], CITIZEN["last_four"], code, *map(str, card.truth.values()), "Ngân hàng"]
    assert [word for word in private if f'"{word}' in text or f" {word}" in text or f"/{word}" in text] == []
    said = [json.loads(line) for line in text.splitlines()]
    assert {name for line in said for name in line} <= ALLOWED
    assert {"/can-bo/ho-so/{paper_id}/{what}", "/tra-cuu/{code}"} <= {line.get("route") for line in said}


def test_the_words_of_a_library_are_left_out(log: io.StringIO) -> None:
    logging.getLogger("fontTools").warning("bad font in %s", NAME)
    line = json.loads(log.getvalue())
    assert line["event"] == "said by a library"
    assert line["where"].startswith("test_api_logs.py:")
    assert NAME not in log.getvalue()


def test_the_words_of_an_exception_and_fields_nobody_allowed_are_left_out(log: io.StringIO) -> None:
    try:
        raise ValueError(NAME)
    except ValueError:
        logging.getLogger("chungthuc.tests").exception("failed", extra={"paper": "p.1", "full_name": NAME})
    line = json.loads(log.getvalue())
    assert (line["event"], line["paper"]) == ("failed", "p.1")
    assert NAME not in log.getvalue()
