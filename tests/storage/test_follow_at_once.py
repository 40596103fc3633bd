"""What follows a delivery, on both databases: written with it or not at all, once though two come at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from signing.trial_pki import TestPki
from storage.database import SqlDatabase, open_database
from tests.builders import NOW, birth_row
from tests.desk import OFFICER, Desk, not_needed
from tests.workflow.following import SOURCE, later, lines, receipt, waits
from verification.certification import Issued, Standing
from verification.drift import DriftState
from verification.errors import StaleError
from verification.ports import Database, Transaction
from verification.records import parse_row
from verification.source_profile import source_of
from verification.submission import PaperId
from verification.workflow.compare_again import rest
from verification.workflow.decide import decide
from verification.workflow.follow import follow
from verification.workflow.synchronise import Delivery, synchronise


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> TestPki:
    return TestPki.open(tmp_path_factory.mktemp("keys"), now=NOW)


@pytest.fixture
def desk(pki: TestPki, tmp_path: Path) -> Desk:
    return Desk(pki, tmp_path)


def moved(desk: Desk, paper_id: PaperId, sql: SqlDatabase) -> None:
    """The desk goes on with the database given, where everything of this paper is as it was in memory."""
    with desk.database.transaction() as tx:
        paper = tx.submissions.paper(paper_id)
        submission = tx.submissions.get(paper.submission_id)
        issued = tx.certifications.by_paper(paper_id)
        officers = tx.officers.all()
        delegations = [d for officer in officers for d in tx.officers.delegations(officer.id)]
    with sql.transaction() as tx:
        for officer in officers:
            tx.officers.add(officer)
        for delegation in delegations:
            tx.officers.add_delegation(delegation)
        tx.submissions.add(submission)
        tx.submissions.add_papers([paper])
        for each in issued:
            tx.certifications.add(each)
        rest(tx, paper.id, paper.assessment.match)
    desk.replace(database=sql)
    desk.load(SOURCE, birth_row())


def standing(database: Database, issued: Issued) -> Standing:
    with database.transaction() as tx:
        (found,) = tx.certifications.by_paper(issued.paper_id)
        return found.standing


def delivery(desk: Desk, hour: int, **changes: str) -> int:
    """The birth record, newer; how many lines it opened or changed."""
    row = birth_row({"updated_at": later(hour)}, without=(), **changes)
    return synchronise(desk.services, [(1, row)], Delivery(SOURCE, NOW, OFFICER)).drift


def test_two_deliveries_at_once_leave_one_open_line(desk: Desk, sql: SqlDatabase) -> None:
    issued = receipt(desk)
    moved(desk, issued.paper_id, sql)
    together = Barrier(2)

    def one(hour: int, name: str) -> int:
        together.wait(timeout=10)
        return delivery(desk, hour, child__full_name=name)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, (1, 2), ("Nguyễn Thị Khác", "Nguyễn Thị Lạ"))) == [0, 1]
    assert [line.state for line in lines(desk)] == [DriftState.OPEN]
    assert standing(sql, issued) is Standing.SUPERSEDED


def test_a_delivery_that_breaks_off_leaves_records_standing_and_list(desk: Desk, sql: SqlDatabase) -> None:
    issued = receipt(desk)
    moved(desk, issued.paper_id, sql)

    def broken() -> Iterator[tuple[int, dict[str, object]]]:
        yield 1, birth_row({"updated_at": later(1)}, status="annulled")
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        synchronise(desk.services, broken(), Delivery(SOURCE, NOW, OFFICER))
    assert (lines(desk), standing(sql, issued)) == ((), Standing.GOOD)


def test_a_record_that_comes_back_is_said_on_the_line(desk: Desk, sql: SqlDatabase) -> None:
    issued = receipt(desk)
    moved(desk, issued.paper_id, sql)
    assert (delivery(desk, 1, status="annulled"), delivery(desk, 2)) == (1, 0)
    assert [line.answers_again for line in lines(desk)] == [True]


@pytest.fixture
def server(postgres_url: str) -> Iterator[SqlDatabase]:
    database = open_database(postgres_url)
    yield database
    database.close()


def test_who_decides_while_a_delivery_ends_waits_and_is_told(desk: Desk, server: SqlDatabase) -> None:
    """On PostgreSQL, where writers do not take turns: the rows are in, and not yet committed."""
    paper = waits(desk)
    moved(desk, paper.id, server)
    with ThreadPoolExecutor(1) as other:
        with server.transaction() as tx:
            ended(desk, tx, birth_row({"updated_at": later(1)}, status="annulled"))
            deciding = other.submit(decide, desk.services, not_needed(paper), version=paper.version)
            with pytest.raises(TimeoutError):
                deciding.result(timeout=0.3)
        with pytest.raises(StaleError):
            deciding.result(timeout=10)


def ended(desk: Desk, tx: Transaction, row: dict[str, object]) -> None:
    """All that a delivery of this row does before it commits."""
    source = source_of(SOURCE, desk.services.sources)
    assert source is not None
    taken = tx.sources.load(source.name, [parse_row(row, source, as_of=NOW)], as_of=NOW)
    assert len(follow(desk.services, tx, source.name, taken.touched)) == 1
