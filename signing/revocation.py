"""What an authority said of one certificate: OCSP answers and revocation lists in, checked statements out.

Only what the certificate's own issuer signed counts, or for OCSP a responder it appointed (RFC 6960 4.2.2.2).
An issuer is known by its key; names are not compared, for they may be written in several ways. What cannot be
read or checked says nothing; it never says "good".
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha1, sha256, sha384, sha512
from typing import Any

from asn1crypto.keys import PublicKeyInfo
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

_HASHES: dict[str, Any] = {"sha1": sha1, "sha256": sha256, "sha384": sha384, "sha512": sha512}
_UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm, x509.DuplicateExtension, x509.InvalidVersion)

_HARMLESS = frozenset(
    {
        x509.ReasonFlags.affiliation_changed,
        x509.ReasonFlags.superseded,
        x509.ReasonFlags.cessation_of_operation,
    }
)
"""Reasons that leave what a time-stamp authority stamped before as good as it was (RFC 3161 section 4, 1)."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What was known of one certificate from `this_update` on; all moments aware.

    `revoked_at` is None for a good one. `harmless` is true where the reason lets earlier time-stamps stand.
    """

    this_update: datetime
    next_update: datetime | None
    revoked_at: datetime | None = None
    harmless: bool = False

    def settles(self, certificate: x509.Certificate, moment: datetime) -> bool:
        """Whether it tells how the certificate stood at `moment`: it was made after it, while the authority
        still had to speak of the certificate (lists drop expired ones), or its validity spans the moment."""
        later = moment <= self.this_update <= certificate.not_valid_after_utc
        spans = self.next_update is not None and self.this_update <= moment <= self.next_update
        return later or spans


def statements(
    certificate: x509.Certificate,
    issuer: x509.Certificate,
    *,
    ocsps: Iterable[bytes],
    crls: Iterable[bytes],
) -> tuple[Statement, ...]:
    """Everything that the issuer says of the certificate in these answers and lists (DER), as they come."""
    answered = (ocsp_statement(one, certificate, issuer) for one in ocsps)
    listed = (crl_statement(one, certificate, issuer) for one in crls)
    return tuple(one for one in (*answered, *listed) if one is not None)


def ocsp_statement(
    content: bytes, certificate: x509.Certificate, issuer: x509.Certificate
) -> Statement | None:
    """From an OCSPResponse (DER); None when it does not speak of the certificate or cannot be believed."""
    with suppress(*_UNREADABLE):
        answer = ocsp.load_der_ocsp_response(content)
        if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            return None
        single = next((one for one in answer.responses if _speaks_of(one, certificate, issuer)), None)
        if single is None or not _by_the_issuer(answer, single, issuer):
            return None
        return _said(single)
    return None


def crl_statement(
    content: bytes, certificate: x509.Certificate, issuer: x509.Certificate
) -> Statement | None:
    """From a CertificateList (DER), complete for certificates of its kind; None as for `ocsp_statement`."""
    with suppress(*_UNREADABLE):
        crl = x509.load_der_x509_crl(content)
        if not _covers(crl, certificate):
            return None
        if not crl.is_signature_valid(issuer.public_key()):  # type: ignore[arg-type]
            return None
        entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
        revoked_at = entry.revocation_date_utc if entry is not None else None
        harmless = entry is not None and _reason(entry) in _HARMLESS
        return Statement(crl.last_update_utc, crl.next_update_utc, revoked_at, harmless)
    return None


def _speaks_of(
    single: ocsp.OCSPSingleResponse, certificate: x509.Certificate, issuer: x509.Certificate
) -> bool:
    digest = _HASHES.get(single.hash_algorithm.name)
    return (
        digest is not None
        and single.serial_number == certificate.serial_number
        and single.issuer_key_hash == digest(_key_bits(issuer)).digest()
    )


def _key_bits(certificate: x509.Certificate) -> bytes:
    spki = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return bytes(PublicKeyInfo.load(spki)["public_key"])


def _by_the_issuer(
    answer: ocsp.OCSPResponse, single: ocsp.OCSPSingleResponse, issuer: x509.Certificate
) -> bool:
    if _signed_with(answer, issuer):
        return True
    moment = single.this_update_utc
    return any(_appointed(one, issuer, moment) and _signed_with(answer, one) for one in answer.certificates)


def _appointed(responder: x509.Certificate, issuer: x509.Certificate, moment: datetime) -> bool:
    """Issued by the same authority for this, valid then, and not itself in need of an answer."""
    try:
        responder.verify_directly_issued_by(issuer)
        uses = responder.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        responder.extensions.get_extension_for_class(x509.OCSPNoCheck)
    except (InvalidSignature, x509.ExtensionNotFound, *_UNREADABLE):
        return False
    valid = responder.not_valid_before_utc <= moment <= responder.not_valid_after_utc
    return valid and ExtendedKeyUsageOID.OCSP_SIGNING in uses


def _signed_with(answer: ocsp.OCSPResponse, certificate: x509.Certificate) -> bool:
    key, digest = certificate.public_key(), answer.signature_hash_algorithm
    if digest is None:
        return False
    try:
        _verify(key, answer, digest)
    except InvalidSignature:
        return False
    return isinstance(key, RSAPublicKey | EllipticCurvePublicKey)


def _verify(key: Any, answer: ocsp.OCSPResponse, digest: HashAlgorithm) -> None:
    if isinstance(key, RSAPublicKey):
        key.verify(answer.signature, answer.tbs_response_bytes, PKCS1v15(), digest)
    elif isinstance(key, EllipticCurvePublicKey):
        key.verify(answer.signature, answer.tbs_response_bytes, ECDSA(digest))


def _said(single: ocsp.OCSPSingleResponse) -> Statement | None:
    match single.certificate_status:
        case ocsp.OCSPCertStatus.GOOD:
            return Statement(single.this_update_utc, single.next_update_utc)
        case ocsp.OCSPCertStatus.REVOKED:
            harmless = single.revocation_reason in _HARMLESS
            revoked_at = single.revocation_time_utc
            return Statement(single.this_update_utc, single.next_update_utc, revoked_at, harmless)
        case _:
            return None


def _covers(crl: x509.CertificateRevocationList, certificate: x509.Certificate) -> bool:
    """Whether silence in this list means something: it is no delta, leaves out no reasons, and is of the
    part that the certificate belongs to (RFC 5280 5.2.4, 5.2.5)."""
    with suppress(x509.ExtensionNotFound):
        crl.extensions.get_extension_for_class(x509.DeltaCRLIndicator)
        return False
    try:
        part = crl.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
    except x509.ExtensionNotFound:
        return True
    if part.indirect_crl or part.only_some_reasons or part.only_contains_attribute_certs:
        return False
    authority = _is_authority(certificate)
    if (part.only_contains_user_certs and authority) or (part.only_contains_ca_certs and not authority):
        return False
    return part.full_name is None or bool(set(part.full_name) & _points(certificate))


def _is_authority(certificate: x509.Certificate) -> bool:
    with suppress(x509.ExtensionNotFound):
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    return False


def _points(certificate: x509.Certificate) -> set[x509.GeneralName]:
    with suppress(x509.ExtensionNotFound):
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
        return {name for point in points for name in point.full_name or ()}
    return set()


def _reason(entry: x509.RevokedCertificate) -> x509.ReasonFlags | None:
    with suppress(x509.ExtensionNotFound):
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    return None
