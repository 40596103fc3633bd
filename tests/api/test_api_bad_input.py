"""What is wrong, hostile or too much gets one sentence and a code; no traceback leaves, nothing is lost."""

import io
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.wiring import Wired
from tests.api.conftest import OFFICER, OTHER, hire
from tests.api.serving import Running, answering
from tests.api.test_api_pages import CITIZEN, handed_in, paper_of
from tests.api.test_api_programs import API, APPLICANT, bearer
from tests.api.walking import Browser, errors, hidden_fields, signed_in
from verification.source import Source
from verification.specimens import Specimen

MIB = 1024 * 1024
PDF = b"%PDF-1.7\n"
HOSTILE = """'; DROP TABLE paper; -- "><script>alert(1)</script><img src=x onerror=alert(2)>"""


def sent(client: httpx.Client, *files: tuple[str, bytes], **fields: str) -> httpx.Response:
    return client.post(
        f"{API}/submissions", data={**APPLICANT, **fields}, files=[("files", file) for file in files]
    )


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (("a.txt", b"hello"), "FILE_TYPE_NOT_ACCEPTED"),
        (("a.jpg", b""), "EMPTY_FILE"),
        (("a.pdf", PDF), "FILE_DAMAGED"),
        (("a.jpg", b"\xff\xd8\xff" + bytes(5 * MIB)), "FILE_TOO_LARGE"),
    ],
    ids=["wrong type", "empty", "cut", "too large"],
)
def test_a_file_that_cannot_be_taken_is_told_why(
    file: tuple[str, bytes], code: str, client: httpx.Client
) -> None:
    answer = sent(client, file)
    assert answer.status_code == 422
    assert answer.json()["code"] is None
    assert [f["error"]["code"] for f in answer.json()["files"]] == [code]


def test_a_good_file_is_kept_beside_a_bad_one_of_the_same_name(client: httpx.Client, card: Specimen) -> None:
    answer = sent(client, ("image.png", b"no picture"), ("image.png", card.content))
    assert answer.status_code == 202
    found = [(f["file"], f["error"] and f["error"]["code"]) for f in answer.json()["files"]]
    assert found == [("image.png", "FILE_TYPE_NOT_ACCEPTED"), ("image.png (2)", None)]


def test_a_hundred_files_are_too_many(client: httpx.Client) -> None:
    answer = sent(client, *[(f"{n}.pdf", PDF) for n in range(100)])
    assert (answer.status_code, answer.json()["code"]) == (422, "TOO_MANY_FILES")


@pytest.mark.parametrize("told", [True, False], ids=["said before", "not said before"])
def test_a_body_that_is_too_large_is_cut_off_before_it_is_kept(told: bool, client: httpx.Client) -> None:
    chunks = (bytes(MIB) for _ in range(40))
    headers = {"Content-Type": "multipart/form-data; boundary=x"} | (
        {"Content-Length": str(40 * MIB)} if told else {}
    )

    def body() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
        yield from chunks

    content = body()
    if told:
        content = iter([b"".join(content)[: 40 * MIB]])
    answer = client.post(f"{API}/validate", content=content, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "BODY_TOO_LARGE")


def test_a_form_without_files_may_not_be_large(browser: Browser) -> None:
    answer = browser.client.post(
        "/dang-nhap",
        content=b"username=" + b"a" * (2 * MIB),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 413
    assert "Gửi quá nhiều dữ liệu" in answer.text


def test_a_missing_value_is_named_and_what_was_sent_is_not_repeated(
    client: httpx.Client, keys: dict[str, str]
) -> None:
    decision = {"version": "bí mật", "decision": {"what": "approval"}}
    answer = client.post(f"{API}/papers/x.1/decision", json=decision, headers=bearer(keys["officer"]))
    assert answer.json()["code"] == "MALFORMED_REQUEST"
    assert "body.version" in answer.json()["fields"]
    assert "bí mật" not in answer.text


def test_what_is_typed_comes_back_as_text_and_never_as_markup(
    browser: Browser, officer: Browser, card: Specimen
) -> None:
    files = [("files", (HOSTILE, card.content))]
    answer = browser.send("/nop-giay-to", "/nop-giay-to", {**CITIZEN, "full_name": HOSTILE}, files)
    code = answer.url.path.split("/")[2]
    review = officer.open(paper_of(officer, code))
    for page in (answer, review, officer.open("/can-bo")):
        assert not re.search(r"<script>|<img src=x|onerror=alert\(2\)>", page.text)
    assert HOSTILE in unescape(review.text)


def test_a_form_says_everything_that_is_wrong_and_keeps_what_was_typed(browser: Browser) -> None:
    answer = browser.send(
        "/nop-giay-to", "/nop-giay-to", {"full_name": "", "last_four": "12", "procedure": "vay"}
    )
    assert answer.status_code == 422
    assert len(errors(answer)) == 3
    assert 'value="vay"' in answer.text


def test_a_double_click_makes_one_dossier(browser: Browser, card: Specimen) -> None:
    hidden = hidden_fields(browser.open("/nop-giay-to").text, "/nop-giay-to")

    def click(_number: int) -> httpx.Response:
        files = [("files", (card.name, card.content))]
        return browser.client.post("/nop-giay-to", data={**hidden, **CITIZEN}, files=files)

    with ThreadPoolExecutor(4) as clicks:
        pages = list(clicks.map(click, range(4)))
    assert len({page.url.path for page in pages}) == 1
    assert pages[0].url.path.endswith("/da-nhan")


def test_the_same_key_again_makes_no_second_submission(client: httpx.Client, card: Specimen) -> None:
    def once() -> Any:
        answer = client.post(
            f"{API}/submissions",
            data=APPLICANT,
            files=[("files", (card.name, card.content))],
            headers={"Idempotency-Key": "k-1"},
        )
        return answer.json()["code"]

    assert once() == once()


def test_two_officers_on_one_paper_the_second_is_told_kindly(
    service: Running, browser: Browser, officer: Browser, card: Specimen
) -> None:
    paper = paper_of(officer, handed_in(browser, card))
    with signed_in(service.address, OTHER) as other:
        hidden = hidden_fields(other.open(paper).text, f"{paper}/tra-lai")
        officer.send(paper, f"{paper}/tra-lai", {"reasons": ["mo"]})
        answer = other.client.post(
            f"{paper}/tu-choi",
            data={**hidden, "reasons": ["A22-2"]},
            headers={"Referer": f"{service.address}{paper}"},
        )
    assert answer.status_code == 409
    assert "Người khác vừa thay đổi" in answer.text
    assert f'href="{paper}"' in answer.text


def test_ones_own_second_click_on_a_decision_is_no_clash(
    browser: Browser, officer: Browser, card: Specimen
) -> None:
    paper = paper_of(officer, handed_in(browser, card))
    hidden = hidden_fields(officer.open(paper).text, f"{paper}/tra-lai")
    clicks = [officer.client.post(f"{paper}/tra-lai", data={**hidden, "reasons": ["mo"]}) for _ in range(2)]
    assert {click.url.path for click in clicks} == {f"{paper}/da-quyet-dinh"}


def test_a_wrong_code_and_a_wrong_answer_look_alike(browser: Browser, card: Specimen) -> None:
    code = handed_in(browser, card)
    nobody = f"{code[:-4]}9999"
    told = {
        code: browser.send(f"/tra-cuu/{c}/xac-nhan", f"/tra-cuu/{c}/xac-nhan", {"last_four": "0000"})
        for code, c in (("known", code), ("unknown", nobody))
    }
    assert {answer.status_code for answer in told.values()} == {404}
    assert errors(told["known"]) == errors(told["unknown"])


def test_after_ten_wrong_answers_even_the_right_one_must_wait(client: httpx.Client, card: Specimen) -> None:
    code = sent(client, (card.name, card.content)).json()["code"]
    tries = [
        client.get(f"{API}/submissions/{code}", params={"answer": answer}).status_code
        for answer in ["0000"] * 10 + ["1234"]
    ]
    assert tries == [404] * 10 + [429]


def test_a_pass_opens_its_own_dossier_alone(browser: Browser, card: Specimen) -> None:
    mine, other = handed_in(browser, card), handed_in(browser, card)
    stolen = next(c.value for c in browser.client.cookies.jar if c.path == f"/tra-cuu/{mine}")
    with httpx.Client(base_url=browser.client.base_url) as thief:
        thief.cookies.set("ho_so", str(stolen))
        assert thief.get(f"/tra-cuu/{mine}").status_code == 200
        assert thief.get(f"/tra-cuu/{other}").status_code == 303
        thief.cookies.set("ho_so", f"{stolen}0")
        assert thief.get(f"/tra-cuu/{mine}").status_code == 303


def test_a_row_that_is_no_record_is_listed_and_the_good_ones_are_kept(
    client: httpx.Client, keys: dict[str, str], card: Specimen
) -> None:
    good = json.dumps(next(row for name, row in card.records if name == "population"))
    answer = client.post(
        f"{API}/records/population",
        content=f"{good}\nno json\n[]\n{{}}\n".encode(),
        headers=bearer(keys["admin"]),
    )
    assert answer.json()["accepted"] == 1
    assert [row["line"] for row in answer.json()["rejected"]] == [2, 3, 4]


def test_an_unknown_source_is_told_so(client: httpx.Client, keys: dict[str, str]) -> None:
    answer = client.post(f"{API}/records/nowhere", content=b"", headers=bearer(keys["admin"]))
    assert (answer.status_code, answer.json()["code"]) == (404, "UNKNOWN_SOURCE")


SECRET = "Nguyễn Văn Bí Mật 001197599384"


class Spilling(tuple[Source, ...]):
    """Sources that fail as a library does: with what they read in their words."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Source]:
        raise ValueError(SECRET)


def spilling(wired: Wired) -> Wired:
    return replace(wired, services=replace(wired.services, sources=Spilling(wired.services.sources)))


def test_an_unknown_fault_becomes_a_number_and_tells_nothing(tmp_path: Path, log: io.StringIO) -> None:
    with answering(tmp_path, spilling) as broken:
        hire(broken)
        with signed_in(broken.address, OFFICER) as officer:
            page = officer.open("/can-bo/nguon-du-lieu")
            document = officer.open(f"{API}/records/status")
    assert (page.status_code, document.status_code) == (500, 500)
    number = document.json()["instance"].rsplit(":", 1)[1]
    assert "INTERNAL_FAULT" in page.text
    for text in (page.text, document.text, log.getvalue()):
        assert "Bí Mật" not in text
        assert "Traceback" not in text
    faults = [json.loads(line) for line in log.getvalue().splitlines() if number in line]
    assert any("ValueError" in line.get("frames", []) for line in faults)
