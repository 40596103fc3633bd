"""One signature of a PDF: what pyHanko parsed of it in, its report and the codes of its reasons out."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import x509 as asn1_x509
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    validate_sig_integrity,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.chain import RevocationData, is_damaged, judge_certificate, may_sign_documents
from signing.model import Role, SignatureLevel, SignatureReport
from signing.time_tokens import TokenFinding, judge_token, signature_token
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
    """A signature's report and the codes of every reason found so far."""

    report: SignatureReport
    codes: frozenset[str]

    def with_codes(self, codes: frozenset[str], **report: Any) -> "Examined":
        """The same with more codes (and the indication that follows from all), and parts of the report."""
        everything = self.codes | codes
        indication, sub_indication = _indication(everything)
        changed = replace(self.report, indication=indication, sub_indication=sub_indication, **report)
        return Examined(changed, everything)


def unreadable(field: str, code: str) -> Examined:
    """A signature whose dictionary or CMS cannot be parsed at all."""
    report = SignatureReport(field, "", "", Role.UNKNOWN, None, "none", "", "", "", None, "unclear")
    return Examined(report, frozenset()).with_codes(frozenset({code}))


def examine(
    signature: EmbeddedPdfSignature, *, trust: Trust, at: datetime, revocation: RevocationData
) -> Examined:
    """Check, in this order: 1 content and signature value, 2 time, 3 chain at that time, 4 algorithms.

    What came after the signature in the file is not its business. May raise whatever the parsers
    raise for a malformed CMS; the caller stands at the edge.
    """
    stamp = signature.sig_object_type == "/DocTimeStamp"
    codes: set[str] = set()
    token: TokenFinding | None
    if stamp:
        token = judge_token(
            signature.signed_data, signature.compute_digest, trust=trust, revocation=revocation
        )
        codes |= set() if token.intact else {"CONTENT_CHANGED"}
    else:
        codes |= _integrity(signature)
        token = signature_token(signature.signer_info, trust=trust, revocation=revocation)
    moment, source, time_codes = _time(signature, token, at)
    codes |= time_codes
    codes |= _chain(signature, stamp=stamp, at=moment or at, trust=trust, revocation=revocation)
    codes |= _algorithms(signature)
    if _carries_damage(signature, trust):
        codes.add("CERTIFICATE_DAMAGED")
    return Examined(_report(signature, token, moment, source), frozenset()).with_codes(frozenset(codes))


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


def _time(
    signature: EmbeddedPdfSignature, token: TokenFinding | None, at: datetime
) -> tuple[datetime | None, str, set[str]]:
    """The time the signature is judged at, where it comes from, and what is weak about it."""
    codes: set[str] = set()
    moment, source = _claimed_time(signature), "claimed"
    if token is None:
        codes.add("NO_TIME_STAMP")
    elif not token.intact:
        codes.add("TIME_STAMP_BROKEN")
    elif not token.trusted:
        codes.add("TIME_STAMP_UNTRUSTED")
    else:
        moment, source = token.time, "time_stamp"
    if moment is None:
        return None, "none", codes
    if moment > at + _CLOCK_TOLERANCE:
        codes.add("SIGNED_IN_FUTURE")
    return moment, source, codes


def _claimed_time(signature: EmbeddedPdfSignature) -> datetime | None:
    """The signer's own statement; one without an offset is of no use (PDF 32000-1, 7.9.4)."""
    claimed: datetime | None = signature.self_reported_timestamp
    return claimed if claimed is not None and claimed.tzinfo is not None else None


def _chain(
    signature: EmbeddedPdfSignature, *, stamp: bool, at: datetime, trust: Trust, revocation: RevocationData
) -> set[str]:
    finding = judge_certificate(
        signature.signer_cert,
        at=at,
        trust=trust,
        others=tuple(signature.other_embedded_certs),
        revocation=revocation,
    )
    codes = set(finding.codes)
    if finding.anchor is not None and finding.anchor.test:
        codes.add("TEST_AUTHORITY")
    if not stamp and not may_sign_documents(signature.signer_cert):
        codes.add("CERTIFICATE_UNSUITABLE")
    return codes


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


def _report(
    signature: EmbeddedPdfSignature, token: TokenFinding | None, moment: datetime | None, source: str
) -> SignatureReport:
    certificate = signature.signer_cert
    return SignatureReport(
        field=signature.field_name,
        signer=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        role=_role(signature),
        signed_at=moment,
        time_source=source,
        level=_level(signature, token),
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


def _level(signature: EmbeddedPdfSignature, token: TokenFinding | None) -> str:
    """PAdES baseline level as far as one signature shows it; PKCS7-… where it is not PAdES."""
    if signature.sig_object_type == "/DocTimeStamp":
        return "RFC3161"
    dated = token is not None and token.intact
    if signature.sig_object.get("/SubFilter") != _PADES:
        return "PKCS7-T" if dated else "PKCS7-B"
    return SignatureLevel.B_T if dated else SignatureLevel.B_B
