"""`bench read`: a small run in a process of its own, and reports of what it kept."""

import io
import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from api.cli.bench_reading.beside import READERS, first_reader_cpu, read_beside, text_by
from api.cli.bench_reading.product import read_by_product
from api.cli.bench_reading.splice import MARKERS
from api.cli.bench_reading.watching import WatchedReader, by_one_reader, unread_lines
from api.settings import from_environment
from api.wiring import wire
from ocr.intake import take_in
from ocr.model import Document, DocumentReading, Limits
from ocr.reading import PaperReader
from tests.cli.conftest import Run
from verification.profile import shipped_profiles
from verification.specimens import Grade, draw
from verification.wanted import lines_wanted

SMALL = ("--set", "working", "--kinds", "citizen_card_2021_front,driving_licence", "--grades", "hard")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench") / "papers.ndjson"


@pytest.fixture(scope="module")
def small(kept: Path) -> Any:
    """One card and one licence, read by the command; its JSON."""
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as out:
        patch.setenv("CHUNGTHUC_HOME", str(kept.parent / "home"))
        assert main(["bench", "read", *SMALL, "--count", "1", "--keep", str(kept), "--json"]) == 0
    return json.loads(out.getvalue())


# -- a run -------------------------------------------------------------------------------------


def test_a_row_says_how_well_and_at_what_cost(small: Any) -> None:
    rows = {row["kind"]: row for row in small["rows"]}
    assert list(rows) == ["citizen_card_2021_front", "driving_licence", "all"]
    assert rows["all"]["papers"] == 2
    assert rows["all"]["kind_right"] == 1
    assert all(0.3 < rows["all"][name] <= 1 for name in ("exact", "first_reader_alone", "tesseract_page"))
    assert 0 < rows["all"]["print_cer"]["first_reader"] < 0.3
    assert rows["all"]["page_cpu_s"] > rows["all"]["tesseract_page_cpu_s"] > 0
    assert rows["all"]["first_pass_to_tesseract"] > rows["all"]["lead_to_tesseract"] > 0
    assert rows["all"]["peak_mb"] > 200


def test_what_is_asked_of_all_papers_is_counted(small: Any) -> None:
    assert small["licences_taken_for_persons"]["of"] == 1
    assert small["licences_taken_for_persons"]["count"] == 0
    assert small["qr_read"]["of"] == 1
    assert small["qr_read"]["coarser"] == 0
    assert [goal["grade"] for goal in small["goals"]] == ["hard"]


@pytest.mark.usefixtures("small")
def test_nothing_is_left_in_the_home_that_was_there(kept: Path) -> None:
    assert not (kept.parent / "home" / "models").exists()


# -- reports of what was kept ------------------------------------------------------------------


def test_a_kept_file_gives_the_same_figures(small: Any, kept: Path, run: Run) -> None:
    again = run("bench", "read", "--from", kept, "--json").json
    assert again["rows"] == small["rows"]
    assert again["goals"] == small["goals"]


@pytest.mark.usefixtures("small")
def test_a_file_cut_in_the_middle_of_a_line_is_still_reported_on(
    kept: Path, run: Run, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.ndjson"
    cut.write_bytes(kept.read_bytes()[:-40])
    answer = run("bench", "read", "--from", cut)
    assert answer.code == 0
    assert "line 2 cannot be read" in answer.err
    assert answer.out.splitlines()[1].startswith("citizen_card_2021_front")


def test_a_file_without_papers_is_one_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    for name, words in (("empty", "no papers"), ("missing", "FILE_NOT_FOUND")):
        answer = run("bench", "read", "--from", tmp_path / name)
        assert answer.code == 1
        assert words in answer.err


@pytest.mark.usefixtures("small")
def test_the_table_is_put_between_the_marks_of_a_page(kept: Path, run: Run, tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text(f"before\n{MARKERS[0]}\n{MARKERS[1]}\nafter\n", encoding="utf-8")
    assert run("bench", "read", "--from", kept, "--into", page).code == 0
    shown = run("bench", "read", "--from", kept, "--markdown").out
    assert page.read_text(encoding="utf-8") == f"before\n{MARKERS[0]}\n{shown[:-1]}{MARKERS[1]}\nafter\n"


@pytest.mark.usefixtures("small")
def test_a_page_without_marks_is_left_as_it_is(kept: Path, run: Run, tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("no marks\n", encoding="utf-8")
    answer = run("bench", "read", "--from", kept, "--into", page)
    assert (answer.code, page.read_text(encoding="utf-8")) == (1, "no marks\n")
    assert MARKERS[1] in answer.err


@pytest.mark.parametrize(
    "wrong", [("--kinds", "passport"), ("--grades", "soso"), ("--papers", "0"), ("--jobs", "x")]
)
def test_a_choice_that_is_none_is_wrong_usage(run: Run, wrong: tuple[str, str]) -> None:
    answer = run("bench", "read", *wrong)
    assert answer.code == 64
    assert wrong[1] in answer.err


# -- how the readings beside the product are come by -------------------------------------------


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperReader]:
    reader = PaperReader.open(tmp_path_factory.mktemp("models"), limits=Limits())
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def document() -> Document:
    return take_in(draw("driving_licence", seed=3, grade=Grade.HARD).content, Limits())


@pytest.fixture(scope="module")
def watched(reader: PaperReader, document: Document) -> WatchedReader:
    """After the product's two passes."""
    watched = WatchedReader(reader)
    first = watched.read(document, both=False)
    watched.read_again(first, lines_wanted(first, shipped_profiles()))
    return watched


@pytest.fixture(scope="module")
def full(reader: PaperReader, watched: WatchedReader) -> DocumentReading:
    """With the lines that the second reader was not asked about."""
    assert watched.reading
    return reader.read_again(watched.reading, unread_lines(watched.reading, READERS[1]))


def test_lines_read_later_are_read_as_if_all_had_been_wanted_at_once(
    reader: PaperReader, document: Document, watched: WatchedReader, full: DocumentReading
) -> None:
    assert watched.reading
    lines = range(len(full.pages[0].texts[0].lines))
    assert 0 < len(unread_lines(watched.reading, READERS[1])[0]) < len(lines)
    at_once = reader.read_again(reader.read(document, both=False), {0: lines})
    assert [text_by(full, name) for name in READERS] == [text_by(at_once, name) for name in READERS]


def test_a_refused_file_is_a_result_and_stops_no_bench(tmp_path: Path) -> None:
    document = take_in(draw("driving_licence", seed=1, grade=Grade.SCAN).content, Limits())
    wired = wire(from_environment({"CHUNGTHUC_HOME": str(tmp_path)}))
    strict = PaperReader.open(tmp_path / "models", limits=Limits(max_pixels=1))
    product = read_by_product(wired.services, strict, document)
    beside = read_beside(wired.services, strict, document, "driving_licence", product)
    strict.close()
    wired.close()
    assert (product.papers, product.refused) == ((), "PAGE_TOO_LARGE")
    assert beside.alone == (None, None)
    assert "LÁI XE" in beside.page.text


def test_finding_lines_is_a_part_of_the_first_pass(watched: WatchedReader) -> None:
    assert 0 < watched.find_cpu < watched.pass_cpu


def test_a_reader_alone_has_no_help(full: DocumentReading) -> None:
    alone = by_one_reader(full, READERS[1])
    assert [text.reader for text in alone.pages[0].texts] == ["asternet"]
    assert alone.pages[0].codes == ()
    assert text_by(full, READERS[1]) == text_by(alone, READERS[1])
    assert text_by(alone, READERS[0]) == ""


def test_the_first_reader_costs_something_by_itself(full: DocumentReading) -> None:
    assert first_reader_cpu(full) > 0
