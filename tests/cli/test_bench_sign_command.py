"""`bench sign`: a small run, and what its report says."""

import io
import json
import os
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from api.cli.bench_sign import MARKERS
from api.cli.bench_signing.figures import Issuing, LongTermCost, Measured, Rate, Receipts, Signing
from api.cli.bench_signing.report import document, markdown, rows
from tests.cli.conftest import Run

MEASURED = Measured(
    cores=1,
    signing=(Signing("P-256", Rate(100, 1.0), Rate(10, 1.0)), Signing("RSA-3072", Rate(50, 1.0), None)),
    receipts=Receipts(
        whole=Rate(100, 4.0),
        render=Rate(100, 2.0),
        sign=Rate(100, 0.5),
        store=Rate(100, 1.5),
        size_kb=107.4,
        memory_mb=((0, 300), (1_000, 310), (10_000, 311)),
    ),
    issuing=Issuing(by_engine=Rate(10, 1.0), without=Rate(10, 0.4)),
    long_term=LongTermCost(Rate(20, 0.3), 117.2),
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """A few of each; the JSON, and a home that was there before."""
    home = tmp_path_factory.mktemp("bench") / "home"
    few = [word for name in ("receipts", "documents", "issued") for word in (f"--{name}", "2")]
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as out:
        patch.setenv("CHUNGTHUC_HOME", str(home))
        assert main(["bench", "sign", *few, "--json"]) == 0
    return json.loads(out.getvalue()), home


def test_each_kind_of_key_is_measured_beside_pyhanko(small: tuple[Any, Path]) -> None:
    told, _ = small
    p_256, rsa = told["signing"][:2]
    assert (p_256["kind"], rsa["kind"]) == ("P-256", "RSA-3072")
    for one in (p_256, rsa):
        assert one["ours"]["count"] == 2
        assert one["ours"]["seconds"] / 2 < one["beside"]["seconds"] / one["beside"]["count"]


def test_receipts_are_rendered_stored_and_issued_both_ways(small: tuple[Any, Path]) -> None:
    told, _ = small
    receipts, issuing = told["receipts"], told["issuing"]
    assert receipts["whole"]["count"] == issuing["by_engine"]["count"] == issuing["without"]["count"] == 2
    assert 50 < receipts["size_kb"] < 200 < told["long_term"]["size_kb"] + 150
    assert [count for count, _ in receipts["memory_mb"]][-1] == 2


def test_everything_ran_on_one_core_and_the_process_has_all_of_them_again(small: tuple[Any, Path]) -> None:
    told, _ = small
    assert told["cores"] == 1
    assert len(os.sched_getaffinity(0)) == len(os.sched_getaffinity(os.getppid()))


def test_nothing_is_left_in_the_home_that_was_there(small: tuple[Any, Path]) -> None:
    _, home = small
    assert not home.exists()


def test_a_goal_that_is_missed_is_marked() -> None:
    told = {line[0]: line[1:] for line in rows(MEASURED)}
    assert told["P-256: signatures on prepared PDFs (B-T), a second"] == ["200", "≥ 150"]
    assert told["P-256: times as fast"] == ["10", ""]
    assert "RSA-3072: times as fast" not in told
    assert told["receipts rendered, signed twice and stored, a second"] == ["25", "≥ 20"]
    assert told["what the engine costs a receipt"] == ["60 ms", ""]
    assert told["size of a one-page receipt"] == ["107 KB", "≤ 110 KB"]
    slow = replace(MEASURED.receipts, whole=Rate(19, 1.0), size_kb=110.5)
    told = {line[0]: line[1:] for line in rows(replace(MEASURED, receipts=slow))}
    assert told["receipts rendered, signed twice and stored, a second"] == ["19 ✗", "≥ 20"]
    assert told["size of a one-page receipt"] == ["110 KB ✗", "≤ 110 KB"]


@pytest.mark.parametrize(("size", "mark"), [(110.0, ""), (109.9, ""), (110.1, " ✗")])
def test_what_just_reaches_its_goal_is_not_marked(size: float, mark: str) -> None:
    told = {
        line[0]: line[1]
        for line in rows(replace(MEASURED, receipts=replace(MEASURED.receipts, size_kb=size)))
    }
    assert told["size of a one-page receipt"] == f"110 KB{mark}"


def test_the_table_is_for_the_readme() -> None:
    assert markdown(MEASURED, "One core.").startswith("One core.\n\n|  |  | goal |\n| --- | ---: | --- |\n")


def test_the_json_holds_what_follows_from_what_was_measured() -> None:
    assert document(MEASURED)["figures"]["P-256: times as fast"] == 10
    assert document(MEASURED)["receipts"]["memory_mb"][-1] == (10_000, 311)


def test_a_page_without_its_marks_is_told_before_long_work(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("no marks")
    answer = run("bench", "sign", "--into", page)
    assert (answer.code, page.read_text()) == (1, "no marks")
    assert MARKERS[0] in answer.err


@pytest.mark.parametrize("count", ["0", "-1", "x"])
def test_a_count_that_is_none_is_wrong_usage(run: Run, count: str) -> None:
    assert run("bench", "sign", "--receipts", count).code == 64
