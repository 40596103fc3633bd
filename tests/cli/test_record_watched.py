"""`work` with CHUNGTHUC_WATCH: a file that arrives is loaded while it runs, and a signal ends it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_record_rehearsal import person, records, written

_WORK = "import sys; from api.cli.main import main; sys.exit(main(['work']))"


def test_the_worker_loads_what_arrives(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    monkeypatch.setenv("CHUNGTHUC_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CHUNGTHUC_WATCH", f"population={folder}")
    written(folder / "a.ndjson", {"delivery": {"sequence": 1, "rows": 1}}, person(1))
    with (tmp_path / "log").open("wb") as log:
        working = subprocess.Popen([sys.executable, "-c", _WORK], env=dict(os.environ), stderr=log)
    try:
        wait_for(folder / "done" / "a.ndjson")
    finally:
        working.send_signal(signal.SIGTERM)
    assert working.wait(timeout=30) == 0
    assert records(run)["population"] == 1
    assert '"accepted": 1' in (tmp_path / "log").read_text("utf-8")


def wait_for(path: Path) -> None:
    end = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < end, "it was not loaded within thirty seconds"
        time.sleep(0.05)


def test_a_folder_for_no_source_is_told(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHUNGTHUC_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CHUNGTHUC_WATCH", f"nowhere={tmp_path}")
    answer = run("records", "status")
    assert answer.code == 64
    assert "there is no source nowhere" in answer.err
