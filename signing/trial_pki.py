"""A test authority of the home's own: an empty folder in, keys and certificates marked THỬ NGHIỆM out.

Trust in it ends at this home, and everything it signs says so on every page.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import ClassVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from signing.errors import KeysUnusableError
from signing.keys import (
    TEST_WORD,
    Identity,
    SoftwareKey,
    certificate_pem,
    private_key,
    read_identity,
    write_identity,
)
from signing.model import TEST_MARK, Signatory, SigningWay

DAY = timedelta(days=1)
CA_YEARS, SIGNER_YEARS = 12, 3
_COMMON_NAME_LIMIT = 64
"""Bytes of UTF-8 that cryptography lets a common name have (ub-common-name, RFC 5280 appendix A.1)."""
_DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336

_Profile = Callable[[x509.CertificateBuilder], x509.CertificateBuilder]


@dataclass(frozen=True, slots=True)
class TestPki:
    """Root, issuing authority, time-stamp authority and CRLs; people and agencies as they are named."""

    __test__: ClassVar[bool] = False  # a product class whose name pytest would otherwise collect

    folder: Path
    now: datetime
    root: Identity
    issuing: Identity
    time_stamping: Identity

    @classmethod
    def open(cls, folder: Path, *, now: datetime) -> "TestPki":
        """Open the authority under `folder`, made on first use; two processes at once get the same one.

        `now` (aware) dates what has to be issued. Raises KeysUnusableError for a broken folder.
        """
        authority = folder / "authority"
        if not authority.exists():
            _make_authority(authority, now)
        parts = (read_identity(authority / f"{name}.pem") for name in ("root", "issuing", "time-stamping"))
        return cls(folder, now, *parts)

    @property
    def test(self) -> bool:
        return True

    @property
    def anchor(self) -> bytes:
        """The root certificate as DER."""
        return self.root.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def crls(self) -> tuple[bytes, ...]:
        """The revocation lists of root and issuing authority as DER; empty lists of revoked ones."""
        authority = self.folder / "authority"
        return tuple((authority / f"{name}.crl").read_bytes() for name in ("root", "issuing"))

    def person(self, person: Signatory) -> Identity:
        """The key of an officer, issued on first use and again when it has run out."""
        name = person.name
        family, _, given = name.partition(" ")
        attributes = {NameOID.SURNAME: family, NameOID.GIVEN_NAME: given or family}
        return self._holder("people", name, attributes)

    def way_of(self, person: Signatory) -> SigningWay:
        """At once: a test key asks nobody."""
        self.person(person)
        return SigningWay.AT_ONCE

    @contextmanager
    def unlocked(self, person: Signatory, pin: str) -> Iterator["TestPki"]:  # noqa: ARG002
        """There is no PIN to look at."""
        self.person(person)
        yield self

    def certificates(self, person: Signatory) -> tuple[x509.Certificate, ...]:
        """See `signing.keys.Keyring`."""
        identity = self.person(person)
        return (identity.certificate, *identity.chain)

    def agency(self, name: str) -> Identity:
        """The key of an agency, issued on first use and again when it has run out."""
        # A legal person carries an organisationIdentifier (ETSI EN 319 412-3, 4.2.1).
        attributes = {
            NameOID.ORGANIZATION_NAME: f"{name} ({TEST_WORD})",
            NameOID.ORGANIZATION_IDENTIFIER: "NTRVN-THUNGHIEM",
        }
        return self._holder("agencies", name, attributes)

    def _holder(self, kind: str, name: str, attributes: dict[ObjectIdentifier, str]) -> Identity:
        path = self.folder / kind / f"{sha256(name.encode()).hexdigest()[:32]}.pem"
        if path.exists():
            found = read_identity(path)
            if self.now < found.certificate.not_valid_after_utc:
                return found
            path.rename(path.with_suffix(".expired.pem"))
        subject = _subject(name, attributes)
        fresh = _issue(subject, self.issuing, self.now, years=SIGNER_YEARS, profile=_signer_profile)
        write_identity(path, fresh)
        return read_identity(path)  # a rival's, if it was first


def _make_authority(target: Path, now: datetime) -> None:
    """Make the whole authority beside its place, then move it there in one step."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = Path(mkdtemp(dir=target.parent, prefix=".authority-"))
    try:
        _write_authority(draft, now)
        os.rename(draft, target)
    except OSError as error:
        if not target.exists():  # else another process was first; its authority is the one
            raise KeysUnusableError(target.name) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_authority(folder: Path, now: datetime) -> None:
    root = _issue(_subject("CA gốc"), None, now, years=CA_YEARS, profile=_authority_profile(1))
    issuing = _issue(_subject("CA phát hành"), root, now, years=CA_YEARS, profile=_authority_profile(0))
    stamping = _issue(
        _subject("Dấu thời gian"), issuing, now, years=CA_YEARS - 1, profile=_time_stamping_profile
    )
    for name, identity in (("root", root), ("issuing", issuing), ("time-stamping", stamping)):
        write_identity(folder / f"{name}.pem", identity)
    for name, identity in (("root", root), ("issuing", issuing)):
        (folder / f"{name}.crl").write_bytes(_empty_crl(identity, now))
        (folder / f"{name}.crt").write_bytes(certificate_pem(identity.certificate))


def _subject(name: str, attributes: dict[ObjectIdentifier, str] | None = None) -> x509.Name:
    suffix = f" ({TEST_WORD})"
    values = {
        NameOID.COUNTRY_NAME: "VN",
        NameOID.ORGANIZATION_NAME: TEST_MARK,
        **(attributes or {}),
        NameOID.COMMON_NAME: _cut(name, _COMMON_NAME_LIMIT - len(suffix.encode())) + suffix,
    }
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in values.items()])


def _cut(name: str, size: int) -> str:
    return name if len(name.encode()) <= size else name.encode()[: size - 3].decode(errors="ignore") + "…"


def _issue(
    subject: x509.Name, issuer: Identity | None, now: datetime, *, years: int, profile: _Profile
) -> Identity:
    """A P-256 key and its certificate, self-signed when there is no issuer."""
    key = ec.generate_private_key(ec.SECP256R1())
    signing_key = private_key(issuer) if issuer else key
    end = now + years * 365 * DAY
    if issuer:
        end = min(end, issuer.certificate.not_valid_after_utc)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False
        )
    )
    certificate = profile(builder).sign(signing_key, hashes.SHA256())
    return Identity(SoftwareKey(key), certificate, (issuer.certificate, *issuer.chain) if issuer else ())


def _key_usage(*, signs_documents: bool = False, signs_certificates: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=signs_documents,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _authority_profile(path_length: int) -> _Profile:
    def apply(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
        return builder.add_extension(
            x509.BasicConstraints(ca=True, path_length=path_length), critical=True
        ).add_extension(_key_usage(signs_certificates=True), critical=True)

    return apply


def _signer_profile(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(signs_documents=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([_DOCUMENT_SIGNING]), critical=False)
    )


def _time_stamping_profile(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
    # RFC 3161 2.3: this usage alone, and critical.
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    )


def _empty_crl(issuer: Identity, now: datetime) -> bytes:
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(now - DAY)
        .next_update(now + CA_YEARS * 365 * DAY)
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(private_key(issuer).public_key()),
            critical=False,
        )
        .sign(private_key(issuer), hashes.SHA256())
    )
    return crl.public_bytes(serialization.Encoding.DER)
