"""Judging a certificate at one time, off line: certificate, anchors and revocation data in, facts out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509 import load_der_x509_certificate
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    NotYetValidError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import AcceptAllAlgorithms

from signing.foreign_loop import run_coroutine
from signing.revocation import Statement, statements
from signing.trust import Trust, TrustAnchor

_SIGNING_USES = {"digital_signature", "non_repudiation"}


@dataclass(frozen=True, slots=True)
class RevocationData:
    """Revocation lists and OCSP answers carried by the document, and certificates beside them (DER)."""

    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()
    certificates: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Relied:
    """A chain that was relied on at one moment: each certificate below the anchor with its issuer."""

    links: tuple[tuple[x509.Certificate, x509.Certificate], ...]
    moment: datetime

    @property
    def until(self) -> datetime:
        """When the first of them runs out."""
        return min(
            (one.not_valid_after_utc for one, _ in self.links), default=datetime.max.replace(tzinfo=UTC)
        )

    def settled_by(self, data: RevocationData) -> bool:
        """Whether the answers and lists tell of each certificate how it stood at that moment."""
        return all(
            any(one.settles(certificate, self.moment) for one in _said(certificate, issuer, data))
            for certificate, issuer in self.links
        )


@dataclass(frozen=True, slots=True)
class ChainFinding:
    """What came of one certificate: the anchor reached, or why none; codes of `signing.reasons`.

    `revoked_since` says that a certificate of the chain was revoked after the moment it was judged at, and
    not later than what is known; `harmless` that its reason leaves earlier time-stamps standing.
    """

    anchor: TrustAnchor | None
    codes: tuple[str, ...]
    relied: Relied | None = None
    revoked_since: bool = False
    harmless: bool = True


def judge_certificate(
    certificate: Any,
    *,
    at: datetime,
    trust: Trust,
    others: tuple[Any, ...] = (),
    revocation: RevocationData,
    known: datetime | None = None,
) -> ChainFinding:
    """Build and check a chain as of `at`; `certificate` and `others` are asn1crypto certificates.

    Revocation is checked as far as the data at hand go; where they do not, that is said and no more. `known`
    is the moment by which what the certificate signed is proven to have been there; what was revoked between
    the two is told. None means that nothing proves it, and nothing was asked.
    """
    anchors = {anchor.certificate: anchor for anchor in trust.anchors()}
    if not anchors:
        return ChainFinding(None, ("SIGNER_UNKNOWN",))
    everything = RevocationData((*trust.crls(), *revocation.crls), revocation.ocsps, revocation.certificates)
    search = _Search(certificate, at, tuple(anchors), others, everything)
    try:
        path = search.path("none")
    except (PathError, ValidationError) as error:
        return ChainFinding(None, (_code(error),))
    links = _links(path)
    relied = None if links is None else Relied(links, at)
    checked = relied is not None and relied.settled_by(everything)
    code = None if checked else search.unsettled()
    revoked = _revocations(links, everything)
    if code == "CERTIFICATE_REVOKED" or any(moment <= at for moment, _ in revoked):
        return ChainFinding(None, ("CERTIFICATE_REVOKED",))
    since = [harmless for moment, harmless in revoked if known is not None and moment <= known]
    codes = () if code is None else (code,)
    return ChainFinding(anchors[path.first.dump()], codes, relied, bool(since), all(since))


@dataclass(frozen=True, slots=True)
class _Search:
    """A certificate, and all that a chain for it may be built from and checked with."""

    certificate: Any
    at: datetime
    roots: tuple[bytes, ...]
    others: tuple[Any, ...]
    data: RevocationData

    def path(self, mode: str) -> Any:
        """Raises what pyhanko_certvalidator raises."""
        context = ValidationContext(
            trust_roots=[asn1_x509.Certificate.load(der) for der in self.roots],
            other_certs=[*self.others, *map(asn1_x509.Certificate.load, self.data.certificates)],
            moment=self.at,
            allow_fetching=False,
            crls=list(self.data.crls),
            ocsps=list(self.data.ocsps),
            revocation_mode=mode,
            # Weak algorithms are a finding of their own, not a missing chain.
            algorithm_usage_policy=AcceptAllAlgorithms(),
        )
        validator = CertificateValidator(self.certificate, validation_context=context)
        return run_coroutine(validator.async_validate_path())

    def unsettled(self) -> str | None:
        """What is left open after the library looked: it knows lists that `signing.revocation` leaves."""
        try:
            self.path("require")
        except RevokedError:
            return "CERTIFICATE_REVOKED"
        except (PathError, ValidationError):
            return "REVOCATION_NOT_CHECKED"
        return None


_Links = tuple[tuple[x509.Certificate, x509.Certificate], ...]


def _links(path: Any) -> _Links | None:
    """From the signer's certificate up; None where they cannot be read here."""
    try:
        down = [load_der_x509_certificate(one.dump()) for one in path]
    except (ValueError, x509.InvalidVersion):
        return None
    return tuple(zip(reversed(down[1:]), reversed(down[:-1]), strict=True))


def _said(
    certificate: x509.Certificate, issuer: x509.Certificate, data: RevocationData
) -> tuple[Statement, ...]:
    return statements(certificate, issuer, ocsps=data.ocsps, crls=data.crls)


def _revocations(links: _Links | None, data: RevocationData) -> list[tuple[datetime, bool]]:
    """When certificates of the chain were revoked, and whether for a harmless reason."""
    said = (one for certificate, issuer in links or () for one in _said(certificate, issuer, data))
    return [(one.revoked_at, one.harmless) for one in said if one.revoked_at is not None]


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
