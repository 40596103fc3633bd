"""The self-test beside the service: what is at fault is told and refused, and everything else goes on."""

import json
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from api.key_facts import KeyPlaces
from api.logging import json_formatter
from api.self_test import FONTS, Check, CheckedSigner, CheckState, SelfTest
from api.settings import from_environment
from api.wiring import Wired, now, wire
from signing.errors import FontMissingError, GlyphMissingError, SigningError
from signing.keys import Identity
from signing.model import Signatory, SigningWay
from signing.trial_pki import TestPki
from tests.api.serving import Running
from tests.api.walking import Browser
from tests.signing.identities import Purpose, identity
from tests.signing.key_files import SEAL, KeyFolder, container_entry

LAN = Signatory("lan", "Nguyễn Thị Lan")


@dataclass(frozen=True, slots=True)
class Office:
    """A home with a seal that signs, and an officer's key whose password is wrong."""

    wired: Wired
    keys: KeyFolder
    lan: Identity


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    home, keys = tmp_path / "home", KeyFolder(tmp_path)
    pki = TestPki.open(home / "keys" / "test", now=now())
    purpose = Purpose(begins=pki.now, ends=pki.now.replace(year=pki.now.year + 1, day=1))
    lan = identity(pki, "P-256", purpose, name=LAN.name)
    keys.container("seal", identity(pki, "P-256", purpose, name="Ủy ban nhân dân xã Sông Mẫu"))
    keys.container("lan", lan)
    keys.secret("lan.password", "sai")
    path = keys.write(SEAL + container_entry("officers.lan", "lan"))
    wired = wire(from_environment({"CHUNGTHUC_HOME": str(home), "CHUNGTHUC_KEYS": str(path)}))
    yield Office(wired, keys, lan)
    wired.close()


def wait_for(wanted: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not wanted() and time.monotonic() < end:
        time.sleep(0.02)
    assert wanted()


def test_what_is_at_fault_is_logged_beside_the_service(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    tested = office.wired.self_test
    assert tested.last == ()
    with caplog.at_level(logging.WARNING):
        tested.start()
        wait_for(lambda: tested.last)
        tested.stop()
    assert [(check.about, check.code) for check in tested.faults] == [("lan", "KEY_PASSWORD_WRONG")]
    lines = [json.loads(json_formatter().format(record)) for record in caplog.records]
    logged = [(line["part"], line["code"]) for line in lines if line["event"] == "self-test"]
    assert logged == [("lan", "KEY_PASSWORD_WRONG")]


def test_a_key_at_fault_refuses_its_holder_until_it_is_mended(office: Office) -> None:
    signer = office.wired.services.signer
    with pytest.raises(SigningError) as refused:
        signer.way_of(LAN)
    assert refused.value.code == "KEY_PASSWORD_WRONG"
    office.keys.container("lan", office.lan)
    assert signer.way_of(LAN) is SigningWay.AT_ONCE


@dataclass(frozen=True, slots=True)
class Found:
    """Something tested that is always found so."""

    check: Check
    keys: KeyPlaces

    def places(self) -> KeyPlaces:
        return self.keys

    def checks(self) -> Iterator[Check]:
        yield self.check


@pytest.mark.parametrize("error", [FontMissingError, GlyphMissingError])
def test_nothing_is_decided_that_could_not_be_drawn(office: Office, error: type[SigningError]) -> None:
    told = error()
    check = Check(FONTS, CheckState.FAULT, told.code, told.message_vi, told.message_en)
    tested = SelfTest(Found(check, office.wired.self_test.places()))
    signer = office.wired.services.signer
    assert isinstance(signer, CheckedSigner)
    with pytest.raises(SigningError) as early:
        replace(signer, require_fonts=tested.require_fonts).way_of(LAN)
    assert early.value.code == "KEY_PASSWORD_WRONG"  # nothing is refused for what was not tested yet
    tested.run()
    with pytest.raises(error):
        replace(signer, require_fonts=tested.require_fonts).way_of(LAN)


def test_the_office_sees_how_signing_is_and_no_citizen_does(
    service: Running, officer: Browser, browser: Browser
) -> None:
    service.wired.self_test.run()
    page = officer.open("/can-bo/tinh-trang-ky-so").text
    assert "Khóa của cơ quan" in page
    assert "FONTS_COMPLETE" in page
    assert "Việc ký số đang có lỗi" not in page
    assert browser.open("/can-bo/tinh-trang-ky-so").url.path == "/dang-nhap"
