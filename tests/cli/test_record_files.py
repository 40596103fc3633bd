"""Hostile files of records: what is kept, what is listed, and when nothing is."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from api.record_files import record_file
from tests.cli.conftest import Run
from verification.errors import DeliveryCutError, RecordRowError
from verification.record_lines import json_object

GOOD = json.dumps({"personal_number": "001199012345", "full_name": "Nguyễn Thị Mẫu"}, ensure_ascii=False)


def read(path: Path) -> list[str]:
    """Of each row why it is none, or `good`, with its line before it."""
    with record_file(path) as file:
        rows = [(n, json_object(row) if isinstance(row, str) else row) for n, row in file.rows()]
    return [f"{n} {row.detail if isinstance(row, RecordRowError) else 'good'}" for n, row in rows]


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["rows.ndjson", "rows.ndjson.gz"])
def test_unicode_is_read_whatever_its_mark(tmp_path: Path, encoding: str, name: str) -> None:
    assert read(written(tmp_path / name, f"{GOOD}\n{GOOD}\n".encode(encoding))) == ["1 good", "2 good"]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("Nguyê\u0303n Thi\u0323".encode("cp1258"), "written in Windows-1258"),
        ("NguyÔn ThÞ MÉu".encode("latin-1"), "written in TCVN3 (ABC)"),
        ("Traàn Vaên Thöû".encode("latin-1"), "written in VNI"),
        (b"\xff\xe9", "its encoding is not known"),
    ],
)
def test_a_row_in_an_old_encoding_is_refused_by_name(tmp_path: Path, raw: bytes, why: str) -> None:
    lines = b'{"full_name": "' + raw + b'"}\n' + GOOD.encode() + b"\n"
    bad, good = read(written(tmp_path / "rows.ndjson", lines))
    assert bad.startswith("1 not UTF-8: ")
    assert why in bad
    assert good == "2 good"


@pytest.mark.parametrize("line", ["[" * 100_000, '{"a": ' * 50_000, "null", "9" * 5_000, "x" * 2_500_000])
def test_a_line_that_is_no_object_does_not_end_the_file(tmp_path: Path, line: str) -> None:
    found = read(written(tmp_path / "rows.ndjson", f"{line}\n{GOOD}\n".encode()))
    assert found[0] != "1 good"
    assert found[1:] == ["2 good"]


def test_a_last_line_without_its_end_is_read_when_it_is_whole(tmp_path: Path) -> None:
    assert read(written(tmp_path / "rows.ndjson", GOOD.encode())) == ["1 good"]


@pytest.mark.parametrize("name", ["cut.ndjson", "cut.csv", "cut.ndjson.gz", "damaged.ndjson.gz"])
def test_a_file_cut_in_the_middle_is_told(tmp_path: Path, name: str) -> None:
    csv_text = "personal_number,full_name\n001199012345,Mẫu\n0011990"
    text = csv_text if ".csv" in name else f"{GOOD}\n{GOOD[:-9]}"
    path = written(tmp_path / name, text.encode())
    if name == "cut.ndjson.gz":
        path.write_bytes(gzip.compress(f"{GOOD}\n".encode())[:-12])
    if name == "damaged.ndjson.gz":
        path.write_bytes(b"no gzip at all")
    with pytest.raises(DeliveryCutError):
        read(path)


def test_csv_rows_of_a_wrong_width_are_listed_by_their_line(tmp_path: Path) -> None:
    text = 'personal_number,full_name\n1\n1,"a\nb"\n1,2,3\n\n1,2\n'
    found = read(written(tmp_path / "rows.csv", text.encode()))
    assert [row.split()[0] for row in found] == ["2", "3", "5", "7"]
    assert [row.endswith("good") for row in found] == [False, True, False, True]


def test_a_cell_of_any_length_does_not_end_the_file(tmp_path: Path) -> None:
    text = f"personal_number,full_name\n1,{'x' * (csv.field_size_limit() + 1)}\n1,2\n"
    found = read(written(tmp_path / "rows.csv", text.encode()))
    assert found[0].startswith("2 not a CSV row")
    assert found[1:] == ["3 good"]


def test_a_cut_file_changes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHUNGTHUC_HOME", str(tmp_path / "home"))
    person = {**json.loads(GOOD), "date_of_birth": "1999-01-01"}
    path = written(tmp_path / "rows.ndjson", f"{json.dumps(person)}\n{GOOD[:-9]}".encode())
    answer = run("records", "import", path, "--source", "population")
    assert answer.code == 1
    assert "DELIVERY_CUT" in answer.err
    sources = run("records", "status", "--json").json["sources"]
    assert {s["records"] for s in sources} == {0}
