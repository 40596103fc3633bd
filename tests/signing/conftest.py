"""One home, one signed receipt and one signed copy for all tests of signing."""

from pathlib import Path

import pytest

from signing.certificate import render_copy, render_receipt
from signing.model import PreparedPdf, SignedPdf, ValidationReport
from signing.pades import PadesSigner, prepare
from signing.timestamp import LocalTimeStamps
from signing.trial_pki import TestPki
from signing.trust import TrustStore
from signing.validation import validate
from tests.signing.contents import AGENCY, COPY, NOW, RECEIPT, SIGNATORY


class Home:
    """A test authority, a trust store that knows it, and a signer."""

    def __init__(self, folder: Path) -> None:
        self.pki = TestPki.open(folder / "keys", now=NOW)
        self.trust = TrustStore(folder / "trust", own=self.pki)
        self.signer = PadesSigner(self.pki, AGENCY, LocalTimeStamps(self.pki.time_stamping))

    def sign(self, prepared: PreparedPdf) -> SignedPdf:
        return self.signer.sign(prepared, person=SIGNATORY, reason="Chứng thực", at=NOW)

    def validate(self, content: bytes) -> ValidationReport:
        return validate(content, trust=self.trust, at=NOW)

    def codes(self, content: bytes) -> set[str]:
        return {reason.code for reason in self.validate(content).reasons}


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def prepared_receipt() -> PreparedPdf:
    return prepare(render_receipt(RECEIPT))


@pytest.fixture(scope="session")
def signed_receipt(home: Home, prepared_receipt: PreparedPdf) -> bytes:
    return home.sign(prepared_receipt).content


@pytest.fixture(scope="session")
def signed_copy(home: Home) -> bytes:
    return home.sign(prepare(render_copy(COPY))).content
