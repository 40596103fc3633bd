"""What there is to sign with: the keyring in, one line a key out, with its certificate or why it has none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from signing.errors import KeyElsewhereError, KeyMissingError, KeysUnusableError, PinNeededError
from signing.fitness import require_fit, require_own
from signing.keyring import AGENCY, FileKeyring
from signing.keys import Identity, is_test_certificate
from signing.keys_file import ContainerEntry, Entry, OutsideEntry, TokenEntry, asks
from signing.model import Signatory, SigningWay
from signing.trial_pki import TestPki

SEAL = "agency"
"""How the seal is called where officers are called by their accounts."""


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """One key: whose, of what kind (`test`, `pkcs12`, `pkcs11`, `outside`), what it takes to sign with it;
    its certificates, the holder's first, or why they cannot be read."""

    whose: str
    kind: str
    way: SigningWay | None
    certificates: tuple[x509.Certificate, ...] = ()
    error: KeysUnusableError | None = None

    @property
    def certificate(self) -> x509.Certificate | None:
        """The holder's."""
        return self.certificates[0] if self.certificates else None

    @property
    def test(self) -> bool:
        """Whether it is a test key; one of which nothing is known counts as real."""
        return self.certificate is not None and is_test_certificate(self.certificate)

    def days_left(self, now: datetime) -> int | None:
        """Whole days until the certificate expires; negative afterwards."""
        return (self.certificate.not_valid_after_utc - now).days if self.certificate else None


@dataclass(frozen=True, slots=True)
class KeyPlaces:
    """The keyring with those who should find a key in it."""

    keyring: FileKeyring | TestPki
    agency: str
    officers: tuple[Signatory, ...]

    def facts(self) -> Iterator[KeyFacts]:
        """The seal first, then each officer; nobody is asked for a PIN."""
        names = [SEAL, *(officer.id for officer in self.officers)]
        if isinstance(self.keyring, FileKeyring):
            names += sorted(set(self.keyring.entries) - {AGENCY, *names})
        return (self._facts(name) for name in names)

    def require_usable(self, facts: KeyFacts, now: datetime) -> bool:
        """Whether the key was tried and signs; False for one that only its holder can try.

        Raises KeysUnusableError for one that cannot be used, whoever tries.
        """
        if facts.error:
            raise facts.error
        if facts.certificate:
            require_fit(facts.certificate, at=now)
        try:
            identity = self._identity(facts.whose)
        except (PinNeededError, KeyElsewhereError):
            return False
        require_own(identity.key, identity.certificate)
        return True

    def _facts(self, name: str) -> KeyFacts:
        if isinstance(self.keyring, TestPki):
            identity = self._identity(name)
            return KeyFacts(name, "test", SigningWay.AT_ONCE, (identity.certificate, *identity.chain))
        entry = self.keyring.entries.get(AGENCY if name == SEAL else name)
        if entry is None:
            return KeyFacts(name, "-", None, error=KeyMissingError())
        kind, way = _kind(entry)
        try:
            return KeyFacts(name, kind, way, self.keyring.certificates_at(AGENCY if name == SEAL else name))
        except KeysUnusableError as error:
            return KeyFacts(name, kind, way, error=error)

    def _identity(self, name: str) -> Identity:
        if name == SEAL:
            return self.keyring.agency(self.agency)
        known = (officer for officer in self.officers if officer.id == name)
        return self.keyring.person(next(known, Signatory(name, name)))


def _kind(entry: Entry) -> tuple[str, SigningWay]:
    match entry:
        case ContainerEntry():
            return "pkcs12", SigningWay.PIN if asks(entry) else SigningWay.AT_ONCE
        case TokenEntry():
            return "pkcs11", SigningWay.PIN if asks(entry) else SigningWay.AT_ONCE
        case OutsideEntry():
            return "outside", SigningWay.OUTSIDE


def fingerprint(certificate: x509.Certificate) -> str:
    """The start of its SHA-256, as trust anchors are named."""
    return certificate.fingerprint(hashes.SHA256()).hex()[:16]


def common_name(name: x509.Name) -> str:
    """The common name, or all of it where there is none."""
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def names(certificate: x509.Certificate, holder: str) -> bool:
    """Whether the holder's name stands in the certificate's subject, whatever the case of letters."""
    wanted = _plain(holder)
    return any(wanted in _plain(str(each.value)) for each in certificate.subject)


def _plain(text: str) -> str:
    return " ".join(normalize("NFC", text).casefold().split())
