"""The contracts of `DataErrors` and `Demands`, on memory, SQLite and PostgreSQL."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from storage.database import open_database
from storage.dialects import engine_for
from storage.submissions import SqlSubmissions
from tests.storage.builders import NOW, POPULATION, later, paper, submission
from verification.data_error import DataError, SlipState, WrongField
from verification.decision import Approval, Decision, NotNeeded, OriginalSeen, RefusalGround, Rejection
from verification.demand import Demand, Given
from verification.differing import Differs
from verification.errors import NotFoundError, StaleError
from verification.extraction import Kind
from verification.ports import Database
from verification.submission import OfficerId, PaperId

FIRST, SECOND = PaperId("s1.1"), PaperId("s1.2")
FIELD = WrongField("full_name", "Nguyễn Thị Mẫu", "Nguyễn Thị Mậu", Differs(((13, 14),), ((13, 14),)))
SLIP = DataError(NOW, OfficerId("thu"), FIRST, POPULATION, "001157012345", NOW, (FIELD,), "đã xem bản chính")
DEMAND = Demand(NOW, FIRST, "H26-1", Kind("birth_certificate"), Given.COPY, "Công ty TNHH Mẫu")


@pytest.fixture
def kept(database: Database) -> Database:
    """A dossier with two papers."""
    with database.transaction() as work:
        work.submissions.add(submission())
        work.submissions.add_papers([paper(FIRST), paper(SECOND)])
    return database


def test_a_slip_is_kept_with_its_fields_and_their_letters(kept: Database) -> None:
    with kept.transaction() as work:
        added = work.data_errors.add(SLIP)
    with kept.reading() as work:
        assert work.data_errors.get(added.id) == replace(SLIP, id=added.id)
        assert work.data_errors.of_papers((FIRST, SECOND)) == (added,)


def test_an_unknown_slip_is_not_found(kept: Database) -> None:
    with kept.reading() as work, pytest.raises(NotFoundError):
        work.data_errors.get(17)


def test_a_paper_has_one_open_slip(kept: Database) -> None:
    with kept.transaction() as work:
        work.data_errors.add(SLIP)
    with pytest.raises(StaleError), kept.transaction() as work:
        work.data_errors.add(SLIP)


def test_after_an_answer_a_new_slip_may_be_sent_and_the_newest_comes_first(kept: Database) -> None:
    with kept.transaction() as work:
        first = work.data_errors.add(SLIP)
        answered = work.data_errors.save(
            replace(first, state=SlipState.ANSWERED, answered_by=OfficerId("thu"), answered_at=later(days=9))
        )
        second = work.data_errors.add(replace(SLIP, at=later(days=10)))
    with kept.reading() as work:
        assert work.data_errors.all((SlipState.SENT, SlipState.ANSWERED)) == (second, answered)
        assert work.data_errors.all((SlipState.SENT,)) == (second,)


def test_of_two_answers_to_one_slip_the_second_is_refused(kept: Database) -> None:
    with kept.transaction() as work:
        slip = work.data_errors.add(SLIP)
        work.data_errors.save(replace(slip, state=SlipState.ANSWERED))
    with pytest.raises(StaleError), kept.transaction() as work:
        work.data_errors.save(replace(slip, answer="anders"))


def test_a_demand_is_kept_by_its_paper_and_found_by_its_day(kept: Database) -> None:
    other = replace(DEMAND, paper_id=SECOND, at=later(days=1), given=Given.RECEIPT)
    with kept.transaction() as work:
        work.demands.note(other)
        work.demands.note(DEMAND)
        assert work.demands.between(NOW, later(days=2)) == (DEMAND, other)
        assert work.demands.between(NOW, later(days=1)) == (DEMAND,)
        assert work.demands.organisations() == ("Công ty TNHH Mẫu",)


def test_a_paper_decided_anew_is_counted_once_or_no_more(kept: Database) -> None:
    anew = replace(DEMAND, organisation="Trường THPT Mẫu")
    with kept.transaction() as work:
        work.demands.note(DEMAND)
        work.demands.note(anew)
        assert work.demands.between(NOW, later(days=1)) == (anew,)
        work.demands.withdraw(FIRST)
        assert work.demands.between(NOW, later(days=1)) == ()


def test_a_demand_goes_with_the_decision_that_is_taken_back(kept: Database) -> None:
    with suppress(ZeroDivisionError), kept.transaction() as work:
        work.demands.note(DEMAND)
        raise ZeroDivisionError
    with kept.reading() as work:
        assert work.demands.organisations() == ()


def test_an_organisation_is_called_as_was_said_last(kept: Database) -> None:
    with kept.transaction() as work:
        work.demands.call("cty mẫu", "Công ty Mẫu")
        work.demands.call("cty mẫu", "Công ty TNHH Mẫu")
        assert work.demands.names() == {"cty mẫu": "Công ty TNHH Mẫu"}


def test_those_asking_last_come_first(kept: Database) -> None:
    with kept.transaction() as work:
        work.demands.note(DEMAND)
        work.demands.note(replace(DEMAND, paper_id=SECOND, at=later(days=1), organisation="Trường Mẫu"))
        assert work.demands.organisations() == ("Trường Mẫu", "Công ty TNHH Mẫu")
        assert work.demands.organisations(limit=1) == ("Trường Mẫu",)


# -- what an older version kept -----------------------------------------------------------------------


def test_demands_decided_before_are_carried_over(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    old_database(url)
    database = open_database(url)
    database.migrate()
    with database.reading() as work:
        found = work.demands.between(NOW, later(days=1))
    database.close()
    assert [(d.paper_id, d.given, d.organisation) for d in found] == [
        ("s1.1", Given.COPY, "Công ty Mẫu"),
        ("s1.2", Given.RECEIPT, "Trường THPT Mẫu"),
    ]
    assert {(d.at, d.dossier, d.kind) for d in found} == {(NOW, submission().code, "birth_certificate")}


def old_database(url: str) -> None:
    """One of the version before, with a copy insisted on, a receipt, a refusal and a paper that waits."""
    thu = OfficerId("thu")
    decisions: list[Decision | None] = [
        Approval(FIRST, thu, NOW, OriginalSeen(thu, NOW, "quầy"), demander=" Công ty Mẫu "),
        NotNeeded(SECOND, thu, NOW),
        Rejection(PaperId("s1.3"), thu, NOW, RefusalGround.ERASED, "…"),
        Approval(PaperId("s1.4"), thu, NOW, OriginalSeen(thu, NOW, "quầy")),
        None,
    ]
    engine = engine_for(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", "storage/migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        # What the code of today writes and that version did not have is there meanwhile.
        connection.exec_driver_sql("ALTER TABLE paper ADD COLUMN replaces VARCHAR")
        work = SqlSubmissions(connection)
        work.add(submission())
        work.add_papers(paper(f"s1.{n}") for n, _ in enumerate(decisions, 1))
        for decision in (made for made in decisions if made is not None):
            work.save_paper(replace(work.paper(decision.paper_id), decision=decision))
        connection.exec_driver_sql("ALTER TABLE paper DROP COLUMN replaces")
    engine.dispose()
