"""Passes: what a visitor has proved in, a signed text for a cookie or a form out, and back.

Signed, not encrypted: only the visitor's own browser keeps it, and nothing secret is in it.
"""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

PASS_LIVES = timedelta(minutes=30)
_MOST_NOTED = 20


def derived(secret: bytes, purpose: str) -> bytes:
    """A key of its own for each purpose, so that a text signed for one never counts for another."""
    return hmac.digest(secret, purpose.encode(), hashlib.sha256)


def form_token(key: bytes, browser: str) -> str:
    """What every form of this browser carries (CSRF): other sites know neither the cookie nor the key."""
    return hmac.digest(key, browser.encode(), hashlib.sha256).hex()


def form_token_fits(key: bytes, browser: str, token: str) -> bool:
    """Whether the form came from a page of ours, shown to this browser."""
    return bool(browser) and hmac.compare_digest(form_token(key, browser).encode(), token.encode())


def new_browser() -> str:
    """A name for a browser that has none yet."""
    return secrets.token_urlsafe(24)


def one_submission(key: bytes, browser: str, token: str) -> str:
    """The id a submission gets from its form: sent twice, it is still one (32 hexadecimal digits)."""
    return hmac.digest(key, f"{browser}\n{token}".encode(), hashlib.sha256).hex()[:32]


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken: what it is called at home, and the code of why."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class DossierPass:
    """The second answer for this dossier was right; `refused` is told once more on the next page."""

    code: str
    until: datetime
    refused: tuple[Refused, ...] = ()


def write_pass(key: bytes, given: DossierPass) -> str:
    """The pass as the text of a cookie."""
    noted = [(r.name[:40], r.code) for r in given.refused[:_MOST_NOTED]]
    facts = json.dumps([given.code, int(given.until.timestamp()), noted]).encode()
    body = base64.urlsafe_b64encode(facts).decode()
    return f"{body}.{_mark(key, body)}"


def read_pass(key: bytes, text: str, *, code: str, now: datetime) -> DossierPass | None:
    """The pass for this dossier; None when it is forged, over, or for another one."""
    body, _, mark = text.partition(".")
    if not hmac.compare_digest(_mark(key, body).encode(), mark.encode()):
        return None
    kept, until, noted = json.loads(base64.urlsafe_b64decode(body))
    if kept != code or until <= now.timestamp():
        return None
    return DossierPass(kept, datetime.fromtimestamp(until, now.tzinfo), tuple(Refused(*r) for r in noted))


def _mark(key: bytes, body: str) -> str:
    return hmac.digest(key, body.encode(), hashlib.sha256).hex()
