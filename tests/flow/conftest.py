"""The whole service in a real browser: what `tests.api` runs, seen through Chromium."""

from tests.api.conftest import card, diploma, keys, service

__all__ = ["card", "diploma", "keys", "service"]
