"""`CHUNGTHUC_SOURCES`: an operator's own sources, and what a fault in their file is told as."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_record_rehearsal import person, written
from tests.verification.test_source_profile import OWN


@pytest.fixture
def own_sources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("CHUNGTHUC_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CHUNGTHUC_SOURCES", str(tmp_path / "sources.toml"))
    return tmp_path / "sources.toml"


def test_an_own_source_takes_records(run: Run, own_sources: Path) -> None:
    own_sources.write_text(OWN, encoding="utf-8")
    owner = {"full_name": "Nguyễn Thị Mẫu", "personal_number": "001199012345"}
    rows = written(
        own_sources.with_name("a.ndjson"), {"number": "29A-12345", "type": "xe máy", "owner": owner}
    )
    answer = run("records", "import", rows, "--source", "vehicle", "--json")
    assert (answer.code, answer.json["accepted"]) == (0, 1)


def test_a_row_without_what_its_source_requires_is_rejected(run: Run, own_sources: Path) -> None:
    own_sources.write_text('[population]\nrequired = ["sex"]\n', encoding="utf-8")
    rows = written(own_sources.with_name("a.ndjson"), person(1), person(2, sex="male"))
    answer = run("records", "import", rows, "--source", "population", "--json")
    assert [(row["line"], row["detail"]) for row in answer.json["rejected"]] == [(1, "sex is missing")]


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"[population]\nfresh_for_hours = 0\n"])
def test_a_file_that_cannot_be_used_is_one_sentence(
    run: Run, own_sources: Path, content: bytes | None
) -> None:
    if content is not None:
        own_sources.write_bytes(content)
    answer = run("records", "status")
    assert answer.code == 64
    assert "CHUNGTHUC_SOURCES" in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("watched", ["population", "population=", "=x", "population=nowhere"])
def test_folders_that_are_none_are_told(run: Run, monkeypatch: pytest.MonkeyPatch, watched: str) -> None:
    monkeypatch.setenv("CHUNGTHUC_WATCH", watched)
    answer = run("records", "status")
    assert answer.code == 64
    assert "CHUNGTHUC_WATCH" in answer.err
