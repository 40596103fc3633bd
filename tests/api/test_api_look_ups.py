"""Who looked at records: told to the citizen they are about, read by an auditor, and by nobody else."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from api.routes.guarded import API
from api.routes.showing.look_ups import purpose_shown
from api.web.language import Bilingual
from tests.api.conftest import AUDITOR, OFFICER
from tests.api.serving import Running
from tests.api.walking import Browser, signed_in
from tests.storage.builders import NOW, POPULATION, paper, submission
from verification.source import LookUp, RecordValue
from verification.submission import Applicant
from verification.workflow.compare_again import COMPARED_AGAIN
from verification.workflow.process import CHECKING
from verification.workflow.rank import RANKING

CODE, RECORD = "H26.10.05-261124-NHATKY", "001157012345"
LOOKED = LookUp(
    NOW, OFFICER, "H26.10.05-261124-0009", "2.000488 Ly hôn", POPULATION, "number", (RECORD,), ("full_name",)
)


@pytest.fixture(scope="module")
def dossier(service: Running) -> str:
    """A dossier at the counter, whose paper was found in the population records, with look-ups."""
    case = paper("NHATKY.1")
    match = case.assessment.match
    assert match is not None
    assert match.record is not None
    values = {
        "full_name": RecordValue("Nguyễn Thị Mẫu"),
        "date_of_birth": RecordValue("1957-03-02"),
        "personal_number": RecordValue(RECORD),
    }
    found = replace(match, record=replace(match.record, record_id=RECORD, values=values))
    with service.wired.database.transaction() as tx:
        tx.submissions.add(
            replace(submission("NHATKY"), applicant=Applicant("Nguyễn Thị Mẫu", "1957", "2345"))
        )
        tx.submissions.add_papers([replace(case, assessment=replace(case.assessment, match=found))])
    own = replace(LOOKED, officer="service", dossier=CODE, purpose="2.000815 Chứng thực")
    service.wired.database.access_log.add((LOOKED, own))
    return CODE


@pytest.fixture(scope="module")
def auditor(service: Running) -> Iterator[Browser]:
    with signed_in(service.address, AUDITOR) as browser:
        yield browser


def told(client: httpx.Client, dossier: str, answer: str) -> httpx.Response:
    return client.get(f"{API}/submissions/{dossier}/look-ups", headers={"X-Second-Factor": answer})


def test_a_citizen_is_told_who_looked_at_their_record(client: httpx.Client, dossier: str) -> None:
    (record,) = told(client, dossier, "1957").json()["records"]
    assert (record["source"], record["hidden"]) == ("population", None)
    lines = [(line["who"], line["dossier"], line["purpose"]) for line in record["look_ups"]]
    assert lines == [(None, CODE, "2.000815 Chứng thực"), ("Phạm Thị Lan Mẫu", None, "2.000488")]
    assert RECORD not in str(record)


def test_a_wrong_answer_tells_nothing(client: httpx.Client, dossier: str) -> None:
    refused = told(client, dossier, "1958")
    assert (refused.status_code, refused.json()["code"]) == (404, "WRONG_CODE_OR_ANSWER")


def test_the_page_needs_the_second_factor_and_then_names_the_officer(browser: Browser, dossier: str) -> None:
    page = f"/tra-cuu/{dossier}"
    assert browser.open(f"{page}/ai-da-xem").url.path == f"{page}/xac-nhan"
    inside = browser.send(f"{page}/xac-nhan", f"{page}/xac-nhan", {"last_four": "2345"})
    assert f'href="{page}/ai-da-xem"' in inside.text
    shown = browser.open(f"{page}/ai-da-xem").text
    assert "Phạm Thị Lan Mẫu" in shown
    assert "Ly hôn" not in shown


def test_an_auditor_reads_the_log_by_a_question(auditor: Browser, dossier: str) -> None:
    asked = {"record": RECORD, "dossier": dossier, "officer": OFFICER}
    found = {
        name: auditor.client.get(f"{API}/log/look-ups", params={name: value}).json()["look_ups"]
        for name, value in asked.items()
    }
    assert [line["officer"] for line in found["record"]] == ["service", OFFICER]
    assert [line["dossier"] for line in found["dossier"]] == [CODE]
    assert LOOKED.dossier in [line["dossier"] for line in found["officer"]]
    assert found["record"][1]["fields"] == ["full_name"]


def test_a_number_need_not_stand_in_the_address(auditor: Browser, dossier: str) -> None:
    answer = auditor.client.get(f"{API}/log/look-ups", headers={"X-Record": RECORD})
    assert {line["dossier"] for line in answer.json()["look_ups"]} == {CODE, LOOKED.dossier}


@pytest.mark.parametrize("asked", [{}, {"record": "a", "officer": "b"}])
def test_the_log_is_not_browsed(auditor: Browser, asked: dict[str, str]) -> None:
    answer = auditor.client.get(f"{API}/log/look-ups", params=asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "QUESTION_MISSING")


def test_that_the_log_was_read_is_in_the_trail_without_the_question(
    service: Running, auditor: Browser, dossier: str
) -> None:
    auditor.client.get(f"{API}/log/look-ups", params={"record": RECORD})
    with service.wired.database.reading() as tx:
        entry = tx.audit.about("look_ups")[-1]
    assert (entry.actor, entry.action, entry.detail[0]) == (AUDITOR, "access_log.read", ("by", "record"))
    assert RECORD not in str(entry)


@pytest.mark.parametrize("purpose", [CHECKING, RANKING, COMPARED_AGAIN, None])
def test_a_purpose_that_is_a_word_of_ours_is_told_in_both_languages(purpose: str | None) -> None:
    shown = purpose_shown(purpose)
    assert isinstance(shown, Bilingual)
    assert purpose not in shown.vi.split()
