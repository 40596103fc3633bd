"""Real tokens for the tests: SoftHSM 2 in a folder of its own, with keys and certificates put on it."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from signing.keys import Identity, certificate_pem, private_key
from signing.token_session import TokenPlace

DRIVER = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN, WRONG = "204617", "000000"

_PUT_CERTIFICATE = """
import sys, pkcs11
from pkcs11 import Attribute, CertificateType, ObjectClass
driver, label, pin, name, number, der = sys.argv[1:]
with pkcs11.lib(driver).get_token(token_label=label).open(user_pin=pin, rw=True) as session:
    session.create_object({
        Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
        Attribute.TOKEN: True, Attribute.PRIVATE: False, Attribute.LABEL: name,
        Attribute.ID: bytes.fromhex(number), Attribute.SUBJECT: b"0\\x00",
        Attribute.VALUE: bytes.fromhex(der),
    })
"""


@dataclass(frozen=True, slots=True)
class SoftTokens:
    """All tokens of one folder."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        return {"SOFTHSM2_CONF": str(self.folder / "softhsm2.conf")}

    def copy_of(self, other: "SoftTokens") -> "SoftTokens":
        """The tokens of another folder, as they are there; making one takes a moment."""
        copytree(other.folder, self.folder, dirs_exist_ok=True)
        self._configure()
        return self

    def make(self, label: str, identity: Identity | None = None) -> TokenPlace:
        """A new token, with a key called `sign` and its certificate as a file beside it."""
        (self.folder / "tokens").mkdir(parents=True, exist_ok=True)
        self._configure()
        self._softhsm("--init-token", "--free", "--label", label, "--so-pin", "99999999", "--pin", PIN)
        if identity is not None:
            self.put_key(label, identity)
        return self.place(label)

    def place(self, label: str, key: str = "sign") -> TokenPlace:
        return TokenPlace(DRIVER, label, key, environment=self.environment)

    def put_key(self, label: str, identity: Identity, *, name: str = "sign", number: str = "01") -> None:
        key, file = private_key(identity), self.folder / "key.pem"
        file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        named = ("--token", label, "--label", name, "--id", number, "--pin", PIN)
        self._softhsm("--import", str(file), *named)
        file.unlink()
        certificates = (identity.certificate, *identity.chain)
        (self.folder / f"{label}.crt").write_bytes(b"".join(map(certificate_pem, certificates)))

    def put_certificate(
        self, label: str, identity: Identity, *, name: str = "sign", number: str = "01"
    ) -> None:
        der = identity.certificate.public_bytes(Encoding.DER).hex()
        script = [sys.executable, "-c", _PUT_CERTIFICATE, str(DRIVER), label, PIN, name, number, der]
        subprocess.run(script, env=self.environment, check=True, capture_output=True)

    def remove_all(self) -> None:
        """Pull the tokens out: the driver finds none any more."""
        (self.folder / "tokens").rename(self.folder / "pulled-out")

    def _configure(self) -> None:
        (self.folder / "softhsm2.conf").write_text(f"directories.tokendir = {self.folder / 'tokens'}\n")

    def _softhsm(self, *arguments: str) -> None:
        subprocess.run(["softhsm2-util", *arguments], env=self.environment, check=True, capture_output=True)
