"""What was issued, over HTTP and on pages: found, annulled, replaced, given again; what everybody is told."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import httpx
import pytest

from api import auth
from api.wiring import Wired
from ocr.model import Digest
from storage.accounts import Scope
from tests.api.conftest import AUDITOR, OFFICER, OTHER, hire
from tests.api.serving import Running, answering
from tests.api.test_api_programs import API, bearer
from tests.api.walking import Browser, errors, signed_in
from tests.builders import picture
from tests.desk import PreparedPapers
from tests.workflow.lives import diploma
from verification.certification import Issued
from verification.decision import Approval, OriginalSeen
from verification.ports import PaperCase
from verification.preservation import IssuedVersion
from verification.submission import Applicant, Channel, OfficerId, PaperStage
from verification.workflow.decide import decide
from verification.workflow.issue import abandon, hold, sign_and_keep
from verification.workflow.process import process
from verification.workflow.receive import Request, Upload, receive

PAPERS = PreparedPapers()
ME = OfficerId(OFFICER)
GIVEN = {"reason": "WRONG_CONTENT", "decision": "12/QĐ-UBND", "note": "Thiếu trang hai"}


@dataclass
class Counter:
    """The service, in this process: papers are brought and issued without waiting for a worker."""

    running: Running
    count: int = 0

    def brought(self, serial: str) -> PaperCase:
        """A diploma of this number."""
        services = self.running.wired.services
        self.count += 1
        content = PAPERS.lay_down(picture(9000 + self.count), (diploma(serial=serial),))
        applicant = Applicant("Nguyễn Thị Mẫu", birth_year="1999", number_tail="2345")
        request = Request(applicant, Channel.COUNTER, "2.000815", "Trường THPT Mẫu", OFFICER)
        submission = receive(services, [Upload("bang.png", content)], request).submission
        assert submission is not None
        process(services, submission.id)
        with services.database.reading() as tx:
            (paper,) = tx.submissions.papers(submission.id)
        return paper

    def certified(self, serial: str) -> Issued:
        """Brought, approved and issued."""
        return self.issued(self.brought(serial))

    def issued(self, paper: PaperCase) -> Issued:
        """Approved and issued."""
        services = self.running.wired.services
        self.approve(paper)
        hold(services, paper.id)
        sign_and_keep(services, paper.id)
        with services.database.reading() as tx:
            return tx.certifications.by_paper(paper.id)[0]

    def approve(self, paper: PaperCase) -> None:
        services = self.running.wired.services
        now = services.now()
        seen = OriginalSeen(ME, now, "Quầy số 2")
        decide(services, Approval(paper.id, ME, now, seen), version=paper.version)

    def dossier(self, paper: PaperCase) -> str:
        with self.running.wired.database.reading() as tx:
            return tx.submissions.get(paper.submission_id).code


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    def change(wired: Wired) -> Wired:
        return replace(wired, services=replace(wired.services, papers=PAPERS))

    with answering(tmp_path_factory.mktemp("issued"), change) as service:
        hire(service)
        yield Counter(service)


@pytest.fixture(scope="module")
def program(counter: Counter) -> Iterator[httpx.Client]:
    """A program with an officer's key."""
    wired = counter.running.wired
    key = auth.create_api_key(wired.database, "issued", OFFICER, Scope.OFFICER, now=wired.services.now())
    with httpx.Client(base_url=f"{counter.running.address}{API}", headers=bearer(key), timeout=60) as client:
        yield client


@pytest.fixture
def anybody(counter: Counter) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{counter.running.address}{API}", timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def officer(counter: Counter) -> Iterator[Browser]:
    with signed_in(counter.running.address, OFFICER) as browser:
        yield browser


@pytest.fixture(scope="module")
def other(counter: Counter) -> Iterator[Browser]:
    with signed_in(counter.running.address, OTHER) as browser:
        yield browser


def annulment(issued: Issued, **other: str) -> dict[str, str]:
    return {
        "number": issued.number,
        "reason": "WRONG_CONTENT",
        "decision_number": "12/QĐ-UBND",
        "note": "Thiếu trang hai, báo bà Mẫu",
        **other,
    }


# -- programs -----------------------------------------------------------------------------------


def test_everybody_is_told_how_it_stands_by_code_or_by_file(
    counter: Counter, program: httpx.Client, anybody: httpx.Client
) -> None:
    issued = counter.certified("100001")
    program.post(f"/certifications/{issued.code}/revocation", json=annulment(issued))
    by_code, by_file = (
        anybody.get("/standing", params=asked)
        for asked in ({"code": issued.code}, {"sha256": issued.digest.upper()})
    )
    told = by_code.json()
    assert told == by_file.json()
    assert by_code.headers["cache-control"] == "no-store"
    assert (told["number"], told["standing"], told["reason"], told["decision_number"]) == (
        issued.number,
        "REVOKED",
        "WRONG_CONTENT",
        "12/QĐ-UBND",
    )
    assert told["since"] is not None
    said = by_code.text + httpx.get(f"{counter.running.address}/v/{issued.code}").text
    assert "12/QĐ-UBND" in said
    kept = ("Mẫu", "MẪU", "trang hai", OFFICER)
    assert not [word for word in kept if word in said.replace("Sông Mẫu", "")], "whose it is, or the note"


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({}, 422, "CODE_OR_FILE_NEEDED"),
        ({"code": "7K3M-9QXP-2ABC-D", "sha256": "0" * 64}, 422, "CODE_OR_FILE_NEEDED"),
        ({"sha256": "0" * 64}, 404, "NOT_FOUND"),
        ({"code": "1111-1111-1111-1"}, 404, "NOT_FOUND"),
        ({"sha256": "xyz"}, 422, "MALFORMED_REQUEST"),
    ],
)
def test_a_question_about_nothing_is_refused(
    anybody: httpx.Client, asked: dict[str, str], status: int, code: str
) -> None:
    answer = anybody.get("/standing", params=asked)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_document_is_found_by_a_part_of_a_name_without_marks(
    counter: Counter, program: httpx.Client
) -> None:
    issued = counter.certified("100003")
    found = program.get("/certifications", params={"words": "thi mau"}).json()["certifications"]
    assert found[0]["code"] == issued.code
    assert found[0]["requester"] == "Nguyễn Thị Mẫu"
    by_number = program.get("/certifications", params={"words": issued.number}).json()["certifications"]
    assert [each["code"] for each in by_number] == [issued.code]
    nobody = program.get("/certifications", params={"words": "khong ai", "standing": "GOOD"}).json()
    assert nobody == {"certifications": []}


def test_annulling_needs_every_word(counter: Counter, program: httpx.Client) -> None:
    issued = counter.certified("100004")
    refused = {
        "NUMBER_NOT_CONFIRMED": {"number": "1"},
        "DECISION_NUMBER_NEEDED": {"decision_number": ""},
        "REVOCATION_NOTE_MISSING": {"note": " "},
        "MALFORMED_REQUEST": {"reason": "OTHER"},
    }
    for code, lacking in refused.items():
        answer = program.post(f"/certifications/{issued.code}/revocation", json=annulment(issued, **lacking))
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    history = program.get(f"/certifications/{issued.code}/history").json()
    assert (history["certification"]["standing"], history["changes"]) == ("GOOD", [])


def test_the_history_tells_officers_who_annulled_it_and_why(counter: Counter, program: httpx.Client) -> None:
    issued = counter.certified("100005")
    answer = program.post(f"/certifications/{issued.code}/revocation", json=annulment(issued))
    (change,) = answer.json()["changes"]
    assert (change["by"], change["note"]) == (OFFICER, "Thiếu trang hai, báo bà Mẫu")
    assert answer.json()["versions"] == []
    assert [entry["action"] for entry in answer.json()["trail"]] == [
        "number.held",
        "document.issued",
        "standing.changed",
    ]
    again = program.post(f"/certifications/{issued.code}/revocation", json=annulment(issued))
    assert again.json()["changes"] == [change]
    otherwise = annulment(issued, reason="ORIGINAL_INVALID")
    refused = program.post(f"/certifications/{issued.code}/revocation", json=otherwise)
    assert (refused.status_code, refused.json()["code"]) == (409, "REVOKED_ALREADY")


def test_a_replacement_supersedes_and_whoever_has_the_file_is_led_to_it(
    counter: Counter, program: httpx.Client, anybody: httpx.Client
) -> None:
    old = counter.certified("100006")
    begun = program.post(f"/certifications/{old.code}/replacement").json()
    assert begun["stage"] == "WAITING"
    twice = program.post(f"/certifications/{old.code}/replacement")
    assert (twice.status_code, twice.json()["code"]) == (409, "NOT_REPLACEABLE")
    with counter.running.wired.database.reading() as tx:
        paper = tx.submissions.paper(begun["id"])
    new = counter.issued(paper)
    content = counter.running.wired.services.objects.get(old.digest)
    (found,) = anybody.post("/validate", files=[("files", ("cu.pdf", content))]).json()["files"]
    assert hashlib.sha256(content).hexdigest() == found["sha256"]
    assert (found["verdict"], found["register"]["replaced_by"]) == (
        "UNDETERMINED",
        {"number": new.number, "book": new.book, "code": new.code},
    )
    told = anybody.get("/standing", params={"code": old.code})
    assert told.json()["replaced_by_number"] == new.number
    assert new.code not in told.text


def test_the_same_original_is_offered_and_given_again(
    counter: Counter, program: httpx.Client, anybody: httpx.Client
) -> None:
    issued, paper = counter.certified("100007"), counter.brought("100007")
    (offer,) = program.get(f"/papers/{paper.id}/same-originals").json()["offers"]
    assert (offer["entry_id"], offer["likeness"]) == (issued.entry_id, "SAME_NUMBERS")
    given = {"what": "redelivery", "entry_id": issued.entry_id}
    body = {"version": paper.version, "decision": given}
    refused = program.post(f"/papers/{paper.id}/decision", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "NOT_COMPARED")
    body["decision"] = {**given, "compared": True}
    assert program.post(f"/papers/{paper.id}/decision", json=body).json()["stage"] == "REDELIVERED"
    mine = anybody.get(f"/submissions/{counter.dossier(paper)}", headers={"X-Second-Factor": "1999"}).json()
    assert [each["code"] for each in mine["papers"][0]["issued"]] == [issued.code]


def test_a_new_scan_replaces_a_document_of_the_same_applicant_alone(
    counter: Counter, program: httpx.Client
) -> None:
    old, paper = counter.certified("100009"), counter.brought("100010")
    asked = {"version": paper.version + 1, "code": old.code}
    assert program.post(f"/papers/{paper.id}/replaces", json=asked).status_code == 409
    asked["version"] = paper.version
    assert program.post(f"/papers/{paper.id}/replaces", json=asked).json()["stage"] == "WAITING"
    with counter.running.wired.database.reading() as tx:
        assert [each.id for each in tx.submissions.replacing(old.code)] == [paper.id]


def test_a_note_stands_in_the_book(counter: Counter, program: httpx.Client) -> None:
    paper = counter.brought("100008")
    decision = {
        "what": "approval",
        "original_seen": {"place": "Quầy 2"},
        "note": "bản chính bị rách góc",
    }
    program.post(f"/papers/{paper.id}/decision", json={"version": paper.version, "decision": decision})
    hold(counter.running.wired.services, paper.id)
    sign_and_keep(counter.running.wired.services, paper.id)
    with counter.running.wired.database.reading() as tx:
        (issued,) = tx.certifications.by_paper(paper.id)
        assert tx.register.entry(issued.entry_id).line.note == "bản chính bị rách góc"


# -- pages --------------------------------------------------------------------------------------


def test_an_officer_annuls_by_the_form_and_the_public_page_says_so(
    counter: Counter, officer: Browser, other: Browser
) -> None:
    issued = counter.certified("200001")
    where = f"/can-bo/da-cap/{issued.code}"
    assert issued.number in officer.open("/can-bo/da-cap?tim=thi mau").text
    form = f"{where}/huy-bo"
    assert errors(officer.send(where, form, {**GIVEN, "number": "1"}))
    assert errors(officer.send(where, form, {"number": issued.number})) == ["Chọn lý do."]
    assert "Có hiệu lực" in officer.open(f"/v/{issued.code}").text

    done = officer.send(where, form, {**GIVEN, "number": issued.number})
    assert "Thiếu trang hai" in done.text
    public = httpx.get(f"{counter.running.address}/v/{issued.code}").text
    assert "Đã bị thu hồi" in public
    assert "12/QĐ-UBND" in public
    assert form not in other.open(where).text
    assert "Đã hủy bỏ giá trị (12/QĐ-UBND)" in other.open("/can-bo/so-chung-thuc").text


def test_versions_with_long_term_data_are_told(
    counter: Counter, program: httpx.Client, officer: Browser
) -> None:
    issued = counter.certified("200007")
    where = f"/can-bo/da-cap/{issued.code}"
    assert "chưa bổ sung dữ liệu dài hạn" in officer.open(where).text
    at = issued.issued_at
    digest = Digest("a" * 64)
    version = IssuedVersion(issued.entry_id, 1, digest, 200_000, "B-LTA", at, at + timedelta(days=3650))
    with counter.running.wired.database.transaction() as tx:
        tx.preservations.add(version)
    assert "B-LTA, 1 phiên bản" in officer.open(where).text
    (told,) = program.get(f"/certifications/{issued.code}/history").json()["versions"]
    assert (told["level"], told["sha256"]) == ("B-LTA", digest)
    by_version = program.get("/standing", params={"sha256": digest}).json()
    assert by_version["number"] == issued.number


def test_an_auditor_sees_the_history_and_no_form(counter: Counter) -> None:
    issued = counter.certified("200002")
    with signed_in(counter.running.address, AUDITOR) as auditor:
        seen = auditor.open(f"/can-bo/da-cap/{issued.code}").text
        english = auditor.open(f"/hien-thi?lang=en&next=/can-bo/da-cap/{issued.code}").text
    assert "Lịch sử" in seen
    assert ("hệ thống" in seen, "the service" in english, "hệ thống" in english) == (True, True, False)
    assert "huy-bo" not in seen


def test_an_officer_begins_a_replacement_and_decides_it(counter: Counter, officer: Browser) -> None:
    old = counter.certified("200003")
    where = f"/can-bo/da-cap/{old.code}"
    review = officer.send(where, f"{where}/cap-lai", {})
    assert f"để cấp thay cho văn bản số {old.number}" in review.text
    paper = review.url.path
    officer.send(paper, f"{paper}/duyet", {"seen": "yes", "place": "Quầy số 2", "note": "cấp thay"})
    services = counter.running.wired.services
    with services.database.reading() as tx:
        (new,) = tx.submissions.replacing(old.code)
    hold(services, new.id)
    sign_and_keep(services, new.id)
    assert "Đã được thay" in officer.open(where).text
    assert "Được thay bằng số" in httpx.get(f"{counter.running.address}/v/{old.code}").text


def test_the_review_offers_the_same_copy_first(counter: Counter, officer: Browser) -> None:
    issued, paper = counter.certified("200004"), counter.brought("200004")
    where = f"/can-bo/ho-so/{paper.id}"
    assert "Có thể đã chứng thực trước đây" in officer.open(where).text
    form = f"{where}/giao-lai"
    asked = {"offer": issued.entry_id}
    assert errors(officer.send(where, form, {})) == ["Chọn bản giao lại."]
    assert errors(officer.send(where, form, asked)) == ["Cầm bản chính, so và xác nhận đã so."]
    done = officer.send(where, form, {**asked, "compared": "yes"})
    assert "Giao lại bản điện tử đã cấp" in done.text
    assert issued.number in done.text


def test_a_new_scan_is_marked_to_replace_the_old_copy(counter: Counter, officer: Browser) -> None:
    old, paper = counter.certified("200005"), counter.brought("200005")
    where = f"/can-bo/ho-so/{paper.id}"
    marked = officer.send(where, f"{where}/thay-the", {})
    assert f"để cấp thay cho văn bản số {old.number}" in marked.text


def test_what_could_not_be_issued_is_in_the_queue_with_why_and_is_decided_again(
    counter: Counter, officer: Browser
) -> None:
    services, paper = counter.running.wired.services, counter.brought("200006")
    counter.approve(paper)
    hold(services, paper.id)
    abandon(services, paper.id, OSError("disk"))
    code = counter.dossier(paper)
    assert f">{code}<" in officer.open("/can-bo?loc=chua-cap-duoc").text
    review = officer.open(f"/can-bo/ho-so/{paper.id}")
    assert "Lần cấp trước không xong" in review.text
    sent = {"seen": "yes", "place": "Quầy số 2"}
    officer.send(review.url.path, f"{review.url.path}/duyet", sent)
    with services.database.reading() as tx:
        assert tx.submissions.paper(paper.id).stage is PaperStage.ISSUING
