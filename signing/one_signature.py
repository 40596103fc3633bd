"""One signature of a PDF: what pyHanko parsed of it in, its report and the codes of its reasons out."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from asn1crypto import x509 as asn1_x509
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    validate_sig_integrity,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.chain import (
    ChainFinding,
    Relied,
    RevocationData,
    is_damaged,
    judge_certificate,
    may_sign_documents,
)
from signing.model import Role, SignatureLevel, SignatureReport
from signing.time_tokens import Known, TokenFinding, judge_token, signature_token
from signing.trust import Trust

_CLOCK_TOLERANCE = timedelta(minutes=10)
_WEAK_DIGESTS = {"sha1"}
_BROKEN_DIGESTS = {"md2", "md4", "md5"}
_SHORTEST_RSA = 1024
_PADES = "/ETSI.CAdES.detached"

# ETSI EN 319 102-1 tables 5 and 6: the first code found decides what the signature's line says.
_INDICATIONS = {
    "CONTENT_CHANGED": ("TOTAL-FAILED", "HASH_FAILURE"),
    "SIGNATURE_BROKEN": ("TOTAL-FAILED", "SIG_CRYPTO_FAILURE"),
    "COVERAGE_UNCLEAR": ("TOTAL-FAILED", "FORMAT_FAILURE"),
    "CHANGED_AFTER_SIGNING": ("TOTAL-FAILED", "FORMAT_FAILURE"),
    "FORM_CHANGED": ("TOTAL-FAILED", "FORMAT_FAILURE"),
    "PAGES_CHANGED": ("TOTAL-FAILED", "FORMAT_FAILURE"),
    "MARK_CHANGED": ("TOTAL-FAILED", "FORMAT_FAILURE"),
    "TIME_STAMP_BROKEN": ("TOTAL-FAILED", "SIG_CONSTRAINTS_FAILURE"),
    "CERTIFICATE_DAMAGED": ("TOTAL-FAILED", "FORMAT_FAILURE"),
    "TRAILING_BYTES": ("TOTAL-FAILED", "FORMAT_FAILURE"),
    "CERTIFICATE_REVOKED": ("TOTAL-FAILED", "REVOKED"),
    "CERTIFICATE_REVOKED_SINCE": ("INDETERMINATE", "REVOKED_NO_POE"),
    "SIGNATURE_KIND_UNKNOWN": ("INDETERMINATE", "GENERIC"),
    "SIGNER_UNKNOWN": ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND"),
    "CERTIFICATE_OUT_OF_DATE": ("INDETERMINATE", "OUT_OF_BOUNDS_NO_POE"),
    "CERTIFICATE_UNSUITABLE": ("INDETERMINATE", "CHAIN_CONSTRAINTS_FAILURE"),
    "SIGNED_IN_FUTURE": ("INDETERMINATE", "SIG_CONSTRAINTS_FAILURE"),
    "ALGORITHM_BROKEN": ("INDETERMINATE", "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"),
    "CHANGES_UNREADABLE": ("INDETERMINATE", "SIG_CONSTRAINTS_FAILURE"),
    "FORM_CHANGED_BETWEEN_SIGNATURES": ("INDETERMINATE", "SIG_CONSTRAINTS_FAILURE"),
}


@dataclass(frozen=True, slots=True)
class Examined:
    """A signature's report, the codes of every reason found so far, and the chains that it rests on."""

    report: SignatureReport
    codes: frozenset[str]
    relied: tuple[Relied, ...] = ()
    has_token: bool = False
    """Whether a time-stamp of its own dates it."""

    def settled_by(self, data: RevocationData) -> bool:
        """Whether these answers and lists tell of every certificate how it stood when it was relied on."""
        return bool(self.relied) and all(one.settled_by(data) for one in self.relied)

    @property
    def proves(self) -> bool:
        """Whether it is a document time-stamp that shows when the file was there."""
        weak = self.codes & {"TIME_STAMP_UNTRUSTED", "TIME_STAMP_REVOKED"}
        stamp = self.report.role is Role.TIMESTAMP and self.report.signed_at is not None
        return stamp and self.report.indication == "TOTAL-PASSED" and not weak

    def with_codes(self, codes: frozenset[str], **report: Any) -> "Examined":
        """The same with more codes (and the indication that follows from all), and parts of the report."""
        everything = self.codes | codes
        indication, sub_indication = _indication(everything)
        changed = replace(self.report, indication=indication, sub_indication=sub_indication, **report)
        return replace(self, report=changed, codes=everything)


def unreadable(field: str, code: str) -> Examined:
    """A signature whose dictionary or CMS cannot be parsed at all."""
    report = SignatureReport(field, "", "", Role.UNKNOWN, None, "none", "", "", "", None, "unclear")
    return Examined(report, frozenset()).with_codes(frozenset({code}))


@dataclass(frozen=True, slots=True)
class Circumstances:
    """By what a signature is judged: whom one trusts, what authorities said, the time now (aware), and when a
    later document time-stamp shows the signature to have been there, if one does."""

    trust: Trust
    revocation: RevocationData
    now: datetime
    proven: datetime | None = None

    @property
    def known(self) -> Known:
        """For the tokens in it."""
        return Known(self.trust, self.revocation, self.proven or self.now)


def examine(signature: EmbeddedPdfSignature, case: Circumstances) -> Examined:
    """Check, in this order: 1 content and signature value, 2 time, 3 chain at that time, 4 algorithms.

    What came after the signature in the file is not its business, but for a time-stamp over it: one that
    has none of its own is taken for as old as that. May raise whatever the parsers raise for a malformed CMS;
    the caller stands at the edge.
    """
    codes: set[str] = set()
    token: TokenFinding | None
    if _is_stamp(signature):
        token = judge_token(signature.signed_data, signature.compute_digest, case.known)
        codes |= set() if token.intact else {"CONTENT_CHANGED"}
    else:
        codes |= _integrity(signature)
        token = signature_token(signature.signer_info, case.known)
    moments = _moments(signature, token, case)
    found = [_at_moment(signature, moment, case) for moment in moments]
    # Where the certificate had run out before the time-stamp over it was made, its own claim must do.
    best = next((one for one in found if "CERTIFICATE_OUT_OF_DATE" not in one.codes), found[0])
    codes |= best.codes | (token.codes if token and best.dated is Dated.BY_TOKEN else set())
    codes |= _algorithms(signature)
    if _carries_damage(signature, case.trust):
        codes.add("CERTIFICATE_DAMAGED")
    relied = tuple(one for one in (best.relied, token.relied if token else None) if one is not None)
    report = _report(signature, token, best)
    has_token = best.dated is Dated.BY_TOKEN
    return Examined(report, frozenset(), relied, has_token).with_codes(frozenset(codes))


def _is_stamp(signature: EmbeddedPdfSignature) -> bool:
    return bool(signature.sig_object_type == "/DocTimeStamp")


def _integrity(signature: EmbeddedPdfSignature) -> set[str]:
    intact, valid = validate_sig_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=signature.compute_digest(),
    )
    if not intact:
        return {"CONTENT_CHANGED"}
    return set() if valid else {"SIGNATURE_BROKEN"}


class Dated(Enum):
    """What a signature's time is known by."""

    BY_TOKEN = "its own time-stamp"
    BY_LATER_STAMP = "a document time-stamp over it"
    BY_CLAIM = "what the signer says"
    NOT = "nothing"


@dataclass(frozen=True, slots=True)
class _Moment:
    """A time that the signature may be judged at, and what is weak about it."""

    time: datetime | None
    dated: Dated
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Found:
    """What comes of the signature when it is judged at that moment."""

    time: datetime | None
    dated: Dated
    codes: frozenset[str]
    relied: Relied | None


def _moments(
    signature: EmbeddedPdfSignature, token: TokenFinding | None, case: Circumstances
) -> list[_Moment]:
    """The best first."""
    weak = _weakness(token)
    if token is not None and (not weak or (_is_stamp(signature) and token.intact)):
        return [_Moment(token.time, Dated.BY_TOKEN, weak)]
    claimed = _claimed_time(signature)
    own = _Moment(claimed, Dated.BY_CLAIM if claimed else Dated.NOT, weak)
    if case.proven is None or "TIME_STAMP_BROKEN" in weak:
        return [own]
    return [_Moment(case.proven, Dated.BY_LATER_STAMP, weak - {"NO_TIME_STAMP"}), own]


def _weakness(token: TokenFinding | None) -> frozenset[str]:
    """Why a signature's own time-stamp does not date it; empty when it does."""
    if token is None:
        return frozenset({"NO_TIME_STAMP"})
    if not token.intact:
        return frozenset({"TIME_STAMP_BROKEN"})
    if token.trusted:
        return frozenset()
    return token.codes & {"TIME_STAMP_REVOKED"} or frozenset({"TIME_STAMP_UNTRUSTED"})


def _at_moment(signature: EmbeddedPdfSignature, moment: _Moment, case: Circumstances) -> _Found:
    codes = set(moment.codes)
    if moment.time is not None and moment.time > case.now + _CLOCK_TOLERANCE:
        codes.add("SIGNED_IN_FUTURE")
    chain = _chain(signature, moment, case)
    codes |= set(chain.codes)
    if chain.anchor is not None and chain.anchor.test:
        codes.add("TEST_AUTHORITY")
    if chain.revoked_since and not _is_stamp(signature):
        codes.add("CERTIFICATE_REVOKED_SINCE")
    if not _is_stamp(signature) and not may_sign_documents(signature.signer_cert):
        codes.add("CERTIFICATE_UNSUITABLE")
    return _Found(moment.time, moment.dated, frozenset(codes), chain.relied)


def _claimed_time(signature: EmbeddedPdfSignature) -> datetime | None:
    """The signer's own statement; one without an offset is of no use (PDF 32000-1, 7.9.4)."""
    claimed: datetime | None = signature.self_reported_timestamp
    return claimed if claimed is not None and claimed.tzinfo is not None else None


def _chain(signature: EmbeddedPdfSignature, moment: _Moment, case: Circumstances) -> ChainFinding:
    """A claimed time proves nothing: whatever was revoked until the signature is shown to be there counts."""
    dated = moment.dated in {Dated.BY_TOKEN, Dated.BY_LATER_STAMP}
    return judge_certificate(
        signature.signer_cert,
        at=moment.time or case.now,
        trust=case.trust,
        others=tuple(signature.other_embedded_certs),
        revocation=case.revocation,
        known=moment.time if dated else case.proven or case.now,
    )


def _carries_damage(signature: EmbeddedPdfSignature, trust: Trust) -> bool:
    """True when a certificate in the CMS or in its time-stamp is not what its issuer signed."""
    carried = {cert.dump(): cert for cert in (signature.signer_cert, *signature.other_embedded_certs)}
    for token in extract_tst_data_iter(signature.signer_info, signed=False):
        found = extract_certs_for_validation(token)
        carried |= {cert.dump(): cert for cert in (found.signer_cert, *found.other_certs)}
    known = [asn1_x509.Certificate.load(anchor.certificate) for anchor in trust.anchors()]
    return any(is_damaged(cert, (*carried.values(), *known)) for cert in carried.values())


def _algorithms(signature: EmbeddedPdfSignature) -> set[str]:
    key = signature.signer_cert.public_key
    short = key.algorithm == "rsa" and key.bit_size < _SHORTEST_RSA
    digests = {signature.md_algorithm, signature.signer_cert.hash_algo}
    if short or digests & _BROKEN_DIGESTS:
        return {"ALGORITHM_BROKEN"}
    return {"ALGORITHM_WEAK"} if digests & _WEAK_DIGESTS else set()


def _indication(codes: frozenset[str]) -> tuple[str, str | None]:
    for code, indication in _INDICATIONS.items():
        if code in codes:
            return indication
    return "TOTAL-PASSED", None


_SOURCES = {
    Dated.BY_TOKEN: "time_stamp",
    Dated.BY_LATER_STAMP: "time_stamp",
    Dated.BY_CLAIM: "claimed",
    Dated.NOT: "none",
}


def _report(signature: EmbeddedPdfSignature, token: TokenFinding | None, best: _Found) -> SignatureReport:
    certificate = signature.signer_cert
    return SignatureReport(
        field=signature.field_name,
        signer=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        role=_role(signature),
        signed_at=best.time,
        time_source=_SOURCES[best.dated],
        level=_level(signature, token, best.dated),
        digest=signature.md_algorithm.upper().replace("SHA", "SHA-", 1),
        indication="",
        sub_indication=None,
        covers="",
    )


def _name(name: Any) -> str:
    common = name.native.get("common_name", name.human_friendly)
    return str(common if isinstance(common, str) else common[0])


def _role(signature: EmbeddedPdfSignature) -> Role:
    """By the certificate alone: a field's name is whatever the writer of the file wanted.

    Legal persons carry an organizationIdentifier (ETSI EN 319 412-3) or a tax code MST:, natural
    persons a given name or surname (412-2) or an identity number CCCD:, CMND: or HC:.
    """
    if signature.sig_object_type == "/DocTimeStamp":
        return Role.TIMESTAMP
    names = signature.signer_cert.subject.native
    number = str(names.get("user_id", ""))
    if "organization_identifier" in names or number.startswith("MST:"):
        return Role.AGENCY
    if {"given_name", "surname"} & set(names) or number.startswith(("CCCD:", "CMND:", "HC:")):
        return Role.PERSON
    return Role.UNKNOWN


def _level(signature: EmbeddedPdfSignature, token: TokenFinding | None, dated_by: Dated) -> str:
    """PAdES baseline level as far as one signature shows it, and a document time-stamp over it (which makes
    it B-T as well: ETSI EN 319 142-1, table 1); PKCS7-… where it is not PAdES."""
    if signature.sig_object_type == "/DocTimeStamp":
        return "RFC3161"
    dated = (token is not None and token.intact) or dated_by is Dated.BY_LATER_STAMP
    if signature.sig_object.get("/SubFilter") != _PADES:
        return "PKCS7-T" if dated else "PKCS7-B"
    return SignatureLevel.B_T if dated else SignatureLevel.B_B
