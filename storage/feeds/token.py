"""The right to ask, fetched with the account's id and secret (OAuth 2.0 client credentials) and kept."""

import base64
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from storage.feeds.exchange import Exchange, Incoming, Outgoing
from storage.feeds.strict_json import object_of
from storage.feeds.terms import Terms
from verification.errors import PullAnswerError, PullRefusedError, PullUnavailableError

_EARLY_S: Final = 30.0
"""A token is given up so long before it ends, so that none ends on its way."""
_LONGEST_S: Final = 3600.0
_REFUSED: Final = (400, 401, 403)


@dataclass(frozen=True, slots=True)
class Token:
    """`fresh`: fetched for this very question, so that a refusal is not a matter of its age."""

    value: str = field(repr=False)
    fresh: bool


class Tokens:
    """Of one account. Safe over threads; `elapsed` counts seconds from anywhere."""

    def __init__(self, terms: Terms, exchange: Exchange, elapsed: Callable[[], float]) -> None:
        self._terms, self._exchange, self._elapsed = terms, exchange, elapsed
        self._turn = threading.Lock()
        self._value, self._until = "", 0.0

    def get(self, *, within_s: float) -> Token:
        """Raises PullUnavailableError, PullRefusedError (`credentials`)."""
        with self._turn:
            if self._elapsed() < self._until:
                return Token(self._value, fresh=False)
        value, lasts = self._fetched(within_s)
        with self._turn:
            self._value, self._until = value, self._elapsed() + lasts
        return Token(value, fresh=True)

    def forget(self) -> None:
        """The platform takes it no longer."""
        with self._turn:
            self._until = 0.0

    def _fetched(self, within_s: float) -> tuple[str, float]:
        name = quote(self._terms.client_id, safe="").encode()
        pair = b":".join((name, quote(self._terms.secret, safe="").encode()))
        headers = {
            "Authorization": f"Basic {base64.b64encode(pair).decode()}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        ask = Outgoing(self._terms.mapping.token_path, b"grant_type=client_credentials", headers)
        return _token(self._exchange.post(ask, within_s=within_s))


def _token(answer: Incoming) -> tuple[str, float]:
    """The token and for how long it is used. Raises PullRefusedError and PullUnavailableError."""
    if answer.status in _REFUSED:
        raise PullRefusedError("credentials")
    if answer.status != 200:
        raise PullUnavailableError(f"token_http_{answer.status}")
    said = object_of(answer)
    value, kind = said.get("access_token"), said.get("token_type")
    if not isinstance(value, str) or not _sendable(value) or str(kind).lower() != "bearer":
        raise PullAnswerError("token")
    return value, _lasting(said.get("expires_in"))


def _sendable(value: str) -> bool:
    return value.isascii() and value.isprintable() and " " not in value and 0 < len(value) <= 8192


def _lasting(expires_in: Any) -> float:
    if isinstance(expires_in, bool) or not isinstance(expires_in, int | float):
        return 0.0
    return max(0.0, float(min(expires_in, _LONGEST_S)) - _EARLY_S)
