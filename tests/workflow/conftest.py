"""One test authority for all tests of the workflow; a desk of its own for each."""

from pathlib import Path

import pytest

from signing.trial_pki import TestPki
from tests.builders import NOW
from tests.desk import Desk


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> TestPki:
    return TestPki.open(tmp_path_factory.mktemp("keys"), now=NOW)


@pytest.fixture
def desk(pki: TestPki, tmp_path: Path) -> Desk:
    return Desk(pki, tmp_path)
