"""The examples in the packages' own words run."""

import doctest
from types import ModuleType

import pytest

import storage
import storage.feeds
import storage.memory


@pytest.mark.parametrize("package", [storage, storage.memory, storage.feeds], ids=lambda p: p.__name__)
def test_the_examples_run(package: ModuleType) -> None:
    result = doctest.testmod(package)
    assert (result.attempted > 0, result.failed) == (True, 0)
