"""`records`, `register`, `specimens`, `trust`, `users`, `delegations`, `keys`, and wrong usage."""

import csv
import gzip
import json
from io import StringIO
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PERSON = {
    "personal_number": "001199012345",
    "full_name": "Nguyễn Thị Mẫu",
    "date_of_birth": "1999-01-01",
    "sex": "female",
    "updated_at": "2026-11-01T00:00:00Z",
}


@pytest.fixture
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, run: Run) -> Run:
    monkeypatch.setenv("CHUNGTHUC_HOME", str(tmp_path / "home"))
    return run


def test_good_rows_are_kept_and_bad_ones_listed(own_home: Run, tmp_path: Path) -> None:
    path = tmp_path / "rows.ndjson"
    path.write_text(
        json.dumps(PERSON) + "\nnot json\n" + json.dumps({"full_name": "X"}) + "\n", encoding="utf-8"
    )
    answer = own_home("records", "import", path, "--source", "population", "--json")
    assert answer.code == 1
    assert answer.json["accepted"] == 1
    assert [r["line"] for r in answer.json["rejected"]] == [2, 3]
    assert [r["detail_vi"] for r in answer.json["rejected"]] == [
        "không phải một đối tượng JSON",
        "personal_number bị thiếu",
    ]
    told = own_home("records", "import", path, "--source", "population").err
    assert "dòng 2: không phải một đối tượng JSON / not a JSON object" in told


def test_csv_and_gzip_are_taken_too(own_home: Run, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow([*PERSON, "residence.text", "residence.commune_code"])
        writer.writerow([*PERSON.values(), "Thư Lâm, Hà Nội", "00475"])
    answer = own_home("records", "import", path, "--source", "population", "--json")
    assert (answer.code, answer.json["accepted"]) == (0, 1)
    status = own_home("records", "status", "--json").json["sources"]
    assert {s["source"]: s["records"] for s in status}["population"] == 1


def test_an_unknown_source_is_one_sentence(own_home: Run, tmp_path: Path) -> None:
    path = tmp_path / "rows.ndjson"
    path.write_text("{}\n", encoding="utf-8")
    answer = own_home("records", "import", path, "--source", "nowhere")
    assert answer.code == 1
    assert "UNKNOWN_SOURCE" in answer.err
    assert "Traceback" not in answer.err


def test_a_missing_file_is_one_sentence(own_home: Run, tmp_path: Path) -> None:
    for command in (
        ("records", "import", tmp_path / "no.ndjson", "--source", "population"),
        ("trust", "add", tmp_path / "no.pem"),
        ("validate", tmp_path / "no.pdf", "--trust", tmp_path / "no.pem"),
    ):
        answer = own_home(*command)
        assert answer.code == 1
        assert "FILE_NOT_FOUND" in answer.err


def test_a_time_that_is_none_is_wrong_usage(own_home: Run, tmp_path: Path) -> None:
    path = tmp_path / "rows.ndjson"
    path.write_text("", encoding="utf-8")
    assert own_home("records", "import", path, "--source", "population", "--as-of", "hôm qua").code == 64


def test_an_empty_book_holds(own_home: Run) -> None:
    assert own_home("register", "verify", "--json").json == {"lines": 0, "faults": []}
    assert own_home("register", "list", "--json").json == {"entries": []}
    assert len(next(csv.reader(StringIO(own_home("register", "export").out)))) == 8


def test_specimens_come_with_truth_and_records(own_home: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mau"
    answer = own_home("specimens", folder, "--kind", "birth_certificate", "--count", 1, "--seed", 5, "--json")
    assert answer.code == 0
    truth = json.loads((folder / "truth.jsonl").read_text("utf-8"))
    assert (folder / truth["file"]).exists()
    assert (
        own_home("records", "import", folder / "records-civil_status.ndjson", "--source", "civil_status").code
        == 0
    )


def test_the_own_test_authority_is_trusted_and_named(own_home: Run) -> None:
    anchors = own_home("trust", "list", "--json").json["anchors"]
    assert [a["test"] for a in anchors] == [True]
    (seal,) = own_home("keys", "list", "--json").json["keys"]
    assert (seal["whose"], seal["kind"], seal["test"], seal["error"]) == ("agency", "test", True, None)


def test_an_account_starts_with_a_link_and_no_password(own_home: Run) -> None:
    made = own_home("users", "add", "mau", "--name", "Trần Thị Mẫu", "--role", "officer", "--json")
    assert "http" in made.json["link"]
    assert own_home("users", "list", "--json").json["users"][0]["username"] == "mau"


def test_a_delegation_needs_its_officer(own_home: Run) -> None:
    words = (
        "--decision",
        "01/QĐ",
        "--capacity",
        "TUQ. CHỦ TỊCH",
        "--from",
        "2026-01-01",
        "--to",
        "2026-12-31",
    )
    assert own_home("delegations", "add", "nobody", *words).code == 1
    own_home("users", "add", "mau", "--name", "Trần Thị Mẫu", "--role", "officer")
    assert own_home("delegations", "add", "mau", *words).code == 0
    assert own_home("delegations", "list", "mau", "--json").json["delegations"][0]["capacity"] == [
        "TUQ. CHỦ TỊCH"
    ]


@pytest.mark.parametrize("args", [(), ("nothing",), ("read",), ("register", "list", "--year", "x")])
def test_wrong_usage_is_64(own_home: Run, args: tuple[str, ...]) -> None:
    assert own_home(*args).code == 64


def test_a_setting_that_cannot_be_used_is_named(own_home: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUNGTHUC_PORT", "many")
    answer = own_home("records", "status")
    assert answer.code == 64
    assert "CHUNGTHUC_PORT" in answer.err


def test_a_database_that_is_none_is_one_sentence(own_home: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUNGTHUC_DATABASE_URL", "nonsense://")
    answer = own_home("records", "status")
    assert answer.code == 1
    assert "DATABASE_UNAVAILABLE" in answer.err
    assert "Traceback" not in answer.err


def test_a_home_that_is_a_file_is_named(own_home: Run, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the home should be a folder", encoding="utf-8")
    answer = own_home("records", "status")
    assert answer.code == 64
    assert "CHUNGTHUC_HOME" in answer.err


def test_an_internal_fault_has_a_number_and_no_traceback(own_home: Run, tmp_path: Path) -> None:
    (tmp_path / "home" / "keys" / "codes").mkdir(parents=True)
    answer = own_home("records", "status")
    assert answer.code == 70
    assert "Traceback" not in answer.err
    assert len(list((tmp_path / "home" / "logs").glob("fault-*.log"))) == 1


def test_a_user_name_that_cannot_be_used_is_one_sentence(own_home: Run) -> None:
    answer = own_home("users", "add", "an", "--name", "Nguyễn Thị An", "--role", "officer")
    assert (answer.code, "USERNAME_NOT_USABLE" in answer.err) == (1, True)


def test_what_is_refused_is_a_document_too(own_home: Run, tmp_path: Path) -> None:
    answer = own_home("records", "import", tmp_path / "nowhere", "--source", "population", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "FILE_NOT_FOUND")
    assert answer.json["error"]["message_vi"] in answer.err
