"""The process that holds a token (PKCS#11): requests over a pipe in, signatures out; `token_session` runs it.

    python -m signing.token_process FD

A driver is foreign code that knows threads badly: it runs here, alone, with one session, and a crash of it
ends nothing else. The PIN comes over the pipe and goes to the driver; it is never in the arguments, the
environment or a file. The process ends with the session, with its parent, or when nobody asks any more.
"""

import json
import os
import resource
import signal
import sys
from hashlib import sha256
from multiprocessing.connection import Connection
from typing import Any

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, MechanismFlag, ObjectClass, TokenFlag
from pkcs11 import exceptions as fault

_LOOK_EVERY_S = 1.0
_SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
"""DigestInfo of a SHA-256 digest up to the digest (RFC 8017 9.2, note 1)."""
_WRONG = (fault.PinIncorrect, fault.PinInvalid, fault.PinLenRange)
_TAKEN = (fault.SessionCount, fault.UserAlreadyLoggedIn, fault.AnotherUserAlreadyLoggedIn)

Answer = dict[str, Any]


class RefusedError(Exception):
    """What was asked for cannot be had; the argument is the word for it that the parent knows."""


class Token:
    """One token, one session, one key."""

    def __init__(self) -> None:
        self._token: pkcs11.Token | None = None
        self._session: pkcs11.Session | None = None
        self._key: Any = None
        self._mechanism = Mechanism.ECDSA

    def find(self, module: str, label: str, serial: str) -> Answer:
        """The token of this label (and serial number, unless empty), and what it says of its PIN."""
        try:
            library = pkcs11.lib(module)
        except (fault.PKCS11Error, OSError, RuntimeError) as error:
            raise RefusedError("module") from error
        tokens = [t for t in library.get_tokens() if t.label == label and (not serial or _text(t) == serial)]
        if len(tokens) != 1:
            raise RefusedError("tokens" if tokens else "token")
        self._token = tokens[0]
        flags = self._token.flags
        return {
            "serial": _text(self._token),
            "counts": bool(flags & TokenFlag.USER_PIN_COUNT_LOW),
            "final": bool(flags & (TokenFlag.USER_PIN_FINAL_TRY | TokenFlag.USER_PIN_LOCKED)),
        }

    def login(self, pin: str) -> Answer:
        """Sign in."""
        try:
            self._session = self._found().open(user_pin=pin)
        except fault.PinLocked as error:
            raise RefusedError("locked") from error
        except _WRONG as error:
            raise RefusedError("pin") from error
        except _TAKEN as error:
            raise RefusedError("busy") from error
        return {}

    def certificates(self) -> Answer:
        """Every certificate on the token, with the id and the label it has there; no PIN is needed."""
        session = self._session or self._found().open()
        found = [
            {"id": _hex(each, Attribute.ID), "label": _label(each), "der": each[Attribute.VALUE].hex()}
            for each in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
        ]
        if session is not self._session:
            session.close()
        return {"certificates": found}

    def key(self, label: str, number: str) -> Answer:
        """The private key of this label or id (hexadecimal); with neither, the only one there is."""
        wanted: dict[Attribute, Any] = {Attribute.CLASS: ObjectClass.PRIVATE_KEY}
        if label:
            wanted[Attribute.LABEL] = label
        if number:
            wanted[Attribute.ID] = bytes.fromhex(number)
        keys = list(self._signed_in().get_objects(wanted))
        if len(keys) != 1:
            raise RefusedError("key")
        self._key = keys[0]
        kind = self._key[Attribute.KEY_TYPE]
        self._mechanism = self._choose(kind)
        return {"algorithm": "rsa" if kind == KeyType.RSA else "ecdsa", "id": _hex(self._key, Attribute.ID)}

    def sign(self, data: str) -> Answer:
        """Sign the SHA-256 of the data (hexadecimal): r and s side by side, or PKCS#1 v1.5."""
        if self._key is None:
            raise RefusedError("key")
        content = bytes.fromhex(data)
        match self._mechanism:
            case Mechanism.ECDSA:
                content = sha256(content).digest()
            case Mechanism.RSA_PKCS:
                content = _SHA256_INFO + sha256(content).digest()
        return {"value": self._key.sign(content, mechanism=self._mechanism).hex()}

    def _choose(self, kind: Any) -> Mechanism:
        """The plain mechanism where the token has it (SoftHSM 2 knows no ECDSA with a digest of its own)."""
        both = {
            KeyType.RSA: (Mechanism.RSA_PKCS, Mechanism.SHA256_RSA_PKCS),
            KeyType.EC: (Mechanism.ECDSA, Mechanism.ECDSA_SHA256),
        }.get(kind, ())
        slot = self._found().slot
        can = slot.get_mechanisms()
        for mechanism in both:
            if mechanism in can and slot.get_mechanism_info(mechanism).flags & MechanismFlag.SIGN:
                return mechanism
        raise RefusedError("key")

    def _found(self) -> pkcs11.Token:
        if self._token is None:
            raise RefusedError("token")
        return self._token

    def _signed_in(self) -> pkcs11.Session:
        if self._session is None:
            raise RefusedError("pin")
        return self._session


def serve(connection: Connection, token: Token, *, parent: int) -> None:
    """Answer until the pipe ends, the parent is gone, or nobody asks any more."""
    deeds = {
        "find": token.find,
        "login": token.login,
        "certificates": token.certificates,
        "key": token.key,
        "sign": token.sign,
    }
    idle_s, waited_s = 30.0, 0.0
    while os.getppid() == parent and waited_s < idle_s:
        if not connection.poll(_LOOK_EVERY_S):
            waited_s += _LOOK_EVERY_S
            continue
        waited_s = 0.0
        deed, arguments, idle_s = json.loads(connection.recv_bytes())
        connection.send_bytes(json.dumps(_answer(deeds[deed], arguments)).encode())


def _answer(deed: Any, arguments: dict[str, str]) -> Answer:
    """What came of it; an error is a word, never the library's text, which may hold what it was given."""
    try:
        found: Answer = deed(**arguments)
    except RefusedError as error:
        return {"refused": str(error)}
    except (fault.PKCS11Error, KeyError) as error:
        return {"refused": "lost", "kind": type(error).__name__}
    return found


def _text(token: pkcs11.Token) -> str:
    return token.serial.decode("ascii", errors="replace").strip("\0 ")


def _hex(found: Any, attribute: Attribute) -> str:
    try:
        return bytes(found[attribute]).hex()
    except fault.PKCS11Error:
        return ""


def _label(found: Any) -> str:
    try:
        return str(found[Attribute.LABEL])
    except fault.PKCS11Error:
        return ""


def main() -> None:
    """Serve the pipe whose number is the only argument.

    A Ctrl-C, or a stop of the whole service, is the parent's to answer: it ends a batch after the paper that
    is being signed. No dump of memory, which holds the PIN for a moment, is ever written.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Connection(int(sys.argv[1])) as connection:
        try:
            serve(connection, Token(), parent=os.getppid())
        except (EOFError, OSError):
            return


if __name__ == "__main__":
    main()
