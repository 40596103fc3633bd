"""The file of CHUNGTHUC_PULL: what is wrong in it is said in one sentence, never a secret; TLS is kept."""

import ipaddress
import re
import ssl
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from api.settings import SettingError, from_environment
from api.wiring import now, wire
from storage.errors import PullTermsError
from storage.feeds.mapping import Mapped, shipped_mapping
from storage.feeds.terms import read_terms
from tests.builders import card_row
from tests.platform.asking import POPULATION, asker, asking, terms_file
from tests.platform.reference import SECRET, Platform, listening
from tests.platform.shapes import person
from verification.errors import PullUnavailableError
from verification.source_profile import shipped_sources

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "pulling.md").read_text(encoding="utf-8")
ADDRESS = "https://nen-tang.example.vn/api"


def test_what_is_not_said_has_a_careful_value(tmp_path: Path) -> None:
    (terms,) = read_terms(terms_file(tmp_path, ADDRESS, timeout_s=None), shipped_sources())
    assert (terms.source.name, str(terms.address)) == (POPULATION, "https://nen-tang.example.vn:443/api")
    assert (terms.bounds.timeout_s, terms.patience.failures, terms.copy_when_silent) == (4.0, 3, True)
    assert terms.secret == SECRET.encode()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"url": '"http://nen-tang.example.vn"'}, "[population] url must be https, but for 127.0.0.1"),
        ({"url": '"ftp://127.0.0.1"'}, "[population] url must be https://host[:port][/path]"),
        (
            {"url": '"https://ai:mat@nen-tang.example.vn"'},
            "[population] url must be https://host[:port][/path]",
        ),
        ({"url": '"https://nen-tang.example.vn:99999"'}, "[population] url is no address"),
        ({"client_id": "7"}, "[population] client_id must be a text"),
        ({"timeout_s": "60"}, "[population] timeout_s must be a number above 0, at most 10"),
        ({"failures": "1.5"}, "[population] failures must be a whole number"),
        ({"copy_when_silent": '"no"'}, "[population] copy_when_silent must be true or false"),
        ({"officers": '["a"]'}, "[population] officers must be a table of texts"),
        ({"secret_file": '"absent"'}, "[population] secret_file cannot be read"),
        ({"ca_file": '"absent"'}, "[population] ca_file cannot be read"),
        ({"ca_file": '"secret"'}, "[population] ca_file holds no certificates (PEM)"),
        ({"pasword": '"x"'}, "[population] pasword is not known"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, more: dict[str, str], said: str) -> None:
    with pytest.raises(PullTermsError) as wrong:
        read_terms(terms_file(tmp_path, ADDRESS, **more), shipped_sources())
    assert wrong.value.why == said


def test_a_secret_that_everybody_may_read_is_none(tmp_path: Path) -> None:
    file = terms_file(tmp_path, ADDRESS)
    (tmp_path / "secret").chmod(0o644)
    with pytest.raises(PullTermsError) as wrong:
        read_terms(file, shipped_sources())
    assert wrong.value.why == "[population] secret_file may be read by everybody; chmod it to 600"


def test_a_source_that_there_is_not_cannot_be_asked(tmp_path: Path) -> None:
    with pytest.raises(PullTermsError, match="is no source"):
        read_terms(terms_file(tmp_path, ADDRESS, "land"), shipped_sources())


def test_a_source_without_a_mapping_needs_one(tmp_path: Path) -> None:
    assert shipped_mapping("driving_licence") is None
    with pytest.raises(PullTermsError, match="mapping_file is needed"):
        read_terms(terms_file(tmp_path, ADDRESS, "driving_licence"), shipped_sources())


@pytest.mark.parametrize("content", [b"path = 1", b"[ask]", b"= no TOML", b"\xff", b""])
def test_a_mapping_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(PullTermsError, match="the mapping is not as"):
        Mapped.parse(content)


@pytest.mark.parametrize("content", ["no toml = = 1", "population = 7", "[population]\nurl = 7"])
def test_the_service_says_what_is_wrong_in_one_sentence(tmp_path: Path, content: str) -> None:
    file = tmp_path / "pull.toml"
    file.write_text(content)
    settings = from_environment({"CHUNGTHUC_HOME": str(tmp_path / "home"), "CHUNGTHUC_PULL": str(file)})
    with pytest.raises(SettingError, match="CHUNGTHUC_PULL: "):
        wire(settings)


# -- the page for operators ---------------------------------------------------------------------------


def test_the_example_of_the_page_is_taken_as_it_stands(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    shipped = ROOT / "storage" / "feeds" / "mappings" / "population.toml"
    (tmp_path / "own-population.toml").write_bytes(shipped.read_bytes())
    (tmp_path / "agency-ca.pem").write_bytes(certificate(tmp_path))
    (tmp_path / "population.secret").write_text("a")
    (tmp_path / "population.secret").chmod(0o600)
    (tmp_path / "pull.toml").write_text(example, encoding="utf-8")
    (written,) = read_terms(tmp_path / "pull.toml", shipped_sources())
    (unsaid,) = read_terms(terms_file(tmp_path / "b", ADDRESS, timeout_s=None), shipped_sources())
    assert (written.bounds, written.patience) == (unsaid.bounds, unsaid.patience)
    assert (written.copy_when_silent, written.mapping) == (unsaid.copy_when_silent, unsaid.mapping)


def test_every_word_for_a_cause_stands_on_the_page() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "storage" / "feeds").glob("*.py"))
    words = set(re.findall(r'Error\("([a-z_]+)"', sources))
    assert {"timeout", "another_number", "credentials"} < words
    assert {word for word in words if f"`{word}`" not in PAGE} == set()


# -- TLS ---------------------------------------------------------------------------------------------


def certificate(folder: Path) -> bytes:
    """One that only names itself, for 127.0.0.1; with its key in `server.pem`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "nền tảng mẫu")])
    host = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).add_extension(host, critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    made = made.not_valid_before(now() - timedelta(days=1)).not_valid_after(now() + timedelta(days=1))
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "server.pem").write_bytes(pem + secret)
    return pem


def test_only_a_platform_that_a_named_authority_vouches_for_is_spoken_to(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(certificate(tmp_path))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    platform = Platform({"/dan-cu/tra-cuu": [person(card_row())]}, now=now)
    with listening(platform, tls=context):
        stranger = asker(tmp_path / "one", platform, now=now)
        with pytest.raises(PullUnavailableError, match="tls"):
            stranger.ask(asking())
        assert platform.tokens_given == 0
        known = asker(
            tmp_path / "two", platform, now=now, timeout_s="0.8", ca_file=f'"{tmp_path / "ca.pem"}"'
        )
        assert known.ask(asking()).records

        platform.misbehaves = "drip"
        with pytest.raises(PullUnavailableError, match="timeout"):
            known.ask(asking())
        talking = [thread for thread in threading.enumerate() if thread.name == "pull"]
        for thread in talking:
            thread.join(0.5)
        assert not any(thread.is_alive() for thread in talking)
