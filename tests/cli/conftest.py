"""A home with records, shared by the command tests, and a way to run a command as a person would."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from verification.specimens import Cohort, Grade, Specimen, draw, family, place_named

SEED = 38
"""A child of Thụy Lâm whose scan both readers read alike."""


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Answer]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("CHUNGTHUC_HOME", str(home))

    def command(*args: object) -> Answer:
        capsys.readouterr()
        try:
            code = main([str(a) for a in args])
        except SystemExit as stop:
            code = int(stop.code or 0)
        seen = capsys.readouterr()
        return Answer(code, seen.out, seen.err)

    return command


def birth(seed: int = SEED) -> Specimen:
    people = family(seed, Cohort.INFANT, place_named("Thụy Lâm"))
    return draw("birth_certificate", seed=seed, grade=Grade.SCAN, people=people, old_address=True)


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Files of specimens by name, and `records-<source>` with what the records know of them."""
    folder = tmp_path_factory.mktemp("papers")
    specimens = {
        "birth": birth(),
        "front": draw("citizen_card_2021_front", seed=3, grade=Grade.PHOTO),
        "back": draw("citizen_card_2021_back", seed=3, grade=Grade.PHOTO),
        "diploma": draw("diploma", seed=4, grade=Grade.SCAN),
        "copy": draw("certified_copy", seed=1, grade=Grade.SCAN),
    }
    found = {name: folder / s.name for name, s in specimens.items()}
    records: dict[str, list[str]] = {"population": [], "civil_status": []}
    for name, specimen in specimens.items():
        found[name].write_bytes(specimen.content)
        for source, record in specimen.records:
            records[source].append(json.dumps(record, ensure_ascii=False))
    for source, lines in records.items():
        path = folder / f"records-{source}.ndjson"
        path.write_text("\n".join(dict.fromkeys(lines)) + "\n", encoding="utf-8")
        found[f"records-{source}"] = path
    return found
