"""Check: a file in, its papers with what the records say of them out. Keeps nothing but who asked.

1. A PDF's signatures are validated before anything is read; the bytes are never touched.
2. Read every page by one reader, the lines that decide something by a second; tell the papers, settle
   what is sure.
3. Over all files: join the sides of one card.
4. For each paper: ask its source (logged), compare, assess by the rules that hold today for its procedure.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ocr.model import Document, DocumentReading, MediaType
from signing.errors import SigningError
from signing.model import Digest as SigningDigest
from signing.model import ValidationReport, Verdict
from signing.reasons import reason
from signing.validation import POLICY
from signing.validation import Limits as ValidationLimits
from verification.assess import VIETNAM, Evidence, SignedFile, assess, of_one_group
from verification.assessment import Assessment
from verification.extract import extract, join_sides
from verification.extraction import CERTIFIED_COPY, Extraction, Kind
from verification.match import merged, merged_profile
from verification.matching import RecordMatch
from verification.profile import Profile, profile_of
from verification.ruling import procedure_code
from verification.services import Services
from verification.source_profile import source_of
from verification.wanted import lines_still_wanted, lines_wanted
from verification.workflow.inquire import Inquiry, Purpose, inquire
from verification.workflow.validate import validate

_SIGNATURE_TRACE = b"/ByteRange"
_UNSIGNED = {"NO_SIGNATURE", "FILE_DAMAGED"}


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file after steps 1 and 2."""

    reading: DocumentReading
    signatures: ValidationReport | None
    papers: tuple[Extraction, ...]


@dataclass(frozen=True, slots=True)
class AssessedPaper:
    """One paper: the index of its file among those checked together, and what is proposed.

    Sides of one card come as one, `sides` telling (file, extraction) of each.
    """

    sides: tuple[tuple[int, Extraction], ...]
    assessment: Assessment


def read_file(services: Services, document: Document) -> ReadFile:
    """Steps 1 and 2. Raises OcrError."""
    signatures = signatures_of(services, document)
    first = services.papers.read(document, both=False)
    reading = services.papers.read_again(first, lines_wanted(first, services.profiles))
    if more := lines_still_wanted(reading, services.profiles):
        reading = services.papers.read_again(reading, more)
    today = services.now().date()
    papers = extract(reading, services.profiles, today=today, whole=signatures is not None)
    return ReadFile(reading, signatures, papers)


def signatures_of(services: Services, document: Document) -> ValidationReport | None:
    """The validation of a PDF that bears signatures, or traces of them; None for anything else. What we
    issued ourselves and revoked is not valid, whatever its signatures are."""
    if document.media_type is not MediaType.PDF:
        return None
    limits = ValidationLimits(max_bytes=services.limits.max_bytes)
    try:
        report = validate(services, document.content, limits=limits).report
    except SigningError:
        return _unreadable(document) if _SIGNATURE_TRACE in document.content else None
    codes = {r.code for r in report.reasons}
    # Nothing at all is said of a good signature by a real authority.
    return None if codes and codes <= _UNSIGNED else report


def _unreadable(document: Document) -> ValidationReport:
    """A file that shows traces of a signature and cannot be validated is never taken for an unsigned one."""
    digest = SigningDigest(document.digest)
    return ValidationReport(digest, Verdict.INVALID, (reason("SIGNED_FILE_DAMAGED"),), POLICY)


def joined(services: Services, files: Sequence[ReadFile]) -> list[ReadFile]:
    """Step 3, over all files of a call."""
    flat = join_sides([paper for file in files for paper in file.papers], services.profiles)
    left = iter(flat)
    return [replace(file, papers=tuple(next(left) for _ in file.papers)) for file in files]


def cross_check(
    services: Services, files: Sequence[ReadFile], purpose: Purpose, *, procedure: str = ""
) -> tuple[AssessedPaper, ...]:
    """Step 4: every paper of the files with its assessment. `procedure` is what the papers are for, as
    somebody wrote it: only a code in it counts."""
    placed = [(n, paper) for n, file in enumerate(files) for paper in file.papers]
    groups = of_one_group([paper for _, paper in placed])
    left = {id(paper): n for n, paper in placed}
    out = []
    for group in groups:
        signed = _signed([files[left[id(paper)]].signatures for paper in group])
        found = evidence_of(services, group, signed, lambda inquiry: inquire(services, inquiry, purpose))
        assessment = assess(replace(found, procedure=procedure_code(procedure)))
        out.append(AssessedPaper(tuple((left[id(p)], p) for p in group), assessment))
    return tuple(out)


def _signed(reports: Sequence[ValidationReport | None]) -> SignedFile | None:
    """Of a card whose sides are in two files: one signature that is not valid speaks for both."""
    said = [report.verdict is Verdict.VALID for report in reports if report]
    return SignedFile(all(said)) if said else None


def evidence_of(
    services: Services,
    papers: tuple[Extraction, ...],
    signed: SignedFile | None,
    ask: Callable[[Inquiry], RecordMatch],
) -> Evidence:
    """Everything that an assessment of one paper, or of the sides of one card, rests on today."""
    profiles = [p for p in (_profile(services, paper) for paper in papers) if p]
    profile = profiles[0] if profiles else None
    source = source_of(profile.source, services.sources) if profile and profile.source else None
    fields, specs = merged(papers), merged_profile(profiles)
    found = None
    if profile and source:
        found = ask(Inquiry(profile, source, fields, specs))
    today = services.now().astimezone(VIETNAM).date()
    return Evidence(papers, profile, specs, fields, source, found, signed, rules=services.rules, day=today)


def _profile(services: Services, paper: Extraction) -> Profile | None:
    """A certified copy is compared as the paper it was made from."""
    kind = paper.value("copy_of") if paper.kind == CERTIFIED_COPY else paper.kind
    return profile_of(Kind(kind), services.profiles) if kind else None
