"""A number of invented people in; files of them as their owner would deliver them, papers of some, out."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from api.cli.output import progress
from verification.extraction import Extraction, Field, Kind
from verification.normalise import name_key
from verification.specimens.chance import Chance
from verification.specimens.population import InventedPopulation

_SEED = 7
_STEP = 100_000
_ON_A_CARD = (
    "personal_number",
    "full_name",
    "date_of_birth",
    "sex",
    "nationality",
    "place_of_origin",
    "residence",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is looked up, by what the paper says."""

    number: str
    name_key: str
    birth_date: str
    card: Extraction


class BenchPeople:
    """`count` people, of whom the same are written and asked for."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._people = InventedPopulation(_SEED)

    def write(self, path: Path, *, updated_at: datetime) -> None:
        """All of them."""
        with path.open("w", encoding="utf-8") as file:
            for first in range(0, self.count, _STEP):
                progress(f"{first} / {self.count} …")
                numbers = range(first, min(first + _STEP, self.count))
                file.writelines(self._people.lines(numbers, updated_at=updated_at.isoformat()))

    def write_moved(self, path: Path, many: int, *, updated_at: datetime) -> int:
        """So many of them, from all over, who moved house; how many they are."""
        numbers = range(0, self.count, max(self.count // many, 1))[:many]
        with path.open("w", encoding="utf-8") as file:
            file.writelines(self._people.lines(numbers, updated_at=updated_at.isoformat(), moved=1))
        return len(numbers)

    def asked(self, many: int) -> Sequence[Asked]:
        """Some of them, chosen by chance; their cards say what the records say."""
        chance = Chance("asked", _SEED)
        chosen = [chance.between(0, self.count - 1) for _ in range(many)]
        return [_asked(json.loads(line)) for line in self._people.lines(chosen)]


def _asked(record: dict[str, Any]) -> Asked:
    return Asked(
        record["personal_number"],
        name_key(record["full_name"]),
        record["date_of_birth"],
        Extraction(Kind("citizen_card_2021_front"), True, None, (0,), None, tuple(_fields(record))),
    )


def _fields(record: dict[str, Any]) -> Iterator[Field]:
    for name in _ON_A_CARD:
        value = record[name]
        yield Field(name, value["text"] if isinstance(value, dict) else value, True, ())
