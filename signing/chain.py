"""Judging a certificate at one time, off line: certificate, anchors and revocation data in, facts out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509 import load_der_x509_certificate
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import AcceptAllAlgorithms

from signing.foreign_loop import run_coroutine
from signing.trust import Trust, TrustAnchor

_SIGNING_USES = {"digital_signature", "non_repudiation"}


@dataclass(frozen=True, slots=True)
class RevocationData:
    """Revocation lists and OCSP answers carried by the document, and certificates beside them (DER)."""

    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()
    certificates: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainFinding:
    """What came of one certificate: the anchor reached, or why none; codes of `signing.reasons`."""

    anchor: TrustAnchor | None
    codes: tuple[str, ...]


def judge_certificate(
    certificate: Any,
    *,
    at: datetime,
    trust: Trust,
    others: tuple[Any, ...] = (),
    revocation: RevocationData,
) -> ChainFinding:
    """Build and check a chain as of `at`; `certificate` and `others` are asn1crypto certificates.

    Revocation is checked as far as the data at hand go; where they do not, that is said and no more.
    """
    anchors = {anchor.certificate: anchor for anchor in trust.anchors()}
    if not anchors:
        return ChainFinding(None, ("SIGNER_UNKNOWN",))
    intermediates = [*others, *map(asn1_x509.Certificate.load, revocation.certificates)]
    for mode in ("require", "soft-fail"):
        context = ValidationContext(
            trust_roots=[asn1_x509.Certificate.load(der) for der in anchors],
            other_certs=intermediates,
            moment=at,
            allow_fetching=False,
            crls=[*trust.crls(), *revocation.crls],
            ocsps=list(revocation.ocsps),
            revocation_mode=mode,
            # Weak algorithms are a finding of their own, not a missing chain.
            algorithm_usage_policy=AcceptAllAlgorithms(),
        )
        validator = CertificateValidator(certificate, validation_context=context)
        try:
            path = run_coroutine(validator.async_validate_path())
        except InsufficientRevinfoError:
            continue
        except (PathError, ValidationError) as error:
            return ChainFinding(None, (_code(error),))
        anchor = anchors[path.first.dump()]
        return ChainFinding(anchor, ("REVOCATION_NOT_CHECKED",) if mode == "soft-fail" else ())
    return ChainFinding(None, ("SIGNER_UNKNOWN",))


def _code(error: Exception) -> str:
    if isinstance(error, RevokedError):
        return "CERTIFICATE_REVOKED"
    if isinstance(error, ExpiredError | NotYetValidError):
        return "CERTIFICATE_OUT_OF_DATE"
    return "SIGNER_UNKNOWN"


def is_damaged(certificate: Any, candidates: Iterable[Any]) -> bool:
    """True when the key it names as its issuer's did not sign what stands there now.

    Certificates travel beside the signature and are not covered by it. Names do not count: two
    authorities may share one, and a changed name is damage.
    """
    named = certificate.authority_key_identifier
    issuers = [one for one in candidates if named is not None and one.key_identifier == named]
    return bool(issuers) and not any(_signed_by(certificate, issuer) for issuer in issuers)


def _signed_by(certificate: Any, issuer: Any) -> bool:
    try:
        load_der_x509_certificate(certificate.dump()).verify_directly_issued_by(
            load_der_x509_certificate(issuer.dump())
        )
    except (InvalidSignature, ValueError, TypeError):
        return False
    except UnsupportedAlgorithm:  # SHA-1 on some systems: not for us to call damaged
        return True
    return True


def may_sign_documents(certificate: Any) -> bool:
    """True unless its key usage leaves out both kinds of signature (RFC 5280 4.2.1.3)."""
    usage = certificate.key_usage_value
    return usage is None or bool(_SIGNING_USES & set(usage.native))


def may_stamp_time(certificate: Any) -> bool:
    """True when its extended key usage names time-stamping (RFC 3161 2.3)."""
    usage = certificate.extended_key_usage_value
    return usage is not None and "time_stamping" in usage.native
