"""`register`: what an administrator does to the book on the command line, and what an auditor takes home."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from signing.text import printed_text
from storage.database import SqlDatabase, open_database
from storage.objects import FileStore
from tests.cli.conftest import Run
from tests.storage.books import Office
from tests.storage.builders import COPIES, LINE
from verification.register import Series
from verification.submission import PaperId

OLD = datetime(2025, 3, 31, 16, 30, tzinfo=UTC)
"""Half past eleven in the evening of the last day of March at the counter."""
BOOK = ("--year", 2025, "--series", "copies")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose book of 2025 has thirty lines, half of them of April."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def database(home: Path) -> Iterator[SqlDatabase]:
    database = open_database(f"sqlite:///{home / 'chungthuc.db'}")
    yield database
    database.close()


@pytest.fixture(autouse=True)
def lines(run: Run, home: Path, database: SqlDatabase) -> None:
    if not (home / "chungthuc.db").exists() or not _lines(database):
        run("register", "list")
        Office(database, FileStore(home / "objects")).write(
            range(1, 31), first_at=OLD + timedelta(minutes=15)
        )


def _lines(database: SqlDatabase) -> int:
    with database.reading() as tx:
        return len(tx.register.numbers(COPIES, 2025))


def exported(run: Run, *more: object) -> list[list[str]]:
    return list(csv.reader(StringIO(run("register", "export", *BOOK, *more).out)))


def test_the_book_is_listed_and_exported_by_month_and_state(run: Run) -> None:
    assert len(exported(run)) == 31
    assert [row[1] for row in exported(run, "--month", 4)][1:] == ["01/04/2025"] * 16
    assert len(exported(run, "--state", "CANCELLED")) == 4
    assert exported(run, "--book", "02/2025-SCTĐT/BS")[1:] == []
    listed = run("register", "list", *BOOK, "--state", "CANCELLED")
    assert "10/2025" in listed.out
    assert "KEYS_UNUSABLE" not in listed.out
    assert len(run("register", "list", *BOOK, "--json").json["entries"]) == 30


def test_the_book_is_a_pdf(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "so.pdf"
    assert run("register", "export", *BOOK, "--pdf", file, "--json").json == {"file": str(file)}
    assert "30/2025" in printed_text(file.read_bytes())
    assert run("register", "export", *BOOK, "--pdf", tmp_path / "no" / "so.pdf").code == 1
    unconfirmed = run("register", "export", *BOOK, "--pdf", file, "--confirmation")
    assert (unconfirmed.code, "[YEAR_NOT_CLOSED]" in unconfirmed.err) == (1, True)


def test_a_confirmation_without_a_file_is_wrong_usage(run: Run) -> None:
    answer = run("register", "export", *BOOK, "--confirmation")
    assert (answer.code, answer.out) == (64, "")
    assert "--pdf" in answer.err


def test_a_number_held_too_long_is_listed_and_cancelled(run: Run, database: SqlDatabase) -> None:
    with database.transaction() as tx:
        held = tx.register.hold(PaperId("lost.1"), Series.RECEIPTS, LINE, at=OLD)
    assert [entry["id"] for entry in run("register", "held", "--json").json["held"]] == [held.id]
    assert held.label in run("register", "held").out
    gone = run("register", "cancel", held.id, "--reason", "Máy hỏng", "--json").json
    assert (gone["state"], gone["reason"], gone["reason_vi"]) == ("CANCELLED", "Máy hỏng", "Máy hỏng")
    assert run("register", "cancel", held.id, "--reason", "Máy hỏng").code == 1


def test_a_first_and_a_next_book_are_opened(run: Run, home: Path, database: SqlDatabase) -> None:
    following = ("--series", "paper")
    opened = run("register", "open", *following, "--first", 871, "--ordinal", 3, "--json").json
    assert (opened["first"], opened["open"]) == (871, True)
    assert opened["book"].startswith("03/")
    assert "BOOK_EMPTY" in run("register", "next-book", *following).err
    office = Office(database, FileStore(home / "objects"))
    office.write([1], series=Series.PAPER_COPIES, first_at=datetime(opened["year"], 1, 2, tzinfo=UTC))
    assert "04/" in run("register", "next-book", *following).out
    assert "BOOK_IN_USE" in run("register", "open", *following, "--first", 5).err


def test_a_year_is_closed_with_its_totals_and_proved(run: Run, tmp_path: Path) -> None:
    closed = run("register", "close-year", *BOOK, "--json").json
    assert (closed["lines"], closed["issued"], closed["cancelled"], closed["fees"]) == (30, 27, 3, 54_000)
    assert "BOOK_CLOSED" in run("register", "close-year", *BOOK).err
    file = tmp_path / "khoa-so.pdf"
    assert run("register", "export", *BOOK, "--pdf", file, "--confirmation").code == 0
    assert "54.000đồng" in printed_text(file.read_bytes())


def test_a_line_written_over_is_told_in_words(run: Run, database: SqlDatabase) -> None:
    with database.transaction() as tx:
        tx.register.hold(PaperId("forged.1"), Series.RECEIPTS, LINE, at=OLD)
    proof = run("register", "verify", "--json")
    assert proof.code == 1
    assert proof.json["lines"] >= 31
    codes = {(code, vi, en) for code, _what, vi, en in proof.json["faults"]}
    assert [code for code, _, _ in codes] == ["LINE_CHANGED"]
    assert "Dòng khác với nhật ký bảo đảm." in run("register", "verify").err


def test_what_is_no_book_is_wrong_usage(run: Run) -> None:
    assert run("register", "export", "--month", 13).code == 64
    assert run("register", "list", "--series", "all").code == 64
