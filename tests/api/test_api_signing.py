"""Signing over HTTP and on pages: a batch with one PIN, a key that is elsewhere, delegations."""

import base64
import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from api import auth
from api.errors import SignatureUnreadableError
from api.routes.guarded import API
from api.wiring import Wired
from signing.model import Signatory, Signer
from storage.accounts import Scope
from tests.api.conftest import ADMIN, OFFICER, OTHER, hire
from tests.api.serving import Running, answering
from tests.api.walking import errors, signed_in
from tests.builders import NOW
from tests.signing_ways import PIN, OutsideSigner, PlugIn, TokenSigner
from tests.waiting import approved_diploma
from verification.batch import Batch, BatchId, BatchState
from verification.register import EntryState, Series
from verification.submission import OfficerId, PaperId, PaperStage
from verification.workflow.verify_register import verify_register

LIST = "/can-bo/ky-so"
LEFT_RUNNING = Batch(
    BatchId("left"), OfficerId(OFFICER), "local:serve", BatchState.RUNNING, NOW, NOW, papers=()
)
"""Of a service of the same name that was killed."""


@dataclass(frozen=True, slots=True)
class Office:
    """A service whose officers' keys are not at hand, and the keys of its programs."""

    running: Running
    keys: dict[str, str]

    def program(self, who: str) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.keys[who]}"}
        return httpx.Client(base_url=f"{self.running.address}{API}", headers=headers, timeout=60)

    def approved(self, *names: str) -> list[PaperId]:
        """Papers that wait for the officer's signature."""
        return [approved_diploma(self.running.wired.services, name, OfficerId(OFFICER)) for name in names]

    def stage(self, paper: PaperId) -> PaperStage:
        with self.running.wired.database.reading() as tx:
            return tx.submissions.paper(paper).stage

    def lines(self) -> list[EntryState]:
        with self.running.wired.database.reading() as tx:
            years = tx.register.years(Series.COPIES)
            return [line.state for year in years for line in tx.register.entries(Series.COPIES, year)]


@contextmanager
def office(home: Path, signer: Callable[[Signer], Signer]) -> Iterator[Office]:
    """Its own home, so that its numbers are its own."""

    def change(wired: Wired) -> Wired:
        with wired.database.transaction() as tx:
            tx.batches.begin(LEFT_RUNNING)
        return replace(wired, services=replace(wired.services, signer=signer(wired.services.signer)))

    with answering(home, change) as running:
        hire(running)
        now, database = running.wired.services.now(), running.wired.database
        made = {
            who: auth.create_api_key(database, who, who, Scope.OFFICER, now=now)
            for who in (OFFICER, OTHER, ADMIN)
        }
        yield Office(running, made)


@pytest.fixture(scope="module")
def with_tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Officers sign with a token and its PIN."""
    with office(tmp_path_factory.mktemp("tokens"), TokenSigner) as found:
        yield found


@pytest.fixture(scope="module")
def with_plug_ins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Officers' keys are at their own machines."""
    with office(tmp_path_factory.mktemp("plug-ins"), OutsideSigner) as found:
        yield found


def ended(program: httpx.Client, batch: str) -> dict[str, object]:
    """The batch, when it runs no more."""
    end = time.monotonic() + 30
    while (found := program.get(f"/signing/batches/{batch}").json())["state"] == "RUNNING":
        assert time.monotonic() < end
        time.sleep(0.05)
    return dict(found)


# -- a batch -------------------------------------------------------------------------------------------


def test_a_program_signs_a_batch_with_one_pin_and_numbers_are_in_order(with_tokens: Office) -> None:
    papers = with_tokens.approved("SB1", "SB2", "SB3")
    with with_tokens.program(OFFICER) as program:
        waiting = program.get("/signing/papers").json()
        assert (waiting["way"], [p["paper"] for p in waiting["papers"]]) == ("PIN", papers)
        wrong = program.post("/signing/batches", json={"papers": papers, "pin": "0000"})
        assert (wrong.status_code, wrong.json()["code"]) == (403, "WRONG_PIN")
        assert {with_tokens.stage(paper) for paper in papers} == {PaperStage.TO_SIGN}
        begun = program.post("/signing/batches", json={"papers": papers, "pin": PIN})
        assert begun.status_code == 202
        done = ended(program, begun.json()["id"])
        again = program.post("/signing/batches", json={"papers": papers, "pin": PIN})
        assert (again.status_code, again.json()["code"]) == (409, "NOTHING_TO_SIGN")
    assert (done["state"], done["total"], done["reached"]) == ("DONE", 3, 3)
    assert [paper["number"].partition("/")[0] for paper in done["papers"]] == ["1", "2", "3"]  # type: ignore[attr-defined]
    assert verify_register(with_tokens.running.wired.services).faults == ()


def test_a_batch_is_its_officers_own(with_tokens: Office) -> None:
    with_tokens.approved("SB4")
    with with_tokens.program(OFFICER) as program, with_tokens.program(OTHER) as other:
        begun = program.post("/signing/batches", json={"pin": PIN}).json()["id"]
        assert other.get(f"/signing/batches/{begun}").status_code == 404
        assert other.post(f"/signing/batches/{begun}/stop").status_code == 404
        assert ended(program, begun)["state"] == "DONE"
        assert program.post(f"/signing/batches/{begun}/stop").json()["state"] == "DONE"


def test_an_officer_signs_on_the_page_and_sees_what_became_of_it(with_tokens: Office) -> None:
    first, second = with_tokens.approved("SB5", "SB6")
    with signed_in(with_tokens.running.address, OFFICER) as officer:
        nothing = officer.send(LIST, LIST, {"pin": PIN})
        assert nothing.status_code == 409
        wrong = officer.send(LIST, LIST, {"papers": [first], "pin": "13579"})
        assert (wrong.status_code, len(errors(wrong))) == (403, 1)
        assert "13579" not in wrong.text
        batch = officer.send(LIST, LIST, {"papers": [first], "pin": PIN})
        assert batch.url.path.startswith(f"{LIST}/dot/")
        done = officer.wait_for(batch.url.path, "Đã xong")
        assert "1/1 văn bản" in done.text
        assert second in officer.open(LIST).text
        assert first not in officer.open(LIST).text
    assert with_tokens.stage(first) is PaperStage.ISSUED


def test_an_officer_takes_a_paper_back_from_the_list(with_tokens: Office) -> None:
    (paper,) = with_tokens.approved("SB7")
    page = f"{LIST}/giay-to/{paper}"
    with signed_in(with_tokens.running.address, OFFICER) as officer:
        assert page in officer.open(LIST).text
        review = officer.send(page, f"{page}/rut-lai", {})
        assert review.url.path == f"/can-bo/ho-so/{paper}"
    assert with_tokens.stage(paper) is PaperStage.WAITING


def test_a_program_takes_a_paper_back_once(with_tokens: Office) -> None:
    (paper,) = with_tokens.approved("SB8")
    with with_tokens.program(OFFICER) as program, with_tokens.program(OTHER) as other:
        assert other.post(f"/signing/{paper}/take-back").status_code == 403
        assert program.post(f"/signing/{paper}/take-back").json()["stage"] == "WAITING"
        assert program.post(f"/signing/{paper}/take-back").status_code == 409


def test_a_service_that_starts_ends_what_it_left_running_when_it_was_killed(with_tokens: Office) -> None:
    with with_tokens.running.wired.database.reading() as tx:
        assert tx.batches.get(LEFT_RUNNING.id).state is BatchState.LOST


# -- a key that is elsewhere -----------------------------------------------------------------------------


def plug_in(office: Office) -> PlugIn:
    """The officer's machine."""
    with office.running.wired.database.reading() as tx:
        officer = tx.officers.get(OfficerId(OFFICER))
    return PlugIn(office.running.wired.pki, Signatory(officer.id, officer.full_name))


def test_a_plug_in_signs_what_is_handed_out(with_plug_ins: Office) -> None:
    (paper,) = with_plug_ins.approved("PI1")
    with with_plug_ins.program(OFFICER) as program:
        batch = program.post("/signing/batches", json={"papers": [paper], "pin": PIN})
        assert (batch.status_code, batch.json()["code"]) == (409, "KEY_ELSEWHERE")
        mine = plug_in(with_plug_ins)
        told = [base64.b64encode(each).decode() for each in mine.certificates()]
        begun = program.post(f"/signing/{paper}/begin", json={"certificates": told}).json()
        content = base64.b64decode(begun["signed_attributes"])
        assert begun["digest"] == hashlib.sha256(content).hexdigest()
        assert with_plug_ins.lines()[-1] is EntryState.HELD
        wrong = {"token": begun["token"], "signature": base64.b64encode(mine.signature(b"other")).decode()}
        refused = program.post(f"/signing/{paper}/finish", json=wrong)
        assert (refused.status_code, refused.json()["code"]) == (422, "SIGNATURE_REFUSED")
        right = wrong | {"signature": base64.b64encode(mine.signature(content)).decode()}
        answers = [program.post(f"/signing/{paper}/finish", json=right).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["stage"] == "ISSUED"
    assert with_plug_ins.lines()[-1] is EntryState.ISSUED


def test_without_a_plug_in_the_page_hands_out_and_takes_back_files(with_plug_ins: Office) -> None:
    (paper,) = with_plug_ins.approved("PI2")
    page = f"{LIST}/giay-to/{paper}"
    with signed_in(with_plug_ins.running.address, OFFICER) as officer:
        shown = officer.send(page, f"{page}/bat-dau", {})
        content = officer.open(f"{page}/noi-dung").content
        assert hashlib.sha256(content).hexdigest() in shown.text
        for typed in ("không phải chữ ký", ""):
            unread = officer.send(page, f"{page}/hoan-tat", {"signature": typed})
            assert (unread.status_code, SignatureUnreadableError.message_vi in unread.text) == (422, True)
        bad = officer.send(page, f"{page}/hoan-tat", {"signature": "AAAA"})
        assert (bad.status_code, len(errors(bad))) == (422, 1)
        value = plug_in(with_plug_ins).signature(content)
        done = officer.send(page, f"{page}/hoan-tat", {}, [("file", ("chu-ky.bin", value))])
        assert done.url.path == f"/can-bo/ho-so/{paper}/da-quyet-dinh"
    assert with_plug_ins.stage(paper) is PaperStage.ISSUED
    assert verify_register(with_plug_ins.running.wired.services).faults == ()


def test_what_is_no_base64_is_told(with_plug_ins: Office) -> None:
    (paper,) = with_plug_ins.approved("PI3")
    with with_plug_ins.program(OFFICER) as program:
        answer = program.post(f"/signing/{paper}/finish", json={"token": "t", "signature": "?"})
        assert (answer.status_code, answer.json()["code"]) == (422, "MALFORMED_REQUEST")


# -- delegations --------------------------------------------------------------------------------


def test_an_administrator_adds_and_revokes_a_delegation_over_http(with_tokens: Office) -> None:
    new = {
        "officer": OTHER,
        "decision_number": "77/QĐ-UBND",
        "capacity": ["KT. Chủ tịch", "Phó Chủ tịch"],
        "scope": "RECEIPTS",
        "valid_from": "2026-01-01",
        "valid_to": "2030-12-31",
    }
    with with_tokens.program(ADMIN) as admin, with_tokens.program(OFFICER) as officer:
        assert officer.post("/delegations", json=new).status_code == 403
        made = admin.post("/delegations", json=new).json()
        assert (made["capacity"], made["scope"]) == (["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "RECEIPTS")
        assert admin.post("/delegations", json=new).json()["code"] == "DELEGATION_EXISTS"
        invalid = admin.post("/delegations", json=new | {"capacity": ["TM. ỦY BAN NHÂN DÂN"]})
        assert (invalid.status_code, invalid.json()["code"]) == (422, "CAPACITY_INVALID")
        assert made in officer.get("/delegations").json()["delegations"]
        revoked = admin.post("/delegations/revoke", json={"id": made["id"], "reason": "Nghỉ việc"}).json()
        assert (revoked["revoked"], revoked["in_force"]) == (True, False)
        assert admin.post("/delegations/revoke", json={"id": "nothing"}).status_code == 404


def test_an_administrator_revokes_on_the_page(with_tokens: Office) -> None:
    where = "/can-bo/uy-quyen"
    days = {"valid_from": "2026-01-01", "valid_to": "2030-12-31"}
    words = {"officer": OTHER, "decision": "78/QĐ-UBND", "capacity": "TUQ. CHỦ TỊCH\nCÔNG CHỨC", **days}
    with signed_in(with_tokens.running.address, ADMIN) as admin:
        assert errors(admin.send(where, where, words | {"capacity": "TM. UBND"})) != []
        admin.send(where, where, words | {"scope": "COPIES"})
        assert errors(admin.send(where, where, words)) != []
        admin.send(where, f"{where}/thu-hoi", {"delegation": f"{OTHER}:78/QĐ-UBND"})
        assert "Đã thu hồi" in admin.open(where).text
    with with_tokens.program(ADMIN) as program:
        found = json.loads(program.get("/delegations").text)["delegations"]
    assert [d["revoked"] for d in found if d["decision_number"] == "78/QĐ-UBND"] == [True]
