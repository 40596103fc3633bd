"""The keys file: a TOML that says where the agency's and each officer's key is in, one `KeysFile` out.

    [agency]
    pkcs12 = "seal.p12"                      # paths are relative to the file
    password_file = "seal.password"          # mode 0600; or password_variable = "SEAL_PASSWORD"
    chain = ["issuing-authority.crt"]        # certificates of issuers, where the container lacks them

    [officers."lan"]
    pkcs11 = { module = "/usr/lib/vendor/libtoken.so", token = "Lan", key = "sign" }
    pin = "ask"                              # or pin_file, pin_variable; of a container: password = "ask"

    [officers."binh"]
    outside = true                           # the state's browser plug-in
    certificate = "binh.crt"

Passwords and PINs never stand in it: a file of mode 0600 or a variable of the environment holds them.
"""

import stat
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509

from signing.token_session import TokenPlace

Variables = Callable[[str], str | None]
"""The value of a variable of the environment."""

_COMMON = {"certificate", "chain"}
_KINDS = {
    "pkcs12": {*_COMMON, "password", "password_file", "password_variable"},
    "pkcs11": {*_COMMON, "pin", "pin_file", "pin_variable"},
    "outside": _COMMON,
}
_PLACE = {"module", "token", "key", "key_id", "serial", "environment"}
_AGENCY = "agency"


class KeysFileError(Exception):
    """What is wrong in a keys file: the entry, and one clause of what it must be."""

    def __init__(self, entry: str, why: str) -> None:
        super().__init__(f"[{entry}] {why}" if entry else why)


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a password or a PIN stands; it is read when it is needed and not kept."""

    file: Path | None
    variable: str
    variables: Variables

    def read(self) -> str:
        """Empty where it has gone since the file was read."""
        if self.file is None:
            return self.variables(self.variable) or ""
        try:
            return self.file.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeError):
            return ""


@dataclass(frozen=True, slots=True)
class ContainerEntry:
    """A key in a PKCS#12 container; `password` is None where its holder is asked, and `certificates` are then
    the signer's and those of its issuers, for the container's own cannot be read before."""

    path: Path
    password: Secret | None
    certificates: tuple[x509.Certificate, ...]
    further: tuple[x509.Certificate, ...]


@dataclass(frozen=True, slots=True)
class TokenEntry:
    """A key on a token; `pin` is None where its holder is asked. `certificates` are the signer's and those of
    its issuers, none where they are on the token."""

    place: TokenPlace
    pin: Secret | None
    certificates: tuple[x509.Certificate, ...]
    further: tuple[x509.Certificate, ...]


@dataclass(frozen=True, slots=True)
class OutsideEntry:
    """A key that is where its holder is."""

    certificates: tuple[x509.Certificate, ...]


Entry = ContainerEntry | TokenEntry | OutsideEntry


def asks(entry: Entry) -> bool:
    """Whether the holder is asked for a PIN, or for the password of a container."""
    match entry:
        case ContainerEntry(password=None) | TokenEntry(pin=None):
            return True
        case _:
            return False


@dataclass(frozen=True, slots=True)
class KeysFile:
    """Where all keys are; officers by the names of their accounts."""

    agency: ContainerEntry | TokenEntry
    officers: Mapping[str, Entry]


def read_keys_file(path: Path, *, variables: Variables) -> KeysFile:
    """Raises KeysFileError, which names the entry and what is wrong with it, never a secret."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeError) as error:
        raise KeysFileError("", "the file cannot be read as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise KeysFileError("", f"the file is not TOML: {error}") from error
    _only(raw, {_AGENCY, "officers"}, "")
    reader = _Reader(path.absolute().parent, variables)
    agency = reader.entry(_AGENCY, raw.get(_AGENCY))
    if isinstance(agency, OutsideEntry) or asks(agency):
        raise KeysFileError(
            _AGENCY, "the seal follows each officer's signature at once: give its PIN or password in a file"
        )
    officers = raw.get("officers", {})
    if not isinstance(officers, dict):
        raise KeysFileError("officers", "must hold a table for each officer")
    if {"", _AGENCY} & officers.keys():
        raise KeysFileError("officers", f"cannot hold an account called {_AGENCY}, nor one without a name")
    return KeysFile(agency, {name: reader.entry(f"officers.{name}", each) for name, each in officers.items()})


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads entries whose paths are relative to `folder`."""

    folder: Path
    variables: Variables

    def entry(self, name: str, raw: Any) -> Entry:
        if not isinstance(raw, dict):
            raise KeysFileError(name, "must be a table that says where the key is")
        kinds = [kind for kind in _KINDS if raw.get(kind)]
        if len(kinds) != 1:
            raise KeysFileError(name, "needs exactly one of pkcs12, pkcs11, outside")
        _only(raw, {kinds[0], *_KINDS[kinds[0]]}, name)
        match kinds[0]:
            case "pkcs12":
                return self._container(name, raw)
            case "pkcs11":
                return self._token(name, raw)
            case _:
                return self._outside(name, raw)

    def _container(self, name: str, raw: Mapping[str, Any]) -> ContainerEntry:
        secret = self._secret_or_asked(name, raw, "password")
        own = self._certificates(name, raw["certificate"]) if "certificate" in raw else ()
        if secret is None and not own:
            raise KeysFileError(name, "needs the certificate beside a container whose password is asked for")
        return ContainerEntry(self._path(name, raw, "pkcs12"), secret, own, self._chain(name, raw))

    def _token(self, name: str, raw: Mapping[str, Any]) -> TokenEntry:
        place = raw["pkcs11"]
        if not isinstance(place, dict):
            raise KeysFileError(name, "pkcs11 must be a table with module, token and key")
        _only(place, _PLACE, f"{name}.pkcs11")
        pin = self._secret_or_asked(name, raw, "pin")
        own = self._certificates(name, raw["certificate"]) if "certificate" in raw else ()
        return TokenEntry(self._place(name, place), pin, own, self._chain(name, raw))

    def _place(self, name: str, raw: Mapping[str, Any]) -> TokenPlace:
        texts = {key: raw.get(key, "") for key in ("token", "key", "key_id", "serial")}
        environment = raw.get("environment", {})
        if not all(isinstance(text, str) for text in (*texts.values(), *dict(environment).values())):
            raise KeysFileError(f"{name}.pkcs11", "token, key, key_id, serial and environment are texts")
        if not texts["token"]:
            raise KeysFileError(f"{name}.pkcs11", "needs the label of the token")
        if texts["key_id"] and not _is_hexadecimal(texts["key_id"]):
            raise KeysFileError(f"{name}.pkcs11", "key_id must be hexadecimal")
        return TokenPlace(self._path(f"{name}.pkcs11", raw, "module"), **texts, environment=environment)

    def _outside(self, name: str, raw: Mapping[str, Any]) -> OutsideEntry:
        if raw["outside"] is not True:
            raise KeysFileError(name, "outside can only be true")
        if "certificate" not in raw:
            raise KeysFileError(name, "needs the certificate of the key, which is elsewhere")
        return OutsideEntry((*self._certificates(name, raw["certificate"]), *self._chain(name, raw)))

    def _secret_or_asked(self, name: str, raw: Mapping[str, Any], what: str) -> Secret | None:
        """None where the holder is asked."""
        secret = self._secret(name, raw, what)
        if (raw.get(what) == "ask") is (secret is not None) or raw.get(what, "ask") != "ask":
            raise KeysFileError(name, f'needs either {what} = "ask", or {what}_file, or {what}_variable')
        return secret

    def _secret(self, name: str, raw: Mapping[str, Any], what: str) -> Secret | None:
        in_file, in_variable = raw.get(f"{what}_file"), raw.get(f"{what}_variable")
        if in_file and in_variable:
            raise KeysFileError(name, f"has both {what}_file and {what}_variable: leave one")
        if in_file:
            path = self._path(name, raw, f"{what}_file")
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                raise KeysFileError(name, f"{path.name} must be readable by its owner alone: chmod 600")
            return Secret(path, "", self.variables)
        if in_variable:
            if not isinstance(in_variable, str) or not self.variables(in_variable):
                raise KeysFileError(name, f"the variable {in_variable} is not set")
            return Secret(None, in_variable, self.variables)
        return None

    def _chain(self, name: str, raw: Mapping[str, Any]) -> tuple[x509.Certificate, ...]:
        files = raw.get("chain", [])
        if not isinstance(files, list):
            raise KeysFileError(name, "chain must be a list of certificate files")
        return tuple(each for file in files for each in self._certificates(name, file))

    def _certificates(self, name: str, file: Any) -> tuple[x509.Certificate, ...]:
        path = self._existing(name, file, "a certificate file")
        content = path.read_bytes()
        try:
            if b"-----BEGIN" in content:
                return tuple(x509.load_pem_x509_certificates(content))
            return (x509.load_der_x509_certificate(content),)
        except ValueError as error:
            raise KeysFileError(name, f"{path.name} holds no certificate in PEM or DER form") from error

    def _path(self, name: str, raw: Mapping[str, Any], key: str) -> Path:
        return self._existing(name, raw.get(key), key)

    def _existing(self, name: str, given: Any, key: str) -> Path:
        path = self.folder / given if isinstance(given, str) and given else None
        if path is None or not path.is_file():
            raise KeysFileError(name, f"{key}: there is no file {given}" if given else f"needs {key}")
        return path


def _only(raw: Mapping[str, Any], known: set[str], name: str) -> None:
    unknown = sorted(set(raw) - known)
    if unknown:
        raise KeysFileError(name, f"has no {unknown[0]}; known are {', '.join(sorted(known))}")


def _is_hexadecimal(text: str) -> bool:
    try:
        bytes.fromhex(text)
    except ValueError:
        return False
    return True
