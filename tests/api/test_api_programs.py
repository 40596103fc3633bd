"""The JSON API as programs use it: the whole job, from papers to a verdict."""

import time
from typing import Any

import httpx

from tests.api.serving import Running
from verification.source import SourceName
from verification.specimens import Specimen

API = "/api/v1"
POPULATION = SourceName("population")
APPLICANT = {"full_name": "Nguyễn Thị Mẫu", "number_tail": "1234", "procedure": "Nhập học lớp 1"}


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def submitted(client: httpx.Client, specimen: Specimen, **more: str) -> dict[str, Any]:
    files = [("files", (specimen.name, specimen.content))]
    answer = client.post(f"{API}/submissions", data={**APPLICANT, **more}, files=files)
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found


def once(client: httpx.Client, code: str, key: str, *stages: str) -> dict[str, Any]:
    """The only paper of the dossier, once it is in one of these stages."""
    end = time.monotonic() + 60
    while True:
        papers = client.get(f"{API}/submissions/{code}", headers=bearer(key)).json()["papers"]
        if papers and papers[0]["stage"] in stages:
            found: dict[str, Any] = papers[0]
            return found
        assert time.monotonic() < end, papers
        time.sleep(0.1)


def test_papers_that_agree_become_a_receipt_that_anyone_can_validate(
    client: httpx.Client, keys: dict[str, str], card: Specimen
) -> None:
    code = submitted(client, card)["code"]
    paper = once(client, code, keys["officer"], "WAITING")
    assert paper["assessment"]["outcome"] == "NO_COPY_NEEDED", paper["assessment"]["reasons"]

    decision = {"version": paper["version"], "decision": {"what": "not_needed"}}
    answer = client.post(
        f"{API}/papers/{paper['id']}/decision", json=decision, headers=bearer(keys["officer"])
    )
    assert answer.json()["stage"] == "ISSUING", answer.text
    issued = once(client, code, keys["officer"], "ISSUED", "FAILED")["issued"][0]

    facts = client.get(f"{API}/certifications/{issued['code']}").json()
    assert (facts["kind"], facts["standing"], facts["test"]) == ("receipt", "GOOD", True)
    file = client.get(f"{API}/certifications/{issued['code']}/file", headers={"X-Second-Factor": "1234"})
    found = client.post(f"{API}/validate", files=[("files", ("phieu.pdf", file.content))]).json()["files"][0]
    assert found["verdict"] == "VALID"
    told = {"number": facts["number"], "book": facts["book"], "standing": "GOOD"}
    assert found["register"] == {**told, "since": None, "reason": None, "replaced_by": None}


def decided(client: httpx.Client, paper: dict[str, Any], key: str, **decision: Any) -> httpx.Response:
    body = {"version": paper["version"], "decision": decision}
    return client.post(f"{API}/papers/{paper['id']}/decision", json=body, headers=bearer(key))


def test_a_certification_takes_a_number_of_the_book_and_a_changed_byte_breaks_it(
    client: httpx.Client, keys: dict[str, str], diploma: Specimen
) -> None:
    code = submitted(client, diploma)["code"]
    paper = once(client, code, keys["officer"], "WAITING")
    assert paper["assessment"]["outcome"] == "CERTIFICATION_NEEDED"
    assert decided(client, paper, keys["officer"], what="not_needed").json()["code"] == "RECEIPT_NOT_POSSIBLE"
    answer = decided(client, paper, keys["officer"], what="approval", original_seen={"place": "Quầy 2"})
    assert answer.status_code == 200, answer.text
    issued = once(client, code, keys["officer"], "ISSUED", "FAILED")["issued"][0]

    year = issued["number"].split("/")[1]
    book = client.get(f"{API}/register?year={year}", headers=bearer(keys["officer"])).json()["entries"]
    assert issued["number"] in {entry["number"] for entry in book}
    file = client.get(f"{API}/certifications/{issued['code']}/file", headers=bearer(keys["officer"])).content
    middle = len(file) // 3
    changed = file[:middle] + bytes([file[middle] ^ 1]) + file[middle + 1 :]
    files = [("files", ("a.pdf", file)), ("files", ("b.pdf", changed)), ("files", ("c.txt", b"x"))]
    found = client.post(f"{API}/validate", files=files).json()["files"]
    assert [f["verdict"] for f in found] == ["VALID", "INVALID", None]
    assert [f["error"] and f["error"]["code"] for f in found] == [None, None, "NOT_A_PDF"]


def test_a_needless_copy_is_certified_only_with_the_name_of_who_demands_it(
    client: httpx.Client, keys: dict[str, str], card: Specimen
) -> None:
    paper = once(client, submitted(client, card)["code"], keys["officer"], "WAITING")
    seen = {"what": "approval", "original_seen": {"place": "Quầy 2"}}
    refused = decided(client, paper, keys["officer"], **seen)
    assert (refused.status_code, refused.json()["code"]) == (422, "DEMANDER_MISSING")
    assert decided(client, paper, keys["officer"], **seen, demander="Ngân hàng Mẫu").status_code == 200


def test_a_paper_that_changed_since_it_was_seen_is_not_decided(
    client: httpx.Client, keys: dict[str, str], card: Specimen
) -> None:
    code = submitted(client, card)["code"]
    paper = once(client, code, keys["officer"], "WAITING")
    words = {"what": "return", "note": "Thiếu mặt sau"}
    answers = [decided(client, paper, keys["officer"], **words) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 409]
    told = client.get(f"{API}/submissions/{code}", params={"answer": "1234"}).json()["papers"][0]
    assert (told["stage"], told["note"]) == ("RETURNED", "Thiếu mặt sau")


def test_a_citizen_is_not_told_what_the_records_said(
    client: httpx.Client, keys: dict[str, str], card: Specimen
) -> None:
    code = submitted(client, card)["code"]
    once(client, code, keys["officer"], "WAITING")
    told = client.get(f"{API}/submissions/{code}", headers={"X-Second-Factor": "1234"}).json()
    assert told["papers"][0]["assessment"] is None


def test_a_submission_that_nobody_could_look_up_is_refused(client: httpx.Client, card: Specimen) -> None:
    files = [("files", (card.name, card.content))]
    answer = client.post(f"{API}/submissions", data={"full_name": "Mẫu"}, files=files)
    assert (answer.status_code, answer.json()["code"]) == (422, "ANSWER_MISSING")


def test_an_officer_reads_and_checks_and_who_asked_and_why_is_kept(
    service: Running, client: httpx.Client, keys: dict[str, str], card: Specimen
) -> None:
    files = [("files", (card.name, card.content)), ("files", ("a.txt", b"x"))]
    read = client.post(f"{API}/read", files=files, headers=bearer(keys["officer"])).json()["files"]
    assert read[0]["documents"][0]["kind"] == "citizen_card_2021_front"
    assert read[0]["documents"][0]["assessment"] is None
    assert read[1]["error"]["code"] == "FILE_TYPE_NOT_ACCEPTED"

    why = {"purpose": "kiểm tra thử", "dossier": "D-1"}
    checked = client.post(f"{API}/check", files=files[:1], data=why, headers=bearer(keys["officer"])).json()
    assessment = checked["files"][0]["documents"][0]["assessment"]
    assert assessment["outcome"] == "NO_COPY_NEEDED"
    newest = service.wired.database.access_log.about(POPULATION, assessment["record_id"])[0]
    assert (newest.officer, newest.dossier, newest.purpose) == ("lan.mau", "D-1", "kiểm tra thử")


def test_a_picture_is_judged_before_it_is_read(
    client: httpx.Client, keys: dict[str, str], card: Specimen
) -> None:
    files = [("files", (card.name, card.content)), ("files", ("a.txt", b"x"))]
    good, refused = client.post(f"{API}/look", files=files, headers=bearer(keys["officer"])).json()["files"]
    assert (good["good"], good["pages"][0]["warnings"]) == (True, [])
    assert (refused["good"], refused["error"]["code"]) == (False, "FILE_TYPE_NOT_ACCEPTED")


def test_whoever_checks_must_say_why(client: httpx.Client, keys: dict[str, str], card: Specimen) -> None:
    files = [("files", (card.name, card.content))]
    answer = client.post(f"{API}/check", files=files, headers=bearer(keys["officer"]))
    assert (answer.status_code, answer.json()["fields"]) == (422, ["body.purpose"])


def test_the_age_of_the_records_is_told(client: httpx.Client, keys: dict[str, str], card: Specimen) -> None:
    told = client.get(f"{API}/records/status", headers=bearer(keys["officer"])).json()["sources"]
    assert {s["source"]: s["fresh"] for s in told}["population"] is True
    assert any(source == "population" for source, _ in card.records)
