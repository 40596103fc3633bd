"""One specimen read for the bench: a paper to read in, `Measured` out; runs in a process of its own.

1. Draw the specimen. 2. Read it as the product does, watched. 3. Read it by each reader alone and by
Tesseract. 4. Hold everything against the truth.
"""

import os
from dataclasses import dataclass, replace
from functools import cache

from api.cli.bench_reading.beside import Beside, read_beside
from api.cli.bench_reading.letters import edits_on_page
from api.cli.bench_reading.measured import Cost, FieldSeen, Measured
from api.cli.bench_reading.papers import PaperToRead
from api.cli.bench_reading.product import ProductReading, read_by_product
from api.cli.bench_reading.whole_page import stands_in
from api.settings import Settings
from api.wiring import wire
from ocr.intake import take_in
from ocr.model import CodeKind, DocumentReading
from ocr.reading import PaperReader
from verification.extraction import Extraction, Kind
from verification.normalise import squeeze
from verification.profile import Profile, profile_of
from verification.services import Services
from verification.specimens import Grade, Specimen, draw, sketch

_LICENCE, _CARD = "driving_licence", "citizen_card"
_WARM_UP = PaperToRead("citizen_card_2021_front", Grade.HARD, 0)
# Shorter texts stand somewhere on every page.
_LEAST_PRINTED = 4


@dataclass(frozen=True, slots=True)
class _Bench:
    """What a process opens once."""

    services: Services
    reader: PaperReader


def measure(settings: Settings, threads: int, paper: PaperToRead) -> Measured:
    """Read the paper; the models are loaded and warmed by the first call in a process."""
    return _measured(_open(settings, threads), paper)


@cache
def _open(settings: Settings, threads: int) -> _Bench:
    """The reader is opened here and not by wiring: what it costs must be spent in this process."""
    home = settings.home / f"process-{os.getpid()}"
    own = replace(settings, home=home, database_url=f"sqlite:///{home / 'chungthuc.db'}")
    reader = PaperReader.open(settings.home / "models", limits=settings.limits, threads=threads)
    bench = _Bench(wire(own).services, reader)
    _measured(bench, _WARM_UP)
    return bench


def _measured(bench: _Bench, paper: PaperToRead) -> Measured:
    specimen = draw(paper.kind, seed=paper.seed, grade=paper.grade)
    document = take_in(specimen.content, bench.services.limits)
    product = read_by_product(bench.services, bench.reader, document)
    beside = read_beside(bench.services, bench.reader, document, paper.kind, product)
    profiles, printed = bench.services.profiles, printed_texts(paper)
    return Measured(
        paper=paper,
        pages=len(product.reading.pages) if product.reading else 1,
        kinds=tuple(p.kind for p in product.papers),
        refused=product.refused,
        fields=fields_seen(specimen, product, beside, profiles),
        beyond_truth=beyond_truth(specimen, product.of_kind(specimen.kind)),
        dpi=specimen.dpi,
        code_read=code_read(profile_of(Kind(specimen.kind), profiles), product.reading),
        licence_as_person=specimen.kind == _LICENCE and taken_for_a_person(specimen, product.papers),
        printed=sum(map(len, printed)),
        printed_edits=printed_edits(printed, beside),
        cost=_cost(product, beside),
    )


def fields_seen(
    specimen: Specimen, product: ProductReading, beside: Beside, profiles: tuple[Profile, ...]
) -> tuple[FieldSeen, ...]:
    """Every field of the truth, read or not."""
    ours = product.of_kind(specimen.kind)
    return tuple(
        FieldSeen(
            name=name,
            truth=truth,
            value=_value(ours, name),
            sure=_is_sure(ours, name),
            alone=(_value(beside.alone[0], name), _value(beside.alone[1], name)),
            in_text=stands_in(beside.page.text, truth, _titles(name, truth, profiles)),
        )
        for name, truth in specimen.truth.items()
    )


def beyond_truth(specimen: Specimen, paper: Extraction | None) -> tuple[str, ...]:
    """Fields with a sure value that the truth does not have."""
    return tuple(f.name for f in (paper.fields if paper else ()) if f.sure and f.name not in specimen.truth)


def _value(paper: Extraction | None, name: str) -> str | None:
    return paper.value(name) if paper else None


def _is_sure(paper: Extraction | None, name: str) -> bool:
    field = paper.field(name) if paper else None
    return field is not None and field.sure


def _titles(name: str, truth: str, profiles: tuple[Profile, ...]) -> tuple[str, ...]:
    """What tells of which kind of paper a copy was made."""
    profile = profile_of(Kind(truth), profiles) if name == "copy_of" else None
    return profile.titles if profile else ()


def code_read(profile: Profile | None, reading: DocumentReading | None) -> bool | None:
    """Whether some QR code was read; None for a kind whose code holds none of its fields."""
    if profile is None or not profile.qr:
        return None
    return any(c.kind is CodeKind.QR for page in (reading.pages if reading else ()) for c in page.codes)


def taken_for_a_person(licence: Specimen, papers: tuple[Extraction, ...]) -> bool:
    """Whether a licence came out as a citizen's card, or its number as anybody's personal number."""
    number = licence.truth["licence_number"]
    return any(
        paper.kind.startswith(_CARD)
        or any(f.name.endswith("personal_number") and f.value == number for f in paper.fields)
        for paper in papers
    )


def printed_texts(paper: PaperToRead) -> tuple[str, ...]:
    """The texts on the paper as they were drawn; a code's payload is noted among them and is no print."""
    texts = sketch(paper.kind, seed=paper.seed, grade=paper.grade).texts
    return tuple(squeeze(t) for t in texts if len(t) >= _LEAST_PRINTED and "|" not in t)


def printed_edits(printed: tuple[str, ...], beside: Beside) -> tuple[int, int, int]:
    """Letters of the print that first reader, second reader and Tesseract alone have wrong."""
    first, second, alone = (
        sum(edits_on_page(text, page) for text in printed) for page in (*beside.texts, beside.page.text)
    )
    return first, second, alone


def _cost(product: ProductReading, beside: Beside) -> Cost:
    return Cost(
        seconds=product.seconds,
        cpu_seconds=product.cpu_seconds,
        lead_cpu=product.find_cpu + beside.first_cpu,
        pass_cpu=product.pass_cpu,
        tesseract_seconds=beside.page.seconds,
        tesseract_cpu=beside.page.cpu_seconds,
        tesseract_vie_cpu=beside.vie.cpu_seconds,
        peak_mb=product.peak_mb,
    )
