"""A platform and an operator's choices in; the file of CHUNGTHUC_PULL, and whoever asks by it, out."""

import time
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

from storage.feeds.platform import Clocks, HttpPull
from storage.feeds.terms import read_terms
from tests.builders import NOW
from tests.platform.reference import CLIENT, SECRET, Platform
from verification.pulling import PullQuestion
from verification.source import SourceName
from verification.source_profile import shipped_sources

POPULATION = SourceName("population")
_codes = count(1)


def terms_file(folder: Path, address: str, *sources: str, **more: object) -> Path:
    """One table a source (population unless others are named); `more` are entries of each, as TOML."""
    folder.mkdir(exist_ok=True)
    secret = folder / "secret"
    secret.write_text(SECRET, encoding="utf-8")
    secret.chmod(0o600)
    entries = {
        "url": f'"{address}"',
        "client_id": f'"{CLIENT}"',
        "secret_file": '"secret"',
        "service_code": '"2.000815"',
        "timeout_s": "1.0",
        **more,
    }
    lines = [f"{name} = {value}" for name, value in entries.items() if value is not None]
    file = folder / "pull.toml"
    tables = ["\n".join((f"[{source}]", *lines)) for source in sources or ("population",)]
    file.write_text("\n\n".join(tables) + "\n", encoding="utf-8")
    return file


def asker(
    folder: Path,
    platform: Platform,
    *sources: str,
    now: Callable[[], datetime] = lambda: NOW,
    **more: object,
) -> HttpPull:
    """As the wiring makes it."""
    terms = read_terms(terms_file(folder, platform.address, *sources, **more), shipped_sources())
    return HttpPull(terms, folder / "pull", Clocks(now, time.monotonic))


def asking(number: str = "001199012345", name: str = "NGUYỄN THỊ MẪU", **more: str) -> PullQuestion:
    """A question under the next code that nobody used."""
    return PullQuestion(
        source=POPULATION,
        request_code=more.get("code", f"H26.10.05-{next(_codes)}"),
        number=number,
        full_name=name,
        birth_date=more.get("birth_date"),
        old_number=more.get("old_number"),
        officer=more.get("officer", "mau.officer"),
        dossier="H26.10.05-261124-0001",
        purpose="2.000815",
    )
