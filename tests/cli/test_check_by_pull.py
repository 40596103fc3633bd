"""`chungthuc check` in a process of its own, its sources asked over HTTP of the reference platform."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.platform.asking import terms_file
from tests.platform.reference import Platform, Record, listening
from tests.platform.shapes import birth, person

_COMMAND = "import sys; from api.cli.main import main; sys.exit(main(sys.argv[1:]))"
_WHO = ("--officer", "mau.officer", "--dossier", "H26.10.05-261124-0001", "--purpose", "2.000815")


@dataclass(frozen=True, slots=True)
class Office:
    """A home of its own, which has no copy of any source and asks the platform."""

    home: Path
    platform: Platform

    def run(self, *args: object) -> Any:
        terms = self.home / "terms" / "pull.toml"
        settings = {"CHUNGTHUC_HOME": str(self.home), "CHUNGTHUC_PULL": str(terms)}
        done = subprocess.run(
            [sys.executable, "-c", _COMMAND, *map(str, args), "--json"],
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "bí mật" not in done.stderr
        return json.loads(done.stdout)

    def check(self, *files: Path) -> list[tuple[str, list[str]]]:
        """Outcome and reasons of the one paper of each file."""
        answer = self.run("check", *files, *_WHO)
        found = [file["documents"][0]["assessment"] for file in answer["files"]]
        return [(a["outcome"], [reason["code"] for reason in a["reasons"]]) for a in found]


def rows(papers: dict[str, Path], source: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in papers[f"records-{source}"].read_text("utf-8").splitlines()]


@pytest.fixture
def office(papers: dict[str, Path], tmp_path: Path) -> Iterator[Office]:
    """The platform knows the birth as the paper has it, and the card's holder as living elsewhere."""
    births: list[Record] = [birth(row) for row in rows(papers, "civil_status")]
    people: list[Record] = [
        person({**row, "residence": "Thôn Đông, xã Thư Lâm, thành phố Hà Nội"})
        for row in rows(papers, "population")
    ]
    platform = Platform({"/ho-tich/khai-sinh": births, "/dan-cu/tra-cuu": people})
    with listening(platform):
        sources = ("population", "civil_status")
        terms_file(tmp_path / "terms", platform.address, *sources, failures="1", timeout_s="4.0")
        yield Office(tmp_path, platform)


def test_papers_are_checked_by_asking_the_platform(office: Office, papers: dict[str, Path]) -> None:
    """One that agrees, one that differs, and the first again while the platform is out of order."""
    office.platform.misbehaves, office.platform.good_answers = "http_500", 2
    agrees, differs, silent = office.check(papers["birth"], papers["front"], papers["birth"])
    assert agrees == ("NO_COPY_NEEDED", ["ALL_FIELDS_AGREE"])
    assert differs == ("OFFICER_REVIEW", ["FIELD_DIFFERS"])
    assert silent == ("SOURCE_UNAVAILABLE", ["SOURCE_DOWN"])

    log = office.platform.log
    assert [call.path for call in log] == ["/ho-tich/khai-sinh", "/dan-cu/tra-cuu", "/ho-tich/khai-sinh"]
    assert len({call.request_code for call in log}) == 3
    asked = {(call.status, call.officer, call.service, call.dossier, call.purpose) for call in log}
    assert asked == {(200, "mau.officer", "2.000815", "H26.10.05-261124-0001", "2.000815")}

    by_source = {row["source"]: row["pull"] for row in office.run("records", "status")["sources"]}
    assert (by_source["civil_status"]["reach"], by_source["civil_status"]["code"]) == ("resting", "http_500")
    assert (by_source["population"]["reach"], by_source["population"]["failures"]) == ("asked", 0)
    assert by_source["driving_licence"] is None
