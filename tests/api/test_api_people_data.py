"""Slips to the owners of records, and the register of demanders: over HTTP and on pages."""

import csv
import io
from dataclasses import replace

import httpx
import pypdfium2
import pytest

from api.routes.guarded import API
from api.routes.showing.people_data import demanders_csv
from tests.api.conftest import OFFICER
from tests.api.serving import Running
from tests.api.walking import Browser
from tests.storage.builders import NOW, paper, record, submission
from verification.agreement import Agreement
from verification.decision import Approval, OriginalSeen
from verification.demand import DemanderCount
from verification.differing import Differs
from verification.extraction import Field, Kind
from verification.matching import Comparison
from verification.ports import PaperCase
from verification.submission import OfficerId, PaperId
from verification.workflow.decide import decide

CODE = "H26.10.05-261124-{}"
DIFFERENT = Comparison(
    "full_name",
    "Nguyễn Thị Mẫu",
    "Nguyễn Thị Mậu",
    Agreement.DIFFERENT,
    None,
    True,
    False,
    Differs(((12, 13),)),
)


def hand_in(service: Running, name: str, *compared: Comparison) -> PaperCase:
    """A paper at the counter, found in the records, that waits."""
    case = paper(f"{name}.1")
    match = case.assessment.match
    assert match is not None
    side = replace(
        case.sides[0],
        extraction=replace(
            case.sides[0].extraction, fields=(Field("full_name", "Nguyễn Thị Mẫu", True, ()),)
        ),
    )
    found = replace(match, comparisons=compared, record=replace(record("r1").record, record_id="r1"))
    case = replace(case, sides=(side,), assessment=replace(case.assessment, match=found))
    with service.wired.database.transaction() as tx:
        tx.submissions.add(submission(name))
        tx.submissions.add_papers([case])
    return case


@pytest.fixture
def program(client: httpx.Client, keys: dict[str, str]) -> httpx.Client:
    """A program that may do whatever its officer may."""
    client.headers["Authorization"] = f"Bearer {keys['officer']}"
    return client


def pdf_text(content: bytes) -> str:
    return str(pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range())


def test_a_program_makes_out_a_slip_fetches_it_and_enters_the_answer(
    service: Running, program: httpx.Client
) -> None:
    case = hand_in(service, "PD1", DIFFERENT)
    made = program.post(f"{API}/papers/{case.id}/data-error-slip", json={"note": "đã xem"}).json()
    assert (made["state"], [f["field"] for f in made["fields"]]) == ("SENT", ["full_name"])
    assert made["fields"][0]["paper_differs"] == [[12, 13]]
    listed = program.get(f"{API}/data-error-slips", params={"state": "SENT"}).json()["slips"]
    assert made in listed
    fetched = program.get(f"{API}/data-error-slips/{made['id']}/file")
    assert fetched.headers["content-type"] == "application/pdf"
    assert "Nguyễn Thị Mậu" in pdf_text(fetched.content)
    answer = {"version": made["version"], "answer": "đã điều chỉnh"}
    answered = program.post(f"{API}/data-error-slips/{made['id']}/answer", json=answer)
    assert (answered.json()["state"], answered.json()["answer"]) == ("ANSWERED", "đã điều chỉnh")
    again = program.post(f"{API}/data-error-slips/{made['id']}/answer", json=answer)
    assert (again.status_code, again.json()["code"]) == (409, "CHANGED_MEANWHILE")


def test_where_nothing_differs_there_is_no_slip(service: Running, program: httpx.Client) -> None:
    case = hand_in(service, "PD2")
    refused = program.post(f"{API}/papers/{case.id}/data-error-slip", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "NOTHING_DIFFERS")


def test_an_officer_makes_out_a_slip_on_the_review(service: Running, officer: Browser) -> None:
    case = hand_in(service, "PD3", DIFFERENT)
    review, action = f"/can-bo/ho-so/{case.id}", f"/can-bo/giay-to/{case.id}/phieu-dieu-chinh"
    listed = officer.send(review, action, {"fields": ["full_name"], "note": "đã xem"})
    assert listed.url.path == "/can-bo/phieu-dieu-chinh"
    slip_id = listed.url.fragment.removeprefix("p-")
    assert f'href="/can-bo/phieu-dieu-chinh/{slip_id}/tai-ve"' in officer.open(review).text
    assert officer.open(f"/can-bo/phieu-dieu-chinh/{slip_id}/tai-ve").content.startswith(b"%PDF")
    answer = f"/can-bo/phieu-dieu-chinh/{slip_id}/tra-loi"
    assert officer.send("/can-bo/phieu-dieu-chinh", answer, {"answer": " "}).status_code == 422
    assert "đã sửa xong" in officer.send("/can-bo/phieu-dieu-chinh", answer, {"answer": "đã sửa xong"}).text


def test_only_the_citizen_of_the_dossier_fetches_its_slip(
    service: Running, client: httpx.Client, browser: Browser, keys: dict[str, str]
) -> None:
    case, other = hand_in(service, "PD4", DIFFERENT), hand_in(service, "PD5", DIFFERENT)
    bearer = {"Authorization": f"Bearer {keys['officer']}"}
    mine, theirs = (
        client.post(f"{API}/papers/{c.id}/data-error-slip", json={}, headers=bearer).json()["id"]
        for c in (case, other)
    )
    code = CODE.format("PD4")
    place = f"{API}/submissions/{code}/data-error-slips"
    answers = [
        client.get(f"{place}/{slip}/file", headers={"X-Second-Factor": factor}).status_code
        for slip, factor in ((mine, "1957"), (mine, "1958"), (theirs, "1957"))
    ]
    assert answers == [200, 404, 404]
    page = f"/tra-cuu/{code}"
    assert browser.open(f"{page}/phieu-dieu-chinh/{mine}").url.path == f"{page}/xac-nhan"
    inside = browser.send(f"{page}/xac-nhan", f"{page}/xac-nhan", {"last_four": "1957"})
    assert f'href="{page}/phieu-dieu-chinh/{mine}"' in inside.text
    assert browser.open(f"{page}/phieu-dieu-chinh/{mine}").content.startswith(b"%PDF")
    assert browser.open(f"{page}/phieu-dieu-chinh/{theirs}").status_code == 404


# -- demanders ------------------------------------------------------------------------------------------


def demanded(service: Running, name: str, demander: str) -> None:
    """A needless copy that this organisation got in the end, decided on the 24th of November 2026."""
    case, officer = hand_in(service, name), OfficerId(OFFICER)
    seen = OriginalSeen(officer, NOW, "Quầy số 1")
    made = Approval(PaperId(case.id), officer, NOW, seen, demander=demander)
    with service.wired.database.transaction() as tx:
        stored = tx.submissions.paper(case.id)
    decide(service.wired.services, made, version=stored.version)


DAYS = {"from": "2026-11-24", "to": "2026-11-24"}


def test_who_demands_is_counted_merged_and_suggested(
    service: Running, program: httpx.Client, officer: Browser, admin: Browser
) -> None:
    demanded(service, "DM1", "Công ty TNHH Thử")
    demanded(service, "DM2", "CTY THỬ")
    found = program.get(f"{API}/demanders", params=DAYS).json()["demanders"]
    assert {"Công ty TNHH Thử", "CTY THỬ"} <= {row["organisation"] for row in found}

    page = "/can-bo/noi-con-yeu-cau"
    refused = admin.send(page, f"{page}/gop", {"written": "Cty Thử", "name": "."})
    assert refused.status_code == 422
    admin.send(page, f"{page}/gop", {"written": "Cty Thử", "name": "Công ty TNHH Thử"})
    rows = program.get(f"{API}/demanders", params=DAYS).json()["demanders"]
    (row,) = (row for row in rows if "Thử" in row["organisation"].title())
    assert (row["organisation"], row["copies"], row["receipts"]) == ("Công ty TNHH Thử", 2, 0)
    assert row["dossiers"] == [CODE.format("DM1"), CODE.format("DM2")]

    waiting = hand_in(service, "DM3")
    assert '<option value="Công ty TNHH Thử">' in officer.open(f"/can-bo/ho-so/{waiting.id}").text


def test_the_register_is_a_page_and_a_file_of_the_days_asked_for(service: Running, officer: Browser) -> None:
    demanded(service, "DM4", "Trường Mẫu giáo Thử")
    page = "/can-bo/noi-con-yeu-cau"
    assert "Trường Mẫu giáo Thử" in officer.open(f"{page}?tu=2026-11-24&den=2026-11-24").text
    assert "Trường Mẫu giáo Thử" not in officer.open(f"{page}?tu=2026-11-25&den=2026-11-25").text
    assert officer.open(f"{page}?tu=2026-11-25&den=2026-11-24").status_code == 422
    file = officer.open(f"{page}/bang.csv?tu=2026-11-24&den=2026-11-24")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert ["Trường Mẫu giáo Thử", "Giấy khai sinh", "1", "0", "24/11/2026", "24/11/2026"] in [
        row[:6] for row in rows
    ]


def test_an_administrators_program_merges_too(client: httpx.Client, keys: dict[str, str]) -> None:
    names = {"written": "Tr. THPT Thử", "name": "Trường THPT Thử"}
    asked = [
        client.post(f"{API}/demanders/merge", json=names, headers={"Authorization": f"Bearer {keys[key]}"})
        for key in ("admin", "officer")
    ]
    assert [answer.status_code for answer in asked] == [200, 403]


def test_nothing_in_the_file_is_a_formula(service: Running) -> None:
    row = DemanderCount("=HYPERLINK(1)", Kind("diploma"), 1, 0, NOW, NOW, ("H26-1",))
    written = list(csv.reader(io.StringIO(demanders_csv(service.wired.services, [row]))))
    assert written[1][0] == "'=HYPERLINK(1)"
