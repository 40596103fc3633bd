"""How what was issued stands, and by what it is found: the contract of `ports.Certifications`, everywhere."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from storage.database import SqlDatabase
from tests.storage.builders import NOW, issued, later, paper, standing_change, submission
from verification.certification import Search, ShortCode, Standing, short_code
from verification.errors import NotFoundError
from verification.ports import Database, Transaction
from verification.register import Series
from verification.same_original import OriginalKey
from verification.standing_errors import AlreadyRevokedError

CODE = ShortCode("7K3M-9QXP-2AB1-D")


def three(work: Transaction) -> None:
    """Two copies and a receipt, an hour between them."""
    for number in (1, 2):
        work.certifications.add(replace(issued(number), issued_at=later(hours=number)))
    receipt = replace(issued(3), series=Series.RECEIPTS, number="15/2026", issued_at=later(hours=3))
    work.certifications.add(receipt)


def found(work: Transaction, words: str = "", **more: object) -> list[str]:
    search = replace(Search(words), **more)  # type: ignore[arg-type]
    return [each.entry_id for each in work.certifications.find(search)]


def test_how_it_stands_is_told_with_since_when_and_by_which_decision(database: Database) -> None:
    with database.transaction() as work:
        work.certifications.add(issued())
        stands = work.certifications.stand(standing_change(Standing.REVOKED))
        assert work.certifications.by_entry(issued().entry_id) == stands
        assert (stands.standing_at, stands.decision_number) == (later(hours=1), "12/QĐ-UBND")


def test_every_change_is_kept_in_order(database: Database) -> None:
    changes = (
        standing_change(Standing.SUPERSEDED, "RECORD_CHANGED"),
        standing_change(Standing.GOOD, "RESTORED"),
        replace(standing_change(Standing.SUPERSEDED, "REPLACED"), replaced_by=ShortCode("other")),
    )
    with database.transaction() as work:
        work.certifications.add(issued())
        for change in changes:
            work.certifications.stand(change)
    with database.transaction() as work:
        assert work.certifications.changes(issued().entry_id) == changes
        kept = work.certifications.by_code(issued().code)
        assert kept is not None
        assert kept.replaced_by == "other"


def test_nothing_leads_out_of_revoked(database: Database) -> None:
    with database.transaction() as work:
        work.certifications.add(issued())
        revoked = work.certifications.stand(standing_change(Standing.REVOKED))
        for after in Standing:
            with pytest.raises(AlreadyRevokedError):
                work.certifications.stand(standing_change(after, "LATER"))
        assert work.certifications.to_change(issued().code) == revoked
        assert len(work.certifications.changes(issued().entry_id)) == 1


def test_what_is_to_change_must_be_there(database: Database) -> None:
    with database.transaction() as work, pytest.raises(NotFoundError):
        work.certifications.to_change(ShortCode("nothing"))


def test_something_issued_is_found_by_its_original_newest_first(database: Database) -> None:
    keys = [OriginalKey(f"scan:{n}") for n in range(3)]
    with database.transaction() as work:
        three(work)
        work.certifications.know(issued(1).entry_id, requester="Nguyễn Thị Mẫu", keys=keys[:2])
        work.certifications.know(issued(2).entry_id, requester="Nguyễn Thị Mẫu", keys=keys[1:2])
        work.certifications.know(issued(2).entry_id, requester="Nguyễn Thị Mẫu", keys=keys[1:2])
        by = [[i.entry_id for i in work.certifications.of_original([key])] for key in keys]
    first, second = issued(1).entry_id, issued(2).entry_id
    assert by == [[first], [second, first], []]


def test_it_is_found_by_number_or_by_a_part_of_a_name(database: Database) -> None:
    wanted = {
        "": [3, 2, 1],
        "15/2026": [3],
        "15": [3],
        "1": [1],
        "mau thi": [],
        "thi mau": [1],
        "  Thị MẪU ": [1],
        "%": [],
        "_": [],
        "Không Ai": [],
    }
    with database.transaction() as work:
        three(work)
        work.certifications.know(issued(1).entry_id, requester="Nguyễn Thị Mẫu", keys=())
        seen = {words: found(work, words) for words in wanted}
    assert seen == {words: [issued(n).entry_id for n in numbers] for words, numbers in wanted.items()}


def test_it_is_found_by_its_code_in_any_writing(database: Database) -> None:
    real = short_code(b"m" * 16)
    with database.transaction() as work:
        work.certifications.add(replace(issued(), code=real))
        assert found(work, real) == found(work, real.lower().replace("-", " ")) == [issued().entry_id]
        assert found(work, f"{real[:-1]}{'1' if real[-1] != '1' else '2'}") == []


def test_it_is_found_by_its_dossier(database: Database) -> None:
    with database.transaction() as work:
        three(work)
        work.submissions.add(replace(submission("s9"), code="H26.10.05-261124-0009"))
        work.submissions.add_papers([paper("s9.1")])
        work.certifications.add(replace(issued(4), paper_id=paper("s9.1").id, issued_at=NOW))
        assert found(work, "h26.10.05-261124-0009") == [issued(4).entry_id]


def test_it_is_found_by_how_it_stands_and_a_page_at_a_time(database: Database) -> None:
    with database.transaction() as work:
        three(work)
        work.certifications.stand(standing_change(Standing.REVOKED))
        assert found(work, standing=Standing.REVOKED) == [issued(1).entry_id]
        assert found(work, receipts=True) == [issued(3).entry_id]
        assert found(work, receipts=False) == [issued(2).entry_id, issued(1).entry_id]
        assert found(work, limit=1, skip=1) == [issued(2).entry_id]


def test_papers_that_are_to_replace_something_are_found_by_its_code(database: Database) -> None:
    new = replace(paper("s1.2"), replaces=CODE)
    with database.transaction() as work:
        work.submissions.add(submission())
        work.submissions.add_papers([paper("s1.1"), new])
        assert work.submissions.replacing(CODE) == (new,)
        assert work.submissions.paper(new.id) == new
        assert work.submissions.replacing(ShortCode("nothing")) == ()


def test_of_two_who_revoke_at_once_one_wins_and_the_other_is_told(sql: SqlDatabase) -> None:
    with sql.transaction() as work:
        work.certifications.add(issued())
    together = Barrier(2)

    def revoke(by: str) -> bool:
        together.wait(timeout=10)
        try:
            with sql.transaction() as work:
                work.certifications.stand(replace(standing_change(Standing.REVOKED), by=by))
        except AlreadyRevokedError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(revoke, ("lan", "cuong"))) == [False, True]
    with sql.transaction() as work:
        assert len(work.certifications.changes(issued().entry_id)) == 1
