"""A running preview and pages on it; slow things once a session."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.preview import served


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with served() as base:
        yield base


@pytest.fixture(scope="module")
def _measured(chromium: Browser) -> Iterator[BrowserContext]:
    """Without the content security policy, which forbids the scripts that measure."""
    context = chromium.new_context(bypass_csp=True)
    yield context
    context.close()


@pytest.fixture(scope="module")
def measured(_measured: BrowserContext) -> Page:
    """A page on which scripts of ours may run; its size is each test's to set."""
    return _measured.new_page()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page as a user has it, under the content security policy."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()
