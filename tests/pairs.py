"""Papers that are wholly and surely read, each with the record it was made from: an invented person's paper
of a kind in, what the service proposes for it out.

Every field is sure: nothing but the comparison stands between a paper and NO_COPY_NEEDED.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from ocr.model import Box, DocumentReading
from tests.builders import NOW, document, picture, profile
from tests.desk import PURPOSE
from verification.assessment import Assessment
from verification.extraction import Extraction, Field, Kind, Reading
from verification.ports import Database
from verification.profile import FieldProfile
from verification.records import parse_row
from verification.services import Services
from verification.source import Source
from verification.source_profile import shipped_sources, source_of
from verification.specimens import Grade, sketch
from verification.specimens.drawing import order_for, recipe_of
from verification.workflow.check import ReadFile, cross_check

Row = Mapping[str, object]
Change = Callable[[str], str]

PAPERS: tuple[tuple[str, ...], ...] = (
    ("birth_certificate",),
    ("birth_extract",),
    ("marriage_certificate",),
    ("citizen_card_2021_front", "citizen_card_2021_back"),
    ("citizen_card_2024_front", "citizen_card_2024_back"),
    ("driving_licence",),
    ("household_business_certificate",),
    ("residence_confirmation",),
)
"""Every kind that a source answers, the sides of a card together."""
_LEAST_DPI = 40
"""The truth of a drawing does not depend on how finely it is drawn."""
_BOX = Box(0, 0, 10, 10)
_NOT_READ = DocumentReading(document(picture(0)), ())


@dataclass(frozen=True, slots=True)
class Pair:
    """A paper (values by field, one mapping a side) and the row of its source that tells the same."""

    kinds: tuple[str, ...]
    sides: tuple[Mapping[str, str], ...]
    source: str
    row: Row

    @property
    def name(self) -> str:
        """The kind that names the paper."""
        return self.kinds[0].removesuffix("_front")

    @property
    def values(self) -> dict[str, str]:
        """What stands on any side."""
        return {name: value for side in self.sides for name, value in side.items()}

    @property
    def compared(self) -> tuple[FieldProfile, ...]:
        """The fields of the paper of which the record says something, each once."""
        specs = {f.name: f for kind in reversed(self.kinds) for f in profile(kind).fields}
        on_paper = (f for f in specs.values() if f.name in self.values)
        return tuple(f for f in on_paper if leaf(self.row, f.record or "") not in (None, []))

    def saying(self, **values: str) -> "Pair":
        """The same record; on the paper, these fields say something else on every side that has them."""
        sides = tuple({name: values.get(name, old) for name, old in side.items()} for side in self.sides)
        return replace(self, sides=sides)

    def recorded(self, path: str, value: object) -> "Pair":
        """The same paper; the record says something else under this dotted name."""
        return replace(self, row=_put(self.row, path.split("."), value))


def pair_of(kinds: tuple[str, ...], seed: int) -> Pair:
    """The paper of this seed and its record."""
    order = order_for(kinds[0], seed, Grade.CLEAN, None, None)
    name = profile(kinds[0]).source
    rows = [row for source, row in recipe_of(kinds[0]).records(order, order.family) if source == name]
    sides = tuple(sketch(kind, seed=seed, dpi=_LEAST_DPI).truth for kind in kinds)
    return Pair(kinds, sides, str(name), rows[0])


def load(database: Database, pairs: Iterable[Pair]) -> None:
    """The records of these pairs, as their sources deliver them."""
    pairs = tuple(pairs)
    for source in shipped_sources():
        rows = [parse_row(p.row, source, as_of=NOW) for p in pairs if p.source == source.name]
        if rows:
            with database.transaction() as tx:
                tx.sources.load(source.name, rows, as_of=NOW)


def assessed(services: Services, pair: Pair) -> Assessment:
    """What is proposed for the paper by the records that these services have."""
    sides = zip(pair.kinds, pair.sides, strict=True)
    papers = tuple(_paper(kind, values, group=pair.name) for kind, values in sides)
    (found,) = cross_check(services, [ReadFile(_NOT_READ, None, papers)], PURPOSE)
    return found.assessment


def leaf(row: Row, path: str) -> object:
    """What the row says under a dotted name; None where it says nothing."""
    here: object = row
    for step in path.split("."):
        here = here.get(step) if isinstance(here, Mapping) else None
    return here


def source(name: str) -> Source:
    """The shipped source of this name."""
    found = source_of(name, shipped_sources())
    assert found is not None
    return found


def _paper(kind: str, values: Mapping[str, str], *, group: str) -> Extraction:
    return Extraction(Kind(kind), True, group, (1,), None, tuple(_field(*item) for item in values.items()))


def _field(name: str, value: str) -> Field:
    return Field(name, value, True, (Reading("asternet", value, 0.99, 1, _BOX),))


def _put(row: Row, path: list[str], value: object) -> Row:
    first, *rest = path
    inner = row.get(first)
    if rest:
        assert isinstance(inner, Mapping)
        return {**row, first: _put(inner, rest, value)}
    return {**row, first: value}
