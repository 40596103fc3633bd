"""From a receipt to its end: issued in a real home, its record corrected by command, everybody told so."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from api import auth
from api.cli import main
from api.settings import from_environment
from api.wiring import wire
from ocr.intake import take_in
from storage.accounts import Scope
from tests.api.serving import PASSWORD, Running, answering
from tests.api.walking import Browser, errors, hidden_fields, signed_in
from tests.builders import birth_page, birth_row, picture
from tests.desk import REQUEST, PreparedPapers, appoint
from verification.certification import Issued
from verification.decision import NotNeeded, Role
from verification.services import Services
from verification.submission import OfficerId, SubmissionId
from verification.workflow.decide import decide
from verification.workflow.issue import hold, sign_and_keep
from verification.workflow.process import process
from verification.workflow.receive import Upload, receive
from verification.workflow.synchronise import Delivery, synchronise

OFFICER, AUDITOR = OfficerId("lan.mau"), "kiem.toan"
KILLED = """
import os, signal, sys
from api.cli import main
from verification.workflow import synchronise

def dying(*given, follow=synchronise.follow):
    assert follow(*given), "nothing followed"
    os.kill(os.getpid(), signal.SIGKILL)

synchronise.follow = dying
main(["records", "import", sys.argv[1], "--source", "civil_status"])
"""
PAGE = "/can-bo/du-lieu-thay-doi"


@dataclass(frozen=True, slots=True)
class Home:
    """A home with one receipt in a folder, and a way to run commands on it."""

    folder: Path
    receipt: Issued

    def run(self, *args: object) -> tuple[int, Any]:
        """The exit code and the JSON of a command."""
        code, printed = self.say(*args, "--json")
        return code, json.loads(printed)

    def say(self, *args: object) -> tuple[int, str]:
        """The exit code of a command and what it prints."""
        with pytest.MonkeyPatch.context() as here, redirect_stdout(io.StringIO()) as out:
            here.setenv("CHUNGTHUC_HOME", str(self.folder / "home"))
            return main([str(arg) for arg in args]), out.getvalue()

    def delivered(self, *, minutes: int, **changes: str) -> Path:
        """The birth record again, newer and with these changes, as a file."""
        at = datetime.now(UTC) - timedelta(hours=1) + timedelta(minutes=minutes)
        path = self.folder / "delivered.ndjson"
        path.write_text(json.dumps(birth_row({"updated_at": at.isoformat()}, without=(), **changes)), "utf-8")
        return path

    def corrected(self, *, minutes: int = 1, name: str = "Nguyễn Thị Mậu") -> int:
        """How many lines a correction by command opened or changed."""
        path = self.delivered(minutes=minutes, child__full_name=name)
        code, loaded = self.run("records", "import", path, "--source", "civil_status")
        assert code == 0
        return int(loaded["drift"])

    def standing(self) -> tuple[int, str, str, str]:
        """Exit code, verdict, first reason and standing, as `validate` says of the receipt's file."""
        code, found = self.run("validate", self.folder / "phieu.pdf")
        (file,) = found["files"]
        reason = file["reasons"][0]["code"] if file["reasons"] else ""
        return code, file["verdict"], reason, file["register"]["standing"]

    def listed(self, *args: str) -> list[dict[str, Any]]:
        """The lines of the work list."""
        found: list[dict[str, Any]] = self.run("records", "drift", *args)[1]["lines"]
        return found


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which a receipt was issued."""
    folder = tmp_path_factory.mktemp("issued")
    wired = wire(from_environment({"CHUNGTHUC_HOME": str(folder / "home")}))
    papers = PreparedPapers()
    services = replace(wired.services, papers=papers, take_in=take_in)
    receipt = _receipt(services, papers)
    (folder / "phieu.pdf").write_bytes(services.objects.get(receipt.digest))
    wired.close()
    return Home(folder, receipt)


@pytest.fixture
def home(issued: Home, tmp_path: Path) -> Home:
    """A copy of it, for one test."""
    return replace(issued, folder=Path(shutil.copytree(issued.folder, tmp_path / "copy")))


def _receipt(services: Services, papers: PreparedPapers) -> Issued:
    now = services.now()
    week = timedelta(days=7)
    appoint(services, OFFICER, valid_from=(now - week).date(), valid_to=(now + week).date())
    synchronise(services, [(1, birth_row())], Delivery("civil_status", now, OFFICER))
    upload = Upload("giay.png", papers.lay_down(picture(1), (birth_page(),)))
    received = receive(services, (upload,), REQUEST)
    assert received.submission is not None
    process(services, SubmissionId(received.submission.id))
    with services.database.reading() as tx:
        (paper,) = tx.submissions.papers(received.submission.id)
    decide(services, NotNeeded(paper.id, OFFICER, services.now()), version=paper.version)
    hold(services, paper.id)
    sign_and_keep(services, paper.id)
    with services.database.reading() as tx:
        (issued,) = tx.certifications.by_paper(paper.id)
    return issued


# -- by command ----------------------------------------------------------------------------------------------


def test_a_correction_by_command_is_told_by_validation_and_by_the_work_list(home: Home) -> None:
    assert home.standing() == (0, "VALID", "TEST_AUTHORITY", "GOOD")
    assert home.corrected() == 1
    assert home.standing() == (2, "UNDETERMINED", "RECORD_CHANGED", "SUPERSEDED")
    (line,) = home.listed()
    assert (line["what"], line["fields"], line["choices"]) == (
        "CHANGED",
        ["full_name"],
        ["confirm", "restore"],
    )
    assert line["issued"]["code"] == home.receipt.code
    assert home.run("register", "verify")[0] == 0


def test_a_dry_run_foretells_it_and_changes_nothing(home: Home) -> None:
    path = home.delivered(minutes=1, status="annulled")
    assert home.run("records", "import", path, "--source", "civil_status", "--dry-run")[1]["drift"] == 1
    assert (home.listed(), home.standing()[3]) == ([], "GOOD")


def test_a_load_killed_before_it_commits_leaves_records_standing_and_list(home: Home) -> None:
    path = home.delivered(minutes=1, status="annulled")
    environment = {**os.environ, "CHUNGTHUC_HOME": str(home.folder / "home")}
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(path)], env=environment, timeout=60, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert (home.listed(), home.standing()[3]) == ([], "GOOD")
    assert home.run("records", "import", path, "--source", "civil_status")[1]["drift"] == 1
    assert [line["what"] for line in home.listed()] == ["NOT_VALID"]


def test_the_list_reads_as_a_table_too(home: Home) -> None:
    home.corrected()
    code, printed = home.say("records", "drift")
    assert code == 0
    assert "CHANGED full_name" in printed
    assert "SUPERSEDED" in printed
    assert "Nguyễn" not in printed


# -- over HTTP and on the page: one service, one receipt ----------------------------------------


@pytest.fixture(scope="module")
def lost(issued: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home whose receipt has lost its record."""
    folder = tmp_path_factory.mktemp("lost") / "copy"
    home = replace(issued, folder=Path(shutil.copytree(issued.folder, folder)))
    home.corrected()
    return home


@pytest.fixture(scope="module")
def site(lost: Home) -> Iterator[Running]:
    """The service on it, with an officer and an auditor."""
    with answering(lost.folder / "home", lambda wired: wired) as running:
        now, database = running.wired.services.now(), running.wired.database
        for username, role in ((OFFICER, Role.OFFICER), (AUDITOR, Role.AUDITOR)):
            token = auth.create_account(database, username, "Phạm Thị Mẫu", {role}, now=now)
            auth.set_password(database, token, PASSWORD, now=now)
        yield running


def test_the_public_code_says_why_and_what_to_do(site: Running, lost: Home) -> None:
    facts = httpx.get(f"{site.address}/api/v1/certifications/{lost.receipt.code}").json()
    assert (facts["standing"], facts["why"]["code"]) == ("SUPERSEDED", "RECORD_CHANGED")
    page = httpx.get(f"{site.address}/v/{lost.receipt.code}").text
    assert "dữ liệu gốc đã thay đổi" in page
    assert "đến cơ quan cấp để đối chiếu lại" in page
    assert "Đã được thay bằng văn bản mới" not in page


def test_the_citizen_is_told_that_the_receipt_does_not_count_for_now(site: Running, lost: Home) -> None:
    with site.wired.database.reading() as tx:
        paper = tx.submissions.paper(lost.receipt.paper_id)
        code = tx.submissions.get(paper.submission_id).code
    with Browser.at(site.address) as browser:
        action = f"/tra-cuu/{code}/xac-nhan"
        page = browser.send(action, action, {"last_four": REQUEST.applicant.number_tail})
    assert "Chưa sử dụng văn bản này" in page.text


def test_an_auditor_looks_and_may_not_settle(site: Running, lost: Home) -> None:
    (line,) = lost.listed()
    with signed_in(site.address, AUDITOR) as auditor:
        shown = auditor.open(PAGE).text
        assert "Bản ghi đã được sửa, không còn khớp" in shown
        assert "Thu hồi phiếu" not in shown
        sent = auditor.client.post(f"{PAGE}/{line['id']}", data={"choice": "confirm", "version": "1"})
        assert sent.status_code == 403
    assert lost.standing()[3] == "SUPERSEDED"


def test_an_officer_restores_with_a_reason_on_the_page(site: Running, lost: Home) -> None:
    (line,) = lost.listed()
    action = f"{PAGE}/{line['id']}"
    with signed_in(site.address, OFFICER) as officer:
        unsaid = officer.send(PAGE, action, {"choice": "restore", "note": " "})
        assert (unsaid.status_code, len(errors(unsaid))) == (422, 1)
        done = officer.send(PAGE, action, {"choice": "restore", "note": "Nguồn ghi sai"})
        assert "Không có việc nào" in done.text
        everything = officer.open(f"{PAGE}?loc=tat-ca").text
        assert "Nguồn ghi sai" in everything
        token = hidden_fields(everything, "/dang-xuat")
        again = officer.client.post(f"{PAGE}/khoi-phuc", data=token)
        assert "Đã khôi phục 0 phiếu." in again.text
    assert lost.standing()[1:] == ("VALID", "TEST_AUTHORITY", "GOOD")


def test_a_program_lists_and_settles_a_line(site: Running, lost: Home) -> None:
    lost.run("records", "import", lost.delivered(minutes=9, status="annulled"), "--source", "civil_status")
    database, now = site.wired.database, site.wired.services.now()
    key = auth.create_api_key(database, "list", OFFICER, Scope.OFFICER, now=now)
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=f"{site.address}/api/v1", headers=headers, timeout=30) as client:
        found = client.get("/drift").json()
        (line,) = found["lines"]
        assert (found["open"], line["record_id"], line["settled"]) == (1, "KS-2020-15", None)
        path, seen = f"/drift/{line['id']}", {"version": line["version"]}
        for choice, status, code in (
            ("restore", 422, "NOTE_MISSING"),
            ("noted", 409, "SETTLEMENT_NOT_POSSIBLE"),
            ("burn", 422, "MALFORMED_REQUEST"),
        ):
            refused = client.post(path, json={**seen, "choice": choice})
            assert (refused.status_code, refused.json()["code"]) == (status, code)
        assert client.post("/drift/restore").json() == {"restored": 0}
        done = client.post(path, json={**seen, "choice": "confirm", "note": "Đã báo người dân"})
        assert (done.json()["settled"], done.json()["issued"]["standing"]) == ("REVOKED", "REVOKED")
        again = client.post(path, json={**seen, "choice": "confirm"})
        assert (again.status_code, again.json()["code"]) == (409, "CHANGED_MEANWHILE")
        assert client.post("/drift/77", json={**seen, "choice": "confirm"}).status_code == 404
        assert client.get("/drift").json() == {"open": 0, "lines": []}
        everything = client.get("/drift", params={"state": "all"}).json()["lines"]
        assert {each["by"] for each in everything} == {OFFICER}
    assert lost.standing()[:2] == (1, "INVALID")
