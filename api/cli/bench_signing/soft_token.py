"""The bench's keys on a token: keys held in memory in, the same on SoftHSM 2 in a folder of its own out."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from api.cli.bench_signing.keys import BenchKeys
from signing.keys import Identity, private_key
from signing.pin_guard import PinGuard
from signing.token_session import TokenPlace, TokenSession

_DRIVER = Path("/usr/lib/softhsm/libsofthsm2.so")
_TOOL = "softhsm2-util"
_PIN = "000000"


@contextmanager
def on_soft_token(keys: BenchKeys, folder: Path) -> Iterator[BenchKeys | None]:
    """Officer and seal each with a key on a token and a session of its own; None where SoftHSM 2 is not
    installed."""
    if not (_DRIVER.is_file() and shutil.which(_TOOL)):
        yield None
        return
    (folder / "tokens").mkdir(parents=True)
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder / 'tokens'}\n", encoding="utf-8")
    with ExitStack() as sessions:
        officer, seal = (
            _moved(identity, TokenPlace(_DRIVER, label, environment={"SOFTHSM2_CONF": str(conf)}), sessions)
            for label, identity in (("officer", keys.officer), ("seal", keys.seal))
        )
        yield BenchKeys(officer, seal)


def _moved(identity: Identity, place: TokenPlace, sessions: ExitStack) -> Identity:
    """The identity with its key on a new token of that label."""
    folder = Path(place.environment["SOFTHSM2_CONF"]).parent
    pem = folder / "key.pem"
    key = private_key(identity)
    pem.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    _tool(place, "--init-token", "--free", "--label", place.token, "--so-pin", _PIN, "--pin", _PIN)
    _tool(place, "--import", str(pem), "--token", place.token, "--label", "sign", "--id", "01", "--pin", _PIN)
    pem.unlink()
    session = sessions.enter_context(TokenSession(place))
    return Identity(session.sign_in(_PIN, PinGuard(folder / "pins")), identity.certificate, identity.chain)


def _tool(place: TokenPlace, *arguments: str) -> None:
    subprocess.run([_TOOL, *arguments], env=dict(place.environment), check=True, capture_output=True)
