"""Which certificates of the test authority hold: revocations in, OCSP answers and revocation lists out.

Made in the process that asks, with the authority's own keys; there is no server to be down.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from signing.errors import KeysUnusableError
from signing.keys import Identity, private_key, read_identity, write_identity
from signing.trial_certificates import DAY, issue, responder_profile, subject

_ANSWER_HOLDS = timedelta(days=7)
_AUTHORITY_YEARS = 12
_LIST_HOLDS = timedelta(days=_AUTHORITY_YEARS * 365)
"""As long as the authority: nobody renews the lists of a home that is not looked at."""


@dataclass(frozen=True, slots=True)
class Revoked:
    """A certificate that does not hold any more, from `at` on."""

    serial: int
    at: datetime
    reason: x509.ReasonFlags


@dataclass(frozen=True, slots=True)
class TrialAnswers:
    """Speaks for root and issuing authority; what was revoked stands in a file beside their keys."""

    folder: Path
    root: Identity
    issuing: Identity

    def revoke(self, certificate: x509.Certificate, *, at: datetime, reason: x509.ReasonFlags) -> None:
        """See `TestPki.revoke`: written down first, then listed; durable on return."""
        name = self._issuer(certificate)
        if name is None:
            raise KeysUnusableError("the certificate is of another authority")
        with self._alone():
            known = self._all(name)
            if any(one.serial == certificate.serial_number for one in known):
                return
            known = (*known, Revoked(certificate.serial_number, at.replace(microsecond=0), reason))
            _replace(self.folder / f"{name}-revoked.json", _written(known))
            fresh = revocation_list(self._identity(name), known, at=at, number=len(known) + 1)
            _replace(self.folder / f"{name}.crl", fresh)

    def ocsp(self, certificate: x509.Certificate, *, at: datetime) -> bytes | None:
        """The OCSPResponse (DER, RFC 6960) of `at`; None for a certificate of another authority."""
        name = self._issuer(certificate)
        if name is None:
            return None
        issuer, found = self._identity(name), self._revoked(name, certificate)
        # The root answers itself; the issuing authority has appointed a responder.
        signer = issuer if name == "root" else self._responder()
        moment = at.replace(microsecond=0)
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=certificate,
            issuer=issuer.certificate,
            algorithm=hashes.SHA1(),  # noqa: S303  names the issuer, and every client knows it (RFC 5019)
            cert_status=ocsp.OCSPCertStatus.REVOKED if found else ocsp.OCSPCertStatus.GOOD,
            this_update=moment,
            next_update=moment + _ANSWER_HOLDS,
            revocation_time=found.at if found else None,
            revocation_reason=found.reason if found else None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, signer.certificate)
        # Its own certificate as well where it is the issuer's: some look nowhere else for it.
        builder = builder.certificates([signer.certificate])
        return builder.sign(private_key(signer), hashes.SHA256()).public_bytes(Encoding.DER)

    def crl(self, certificate: x509.Certificate, *, at: datetime) -> bytes | None:
        """A list as of `at`; None for a certificate of another authority."""
        name = self._issuer(certificate)
        if name is None:
            return None
        known = self._all(name)
        return revocation_list(self._identity(name), known, at=at, number=len(known) + 1)

    def _issuer(self, certificate: x509.Certificate) -> str | None:
        names = {"root": self.root, "issuing": self.issuing}
        found = (name for name, one in names.items() if one.certificate.subject == certificate.issuer)
        name = next(found, None)
        try:
            if name:
                certificate.verify_directly_issued_by(names[name].certificate)
        except Exception:  # noqa: BLE001  whatever a foreign certificate of the same name makes of it
            return None
        return name

    def _identity(self, name: str) -> Identity:
        return self.root if name == "root" else self.issuing

    def _revoked(self, name: str, certificate: x509.Certificate) -> Revoked | None:
        return next((one for one in self._all(name) if one.serial == certificate.serial_number), None)

    def _all(self, name: str) -> tuple[Revoked, ...]:
        path = self.folder / f"{name}-revoked.json"
        return _read(path.read_bytes()) if path.exists() else ()

    def _responder(self) -> Identity:
        """Made on first use; it lasts as long as the authority, for nothing revokes it."""
        path = self.folder / "ocsp.pem"
        if not path.exists():
            begun = self.issuing.certificate.not_valid_before_utc + DAY
            name = subject("OCSP")
            fresh = issue(name, self.issuing, begun, years=_AUTHORITY_YEARS, profile=responder_profile)
            write_identity(path, fresh)
        return read_identity(path)  # a rival's, if it was first

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / ".revoking").open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def revocation_list(issuer: Identity, known: tuple[Revoked, ...], *, at: datetime, number: int) -> bytes:
    """A complete CertificateList (DER, RFC 5280) of `at`, which holds as long as the authority."""
    key = private_key(issuer)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at)
        .next_update(at + _LIST_HOLDS)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
    )
    for one in known:
        builder = builder.add_revoked_certificate(_entry(one))
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def _entry(one: Revoked) -> x509.RevokedCertificate:
    builder = x509.RevokedCertificateBuilder().serial_number(one.serial).revocation_date(one.at)
    return builder.add_extension(x509.CRLReason(one.reason), critical=False).build()


def _written(known: tuple[Revoked, ...]) -> bytes:
    rows = [
        {"serial": f"{one.serial:x}", "at": one.at.isoformat(), "reason": one.reason.value} for one in known
    ]
    return json.dumps(rows, indent=1).encode()


def _read(content: bytes) -> tuple[Revoked, ...]:
    return tuple(
        Revoked(int(row["serial"], 16), datetime.fromisoformat(row["at"]), x509.ReasonFlags(row["reason"]))
        for row in json.loads(content)
    )


def _replace(path: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)
