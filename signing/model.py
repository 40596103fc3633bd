"""The values signing is made of: what a certificate says, a PDF on its way to two signatures, a verdict.

Nothing here knows a paper's fields, a record or a database.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

Digest = NewType("Digest", str)
"""SHA-256 of some bytes, 64 lower-case hexadecimal digits."""

TEST_MARK = "THỬ NGHIỆM – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
"""Stands on every page of whatever a test key signs."""

PERSON_FIELD = "NguoiThucHien"
AGENCY_FIELD = "CoQuan"


# -- what a certificate says -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A transparent PNG and its size on paper. Made by `signing.pictures`."""

    content: bytes
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class SignatureLook:
    """What is drawn over the signer's name (NĐ 30/2020): the hand-written signature and the agency's seal."""

    signature: DrawnPicture | None = None
    seal: DrawnPicture | None = None


@dataclass(frozen=True, slots=True)
class Issuing:
    """What both products share. `capacity` are the lines above the signer's name (TUQ. CHỦ TỊCH …);
    `evidence` is the JSON attached to the PDF; `test` puts TEST_MARK on every page, and MẪU on pictures."""

    number: str
    issued_at: datetime
    agency: str
    place: str
    signer_name: str
    capacity: tuple[str, ...]
    verify_url: str
    short_code: str
    evidence: bytes
    test: bool
    look: SignatureLook = SignatureLook()


@dataclass(frozen=True, slots=True)
class ReceiptContent:
    """A no-copy receipt: which source confirmed which fields of a paper, when, and for what."""

    issuing: Issuing
    paper: str
    """The kind of paper, in Vietnamese (Giấy khai sinh)."""
    subject: tuple[tuple[str, str], ...]
    """Label and value of what is needed to tell whose paper it is, and no more."""
    source: str
    source_as_of: datetime
    confirmed: tuple[tuple[str, str], ...]
    """Field label and how it agrees, in words (Trùng khớp / Tương đương: địa danh sau sắp xếp 2025)."""
    procedure: str
    audience: str
    legal_basis: tuple[str, ...]
    record: str = ""
    """The end of the record's number, enough to tell it from its neighbours; never the whole."""
    compared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PageScan:
    """One page of the original as the officer saw it: an encoded JPEG or PNG, and its size in pixels."""

    content: bytes
    width: int
    height: int
    dpi: int


@dataclass(frozen=True, slots=True)
class CopyContent:
    """An electronic certified copy: the pages of the original and the statement of certification.

    The statement's wording is that of the form annexed to NĐ 23/2015 (domain.md 1.2).
    """

    issuing: Issuing
    book: str
    """The book's number and sign, e.g. 01/2026-SCTĐT/BS."""
    paper: str
    pages: tuple[PageScan, ...]
    legal_basis: tuple[str, ...]
    statement_on_last: bool = False
    """Put the statement on the original's last page where that is blank, instead of on a page of its own."""


# -- the PDF on its way ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UnsignedPdf:
    """A rendered PDF/A that nobody has signed. Made only by `signing.certificate`."""

    content: bytes


@dataclass(frozen=True, slots=True)
class PreparedPdf:
    """A PDF with both signature fields made and still empty; only this can be signed."""

    content: bytes


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """A PDF signed by the person, then by the agency."""

    content: bytes
    digest: Digest
    level: "SignatureLevel"


class SignatureLevel(StrEnum):
    """ETSI EN 319 142-1 baseline levels."""

    B_B = "B-B"
    B_T = "B-T"
    B_LT = "B-LT"
    B_LTA = "B-LTA"


@dataclass(frozen=True, slots=True)
class Signatory:
    """The officer who signs: the account, by which the key is found, and the name as printed."""

    id: str
    name: str


class SigningWay(StrEnum):
    """What it takes to sign with a person's key."""

    AT_ONCE = "AT_ONCE"
    """The service may use the key whenever a decision was made."""
    PIN = "PIN"
    """The officer unlocks the key with a PIN, once for a batch."""
    OUTSIDE = "OUTSIDE"
    """The key is where the officer is: the digest is handed out and the signature comes back."""


@dataclass(frozen=True, slots=True)
class PendingSignature:
    """A PDF that waits for the value of the person's signature, which is made elsewhere.

    `signed_attributes` (DER, RFC 5652 5.4) is what the key signs with SHA-256; certificates are DER.
    """

    content: bytes
    signed_attributes: bytes
    certificate: bytes
    chain: tuple[bytes, ...]
    reason: str
    at: datetime


class Signer(Protocol):
    """Signs a prepared PDF twice: the person certifies (DocMDP P=2), then the agency seals."""

    @property
    def test(self) -> bool:
        """True when the keys are test keys: whatever is signed must carry TEST_MARK."""

    def way_of(self, person: Signatory) -> SigningWay:
        """What it takes to sign as this person. Raises KeysUnusableError for one without a key."""

    def unlocked(self, person: Signatory, pin: str) -> AbstractContextManager["Signer"]:
        """A signer that may use this person's key until the block ends: one entry of the PIN, one session
        of the token. Raises WrongPinError, PinRefusedError, KeysUnusableError."""

    def certificates_of(self, person: Signatory) -> tuple[bytes, ...]:
        """This person's certificate and those of its issuers (DER), wherever the key is; `begin` takes
        them for a key that is elsewhere. Raises KeysUnusableError for one without a key."""

    def sign(self, prepared: PreparedPdf, *, person: Signatory, reason: str, at: datetime) -> SignedPdf:
        """`person` is the officer whose key signs, `at` (aware) the signing time recorded.

        Raises SigningError; on an error nothing was kept anywhere.
        """

    def begin(
        self,
        prepared: PreparedPdf,
        *,
        certificates: tuple[bytes, ...],
        reason: str,
        at: datetime,
    ) -> PendingSignature:
        """Everything of the person's signature but its value, for a key that is elsewhere; `certificates`
        (DER) are the signer's and those of its issuers. Raises SigningError."""

    def finish(self, pending: PendingSignature, value: bytes) -> SignedPdf:
        """Check the value (ECDSA-Sig-Value or RSASSA-PKCS1-v1_5), embed it, and seal for the agency.

        Raises SignatureRefusedError when the certificate's key did not make it, and SigningError.
        """


# -- a verdict ---------------------------------------------------------------------------------


class Verdict(StrEnum):
    """One a document, the worst over all its signatures."""

    VALID = "VALID"
    UNDETERMINED = "UNDETERMINED"
    INVALID = "INVALID"


class About(StrEnum):
    """What a reason speaks of."""

    INTEGRITY = "integrity"
    TRUST = "trust"
    REVOCATION = "revocation"
    TIME = "time"
    ALGORITHM = "algorithm"
    FORMAT = "format"
    POLICY = "policy"


class Role(StrEnum):
    """For whom a signature speaks."""

    PERSON = "person"
    AGENCY = "agency"
    TIMESTAMP = "timestamp"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is as it is, and what to do next."""

    code: str
    about: About
    message_vi: str
    message_en: str
    next_step_vi: str
    next_step_en: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something visible that one signature drew on a page (box in PDF points from the upper left)."""

    page: int
    box: tuple[int, int, int, int]
    text: str


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """What was found of one signature; indications as in ETSI EN 319 102-1 table 5 and 6."""

    field: str
    signer: str
    issuer: str
    role: Role
    signed_at: datetime | None
    time_source: str
    level: str
    digest: str
    indication: str
    sub_indication: str | None
    covers: str
    changes_after: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """The versioned rules a verdict was reached by."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """The verdict on one PDF. Made only by `signing.validation`."""

    digest: Digest
    verdict: Verdict
    reasons: tuple[Reason, ...]
    policy: Policy
    signatures: tuple[SignatureReport, ...] = field(default=())
