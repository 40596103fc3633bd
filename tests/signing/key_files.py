"""A folder with a keys file and what it names, for tests; and an authority whose keys are no test keys."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from signing.keyring import FileKeyring
from signing.keys import Identity, SoftwareKey, certificate_pem, private_key
from signing.keys_file import read_keys_file
from signing.pin_guard import PinGuard
from tests.signing.contents import NOW

PASSWORD = "mật khẩu của tệp khóa"


@dataclass(frozen=True, slots=True)
class KeyFolder:
    """Where an administrator lays out keys. `now` is the clock of its keyring."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)
    now: Callable[[], datetime] = lambda: NOW

    def container(
        self, name: str, identity: Identity, *, password: str = PASSWORD, whole: bool = True
    ) -> None:
        """`NAME.p12` with its chain (unless not `whole`), and its password in `NAME.password`."""
        content = pkcs12.serialize_key_and_certificates(
            b"key",
            private_key(identity),
            identity.certificate,
            identity.chain if whole else None,
            BestAvailableEncryption(password.encode()),
        )
        (self.folder / f"{name}.p12").write_bytes(content)
        self.secret(f"{name}.password", password)

    def secret(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(text + "\n", encoding="utf-8")
        os.chmod(path, 0o600)

    def certificate(self, name: str, *certificates: x509.Certificate) -> None:
        (self.folder / name).write_bytes(b"".join(map(certificate_pem, certificates)))

    def write(self, text: str) -> Path:
        path = self.folder / "keys.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def keyring(self, text: str) -> FileKeyring:
        keys = read_keys_file(self.write(text), variables=self.variables.get)
        return FileKeyring(keys, PinGuard(self.folder / "pins"), self.now)


def container_entry(table: str, name: str) -> str:
    """The lines of a container that `KeyFolder.container` made."""
    return f'[{table}]\npkcs12 = "{name}.p12"\npassword_file = "{name}.password"\n'


SEAL = container_entry("agency", "seal")


def token_entry(table: str, label: str, environment: dict[str, str], pin: str = 'pin = "ask"') -> str:
    """The lines of a SoftHSM token whose certificate lies beside the keys file."""
    conf = environment["SOFTHSM2_CONF"]
    return (
        f'[{table}]\n{pin}\ncertificate = "{label}.crt"\n[{table}.pkcs11]\n'
        f'module = "/usr/lib/softhsm/libsofthsm2.so"\ntoken = "{label}"\nkey = "sign"\n'
        f'environment = {{ SOFTHSM2_CONF = "{conf}" }}\n'
    )


def real(name: str) -> Identity:
    """A key whose certificate does not say that it is for tests, of an authority as real. All invented."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _issued(_named("CA Mẫu"), _named("CA Mẫu"), root_key, root_key, authority=True)
    own = _issued(_named(name), root.subject, key, root_key, authority=False)
    return Identity(SoftwareKey(key), own, (root,))


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _issued(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signing: ec.EllipticCurvePrivateKey,
    *,
    authority: bool,
) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(NOW + timedelta(days=365))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .sign(signing, hashes.SHA256())
    )
