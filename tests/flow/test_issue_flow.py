"""From the counter to the answer: papers handed in, read, decided, issued and validated by the real engine
over SQLite, files and real signatures. Only what the reader saw is laid down beforehand.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from api.worker import worker
from ocr.model import PageReading
from signing.model import Verdict
from storage.jobs import Engine
from tests.builders import NOW, birth_page, birth_row, certified_birth_page, diploma_page, picture
from tests.chaos.issuing_home import IssuingHome
from tests.desk import OFFICER, REQUEST, approval, not_needed
from verification.assessment import Outcome
from verification.certification import Issued, Standing
from verification.decision import Decision, RefusalGround, Rejection
from verification.ports import PaperCase
from verification.register import Series
from verification.source import SourceName
from verification.submission import PaperStage
from verification.workflow.decide import decide
from verification.workflow.look_up import download, look_up, status
from verification.workflow.receive import Upload, receive
from verification.workflow.synchronise import Delivery, synchronise
from verification.workflow.validate import validate
from verification.workflow.verify_register import verify_register

BROKEN = Upload("hỏng.png", b"\x89PNG\r\n\x1a\nbroken")
PAPERS = {
    "agreeing": birth_page(),
    "one letter changed": birth_page(full_name="NGUYỄN THỊ MẬU"),
    "diploma": diploma_page(),
    "insisted": birth_page(),
    "copy": certified_birth_page(),
}


@dataclass(frozen=True, slots=True)
class Counter:
    """A home whose engine runs."""

    home: IssuingHome
    engine: Engine

    def hand_in(self, mark: int, *pages: PageReading) -> PaperCase:
        """One paper, and beside it a broken file; read and compared."""
        upload = Upload(f"{mark}.png", self.home.papers.lay_down(picture(mark), pages))
        received = receive(self.home.services, (BROKEN, upload), REQUEST)
        assert received.submission is not None
        assert [refused.code for refused in received.refused] == ["FILE_DAMAGED"]
        assert self.engine.wait_idle(30)
        with self.home.database.transaction() as tx:
            (paper,) = tx.submissions.papers(received.submission.id)
        return paper

    def decide(self, decision: Decision) -> PaperCase:
        with self.home.database.transaction() as tx:
            version = tx.submissions.paper(decision.paper_id).version
        decide(self.home.services, decision, version=version)
        assert self.engine.wait_idle(30)
        with self.home.database.transaction() as tx:
            return tx.submissions.paper(decision.paper_id)

    def issued(self, paper: PaperCase) -> Issued:
        with self.home.database.transaction() as tx:
            (issued,) = tx.certifications.by_paper(paper.id)
        return issued


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    home = IssuingHome.open(tmp_path_factory.mktemp("counter"))
    synchronise(home.services, [(1, birth_row())], Delivery("civil_status", NOW, OFFICER))
    engine = worker(home.services, url=home.url, executor_id="flow", poll_s=0.05)
    engine.launch()
    yield Counter(home, engine)
    engine.stop(grace_s=1)
    home.close()


@pytest.fixture(scope="module")
def waiting(counter: Counter) -> dict[str, PaperCase]:
    """Every paper as it waited for the officer."""
    return {name: counter.hand_in(mark, page) for mark, (name, page) in enumerate(PAPERS.items(), 1)}


@pytest.fixture(scope="module")
def decided(counter: Counter, waiting: dict[str, PaperCase]) -> dict[str, PaperCase]:
    """Every paper after the officer decided and the engine came to rest."""
    note = "Vui lòng mang bản chính."
    copy = waiting["copy"]
    decisions: dict[str, Decision] = {
        "agreeing": not_needed(waiting["agreeing"]),
        "one letter changed": approval(waiting["one letter changed"]),
        "diploma": approval(waiting["diploma"]),
        "insisted": approval(waiting["insisted"], demander="Công ty TNHH Mẫu"),
        "copy": Rejection(copy.id, OFFICER, NOW, RefusalGround.NOT_AN_ORIGINAL, note),
    }
    return {name: counter.decide(decision) for name, decision in decisions.items()}


def test_each_paper_waits_with_its_proposal(waiting: dict[str, PaperCase]) -> None:
    assert {name: paper.assessment.outcome for name, paper in waiting.items()} == {
        "agreeing": Outcome.NO_COPY_NEEDED,
        "one letter changed": Outcome.OFFICER_REVIEW,
        "diploma": Outcome.CERTIFICATION_NEEDED,
        "insisted": Outcome.NO_COPY_NEEDED,
        "copy": Outcome.REFUSAL_PROPOSED,
    }


def test_each_decision_is_carried_out(decided: dict[str, PaperCase]) -> None:
    stages = {name: paper.stage for name, paper in decided.items()}
    assert stages.pop("copy") is PaperStage.REJECTED
    assert set(stages.values()) == {PaperStage.ISSUED}


def test_copies_and_receipts_are_numbered_apart(counter: Counter, decided: dict[str, PaperCase]) -> None:
    names = ("agreeing", "one letter changed", "diploma", "insisted")
    found = [(i.series, i.number) for i in (counter.issued(decided[name]) for name in names)]
    assert found == [
        (Series.RECEIPTS, "1/2026"),
        (Series.COPIES, "1/2026"),
        (Series.COPIES, "2/2026"),
        (Series.COPIES, "3/2026"),
    ]


@pytest.mark.parametrize("name", ["agreeing", "one letter changed", "diploma", "insisted"])
def test_whoever_gets_the_file_can_tell_that_it_is_good(
    counter: Counter, decided: dict[str, PaperCase], name: str
) -> None:
    issued = counter.issued(decided[name])
    content = download(counter.home.services, issued.code, REQUEST.applicant.birth_year)
    found = validate(counter.home.services, content)
    assert (found.report.verdict, found.issued) == (Verdict.VALID, issued)
    assert look_up(counter.home.services, issued.code).issued.standing is Standing.GOOD


def test_one_changed_byte_is_told(counter: Counter, decided: dict[str, PaperCase]) -> None:
    content = bytearray(counter.home.objects.get(counter.issued(decided["diploma"]).digest))
    content[len(content) // 3] ^= 1
    found = validate(counter.home.services, bytes(content))
    assert (found.report.verdict, found.issued) == (Verdict.INVALID, None)


def test_the_citizen_sees_the_dossier_with_the_second_answer(
    counter: Counter, decided: dict[str, PaperCase]
) -> None:
    found = status(counter.home.services, "H26.10.05-261124-0003", REQUEST.applicant.number_tail)
    assert [paper.id for paper in found.papers] == [decided["diploma"].id]
    assert [issued.number for issued in found.issued] == ["2/2026"]


def test_who_looked_into_the_records_is_known(counter: Counter, waiting: dict[str, PaperCase]) -> None:
    found = counter.home.database.access_log.about(SourceName("civil_status"), "KS-2020-15")
    assert {look_up.dossier[-4:] for look_up in found} == {"0001", "0002", "0004", "0005"}


def test_the_books_are_whole_and_the_trail_too(counter: Counter, decided: dict[str, PaperCase]) -> None:
    proof = verify_register(counter.home.services)
    assert (proof.lines, proof.faults) == (4, ())
