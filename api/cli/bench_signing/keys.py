"""Keys for the bench: the home's test authority in, one officer and one agency with keys of a kind out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from signing.keys import Identity, SoftwareKey, private_key
from signing.model import Signatory, SigningWay
from signing.trial_certificates import DAY, signer_profile, subject
from signing.trial_pki import TestPki

OFFICER = Signatory("bench", "Trần Thị Mẫu")
_RSA_BITS = 3072


@dataclass(frozen=True, slots=True)
class BenchKeys:
    """`signing.keys.Keyring` with two keys held in memory."""

    officer: Identity
    seal: Identity
    test: bool = True

    def person(self, person: Signatory) -> Identity:  # noqa: ARG002 there is one
        """See `Keyring`."""
        return self.officer

    def agency(self, name: str) -> Identity:  # noqa: ARG002 there is one
        """See `Keyring`."""
        return self.seal

    def way_of(self, person: Signatory) -> SigningWay:  # noqa: ARG002
        """See `Keyring`."""
        return SigningWay.AT_ONCE

    @contextmanager
    def unlocked(self, person: Signatory, pin: str) -> Iterator["BenchKeys"]:  # noqa: ARG002
        """See `Keyring`."""
        yield self

    def certificates(self, person: Signatory) -> tuple[x509.Certificate, ...]:  # noqa: ARG002
        """See `Keyring`."""
        return (self.officer.certificate, *self.officer.chain)


def p_256_keys(pki: TestPki, agency: str) -> BenchKeys:
    """As the home's authority makes them."""
    return BenchKeys(pki.person(OFFICER), pki.agency(agency))


def rsa_keys(pki: TestPki, agency: str, *, now: datetime) -> BenchKeys:
    """RSA-3072, as certificate authorities hand them out in PKCS#12."""
    officer = {NameOID.SURNAME: "Trần", NameOID.GIVEN_NAME: "Thị Mẫu"}
    seal = {NameOID.ORGANIZATION_IDENTIFIER: "NTRVN-THUNGHIEM"}
    return BenchKeys(_rsa(pki, subject(OFFICER.name, officer), now), _rsa(pki, subject(agency, seal), now))


def _rsa(pki: TestPki, name: x509.Name, now: datetime) -> Identity:
    key = rsa.generate_private_key(65537, _RSA_BITS)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(pki.issuing.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + 365 * DAY)
    )
    certificate = signer_profile(builder).sign(private_key(pki.issuing), hashes.SHA256())
    return Identity(SoftwareKey(key), certificate, (pki.issuing.certificate, *pki.issuing.chain))
