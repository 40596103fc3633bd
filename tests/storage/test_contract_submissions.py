"""The contract of `ports.Submissions`, on memory, SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.storage.builders import NOW, extraction, later, paper, submission
from verification.decision import (
    Approval,
    Decision,
    NotNeeded,
    OriginalSeen,
    RefusalGround,
    Rejection,
    ReturnForCorrection,
)
from verification.errors import NotFoundError, StaleError
from verification.extraction import Field, Kind
from verification.ports import Database, Side
from verification.submission import OfficerId, PaperId, PaperStage, SubmissionId, SubmissionStage

BIRTH = {Kind("birth_certificate")}
WHO = OfficerId("thu")
SEEN = OriginalSeen(WHO, NOW, "UBND phường Hoàn Kiếm")
DECISIONS: tuple[Decision, ...] = (
    Approval(PaperId("s1.1"), WHO, NOW, SEEN, copies=2, demander="Ngân hàng Mẫu"),
    NotNeeded(PaperId("s1.1"), WHO, NOW),
    Rejection(PaperId("s1.1"), WHO, NOW, RefusalGround.ERASED, "Giấy tờ bị tẩy xóa."),
    ReturnForCorrection(PaperId("s1.1"), WHO, NOW, "Thiếu trang 2."),
)


def test_dossier_codes_count_within_unit_and_vietnam_day(database: Database) -> None:
    last_minute = datetime(2026, 11, 24, 16, 59, tzinfo=UTC)
    with database.transaction() as work:
        codes = [work.submissions.next_code("H26.10.05", last_minute) for _ in range(2)]
        other = work.submissions.next_code("H26.10.06", last_minute)
        tomorrow = work.submissions.next_code("H26.10.05", datetime(2026, 11, 24, 17, tzinfo=UTC))
    assert codes == ["H26.10.05-261124-0001", "H26.10.05-261124-0002"]
    assert (other, tomorrow) == ("H26.10.06-261124-0001", "H26.10.05-261125-0001")


def test_a_submission_comes_back_as_it_was_kept(database: Database) -> None:
    with database.transaction() as work:
        work.submissions.add(submission())
    with database.transaction() as work:
        assert work.submissions.get(SubmissionId("s1")) == submission()
        assert work.submissions.by_code(submission().code) == submission()
        assert work.submissions.by_code("H26.10.05-261124-9999") is None


def test_a_code_belongs_to_one_submission(database: Database) -> None:
    with database.transaction() as work:
        work.submissions.add(submission())
    with pytest.raises(StaleError), database.transaction() as work:
        work.submissions.add(replace(submission("s2"), code=submission().code))


def test_an_unknown_submission_is_not_found(database: Database) -> None:
    with database.transaction() as work, pytest.raises(NotFoundError):
        work.submissions.get(SubmissionId("nobody"))
    with database.transaction() as work, pytest.raises(NotFoundError):
        work.submissions.save(submission("nobody"))


def test_of_two_who_change_a_submission_the_second_is_refused(database: Database) -> None:
    with database.transaction() as work:
        work.submissions.add(submission())
        saved = work.submissions.save(replace(submission(), stage=SubmissionStage.REFUSED))
    assert saved.version == 2
    with database.transaction() as work, pytest.raises(StaleError):
        work.submissions.save(submission())
    with database.transaction() as work:
        assert work.submissions.get(SubmissionId("s1")) == saved


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda d: type(d).__name__)
def test_a_paper_comes_back_with_its_decision(database: Database, decision: Decision) -> None:
    with database.transaction() as work:
        work.submissions.add(submission())
        work.submissions.add_papers([paper()])
        saved = work.submissions.save_paper(replace(paper(), decision=decision, insisted=True))
    with database.transaction() as work:
        assert work.submissions.paper(PaperId("s1.1")) == saved
        assert saved == replace(paper(), decision=decision, insisted=True, version=2)


def test_papers_added_again_by_a_retry_stay_as_they_are(database: Database) -> None:
    with database.transaction() as work:
        work.submissions.add(submission())
        work.submissions.add_papers([paper()])
        issuing = work.submissions.save_paper(paper(stage=PaperStage.ISSUING))
        work.submissions.add_papers([paper(), paper("s1.2")])
        assert work.submissions.papers(SubmissionId("s1")) == (issuing, paper("s1.2"))


def test_a_paper_needs_its_submission(database: Database) -> None:
    with pytest.raises(NotFoundError), database.transaction() as work:
        work.submissions.add_papers([paper("nobody.1")])


def test_of_two_who_decide_on_a_paper_the_second_is_refused(database: Database) -> None:
    with database.transaction() as work:
        work.submissions.add(submission())
        work.submissions.add_papers([paper()])
        work.submissions.save_paper(paper(stage=PaperStage.REJECTED))
    with database.transaction() as work, pytest.raises(StaleError):
        work.submissions.save_paper(paper(stage=PaperStage.ISSUING))
    with database.transaction() as work, pytest.raises(NotFoundError):
        work.submissions.save_paper(paper("s1.9"))


def test_the_tenth_paper_follows_the_ninth(database: Database) -> None:
    names = [f"s1.{number}" for number in range(1, 12)]
    with database.transaction() as work:
        work.submissions.add(submission())
        work.submissions.add_papers(paper(name) for name in reversed(names))
        assert [p.id for p in work.submissions.papers(SubmissionId("s1"))] == names


def test_what_was_kept_comes_oldest_first_from_its_first_moment_to_before_its_last(
    database: Database,
) -> None:
    with database.transaction() as work:
        for name, hours in (("new", 3), ("old", 1), ("before", 0), ("after", 4)):
            work.submissions.add(submission(name, received_at=later(hours=hours)))
            work.submissions.add_papers([paper(f"{name}.2"), paper(f"{name}.1", stage=PaperStage.ISSUED)])
    with database.reading() as work:
        found = list(work.submissions.kept(later(hours=1), later(hours=4), BIRTH))
        assert [item.paper.id for item in found] == ["old.1", "old.2", "new.1", "new.2"]
        assert [item.submission.id for item in found] == ["old", "old", "new", "new"]
        assert list(work.submissions.kept(later(hours=5), later(hours=6), BIRTH)) == []


def test_only_papers_with_a_side_of_the_kinds_asked_for_come(database: Database) -> None:
    front, back = (
        replace(extraction(), kind=Kind(f"citizen_card_2021_{side}")) for side in ("front", "back")
    )
    named = replace(extraction(), fields=(Field("full_name", '"kind":"diploma"', True, ()),))
    with database.transaction() as work:
        work.submissions.add(submission())
        card = replace(paper("s1.1"), sides=(Side(0, front), Side(0, back)))
        work.submissions.add_papers([card, paper("s1.2"), replace(paper("s1.3"), sides=(Side(0, named),))])

    def found(*kinds: str) -> list[str]:
        wanted = {Kind(kind) for kind in kinds}
        return [i.paper.id for i in work.submissions.kept(NOW, later(hours=1), wanted)]

    with database.reading() as work:
        assert found("citizen_card_2021_back") == ["s1.1"]
        assert found("citizen_card_2021_front", "birth_certificate") == ["s1.1", "s1.2", "s1.3"]
        assert found("diploma") == found("citizen_card_2021") == found("birth%") == found() == []


def test_what_was_decided_is_told_without_the_papers(database: Database) -> None:
    with database.transaction() as work:
        for name, hours in (("in", 1), ("out", 4)):
            work.submissions.add(submission(name, received_at=later(hours=hours)))
            work.submissions.add_papers([paper(f"{name}.1"), paper(f"{name}.2", stage=PaperStage.ISSUED)])
            decided = replace(paper(f"{name}.2", stage=PaperStage.ISSUED), decision=DECISIONS[0])
            work.submissions.save_paper(decided)
    with database.reading() as work:
        told = set(work.submissions.decided(later(hours=1), later(hours=4)))
        assert told == {(PaperStage.WAITING, None), (PaperStage.ISSUED, DECISIONS[0])}


def test_more_is_kept_than_is_fetched_at_once(database: Database) -> None:
    with database.transaction() as work:
        for day in range(3):
            work.submissions.add(submission(f"s{day}", received_at=later(days=day)))
            work.submissions.add_papers(paper(f"s{day}.{number}") for number in range(1, 151))
    with database.reading() as work:
        names = [item.paper.id for item in work.submissions.kept(later(days=0), later(days=9), BIRTH)]
    assert names == [f"s{day}.{number}" for day in range(3) for number in range(1, 151)]


def test_the_queue_is_oldest_first_and_of_the_stages_asked_for(database: Database) -> None:
    with database.transaction() as work:
        for name, hours in (("new", 2), ("old", 1)):
            work.submissions.add(submission(name, received_at=later(hours=hours)))
            work.submissions.add_papers([paper(f"{name}.1"), paper(f"{name}.2", stage=PaperStage.ISSUED)])
        queue = work.submissions.queue((PaperStage.WAITING,))
        assert [item.paper.id for item in queue] == ["old.1", "new.1"]
        assert [item.submission.id for item in queue] == ["old", "new"]
        assert work.submissions.queue((PaperStage.WAITING,), limit=1) == queue[:1]
        assert work.submissions.queue((PaperStage.FAILED,)) == ()


def test_a_paper_to_be_changed_is_the_paper_as_it_stands(database: Database) -> None:
    with database.transaction() as work:
        work.submissions.add(submission())
        work.submissions.add_papers([paper()])
    with database.transaction() as work:
        assert work.submissions.to_change(paper().id) == work.submissions.paper(paper().id)
        with pytest.raises(NotFoundError):
            work.submissions.to_change(PaperId("s9.1"))
