"""`records watch`: what arrives in a folder is loaded once and moved, with a report beside."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Run
from tests.cli.test_record_rehearsal import person, records, written


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("CHUNGTHUC_HOME", str(tmp_path / "home"))
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def watched(run: Run, folder: Path) -> Answer:
    return run("records", "watch", folder, "--source", "population", "--once", "--json")


def names(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_what_arrives_is_loaded_once_and_moved(run: Run, folder: Path) -> None:
    written(folder / "a.ndjson", person(1))
    written(folder / "b.ndjson.part", person(2))
    assert watched(run, folder).code == watched(run, folder).code == 0
    assert names(folder) == ["b.ndjson.part", "done/a.ndjson", "done/a.ndjson.report.json"]
    assert records(run)["population"] == 1


def test_a_cut_file_is_put_aside_with_the_reason(run: Run, folder: Path) -> None:
    (folder / "a.ndjson").write_text('{"personal_n', encoding="utf-8")
    assert watched(run, folder).code == 1
    report = json.loads((folder / "rejected" / "a.ndjson.report.json").read_text("utf-8"))
    assert report["error"]["code"] == "DELIVERY_CUT"


def test_a_name_that_came_before_is_kept_beside(run: Run, folder: Path) -> None:
    for place in (1, 2):
        written(folder / "a.ndjson", person(place))
        watched(run, folder)
    assert [n for n in names(folder) if not n.endswith(".json")] == ["done/2-a.ndjson", "done/a.ndjson"]


def test_a_file_that_lay_for_days_makes_no_fresh_copy(run: Run, folder: Path) -> None:
    path = written(folder / "a.ndjson", person(1))
    os.utime(path, (1_793_491_200, 1_793_491_200))  # 1 November 2026
    watched(run, folder)
    status = {s["source"]: s for s in run("records", "status", "--json").json["sources"]}
    assert not status["population"]["fresh"]


def test_a_folder_that_is_not_there_is_one_sentence(run: Run, folder: Path) -> None:
    answer = watched(run, folder / "none")
    assert answer.code == 1
    assert "NOT_FOUND" in answer.err


def test_a_source_that_nobody_knows_is_told_while_the_folder_is_empty(run: Run, folder: Path) -> None:
    answer = run("records", "watch", folder, "--source", "nowhere", "--once", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "UNKNOWN_SOURCE")


def test_a_folder_that_cannot_be_looked_into_is_one_sentence(run: Run, folder: Path) -> None:
    (folder / "done").write_text("a file where the folder should be", encoding="utf-8")
    (folder / "a.ndjson").write_text("{}\n", encoding="utf-8")
    answer = watched(run, folder)
    assert (answer.code, answer.json["error"]["code"]) == (1, "FILE_NOT_OPENED")
