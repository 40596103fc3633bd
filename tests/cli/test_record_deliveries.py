"""`records import` and `watch` with deliveries that say who they are; `records status` and `deliveries`."""

import gzip
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Run
from tests.cli.test_record_folder import names, watched
from tests.cli.test_record_rehearsal import person, records, written

HEADER = {"source": "population", "sequence": 7, "kind": "increment", "as_of": "2026-11-24T00:00:00Z"}


@pytest.fixture
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, run: Run) -> Run:
    monkeypatch.setenv("CHUNGTHUC_HOME", str(tmp_path / "home"))
    return run


@pytest.fixture
def folder(own_home: Run, tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def said(**more: object) -> dict[str, object]:
    return {"delivery": {**HEADER, **more}}


def load(run: Run, path: Path, *more: object) -> Answer:
    return run("records", "import", path, "--source", "population", "--json", *more)


def test_a_delivery_says_who_it_is(own_home: Run, tmp_path: Path) -> None:
    told = load(own_home, written(tmp_path / "a.ndjson", said(rows=1), person(1)))
    assert told.code == 0
    assert (told.json["sequence"], told.json["as_of"], told.json["accepted"]) == (
        7,
        "2026-11-24T00:00:00Z",
        1,
    )


def test_a_delivery_that_came_is_told_so_and_no_error(own_home: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "a.ndjson", said(), person(1))
    packed = tmp_path / "a.ndjson.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    load(own_home, path)
    again = load(own_home, packed)
    assert (again.code, again.json["already_taken"], again.json["snapshot"]) == (0, True, 1)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "DELIVERY_CONTRADICTS"),
        ({"sequence": 9}, "DELIVERY_OUT_OF_TURN"),
        ({"sequence": 6}, "DELIVERY_OUT_OF_TURN"),
        ({"sequence": 8, "rows": 2}, "DELIVERY_CUT"),
        ({"sequence": 8, "source": "civil_status"}, "DELIVERY_OTHER_SOURCE"),
        ({"sequence": "8"}, "DELIVERY_HEADER_INVALID"),
        ({"sequence": 8, "as_of": "2099-01-01T00:00:00Z"}, "DELIVERY_AHEAD"),
    ],
)
def test_a_delivery_that_is_refused_changes_nothing(
    own_home: Run, tmp_path: Path, more: dict[str, object], code: str
) -> None:
    load(own_home, written(tmp_path / "a.ndjson", said(), person(1)))
    answer = load(own_home, written(tmp_path / "b.ndjson", said(**more), person(2)))
    assert answer.code == 1
    assert code in answer.err
    assert records(own_home)["population"] == 1


def test_a_csv_is_announced_beside_it(own_home: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("personal_number,full_name\n001199000001,Nguyễn Thị Mẫu\n", encoding="utf-8")
    beside = tmp_path / "a.csv.delivery.json"
    beside.write_text(json.dumps(said(rows=1)), encoding="utf-8")
    assert load(own_home, path).json["sequence"] == 7
    beside.write_text(json.dumps(said(sequence=8, rows=3)), encoding="utf-8")
    assert "DELIVERY_CUT" in load(own_home, path).err
    beside.write_text("{", encoding="utf-8")
    assert "DELIVERY_HEADER_INVALID" in load(own_home, path).err


def test_a_number_may_be_told_beside_the_file(own_home: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "a.ndjson", person(1))
    assert load(own_home, path, "--sequence", 3).json["sequence"] == 3
    assert "DELIVERY_OUT_OF_TURN" in load(own_home, written(path, person(2)), "--sequence", 5).err
    assert "DELIVERY_HEADER_INVALID" in load(own_home, written(path, said(), person(2)), "--sequence", 4).err
    assert load(own_home, path, "--sequence", 0).code == 64


def test_a_full_load_removes_only_what_somebody_allowed(own_home: Run, tmp_path: Path) -> None:
    load(own_home, written(tmp_path / "a.ndjson", *(person(n) for n in range(1, 5))))
    path = written(tmp_path / "b.ndjson", person(1), person(2))
    dry = load(own_home, path, "--full", "--dry-run").json
    assert (dry["removed"], dry["needs_allowing"], dry["kind"]) == (2, True, "full")
    assert "REMOVALS_REFUSED" in load(own_home, path, "--full").err
    assert records(own_home)["population"] == 4
    assert load(own_home, path, "--full", "--allow-removals").json["removed"] == 2
    assert records(own_home)["population"] == 2


def test_names_that_nobody_asked_for_are_told(own_home: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "a.ndjson", person(1, blood_group="O"))
    assert load(own_home, path).json["unknown_names"] == {"blood_group": 1}
    plain = own_home("records", "import", path, "--source", "population")
    assert "blood_group" in plain.err


def test_the_status_says_all_that_an_operator_asks(own_home: Run, tmp_path: Path) -> None:
    load(own_home, written(tmp_path / "a.ndjson", said(), person(1), {}))
    found = {s["source"]: s for s in own_home("records", "status", "--json").json["sources"]}
    population, business = found["population"], found["household_business"]
    assert (population["sequence"], population["delivery_sequence"], population["records"]) == (1, 7, 1)
    assert population["published"]["since"] == "2026-01-01"
    assert (population["last_delivery"]["rejected"], population["limit_hours"]) == (1, 48)
    assert population["age_hours"] > 0
    assert (business["fresh"], business["published"], business["last_delivery"]) == (False, None, None)
    assert "population" in own_home("records", "status").out


def test_what_was_loaded_is_listed_newest_first(own_home: Run, tmp_path: Path) -> None:
    for number in (7, 8):
        load(own_home, written(tmp_path / f"{number}.ndjson", said(sequence=number), person(number)))
    listed = own_home("records", "deliveries", "--source", "population", "--json").json["deliveries"]
    assert [(d["sequence"], d["counts"]["new"], d["actor"]) for d in listed] == [
        (8, 1, "local"),
        (7, 1, "local"),
    ]
    assert len(own_home("records", "deliveries", "--limit", 1, "--json").json["deliveries"]) == 1
    assert "increment" in own_home("records", "deliveries").out
    assert "UNKNOWN_SOURCE" in own_home("records", "deliveries", "--source", "nowhere").err


# -- folders -------------------------------------------------------------------------------------


def lie(path: Path, minute: int) -> None:
    """As if written at that minute of 24 November 2026."""
    written_at = datetime(2026, 11, 24, 0, minute, tzinfo=UTC).timestamp()
    os.utime(path, (written_at, written_at))


def test_deliveries_out_of_order_wait_for_their_turn(run: Run, folder: Path) -> None:
    lie(written(folder / "first.ndjson", said(sequence=1), person(1)), 0)
    lie(written(folder / "third.ndjson", said(sequence=3), person(3)), 1)
    assert watched(run, folder).code == 1
    assert names(folder) == ["done/first.ndjson", "done/first.ndjson.report.json", "third.ndjson"]
    lie(written(folder / "second.ndjson", said(sequence=2), person(2)), 2)
    assert watched(run, folder).code == 0
    assert records(run)["population"] == 3


def test_a_delivery_that_waits_is_told_with_the_reason(run: Run, folder: Path) -> None:
    written(folder / "a.ndjson", said(sequence=1), person(1))
    written(folder / "b.ndjson", said(sequence=3), person(3))
    told = watched(run, folder)
    assert {"file": "b.ndjson", "folder": "waiting"} in told.json["files"]
    assert "DELIVERY_OUT_OF_TURN" in told.err


def test_a_delivery_that_goes_back_is_put_aside(run: Run, folder: Path) -> None:
    for number in (7, 6):
        written(folder / f"{number}.ndjson", said(sequence=number), person(number))
        watched(run, folder)
    report = json.loads((folder / "rejected" / "6.ndjson.report.json").read_text("utf-8"))
    assert report["error"]["code"] == "DELIVERY_OUT_OF_TURN"


def test_what_lies_beside_a_csv_goes_with_it(run: Run, folder: Path) -> None:
    (folder / "a.csv.delivery.json").write_text(json.dumps(said()), encoding="utf-8")
    (folder / "a.csv").write_text("personal_number,full_name\n001199000001,Mẫu\n", encoding="utf-8")
    assert watched(run, folder).code == 0
    assert names(folder) == ["done/a.csv", "done/a.csv.delivery.json", "done/a.csv.report.json"]
