"""Validating a signed PDF: bytes, trusted authorities and a time in, one verdict with its reasons out."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from pyhanko.pdf_utils.reader import PdfFileReader

from signing.chain import RevocationData
from signing.changes import ChangeFinding, FinalState, changes_after, readers_disagree, removed_signatures
from signing.embedded import (
    Embedded,
    filled_fields,
    open_pdf,
    parse_signatures,
    revocation_data,
    with_carried,
)
from signing.errors import NotAPdfError, PdfEncryptedError, PdfTooLargeError
from signing.marks import visible_marks
from signing.model import (
    AGENCY_FIELD,
    PERSON_FIELD,
    Digest,
    Policy,
    Role,
    SignatureLevel,
    ValidationReport,
)
from signing.one_signature import Circumstances, Examined, examine, unreadable
from signing.reasons import REASONS, reason, verdict
from signing.revisions import Form, was_signed
from signing.trust import Trust

POLICY = Policy("VN-graded", "0.1.0")
"""What holds, what is weak and what could not be checked are told apart: SHA-1, a missing time-stamp
and missing revocation data are notes; an unknown signer is a doubt; changed content is a defeat."""

_HEADER_WITHIN = 1024  # ISO 32000-1 annex H.3, note 13


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a hostile file is looked at; past it the answer says so."""

    max_bytes: int = 64 * 1024 * 1024
    max_signatures: int = 60
    max_revisions: int = 200
    max_pages: int = 60


@dataclass(frozen=True, slots=True)
class _Case:
    """The file and by what it is judged."""

    content: bytes
    trust: Trust
    at: datetime
    limits: Limits


_DEFAULT_LIMITS = Limits()


def validate(
    content: bytes, *, trust: Trust, at: datetime, limits: Limits = _DEFAULT_LIMITS
) -> ValidationReport:
    """Judge every signature of a PDF as of `at` (aware), off line; the worst decides.

    1 the file is a PDF, not locked and within limits; 2 each signature by itself; 3 what was changed
    after it; 4 traces of signatures that are gone; 5 both signatures of our own papers are there.
    Raises NotAPdfError, PdfEncryptedError, PdfTooLargeError; whatever else is wrong is a reason.
    """
    if b"%PDF-" not in content[:_HEADER_WITHIN]:
        raise NotAPdfError
    if len(content) > limits.max_bytes:
        raise PdfTooLargeError(str(len(content)))
    try:
        examined, codes = _judge(_Case(content, trust, at, limits))
    except PdfEncryptedError:
        raise
    # A hostile file may make any of three foreign parsers raise anything (RecursionError,
    # AssertionError, KeyError…); none of it may reach a person, and none may pass for valid.
    except Exception:  # noqa: BLE001
        damaged = "SIGNED_FILE_DAMAGED" if was_signed(content) else "FILE_DAMAGED"
        examined, codes = (), frozenset({damaged})
    everything = codes.union(*(one.codes for one in examined))
    return ValidationReport(
        digest=Digest(sha256(content).hexdigest()),
        verdict=verdict(everything),
        reasons=tuple(reason(code) for code in REASONS if code in everything),
        policy=POLICY,
        signatures=tuple(one.report for one in examined),
    )


def _judge(case: _Case) -> tuple[tuple[Examined, ...], frozenset[str]]:
    reader = open_pdf(case.content)
    fields = filled_fields(reader)
    if len(fields) > case.limits.max_signatures or reader.xrefs.total_revisions > case.limits.max_revisions:
        return (), frozenset({"TOO_MANY_PARTS"})
    final = FinalState(case.content, max_pages=case.limits.max_pages)
    found = parse_signatures(reader, fields)
    examined = _examine_all(case, reader, found, final)
    codes = set(_missing(final.form, examined))
    if found and readers_disagree(final):
        codes.add("READERS_DISAGREE")
    if removed_signatures(found, final):
        codes.add("SIGNATURE_REMOVED")
    elif all(one.report.role is Role.TIMESTAMP for one in examined):
        codes.add("NO_SIGNATURE")
    return examined, frozenset(codes)


def _examine_all(
    case: _Case, reader: PdfFileReader, found: tuple[Embedded, ...], final: FinalState
) -> tuple[Examined, ...]:
    """From the last to the first: what a document time-stamp proves counts for all that it covers."""
    carried = revocation_data(reader)
    history = _History(reader)
    examined: list[Examined] = []
    for number, embedded in reversed(list(enumerate(found))):
        proofs = history.proofs_of(embedded)
        one = _examine(case, embedded, carried, min(proofs, default=None))
        one = _with_changes(embedded, one, final, last=number == len(found) - 1)
        examined.insert(0, _with_long_term_level(one, carried, history.sealed, stamps=len(proofs)))
        history.add(embedded, one)
    marks = visible_marks(case.content)
    return tuple(one.with_codes(frozenset(), marks=marks.get(one.report.field, ())) for one in examined)


class _History:
    """The document time-stamps met so far, which are those that come later in the file."""

    def __init__(self, reader: PdfFileReader) -> None:
        self._reader = reader
        self._stamps: list[tuple[int, datetime]] = []
        self.sealed = RevocationData()
        """What the newest of them covers of the document security store."""

    def add(self, embedded: Embedded, one: Examined) -> None:
        """Count it if it is one that proves something."""
        moment, covered = one.report.signed_at, embedded.byte_range
        if not one.proves or moment is None or covered is None or embedded.signature is None:
            return
        if not self._stamps:
            self.sealed = revocation_data(
                self._reader.get_historical_resolver(embedded.signature.signed_revision)
            )
        self._stamps.append((covered[1], moment))

    def proofs_of(self, embedded: Embedded) -> list[datetime]:
        """When this was there, by each time-stamp whose own value stands behind its revision: an old token in
        a new object comes later in the file and proves nothing of what lies between."""
        covered = embedded.byte_range
        if covered is None:
            return []
        return [moment for start, moment in self._stamps if covered[2] + covered[3] <= start]


def _examine(case: _Case, embedded: Embedded, carried: RevocationData, proven: datetime | None) -> Examined:
    if embedded.signature is None:
        return unreadable(embedded.field, embedded.code or "SIGNATURE_BROKEN")
    try:
        revocation = with_carried(carried, embedded.signature)
        return examine(embedded.signature, Circumstances(case.trust, revocation, case.at, proven))
    except Exception:  # noqa: BLE001  a CMS made to break parsers, see validate()
        return unreadable(embedded.field, "SIGNATURE_BROKEN")


def _with_changes(embedded: Embedded, one: Examined, final: FinalState, *, last: bool) -> Examined:
    if embedded.signature is None:
        return one
    try:
        finding = changes_after(embedded, final, last=last)
    except Exception:  # noqa: BLE001  revisions made to break parsers, see validate()
        finding = ChangeFinding("unclear", (), frozenset({"CHANGES_UNREADABLE"}))
    return one.with_codes(finding.codes, covers=finding.covers, changes_after=finding.changes)


def _with_long_term_level(
    one: Examined, carried: RevocationData, sealed: RevocationData, *, stamps: int
) -> Examined:
    """ETSI EN 319 142-1, table 1. B-LT: the file itself tells of every certificate how it stood. B-LTA: a
    document time-stamp covers that, and not the one alone that dates a signature which has none itself."""
    if one.report.level != SignatureLevel.B_T or not one.settled_by(carried):
        return one
    covered = stamps >= (1 if one.has_token else 2) and one.settled_by(sealed)
    return one.with_codes(frozenset(), level=SignatureLevel.B_LTA if covered else SignatureLevel.B_LT)


def _missing(final: Form, examined: tuple[Examined, ...]) -> frozenset[str]:
    """Our own papers carry two fields; each must be filled, and by a key of the right kind.

    P=2 lets anyone fill the agency's field, so a person's certificate there is no agency's signature.
    """
    fields = final.signed | final.empty
    if not {PERSON_FIELD, AGENCY_FIELD} <= fields or not final.signed:
        return frozenset()
    roles = {one.report.field: one.report.role for one in examined}
    codes = set()
    if AGENCY_FIELD in final.empty or roles.get(AGENCY_FIELD) is Role.PERSON:
        codes.add("AGENCY_SIGNATURE_MISSING")
    if PERSON_FIELD in final.empty or roles.get(PERSON_FIELD) is Role.AGENCY:
        codes.add("PERSON_SIGNATURE_MISSING")
    return frozenset(codes)
