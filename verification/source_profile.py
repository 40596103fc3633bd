"""Sources as data: `profiles/sources.toml` in, frozen `Source`s out. A new source is a new table, no code."""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any

from verification.source import Publication, Source, SourceName


@lru_cache(maxsize=1)
def shipped_sources() -> tuple[Source, ...]:
    """The sources that come with the package."""
    text = (files("verification") / "profiles" / "sources.toml").read_text("utf-8")
    return tuple(_source(name, raw) for name, raw in tomllib.loads(text).items())


def source_of(name: str, sources: tuple[Source, ...]) -> Source | None:
    """The source of this name."""
    return next((s for s in sources if s.name == name), None)


def _source(name: str, raw: Mapping[str, Any]) -> Source:
    return Source(
        name=SourceName(name),
        title_vi=raw["title_vi"],
        title_en=raw["title_en"],
        owner=raw["owner"],
        record_id=raw["record_id"],
        status_good=tuple(raw["status_good"]),
        subjects=tuple(raw["subjects"]),
        fresh_for=timedelta(hours=raw["fresh_for_hours"]),
        legal_basis=raw["legal_basis"],
        numbers=tuple(raw.get("numbers", ())),
        publications=tuple(_publication(p) for p in raw.get("published", ())),
    )


def _publication(raw: Mapping[str, Any]) -> Publication:
    return Publication(raw["from"], raw.get("until"), raw["basis_vi"], raw["basis_en"])
