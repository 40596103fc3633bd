"""Bytes of a platform in, one JSON object out, or PullAnswerError: nothing that may be read in two ways."""

import json
from typing import Any

from storage.feeds.exchange import Incoming
from verification.errors import PullAnswerError


def object_of(answer: Incoming) -> dict[str, Any]:
    """The object of a JSON answer. Raises PullAnswerError (`not_json`): another type, a page to sign in, a
    name told twice, a number that is none, bytes that are no UTF-8."""
    if answer.content_type != "application/json":
        raise PullAnswerError("not_json")
    try:
        value = json.loads(answer.body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_none)
    except (ValueError, RecursionError) as error:
        raise PullAnswerError("not_json") from error
    if not isinstance(value, dict):
        raise PullAnswerError("not_json")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name is told twice")
    return made


def _none(constant: str) -> Any:
    raise ValueError(f"{constant} is no number")
