"""A browser without scripts: it keeps cookies, fills in forms with their hidden fields, and follows links."""

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any

import httpx

from tests.api.serving import PASSWORD

FileField = tuple[str, tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Browser:
    """Pages by address, forms by theirs."""

    client: httpx.Client

    @classmethod
    @contextmanager
    def at(cls, address: str) -> Iterator["Browser"]:
        """A new one, with no cookies."""
        with httpx.Client(base_url=address, timeout=60, follow_redirects=True) as client:
            yield cls(client)

    def open(self, path: str) -> httpx.Response:
        """A page, wherever it leads."""
        return self.client.get(path)

    def send(
        self, page: str, action: str, fields: Mapping[str, Any], files: list[FileField] | None = None
    ) -> httpx.Response:
        """Fill in the form of this action on this page and send it."""
        hidden = hidden_fields(self.open(page).text, action)
        return self.client.post(action, data={**hidden, **fields}, files=files)

    def wait_for(self, path: str, words: str, *, seconds: float = 60) -> httpx.Response:
        """The page, once it says these words."""
        end = time.monotonic() + seconds
        while True:
            answer = self.open(path)
            if words in answer.text:
                return answer
            assert time.monotonic() < end, f"{words!r} did not come: {title(answer)}"
            time.sleep(0.1)


@contextmanager
def signed_in(address: str, username: str) -> Iterator[Browser]:
    """A browser in which this person has signed in."""
    with Browser.at(address) as browser:
        answer = browser.send("/dang-nhap", "/dang-nhap", {"username": username, "password": PASSWORD})
        assert answer.url.path != "/dang-nhap", title(answer)
        yield browser


def hidden_fields(page: str, action: str) -> dict[str, str]:
    """What the form of this action carries unseen."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    assert form, f"no form for {action}"
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0])
    return {name: unescape(value) for name, value in found}


def title(answer: httpx.Response) -> str:
    """The title of a page."""
    found = re.search(r"<title>(.*?)</title>", answer.text)
    return unescape(found[1]) if found else answer.text[:200]


def errors(answer: httpx.Response) -> list[str]:
    """What a form says is wrong."""
    found = re.findall(r'<p class="govuk-error-message"[^>]*>.*?</span>(.*?)</p>', answer.text, re.DOTALL)
    return [unescape(text).strip() for text in found]
