"""A session of a token: where the token is and its PIN in, a key that signs there out.

Each session has a process of its own (`token_process`); callers take turns in it. Whatever goes wrong with it
ends it, and the next session starts afresh.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from signing.errors import (
    KeyNotThereError,
    KeysUnusableError,
    PinNeededError,
    PinRefusedError,
    TokenBusyError,
    TokenLostError,
    TokenMissingError,
    WrongPinError,
)
from signing.keys import KeyAlgorithm
from signing.pin_guard import PinGuard, TokenIdentity, Turn

_ANSWER_WITHIN_S = 30.0
_REFUSALS: dict[str, type[KeysUnusableError]] = {
    "module": TokenMissingError,
    "token": TokenMissingError,
    "tokens": TokenMissingError,
    "key": KeyNotThereError,
    "locked": PinRefusedError,
    "pin": WrongPinError,
    "busy": TokenBusyError,
}


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Which key on which token: the driver's file, the token's label, the key's label or id (hexadecimal),
    both empty for the only one there is; `serial` where two tokens share a label. `environment` is all that
    the driver's process gets (SOFTHSM2_CONF, say)."""

    module: Path
    token: str
    key: str = ""
    key_id: str = ""
    serial: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A key on a token; the model's `Key`."""

    algorithm: KeyAlgorithm
    session: "TokenSession"

    def sign(self, data: bytes) -> bytes:
        """See `signing.keys.Key`. Raises TokenLostError."""
        value = bytes.fromhex(self.session.ask("sign", data=data.hex())["value"])
        if self.algorithm is KeyAlgorithm.RSA:
            return value
        half = len(value) // 2
        return encode_dss_signature(int.from_bytes(value[:half]), int.from_bytes(value[half:]))


class TokenSession:
    """One process with one login. Close it, or use it as a context."""

    def __init__(self, place: TokenPlace, *, idle_s: float = 600.0) -> None:
        """Start the process; it ends by itself after `idle_s` without a request."""
        self.place = place
        self._idle_s = idle_s
        self._key_id = ""
        self._lock = threading.RLock()
        ours, theirs = Pipe()
        self._pipe: Connection = ours
        self._process = _started(theirs, place.environment)

    def __enter__(self) -> "TokenSession":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def sign_in(self, pin: str, guard: PinGuard) -> TokenKey:
        """Find the token, try the PIN if that cannot lock it, find the key. No PIN at all is no try.

        Raises PinNeededError, TokenMissingError, TokenBusyError, PinRefusedError, WrongPinError,
        KeyNotThereError, TokenLostError.
        """
        if not pin:
            raise PinNeededError
        found = self._find()
        with guard.turn(TokenIdentity(self.place.token, found["serial"])) as turn:
            # Once more: whoever was before us in the turn may have typed a wrong one.
            found = self._find()
            if found["final"]:
                raise PinRefusedError
            turn.begin(token_counts=found["counts"])
            self._login(pin, turn)
        key = self.ask("key", label=self.place.key, number=self.place.key_id)
        self._key_id = str(key["id"])
        return TokenKey(KeyAlgorithm(key["algorithm"]), self)

    def certificates(self) -> tuple[x509.Certificate, ...]:
        """The certificate of the key, then all others on the token. No PIN is needed: before the sign-in it
        is the one of the key's id or label, or the only one of a holder; afterwards that of the key's id.

        Raises TokenMissingError, KeyNotThereError, TokenLostError.
        """
        if not self._key_id:
            self._find()
        found = self.ask("certificates")["certificates"]
        loaded = [(each, one) for each in found if (one := _loaded(each["der"])) is not None]
        holders = [(each, one) for each, one in loaded if not _is_ca(one)]
        own = [one for each, one in holders if self._is_of_key(each)] or [one for _, one in holders]
        if len(own) != 1:
            raise KeyNotThereError
        return (own[0], *(one for _, one in loaded if one != own[0]))

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        with self._lock:  # whoever still waits for an answer is told first
            self._pipe.close()

    def ask(self, deed: str, **arguments: str) -> dict[str, Any]:
        """One request, one answer. Raises TokenLostError, and what the token refuses."""
        with self._lock:
            answer = self._asked(deed, arguments)
        refused = answer.get("refused")
        if refused is None:
            return answer
        if refused not in _REFUSALS:
            self.close()
            raise TokenLostError(str(answer.get("kind", "")))
        raise _REFUSALS[refused]

    def _asked(self, deed: str, arguments: dict[str, str]) -> dict[str, Any]:
        try:
            self._pipe.send_bytes(json.dumps([deed, arguments, self._idle_s]).encode())
            if self._pipe.poll(_ANSWER_WITHIN_S):
                answer = json.loads(self._pipe.recv_bytes())
                if isinstance(answer, dict):
                    return answer
        except (OSError, EOFError, ValueError):
            pass  # told below, as one who never answers is
        self.close()
        raise TokenLostError

    def _find(self) -> dict[str, Any]:
        place = self.place
        return self.ask("find", module=str(place.module), label=place.token, serial=place.serial)

    def _login(self, pin: str, turn: Turn) -> None:
        try:
            self.ask("login", pin=pin)
        except (WrongPinError, PinRefusedError):
            raise
        except TokenBusyError:
            turn.undo()
            raise
        turn.right()

    def _is_of_key(self, found: Mapping[str, str]) -> bool:
        number = self._key_id or self.place.key_id.lower()
        if number:
            return found["id"] == number
        return not self.place.key or found["label"] == self.place.key


def _started(theirs: Connection, environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    """It gets no environment but this: what is set for the service holds passwords."""
    with theirs:
        number = theirs.fileno()
        return subprocess.Popen(
            [sys.executable, "-P", "-s", "-B", "-m", "signing.token_process", str(number)],
            pass_fds=(number,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={
                "HOME": "/",
                "LANG": "C.UTF-8",
                **environment,
                "PYTHONPATH": os.pathsep.join(str(Path(place).absolute()) for place in sys.path),
            },
        )


def _loaded(der: str) -> x509.Certificate | None:
    try:
        return x509.load_der_x509_certificate(bytes.fromhex(der))
    except ValueError:
        return None


def _is_ca(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False
