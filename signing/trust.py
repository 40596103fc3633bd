"""Whom this home trusts: certificate files in a folder in, trust anchors with an id and a name out."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from signing.errors import CertificateUnreadableError, TrustAnchorUnknownError
from signing.keys import certificate_pem, is_test_certificate, write_once
from signing.trial_pki import TestPki

_ID_LENGTH = 16
_LABEL = b"Name: "


@dataclass(frozen=True, slots=True)
class TrustAnchor:
    """A certificate that is trusted as such. `id` is the start of its SHA-256; `test` marks a test
    authority (this home's or another's), whose documents are shown as THỬ NGHIỆM."""

    id: str
    name: str
    certificate: bytes
    """DER."""
    test: bool


class Trust(Protocol):
    """What validation asks of a trust store."""

    def anchors(self) -> tuple[TrustAnchor, ...]:
        """All that is trusted."""

    def crls(self) -> tuple[bytes, ...]:
        """Revocation lists at hand (DER); may be none."""


@dataclass(frozen=True, slots=True)
class TrustStore:
    """Anchors as PEM files in `folder`, and the home's own test authority where there is one."""

    folder: Path
    own: TestPki | None = None

    def anchors(self) -> tuple[TrustAnchor, ...]:
        """The own test authority first, then the files by id."""
        own = () if self.own is None else (_anchor(self.own.root.certificate),)
        return own + tuple(_read(path) for path in sorted(self.folder.glob("*.pem")))

    def crls(self) -> tuple[bytes, ...]:
        return () if self.own is None else self.own.crls

    def add(self, content: bytes, *, name: str = "") -> tuple[TrustAnchor, ...]:
        """Trust every certificate in a PEM or DER file, under `name` or its own common name.

        Raises CertificateUnreadableError.
        """
        found = tuple(_anchor(certificate, name=name) for certificate in _certificates(content))
        for anchor in found:
            label = _LABEL + " ".join(anchor.name.split()).encode() + b"\n"
            certificate = x509.load_der_x509_certificate(anchor.certificate)
            write_once(self.folder / f"{anchor.id}.pem", label + certificate_pem(certificate))
        return found

    def remove(self, anchor_id: str) -> TrustAnchor:
        """No longer trust the anchor whose id starts so (8 digits at least, and only one).

        Raises TrustAnchorUnknownError; the own test authority goes with its keys only.
        """
        matches = [path for path in self.folder.glob("*.pem") if path.stem.startswith(anchor_id.lower())]
        if len(anchor_id) < 8 or len(matches) != 1:
            raise TrustAnchorUnknownError(anchor_id)
        anchor = _read(matches[0])
        matches[0].unlink()
        return anchor


def _read(path: Path) -> TrustAnchor:
    content = path.read_bytes()
    first, _, _ = content.partition(b"\n")
    name = first.removeprefix(_LABEL).decode(errors="replace") if first.startswith(_LABEL) else ""
    return _anchor(_certificates(content)[0], name=name)


def _certificates(content: bytes) -> list[x509.Certificate]:
    try:
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_certificates(content)
        return [x509.load_der_x509_certificate(content)]
    except ValueError as error:
        raise CertificateUnreadableError(str(error)) from error


def _anchor(certificate: x509.Certificate, *, name: str = "") -> TrustAnchor:
    der = certificate.public_bytes(Encoding.DER)
    return TrustAnchor(
        sha256(der).hexdigest()[:_ID_LENGTH],
        name or _common_name(certificate),
        der,
        is_test_certificate(certificate),
    )


def _common_name(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


@dataclass(frozen=True, slots=True)
class TrustWith:
    """Another trust store and, for this time only, the certificates of a file."""

    base: Trust
    content: bytes

    def anchors(self) -> tuple[TrustAnchor, ...]:
        """Raises CertificateUnreadableError."""
        return self.base.anchors() + tuple(
            _anchor(certificate) for certificate in _certificates(self.content)
        )

    def crls(self) -> tuple[bytes, ...]:
        return self.base.crls()
