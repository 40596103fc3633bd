"""`keys list|check|unblock|make-test` on test keys, on containers and on real tokens."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest
from PIL import Image, ImageDraw

from api.settings import from_environment
from api.signing_keys import holds_foreign_keys, pin_guard
from api.wiring import now, wire
from signing.errors import KeysUnusableError
from signing.keys import Identity, certificate_pem
from signing.token_session import TokenPlace, TokenSession
from signing.trial_pki import TestPki
from tests.cli.conftest import Answer, Run
from tests.signing.identities import Purpose, identity
from tests.signing.key_files import SEAL, KeyFolder, container_entry, real, token_entry
from tests.signing.tokens import PIN, WRONG, SoftTokens

AGENCY = "Ủy ban nhân dân xã Sông Mẫu"
LAN = container_entry('officers."lan.mau"', "lan")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that was opened once, to be copied."""
    folder = tmp_path_factory.mktemp("opened")
    wire(from_environment({"CHUNGTHUC_HOME": str(folder)})).close()
    return folder


@pytest.fixture
def home(tmp_path: Path, opened: Path) -> Path:
    copytree(opened, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def pki(home: Path) -> TestPki:
    return TestPki.open(home / "keys" / "test", now=now())


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    (tmp_path / "secrets").mkdir()
    return KeyFolder(tmp_path / "secrets", now=now)


@pytest.fixture
def use(keys: KeyFolder, run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """From now on commands run with this keys file."""

    def use_it(text: str) -> None:
        monkeypatch.setenv("CHUNGTHUC_KEYS", str(keys.write(text)))

    return use_it


def issued(pki: TestPki, name: str, *, days: int = 365) -> Identity:
    ends = now() + timedelta(days=days, hours=1)
    return identity(pki, "P-256", Purpose(begins=now() - timedelta(days=900), ends=ends), name=name)


def of(answer: Answer, whose: str) -> dict[str, str]:
    """What was found of one part: code and state."""
    return {each["code"]: each["state"] for each in answer.json["checks"] if each["about"] == whose}


# -- test keys ---------------------------------------------------------------------------------


def test_a_home_without_a_keys_file_lists_its_test_keys(run: Run) -> None:
    (seal,) = run("keys", "list", "--json").json["keys"]
    assert (seal["whose"], seal["kind"], seal["way"], seal["test"]) == ("agency", "test", "AT_ONCE", True)
    assert seal["name"] == f"{AGENCY} (THỬ NGHIỆM)"
    assert "THỬ NGHIỆM" in run("keys", "list").out


def test_a_fresh_home_passes_its_self_test(run: Run) -> None:
    answer = run("keys", "check", "--json")
    assert (answer.code, answer.json["held"]) == (0, True)
    found = {check["code"] for check in answer.json["checks"]}
    assert found == {"KEY_SIGNS", "TIME_STAMPED", "FONTS_COMPLETE"}


def test_keys_made_for_trial_are_what_a_keys_file_takes(
    run: Run, keys: KeyFolder, use: Callable[[str], None]
) -> None:
    run("users", "add", "lan.mau", "--name", "Nguyễn Thị Lan", "--role", "officer")
    entries = run("keys", "make-test", keys.folder / "seal").out
    entries += run("keys", "make-test", keys.folder / "lan", "--officer", "lan.mau").out
    use(entries)
    answer = run("keys", "check", "--json")
    assert answer.code == 0, answer.out
    assert of(answer, "lan.mau") == {"KEY_SIGNS": "OK"}
    again = run("keys", "make-test", keys.folder / "seal", "--json")
    assert (again.code, again.json["error"]["code"]) == (1, "FILE_EXISTS")  # never over a key that is there


def test_a_picture_that_bears_no_officers_account_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = Image.new("RGBA", (600, 240))
    ImageDraw.Draw(picture).line((40, 200, 560, 40), fill=(20, 40, 160, 255), width=12)
    (tmp_path / "pictures").mkdir()
    picture.save(tmp_path / "pictures" / "khong.ai.png")
    monkeypatch.setenv("CHUNGTHUC_PICTURES", str(tmp_path / "pictures"))
    answer = run("keys", "check", "--json")
    assert (answer.code, of(answer, "pictures")) == (
        0,
        {"PICTURE_OF_NOBODY": "WARNING", "PICTURES_READ": "OK"},
    )


# -- containers --------------------------------------------------------------------------------


def test_real_keys_are_checked_up_to_a_trusted_authority(
    run: Run, keys: KeyFolder, use: Callable[[str], None], home: Path
) -> None:
    seal = real(AGENCY)
    keys.container("seal", seal)
    use(SEAL)
    answer = run("keys", "check", "--json")
    assert (answer.code, of(answer, "agency")["CHAIN_INCOMPLETE"]) == (1, "FAULT")
    (keys.folder / "root.crt").write_bytes(certificate_pem(seal.root))
    run("trust", "add", keys.folder / "root.crt")
    answer = run("keys", "check", "--json")
    assert (answer.code, of(answer, "agency")) == (0, {"KEY_SIGNS": "OK"})
    assert of(answer, "time-stamps") == {"NO_TIME_STAMPS": "WARNING"}
    assert run("keys", "list", "--json").json["keys"][0]["test"] is False


def test_what_expires_soon_warns_and_what_has_expired_is_a_fault(
    run: Run, keys: KeyFolder, use: Callable[[str], None], pki: TestPki
) -> None:
    keys.container("seal", issued(pki, AGENCY, days=59))
    keys.container("lan", issued(pki, "Nguyễn Thị Lan", days=-1))
    use(SEAL + LAN)
    listed = run("keys", "list", "--json")
    assert [key["days_left"] for key in listed.json["keys"]] == [59, -1]
    assert "agency: còn 59 ngày" in listed.err
    assert "lan.mau: đã hết hạn" in listed.err
    answer = run("keys", "check", "--json")
    assert answer.code == 1
    assert of(answer, "agency")["KEY_EXPIRES_SOON"] == "WARNING"
    assert of(answer, "lan.mau") == {"CERTIFICATE_EXPIRED": "FAULT"}


def test_a_key_of_somebody_else_and_one_of_nobody_are_told(
    run: Run, keys: KeyFolder, use: Callable[[str], None], pki: TestPki
) -> None:
    run("users", "add", "lan.mau", "--name", "Nguyễn Thị Lan", "--role", "officer")
    keys.container("seal", issued(pki, AGENCY))
    keys.container("lan", issued(pki, "Trần Văn Bình"))
    use(SEAL + LAN + container_entry("officers.lann", "lan"))
    answer = run("keys", "check", "--json")
    assert answer.code == 0
    assert of(answer, "lan.mau") == {"KEY_SIGNS": "OK", "HOLDER_NAME_DIFFERS": "WARNING"}
    assert of(answer, "lann") == {"KEY_SIGNS": "OK", "KEY_OF_NOBODY": "WARNING"}


def test_one_key_at_fault_is_told_and_the_others_are_checked(
    run: Run, keys: KeyFolder, use: Callable[[str], None], pki: TestPki
) -> None:
    run("users", "add", "khong.khoa", "--name", "Trần Văn Không", "--role", "officer")
    keys.container("seal", issued(pki, "Ủy ban nhân dân xã Khác"))
    keys.container("lan", issued(pki, "Nguyễn Thị Lan"))
    keys.secret("lan.password", "sai")
    use(SEAL + LAN)
    answer = run("keys", "check", "--json")
    assert answer.code == 1
    assert of(answer, "agency") == {"KEY_SIGNS": "OK", "AGENCY_NAME_DIFFERS": "WARNING"}
    assert of(answer, "lan.mau") == {"KEY_PASSWORD_WRONG": "FAULT"}
    assert of(answer, "khong.khoa") == {"KEY_MISSING": "WARNING"}
    assert "Mật khẩu không mở được" in run("keys", "list").out


def test_a_fault_in_the_keys_file_stops_every_command_with_one_sentence(
    run: Run, use: Callable[[str], None]
) -> None:
    use('[agency]\npkcs12 = "none.p12"\n')
    answer = run("keys", "list")
    assert answer.code == 64
    sentence = "CHUNGTHUC_KEYS: keys.toml: [agency] needs either password"
    assert sentence in answer.err


def test_a_demo_refuses_real_keys_wherever_they_lie(
    run: Run, keys: KeyFolder, use: Callable[[str], None], pki: TestPki
) -> None:
    keys.container("seal", real(AGENCY))
    use(SEAL)
    answer = run("demo")
    assert (answer.code, "khóa thật" in answer.err) == (1, True)
    keys.container("seal", issued(pki, AGENCY))
    assert not holds_foreign_keys(from_environment(os.environ))


# -- tokens ------------------------------------------------------------------------------------


@pytest.fixture
def tokens(keys: KeyFolder, pki: TestPki, use: Callable[[str], None]) -> SoftTokens:
    """The seal in a container, Lan's key on a token that asks for her PIN."""
    tokens = SoftTokens(keys.folder)
    tokens.make("lan", issued(pki, "Nguyễn Thị Lan"))
    keys.container("seal", issued(pki, AGENCY))
    use(SEAL + token_entry('officers."lan.mau"', "lan", tokens.environment))
    return tokens


def tried(place: TokenPlace, pin: str) -> str:
    with TokenSession(place) as session:
        try:
            session.sign_in(pin, pin_guard(from_environment(os.environ)))
        except KeysUnusableError as error:
            return error.code
    return "OK"


def test_a_key_with_a_pin_is_looked_at_and_not_tried(run: Run, tokens: SoftTokens) -> None:
    run("users", "add", "lan.mau", "--name", "Nguyễn Thị Lan", "--role", "officer")
    assert of(run("keys", "check", "--json"), "lan.mau") == {"KEY_NOT_TRIED": "OK"}
    lan = run("keys", "list", "--json").json["keys"][1]
    assert (lan["kind"], lan["way"], lan["name"]) == ("pkcs11", "PIN", "Nguyễn Thị Lan (THỬ NGHIỆM)")


def test_unblocking_lets_the_right_pin_be_tried_again(run: Run, tokens: SoftTokens) -> None:
    place = tokens.place("lan")
    tries = [tried(place, pin) for pin in (WRONG, WRONG, PIN)]
    assert tries == ["WRONG_PIN", "WRONG_PIN", "PIN_REFUSED"]
    answer = run("keys", "unblock", "lan.mau", "--json")
    assert (answer.code, answer.json["unblocked"]) == (0, True)
    assert tried(place, PIN) == "OK"
    assert run("keys", "unblock", "lan.mau", "--json").json["unblocked"] is False


def test_only_tokens_are_unblocked(run: Run, tokens: SoftTokens) -> None:
    assert "[NO_TOKEN]" in run("keys", "unblock", "agency").err
    assert "[KEY_MISSING]" in run("keys", "unblock", "ai.do").err
