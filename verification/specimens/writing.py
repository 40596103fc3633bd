"""A folder, a kind and a count go in; papers, `truth.jsonl` and records for import come to lie there."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from verification.specimens.drawing import draw
from verification.specimens.model import Grade, Specimen

RECORD_KEYS = {
    "population": "personal_number",
    "civil_status": "record_id",
    "driving_licence": "licence_number",
    "household_business": "number",
}
"""The field that names a record in its source."""


def write(folder: Path, *, kind: str, count: int, seed: int, grade: Grade) -> None:
    """Draw `count` papers from `seed` upwards into the folder, which is made if need be.

    Lines of papers and records that are already there stay, unless they are drawn anew: several kinds
    may share one folder.

    Raises:
        UnknownKindError: `kind` is not in KINDS.
    """
    folder.mkdir(parents=True, exist_ok=True)
    truths: list[Mapping[str, object]] = []
    records: dict[str, list[Mapping[str, object]]] = {source: [] for source in RECORD_KEYS}
    for at in range(seed, seed + count):
        specimen = draw(kind, seed=at, grade=grade)
        (folder / specimen.name).write_bytes(specimen.content)
        truths.append(truth_line(specimen, at, grade))
        for source, record in specimen.records:
            records[source].append(record)
    merge_lines(folder / "truth.jsonl", "file", truths)
    for source, key in RECORD_KEYS.items():
        merge_lines(folder / f"records-{source}.ndjson", key, records[source])


def truth_line(specimen: Specimen, seed: int, grade: Grade) -> dict[str, object]:
    """What stands in `truth.jsonl` for one file."""
    return {
        "file": specimen.name,
        "kind": specimen.kind,
        "grade": grade.value,
        "seed": seed,
        "group": specimen.group,
        "fields": dict(specimen.truth),
    }


def merge_lines(path: Path, key: str, lines: Iterable[Mapping[str, object]]) -> None:
    """Add the lines to those already in the file; of lines with the same key the last one stays."""
    old = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    merged = {str(line[key]): line for line in (*map(json.loads, old), *lines)}
    path.write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in merged.values()), encoding="utf-8"
    )
