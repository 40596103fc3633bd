"""A shell and a view in, a whole HTML page out."""

import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from api.web import paths
from api.web.language import Bilingual, Language, TextSize
from api.web.officer_views import Decision
from api.web.views import Audience, Shell, Text, View, error_of

WEB = Path(__file__).parent
STATIC_FOLDER = WEB / "static"

PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""Sent with every page: nothing inline, nothing from another host, nothing personal kept by a browser."""


@cache
def asset(name: str) -> str:
    """The address of a file under static/, with its SHA-256, so that it may be cached for ever."""
    digest = hashlib.sha256((STATIC_FOLDER / name).read_bytes()).hexdigest()
    return f"{paths.STATIC}/{name}?v={digest[:12]}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(WEB / "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        asset=asset, paths=paths, error_of=error_of, Decision=Decision, Language=Language,
        TextSize=TextSize, Audience=Audience,
    )  # fmt: skip
    return environment


def render(shell: Shell, view: View) -> str:
    """The page as HTML.

    Templates get `shell`, `view`, `t(vi, en)` for their own words and `say(text)` for those of the view.
    A variable that a template names and nobody gives is an error, never an empty place.
    """

    def t(vi: str, en: str) -> str:
        return Bilingual(vi, en).in_language(shell.language)

    def say(text: Text) -> str:
        return text if isinstance(text, str) else text.in_language(shell.language)

    return _environment().get_template(view.template).render(shell=shell, view=view, t=t, say=say)
