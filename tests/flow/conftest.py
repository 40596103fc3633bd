"""The whole service in a real browser: what `tests.api` runs, seen through Chromium."""

from tests.api.conftest import card, diploma, keys, service
from tests.browser.conftest import chromium

__all__ = ["card", "chromium", "diploma", "keys", "service"]
