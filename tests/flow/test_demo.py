"""The demo as a person runs it: every step holds, other programs agree, one changed byte is found."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from verification.specimens import Grade, draw


def chungthuc(home: Path, *args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "api.cli", *map(str, args)]
    return subprocess.run(
        command, env={**os.environ, "CHUNGTHUC_HOME": str(home)}, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo-home")


@pytest.fixture(scope="module")
def demo(home: Path) -> dict[str, Any]:
    done = chungthuc(home, "demo", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def pdfs(demo: dict[str, Any]) -> list[Path]:
    return sorted(Path(demo["folder"]).glob("*.pdf"))


def test_every_paper_comes_out_as_it_must(demo: dict[str, Any]) -> None:
    assert [row["outcome"] or row["result"] for row in demo["rows"]] == [
        "NO_COPY_NEEDED",
        "NO_COPY_NEEDED",
        "NO_COPY_NEEDED",
        "OFFICER_REVIEW",
        "CERTIFICATION_NEEDED",
        "REFUSAL_PROPOSED",
        "OFFICER_REVIEW",
        "FILE_DAMAGED",
        "FILE_TYPE_NOT_ACCEPTED",
    ]
    assert all(row["held"] for row in demo["rows"])
    assert len(pdfs(demo)) == 4


def test_pdfsig_and_validate_agree(demo: dict[str, Any], home: Path) -> None:
    for pdf in pdfs(demo):
        seen = subprocess.run(["pdfsig", str(pdf)], capture_output=True, text=True, check=False).stdout
        assert seen.count("Signature is Valid") == 2, seen
    assert chungthuc(home, "validate", *pdfs(demo)).returncode == 0


def test_one_changed_byte_is_invalid(demo: dict[str, Any], home: Path, tmp_path: Path) -> None:
    content = bytearray(pdfs(demo)[-1].read_bytes())
    content[len(content) // 3] ^= 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(content)
    done = chungthuc(home, "validate", changed, "--json")
    file = json.loads(done.stdout)["files"][0]
    assert done.returncode == 1
    assert file["verdict"] == "INVALID"
    assert "integrity" in {r["about"] for r in file["reasons"]}


def test_another_home_does_not_trust_what_this_one_signed(demo: dict[str, Any], tmp_path: Path) -> None:
    done = chungthuc(tmp_path / "other", "validate", pdfs(demo)[0], "--json")
    file = json.loads(done.stdout)["files"][0]
    assert done.returncode == 2
    assert (file["verdict"], file["register"]) == ("UNDETERMINED", None)
    assert {r["about"] for r in file["reasons"]} & {"trust"}


def test_the_book_holds_after_the_demo(demo: dict[str, Any], home: Path) -> None:
    assert demo["rows"]
    proof = json.loads(chungthuc(home, "register", "verify", "--json").stdout)
    assert proof == {"lines": 4, "faults": []}


def test_a_home_with_a_real_key_is_refused(home: Path, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "seal.p12").write_bytes(b"a key container")
    done = chungthuc(tmp_path, "demo")
    assert done.returncode == 1
    assert "khóa thật" in done.stderr
    assert not (tmp_path / "demo").exists()


def test_a_file_the_demo_was_not_made_for_is_checked_too(home: Path, tmp_path: Path) -> None:
    paper = draw("birth_certificate", seed=77, grade=Grade.PHOTO)
    path = tmp_path / paper.name
    path.write_bytes(paper.content)
    document = json.loads(chungthuc(home, "check", path, "--json").stdout)["files"][0]["documents"][0]
    assert document["kind"] == "birth_certificate"
    assert document["assessment"]["outcome"] != "NO_COPY_NEEDED"
