"""The keys that the keys file names: entries and a clock in, a `Keyring` whose keys sign out.

Containers are opened when they are first needed and again when their file has changed. A token whose PIN is
at hand has one session, begun when it is first needed and again when it has ended; a token whose holder is
asked has one for each `unlocked` block.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from signing.errors import (
    KeyElsewhereError,
    KeyMissingError,
    KeyNotOfCertificateError,
    KeyPasswordError,
    KeysMixedError,
    KeysUnusableError,
    PinNeededError,
    WrongPinError,
)
from signing.fitness import require_fit, require_own
from signing.keys import Identity, is_test_certificate
from signing.keys_file import ContainerEntry, Entry, KeysFile, OutsideEntry, Secret, TokenEntry, asks
from signing.lasting_key import LastingKey, certificates_of
from signing.model import Signatory, SigningWay
from signing.pin_guard import PinGuard, TokenIdentity
from signing.pkcs12 import chain_of, read_pkcs12
from signing.token_session import TokenSession

_LOOK_AGAIN_S = 30.0
AGENCY = ""
"""The name of the seal's entry among the accounts, none of which is empty."""


class FileKeyring:
    """The keys of a keys file; the model's `Keyring`. Safe to share between threads; close it at the end."""

    def __init__(self, keys: KeysFile, guard: PinGuard, now: Callable[[], datetime]) -> None:
        self.entries: dict[str, Entry] = {AGENCY: keys.agency, **keys.officers}
        self.guard, self._now = guard, now
        self._lock, self._kinds_lock = threading.RLock(), threading.RLock()
        self._opened: dict[str, tuple[object, Identity]] = {}
        self._lasting: dict[str, LastingKey] = {}
        self._kinds: frozenset[bool] = frozenset()
        self._look_again = 0.0

    @property
    def test(self) -> bool:
        """True when all certificates at hand are test certificates. Where none is, the keys count as real."""
        return self._found_kinds(patient=True) == {True}

    def person(self, person: Signatory) -> Identity:
        """See `signing.keys.Keyring`."""
        return self.identity(person.id)

    def agency(self, name: str) -> Identity:  # noqa: ARG002 the file knows one agency, this unit
        """See `signing.keys.Keyring`."""
        return self.identity(AGENCY)

    def way_of(self, person: Signatory) -> SigningWay:
        """See `signing.keys.Keyring`. The seal is looked at too: nobody signs without it."""
        entry = self._entry(person.id)
        self.identity(AGENCY)
        match entry:
            case OutsideEntry():
                self._require_fit(entry.certificates[0])
                return SigningWay.OUTSIDE
            case _ if asks(entry):  # the token need not be here yet, and is not looked for
                for certificate in entry.certificates[:1]:
                    self._require_fit(certificate)
                return SigningWay.PIN
            case _:
                self.identity(person.id)
                return SigningWay.AT_ONCE

    @contextmanager
    def unlocked(self, person: Signatory, pin: str) -> Iterator["FileKeyring | OpenKeyring"]:
        """See `signing.keys.Keyring`."""
        entry = self._entry(person.id)
        match entry:
            case TokenEntry(pin=None):
                with TokenSession(entry.place) as session:
                    key = session.sign_in(pin, self.guard)
                    own, *chain = certificates_of(entry, session)
                    yield self._opened_for(person, Identity(key, own, tuple(chain)))
            case ContainerEntry(password=None):
                yield self._opened_for(person, self._unlocked_container(entry, pin))
            case _:
                self.identity(person.id)
                yield self

    def certificates(self, person: Signatory) -> tuple[x509.Certificate, ...]:
        """See `signing.keys.Keyring`."""
        return self.certificates_at(person.id)

    def identity(self, name: str) -> Identity:
        """The key of an entry for use at once. Raises KeysUnusableError."""
        entry = self._entry(name)
        match entry:
            case OutsideEntry():
                raise KeyElsewhereError
            case ContainerEntry(password=Secret() as password):
                identity = self._contained(name, entry, password)
            case TokenEntry(pin=Secret() as pin):
                identity = self._on_token(name, entry, pin)
            case _:
                raise PinNeededError
        self._require_fit(identity.certificate)
        return identity

    def certificates_at(self, name: str) -> tuple[x509.Certificate, ...]:
        """The certificate of an entry, then those of its issuers, nearest first, fit or not.

        Raises KeysUnusableError where they cannot be reached.
        """
        entry = self._entry(name)
        match entry:
            case ContainerEntry(password=Secret() as password):
                identity = self._contained(name, entry, password)
                return (identity.certificate, *identity.chain)
            case ContainerEntry():
                own, *others = entry.certificates
                return (own, *chain_of(own, (*others, *entry.further)))
            case OutsideEntry():
                own, *others = entry.certificates
                return (own, *chain_of(own, others))
            case TokenEntry():
                if entry.certificates:
                    own, *others = entry.certificates
                    return (own, *chain_of(own, (*others, *entry.further)))
                with TokenSession(entry.place) as session:
                    return certificates_of(entry, session)

    def close(self) -> None:
        """End the sessions of all tokens; a key used again begins a fresh one."""
        with self._lock:
            for key in self._lasting.values():
                key.close()

    def _entry(self, name: str) -> Entry:
        found = self.entries.get(name)
        if found is None:
            raise KeyMissingError
        return found

    def _opened_for(self, person: Signatory, identity: Identity) -> "OpenKeyring":
        self._require_fit(identity.certificate)
        require_own(identity.key, identity.certificate)
        return OpenKeyring(self, person.id, identity)

    def _unlocked_container(self, entry: ContainerEntry, password: str) -> Identity:
        """Counted as PINs are: nobody guesses at a page."""
        with self.guard.turn(TokenIdentity(entry.path.name, "pkcs12")) as turn:
            turn.begin(token_counts=False)
            try:
                identity = read_pkcs12(entry.path, password, further=entry.further)
            except KeyPasswordError as error:
                raise WrongPinError from error
            except KeysUnusableError:
                turn.undo()
                raise
            turn.right()
        if identity.certificate != entry.certificates[0]:
            raise KeyNotOfCertificateError
        return identity

    def _contained(self, name: str, entry: ContainerEntry, password: Secret) -> Identity:
        with self._lock:
            try:
                stat = entry.path.stat()
            except OSError as error:
                raise KeysUnusableError(entry.path.name) from error
            stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            known = self._opened.get(name)
            if known is None or known[0] != stamp:
                identity = read_pkcs12(entry.path, password.read(), further=entry.further)
                known = self._opened[name] = (stamp, identity)
            return known[1]

    def _on_token(self, name: str, entry: TokenEntry, pin: Secret) -> Identity:
        with self._lock:
            key = self._lasting.get(name)
            if key is None:
                key = self._lasting[name] = LastingKey(entry, pin, self.guard)
            return key.identity

    def _found_kinds(self, *, patient: bool = False) -> frozenset[bool]:
        """Of all certificates that can be reached; found once, for what is printed depends on it. Who is
        patient has none looked for again that were not there a moment ago: every page asks."""
        if self._kinds or (patient and time.monotonic() < self._look_again):
            return self._kinds
        with self._kinds_lock:
            if not self._kinds:
                self._look_again = time.monotonic() + _LOOK_AGAIN_S
                self._kinds = frozenset(is_test_certificate(each) for each in self._reachable())
            return self._kinds

    def _reachable(self) -> Iterator[x509.Certificate]:
        for name in self.entries:
            try:
                yield self.certificates_at(name)[0]
            except KeysUnusableError:
                continue  # it can sign nothing either; whoever asks for it is told why

    def _require_fit(self, certificate: x509.Certificate) -> None:
        require_fit(certificate, at=self._now())
        kinds = self._found_kinds()
        if is_test_certificate(certificate) is not (kinds == {True}) or len(kinds) > 1:
            raise KeysMixedError


@dataclass(frozen=True, slots=True)
class OpenKeyring:
    """A keyring in which one officer's token is open."""

    base: FileKeyring
    officer: str
    identity: Identity

    @property
    def test(self) -> bool:
        """See `signing.keys.Keyring`."""
        return self.base.test

    def person(self, person: Signatory) -> Identity:
        """See `signing.keys.Keyring`."""
        return self.identity if person.id == self.officer else self.base.person(person)

    def agency(self, name: str) -> Identity:
        """See `signing.keys.Keyring`."""
        return self.base.agency(name)

    def way_of(self, person: Signatory) -> SigningWay:
        """See `signing.keys.Keyring`."""
        return SigningWay.AT_ONCE if person.id == self.officer else self.base.way_of(person)

    @contextmanager
    def unlocked(self, person: Signatory, pin: str) -> Iterator["FileKeyring | OpenKeyring"]:
        """See `signing.keys.Keyring`."""
        if person.id == self.officer:
            yield self
            return
        with self.base.unlocked(person, pin) as keyring:
            yield keyring

    def certificates(self, person: Signatory) -> tuple[x509.Certificate, ...]:
        """See `signing.keys.Keyring`."""
        return self.base.certificates(person)
