"""The JSON API as programs use it: the whole job, from papers to a verdict."""

import time
from typing import Any

import httpx

from verification.specimens import Specimen

API = "/api/v1"
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
    assert found["register"] == {"number": facts["number"], "book": facts["book"], "standing": "GOOD"}
