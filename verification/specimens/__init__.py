"""Papers to try the service on: kind, seed and grade go in, a file with its truth and records comes out.

Everything comes from the seed; no clock, no network. Every person is invented and every paper says MẪU.

>>> specimen = draw("birth_certificate", seed=1, grade=Grade.CLEAN)
>>> specimen.name, sorted(source for source, _ in specimen.records)
('birth_certificate-0000001-clean.pdf', ['civil_status', 'population'])

Two ranges of seeds are kept apart: below PUBLISHED_SEEDS is the working set, on which rules may be tuned;
from there on is the set behind published figures, on which nothing is ever tuned.
"""

from verification.specimens.broken import broken_files
from verification.specimens.changes import CHANGES, Change
from verification.specimens.drawing import KINDS, draw, sketch
from verification.specimens.model import Drawing, Grade, Specimen
from verification.specimens.people import Cohort, Family, Person, family
from verification.specimens.places import place_named
from verification.specimens.two_sides import PlacedPaper, SharedPage, two_sides_on_a4
from verification.specimens.writing import write

PUBLISHED_SEEDS = 1_000_000
"""The first seed of the set behind published figures."""

__all__ = [
    "CHANGES",
    "KINDS",
    "PUBLISHED_SEEDS",
    "Change",
    "Cohort",
    "Drawing",
    "Family",
    "Grade",
    "Person",
    "PlacedPaper",
    "SharedPage",
    "Specimen",
    "broken_files",
    "draw",
    "family",
    "place_named",
    "sketch",
    "two_sides_on_a4",
    "write",
]
