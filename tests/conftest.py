"""What tests of several folders share: the order of files, a Chromium for each module that asks for one.

Playwright keeps an event loop running in its thread for as long as it is open, and whatever calls
`asyncio.run` after it would fail: it must be closed before other tests run.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

LONG = ("chaos", "flow", "browser", "cli", "api")
"""Folders whose files take long: when they are begun first, two processes end at about the same time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first. Goes with `--no-loadscope-reorder`: xdist would begin with those of many tests."""
    items.sort(key=lambda item: _turn(item.path.parent.name))


def _turn(folder: str) -> int:
    return LONG.index(folder) if folder in LONG else len(LONG)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
