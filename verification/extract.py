"""Papers out of a file: everything that was read in, one `Extraction` a paper out.

Steps: (1) tell the kind of every page, or of every card on it; (2) put pages of one paper together;
(3) gather each field's readings from print and machine zones; (4) settle what is sure; (5) cross-check what
the paper says twice; (6) join the sides of one card.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ocr.model import Box, DocumentReading, PageReading, PageWarning, PdfFinding
from ocr.regions import by_region
from verification.consistency import check_sides, cross_check
from verification.contradiction import ReadPaper
from verification.extraction import CERTIFIED_COPY, UNKNOWN, Extraction, Field, Kind, Mark
from verification.finding import Finding
from verification.kinds import PageKind, classify
from verification.layout import Candidate, Seen
from verification.machine import machine_values
from verification.overlaid import overlaid_fields
from verification.profile import Profile, profile_of
from verification.settle import TEXT_LAYER, settle
from verification.unlabelled import collect_all
from verification.wording import say

_UNSEEN = {PdfFinding.INVISIBLE_TEXT, PdfFinding.OFF_PAGE_TEXT}


@dataclass(frozen=True, slots=True)
class _Paper:
    """Pages that belong together, and what they are."""

    kind: Kind
    sure: bool
    stamped: bool
    stamp_sure: bool
    pages: tuple[PageReading, ...]

    @property
    def region(self) -> Box | None:
        """Where on its page the paper lies, when others lie there too."""
        return self.pages[0].page.region

    @property
    def own(self) -> tuple[PageReading, ...]:
        """Where its fields stand: of a card among others not what is printed outside all of them."""
        return self.pages[:1] if self.region else self.pages


def extract(
    reading: DocumentReading, profiles: tuple[Profile, ...], *, today: date, whole: bool = False
) -> tuple[Extraction, ...]:
    """Every paper in the file, in order of its pages. A file of blank pages gives one `unknown`.

    `whole`: the file is one paper whatever its pages show (a signed document).
    """
    papers = _papers(by_region(_without_unseen(reading)), profiles)
    if whole:
        papers = [_as_one(papers)]
    found = tuple(_extraction(paper, profiles, today) for paper in papers)
    return tuple(replace(p, warnings=(*p.warnings, *_findings(reading))) for p in found)


def _without_unseen(reading: DocumentReading) -> DocumentReading:
    """A text layer that nobody sees is a finding, never a reading (a scanner's own OCR, or a trick)."""
    if not _UNSEEN.intersection(reading.findings):
        return reading
    pages = tuple(
        replace(page, texts=tuple(t for t in page.texts if t.reader != TEXT_LAYER)) for page in reading.pages
    )
    return replace(reading, pages=pages)


def _findings(reading: DocumentReading) -> tuple[Finding, ...]:
    """What the file holds besides its pages concerns every paper in it."""
    return tuple(say(finding.value) for finding in reading.findings)


def join_sides(papers: Sequence[Extraction], profiles: tuple[Profile, ...]) -> tuple[Extraction, ...]:
    """Give sides of one card the same group, over all files of a call: same make, same sure number."""
    groups: dict[tuple[str, str], str] = {}
    joined = []
    for paper in papers:
        profile = profile_of(paper.kind, profiles)
        number = paper.field("personal_number")
        if profile and profile.group and number and number.sure and number.value:
            key = (profile.group, number.value)
            group = groups.setdefault(key, f"{profile.group}-{len(groups) + 1}")
            joined.append(replace(paper, group=group))
        else:
            joined.append(paper)
    return check_sides(joined, profiles)


# (1), (2) ---------------------------------------------------------------------------------------


def _papers(reading: DocumentReading, profiles: tuple[Profile, ...]) -> list[_Paper]:
    papers: list[_Paper] = []
    for page in _written(reading.pages):
        kind = classify(page, profiles)
        before = papers[-1] if papers else None
        if before and before.region and kind.stamped and _outside(page, before):
            papers = [_also(p, page, kind) if _outside(page, p) else p for p in papers]
        elif before and kind.kind == UNKNOWN and (kind.stamped or _has_room(before, profiles)):
            papers[-1] = _also(before, page, kind)
        else:
            papers.append(_started(page, kind))
    return papers


def _outside(page: PageReading, paper: _Paper) -> bool:
    """Whether this is what stands around the cards on a page, and the paper is one of them."""
    number = paper.pages[0].page.number
    return paper.region is not None and page.page.region is None and page.page.number == number


def _also(paper: _Paper, page: PageReading, kind: PageKind) -> _Paper:
    return replace(
        paper,
        stamped=paper.stamped or kind.stamped,
        stamp_sure=paper.stamp_sure or kind.stamp_sure,
        pages=(*paper.pages, page),
    )


def _has_room(paper: _Paper, profiles: tuple[Profile, ...]) -> bool:
    """Whether a page without a title may belong to this paper."""
    profile = profile_of(paper.kind, profiles)
    return paper.kind == UNKNOWN or (profile is not None and len(paper.pages) < profile.pages)


def _as_one(papers: list[_Paper]) -> _Paper:
    first = next((p for p in papers if p.kind != UNKNOWN), papers[0])
    return replace(
        first,
        stamped=any(p.stamped for p in papers),
        stamp_sure=any(p.stamp_sure for p in papers),
        pages=tuple(page for p in papers for page in p.pages),
    )


def _started(page: PageReading, kind: PageKind) -> _Paper:
    return _Paper(kind.kind, kind.sure, kind.stamped, kind.stamp_sure, (page,))


def _written(pages: tuple[PageReading, ...]) -> tuple[PageReading, ...]:
    """Blank pages are dropped, unless there is nothing else."""
    written = tuple(p for p in pages if PageWarning.BLANK not in p.warnings)
    return written or pages[:1]


# (3), (4) ---------------------------------------------------------------------------------------


def _extraction(paper: _Paper, profiles: tuple[Profile, ...], today: date) -> Extraction:
    profile = profile_of(paper.kind, profiles)
    fields = _fields(paper.own, profile) if profile else ()
    if paper.stamped:
        stamp = profile_of(CERTIFIED_COPY, profiles)
        fields = (_copy_of(paper), *(_fields(paper.pages, stamp) if stamp else ()), *fields)
    fields, doubts = _cross_checked(paper, profile, fields, today)
    return Extraction(
        kind=CERTIFIED_COPY if paper.stamped else paper.kind,
        sure=paper.stamp_sure if paper.stamped else paper.sure,
        group=None,
        pages=tuple(dict.fromkeys(p.page.number for p in paper.pages)),
        region=paper.region,
        fields=fields,
        marks=tuple(Mark(m.what.value, m.page, m.box) for p in paper.pages for m in p.marks),
        warnings=(
            *_page_warnings(paper.pages),
            *_unsigned_codes(fields),
            *doubts,
            *_overlaid(paper, fields, profile),
        ),
    )


def _copy_of(paper: _Paper) -> Field:
    return Field("copy_of", str(paper.kind), paper.sure, ())


def _fields(pages: Sequence[PageReading], profile: Profile) -> tuple[Field, ...]:
    seen: dict[str, list[Candidate]] = {}
    for page in pages:
        for found in _printed(page, profile):
            seen.setdefault(found.spec.name, []).extend(found.candidates)
        for value in machine_values(page, profile):
            seen.setdefault(value.field, []).append(value.candidate)
    unclear = {p.page.number for p in pages if PageWarning.MARKS_UNCLEAR in p.warnings}
    return tuple(settle(spec, seen[spec.name], unclear) for spec in profile.fields if spec.name in seen)


def _printed(page: PageReading, profile: Profile) -> tuple[Seen, ...]:
    image = tuple(t for t in page.texts if t.reader != TEXT_LAYER)
    layer = tuple(t for t in page.texts if t.reader == TEXT_LAYER)
    number = page.page.number
    return tuple(seen for texts in (image, layer) for seen in collect_all(texts, profile, number))


# (5) --------------------------------------------------------------------------------------------


def _cross_checked(
    paper: _Paper, profile: Profile | None, fields: tuple[Field, ...], today: date
) -> tuple[tuple[Field, ...], tuple[Finding, ...]]:
    if profile is None:
        return fields, ()
    by_name = {f.name: f for f in fields}
    return cross_check(ReadPaper(paper.kind, profile, by_name, paper.own, today, paper.stamped))


def _overlaid(paper: _Paper, fields: tuple[Field, ...], profile: Profile | None) -> tuple[Finding, ...]:
    marks = (mark for page in paper.pages for mark in page.marks)
    return overlaid_fields(fields, marks, profile) if profile else ()


def _unsigned_codes(fields: tuple[Field, ...]) -> tuple[Finding, ...]:
    """A card's QR proves that it was read rightly, not that the card is genuine (domain.md 2.3)."""
    return (say("QR_NOT_SIGNED"),) if any(r.by == "qr" for f in fields for r in f.readings) else ()


def _page_warnings(pages: tuple[PageReading, ...]) -> tuple[Finding, ...]:
    seen = dict.fromkeys((w.value, p.page.number) for p in pages for w in p.warnings)
    return tuple(say(code, page=number) for code, number in seen)
