"""Deliveries in which nothing can be read: nothing is loaded, and our copy grows no fresher by them."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Run

PERSON = {"personal_number": "001199012345", "full_name": "Nguyễn Thị Mẫu", "date_of_birth": "1999-01-01"}


@pytest.fixture
def brought(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, run: Run) -> Run:
    monkeypatch.setenv("CHUNGTHUC_HOME", str(tmp_path / "home"))

    def load(name: str, content: bytes) -> Answer:
        (tmp_path / name).write_bytes(content)
        return run("records", "import", tmp_path / name, "--source", "population", "--json")

    return load


def as_of(run: Run) -> str:
    sources = run("records", "status", "--json").json["sources"]
    return str({s["source"]: s["as_of"] for s in sources}["population"])


@pytest.mark.parametrize("name", ["none.ndjson", "none.csv", "head.csv"])
def test_a_file_without_rows_makes_nothing_fresher(name: str, brought: Run, run: Run) -> None:
    assert brought("good.ndjson", json.dumps(PERSON).encode() + b"\n").code == 0
    before = as_of(run)
    assert brought(name, b"personal_number,full_name\n" if name == "head.csv" else b"").code == 0
    assert as_of(run) == before


def test_a_numbered_delivery_without_rows_must_say_so(brought: Run, run: Run) -> None:
    assert brought("good.ndjson", json.dumps(PERSON).encode() + b"\n").code == 0
    before = as_of(run)
    answer = brought("none.ndjson", b'{"delivery": {"sequence": 7}}\n')
    assert (answer.code, answer.json["error"]["code"]) == (1, "DELIVERY_EMPTY")
    assert as_of(run) == before


def test_one_that_says_so_makes_our_copy_fresh(brought: Run) -> None:
    header = {"delivery": {"source": "population", "rows": 0}}
    assert brought("none.ndjson", json.dumps(header).encode() + b"\n").code == 0


def test_rows_of_which_none_tells_anything_are_listed_and_load_nothing(brought: Run, run: Run) -> None:
    assert brought("good.ndjson", json.dumps(PERSON).encode() + b"\n").code == 0
    before = as_of(run)
    answer = brought("semicolons.csv", "personal_number;full_name\n001199012345;Mẫu\n".encode())
    assert (answer.code, answer.json["error"]["code"]) == (1, "DELIVERY_UNREADABLE")
    assert [(row["line"], row["detail"]) for row in answer.json["rejected"]] == [
        (2, "personal_number is missing")
    ]
    assert as_of(run) == before


def test_a_bad_row_that_names_its_record_is_loaded_as_a_doubt(brought: Run) -> None:
    assert brought("good.ndjson", json.dumps(PERSON).encode() + b"\n").code == 0
    answer = brought("bad.ndjson", json.dumps(PERSON | {"sex": "?"}).encode() + b"\n")
    assert (answer.code, answer.json["doubted"], len(answer.json["rejected"])) == (1, 1, 1)


def test_a_column_named_twice_is_refused(brought: Run) -> None:
    answer = brought("twice.csv", b"personal_number,full_name,full_name\n001199012345,A,B\n")
    assert (answer.code, answer.json["error"]["code"]) == (1, "DELIVERY_HEADER_INVALID")
    assert "full_name" in answer.err


def test_a_delivery_of_another_source_is_told_before_its_turn(brought: Run) -> None:
    def header(source: str, sequence: int) -> bytes:
        said = {"delivery": {"source": source, "sequence": sequence}}
        return f"{json.dumps(said)}\n{json.dumps(PERSON)}\n".encode()

    assert brought("1.ndjson", header("population", 1)).code == 0
    answer = brought("9.ndjson", header("civil_status", 9))
    assert (answer.code, answer.json["error"]["code"]) == (1, "DELIVERY_OTHER_SOURCE")


@pytest.mark.parametrize("name", ["personal_number", "full_name", "old_id_numbers"])
def test_what_no_index_holds_is_rejected_by_line_on_every_database(name: str, brought: Run) -> None:
    """PostgreSQL keeps no key of 2,704 bytes: one such row ended the whole load."""
    long = "".join(chr(ord("a") + n * n % 23) for n in range(900)) + ("1" if name != "full_name" else "")
    value = [long] if name == "old_id_numbers" else long
    bad = PERSON | {"personal_number": "001199012399"} | {name: value}
    answer = brought("long.ndjson", f"{json.dumps(PERSON)}\n{json.dumps(bad)}\n".encode())
    assert (answer.code, answer.json["accepted"], answer.json["rejected"][0]["line"]) == (1, 1, 2)
