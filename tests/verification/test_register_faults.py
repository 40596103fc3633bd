"""What the proof of the book finds: gaps, repetitions, numbers outside."""

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW
from verification.register import (
    Book,
    BookFault,
    Count,
    EntryId,
    EntryState,
    Line,
    RegisterEntry,
    Series,
    faults,
)
from verification.submission import PaperId

COPIES, RECEIPTS = Series.COPIES, Series.RECEIPTS


def lines(numbers: Iterable[int], series: Series = COPIES, year: int = 2026) -> tuple[RegisterEntry, ...]:
    line = Line("Nguyễn Thị Mẫu", "Giấy khai sinh", "Trần Văn Thử", (), 1, 2_000)
    return tuple(
        RegisterEntry(
            id=EntryId(f"{series.name}-{year}-{number}"),
            series=series,
            year=year,
            book=f"01/{year}-{series.value}",
            number=number,
            paper_id=PaperId(f"s{number}.1"),
            state=EntryState.ISSUED,
            held_at=NOW,
            line=line,
        )
        for number in numbers
    )


def book(last: int, series: Series = COPIES, *, ordinal: int = 1, first: int = 1, year: int = 2026) -> Book:
    return Book(series, year, ordinal, first, last, open=True)


def found(numbers: Iterable[int], last: int) -> list[tuple[int, str]]:
    return [(fault.number, fault.what) for fault in faults(lines(numbers), (book(last),))]


def test_a_book_without_gaps_has_no_faults() -> None:
    assert found([1, 2, 3], last=3) == []
    assert faults((), ()) == ()


def test_a_number_that_is_not_there_is_missing() -> None:
    assert found([1, 3], last=3) == [(2, "missing")]


def test_the_last_line_cannot_be_torn_out() -> None:
    assert found([1, 2], last=3) == [(3, "missing")]


def test_a_number_that_stands_twice_is_repeated() -> None:
    assert found([1, 2, 2], last=2) == [(2, "repeated")]


def test_a_number_that_the_book_never_gave_is_outside() -> None:
    assert found([0, 1, 2, 3], last=2) == [(0, "outside"), (3, "outside")]


def test_numbers_run_on_over_the_books_of_a_year() -> None:
    books = (book(2), book(4, ordinal=2, first=3))
    assert faults(lines([1, 2, 3, 4]), books) == ()
    assert faults(lines([1, 2, 4]), books) == (BookFault(COPIES, 2026, 3, "missing"),)


def test_each_series_and_year_is_counted_by_itself() -> None:
    entries = (*lines([1, 2]), *lines([1], RECEIPTS), *lines([1], year=2027))
    books = (book(2), book(1, RECEIPTS), book(1, year=2027))
    assert faults(entries, books) == ()
    assert faults(entries[:3], books) == (BookFault(COPIES, 2027, 1, "missing"),)


def test_a_book_and_a_line_are_written_as_in_the_statement() -> None:
    assert book(4, ordinal=2, first=3).sign == "02/2026-SCTĐT/BS"
    assert lines([15])[0].label == "15/2026"


def test_a_line_of_before_keeps_its_fingerprint() -> None:
    """Worked out by the first version: its homes prove their books by it."""
    (entry,) = lines([7])
    line = Line(
        "Nguyễn Thị Mẫu", "Giấy khai sinh", "Trần Văn Thử", ("TUQ. CHỦ TỊCH",), 2, 4_000, "Trường Mẫu"
    )
    old = replace(entry, held_at=NOW, line=line, paper_id=PaperId("s1.1"))
    assert old.fingerprint() == "bed48bfbcd50afddab7f34766cf91c3d4da6808a73faa107a44c41ff9b234af8"


def test_a_book_may_begin_where_one_on_paper_ended() -> None:
    books = (book(872, first=871), book(874, ordinal=2, first=873))
    assert faults(lines([871, 872, 873, 874]), books) == ()
    assert faults(lines([870, 872, 873, 874]), books) == (
        BookFault(COPIES, 2026, 870, "outside"),
        BookFault(COPIES, 2026, 871, "missing"),
    )


@given(st.lists(st.sampled_from(list(EntryState)), max_size=20), st.data())
def test_the_digest_of_a_year_tells_every_change(states: list[EntryState], data: st.DataObject) -> None:
    entries = [replace(e, state=s) for e, s in zip(lines(range(1, len(states) + 1)), states, strict=True)]
    count = counted(entries)
    assert count.totals.issued + count.totals.cancelled <= count.totals.lines == len(entries)
    if not entries:
        return
    place = data.draw(st.integers(0, len(entries) - 1))
    changed = [*entries]
    changed[place] = replace(changed[place], document="f" * 64)
    assert counted(changed).digest != count.digest
    assert counted(entries[:place] + entries[place + 1 :]).digest != count.digest


def counted(entries: Iterable[RegisterEntry]) -> Count:
    count = Count()
    for entry in entries:
        count.add(entry)
    return count
