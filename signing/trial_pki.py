"""A test authority of the home's own: an empty folder in, keys and certificates marked THỬ NGHIỆM out.

Trust in it ends at this home, and everything it signs says so on every page.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import ClassVar

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID, ObjectIdentifier

from signing.errors import KeysUnusableError
from signing.keys import TEST_WORD, Identity, certificate_pem, read_identity, write_identity
from signing.model import Signatory, SigningWay
from signing.trial_answers import TrialAnswers, revocation_list
from signing.trial_certificates import (
    DAY,
    authority_profile,
    issue,
    signer_profile,
    subject,
    time_stamping_profile,
)

CA_YEARS, SIGNER_YEARS = 12, 3


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
    def answers(self) -> TrialAnswers:
        """Who tells which of its certificates were revoked."""
        return TrialAnswers(self.folder / "authority", self.root, self.issuing)

    def revoke(self, certificate: x509.Certificate, *, at: datetime, reason: x509.ReasonFlags) -> None:
        """From `at` (aware) on it is not good any more; the first revocation of a certificate stays.

        Raises KeysUnusableError for a certificate of another authority.
        """
        self.answers.revoke(certificate, at=at, reason=reason)

    @property
    def test(self) -> bool:
        return True

    @property
    def anchor(self) -> bytes:
        """The root certificate as DER."""
        return self.root.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def crls(self) -> tuple[bytes, ...]:
        """The revocation lists of root and issuing authority as DER, as of the last revocation."""
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
        fresh = issue(
            subject(name, attributes), self.issuing, self.now, years=SIGNER_YEARS, profile=signer_profile
        )
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
    root = issue(subject("CA gốc"), None, now, years=CA_YEARS, profile=authority_profile(1))
    issuing = issue(subject("CA phát hành"), root, now, years=CA_YEARS, profile=authority_profile(0))
    stamping = issue(
        subject("Dấu thời gian"), issuing, now, years=CA_YEARS - 1, profile=time_stamping_profile
    )
    for name, identity in (("root", root), ("issuing", issuing), ("time-stamping", stamping)):
        write_identity(folder / f"{name}.pem", identity)
    for name, identity in (("root", root), ("issuing", issuing)):
        (folder / f"{name}.crl").write_bytes(revocation_list(identity, (), at=now - DAY, number=1))
        (folder / f"{name}.crt").write_bytes(certificate_pem(identity.certificate))
