"""A key on a token whose PIN is at hand: an entry of the keys file in, a key that signs when asked out."""

import threading

from cryptography import x509

from signing.errors import TokenLostError
from signing.fitness import require_own
from signing.keys import Identity, KeyAlgorithm
from signing.keys_file import Secret, TokenEntry
from signing.pin_guard import PinGuard
from signing.pkcs12 import chain_of
from signing.token_session import TokenKey, TokenSession


class LastingKey:
    """The model's `Key`, with a session that is begun anew when it has ended. Callers take turns."""

    def __init__(self, entry: TokenEntry, pin: Secret, guard: PinGuard) -> None:
        """Sign in. Raises KeysUnusableError."""
        self._entry, self._pin, self._guard = entry, pin, guard
        self._lock = threading.RLock()
        self._session, self._key, certificates = self._begin()
        own, *chain = certificates
        self.identity = Identity(self, own, tuple(chain))

    @property
    def algorithm(self) -> KeyAlgorithm:
        """See `signing.keys.Key`."""
        return self._key.algorithm

    @property
    def pid(self) -> int:
        """The number of the session's process."""
        return self._session.pid

    def sign(self, data: bytes) -> bytes:
        """See `signing.keys.Key`. A session that broke off is begun anew once."""
        with self._lock:
            if self._session.alive:
                try:
                    return self._key.sign(data)
                except TokenLostError:
                    pass  # idle for too long, or killed: it takes a fresh session to know more
            self._session.close()
            self._session, self._key, _ = self._begin()
            return self._key.sign(data)

    def close(self) -> None:
        """End the session; signing begins a fresh one."""
        self._session.close()

    def _begin(self) -> tuple[TokenSession, TokenKey, tuple[x509.Certificate, ...]]:
        session = TokenSession(self._entry.place)
        try:
            key = session.sign_in(self._pin.read(), self._guard)
            certificates = certificates_of(self._entry, session)
            require_own(key, certificates[0])
        except BaseException:
            session.close()
            raise
        return session, key, certificates


def certificates_of(entry: TokenEntry, session: TokenSession) -> tuple[x509.Certificate, ...]:
    """The signer's certificate and those of its issuers, nearest first: of the file where the entry names
    one, else of the token.

    Raises TokenMissingError, KeyNotThereError, TokenLostError.
    """
    own, *others = entry.certificates or session.certificates()
    return (own, *chain_of(own, (*others, *entry.further)))
