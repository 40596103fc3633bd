"""Sources as data: `profiles/sources.toml`, and a file of one's own over it, in; frozen `Source`s out."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from verification.errors import SourcesUnusableError
from verification.record_schema import Schema, ValueKind
from verification.source import CONFLICTING, DOUBTFUL, Publication, Source, SourceName

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,23}")
"""Tables are called after it, and PostgreSQL cuts names at 63 letters."""
_TEXTS: Final = ("title_vi", "title_en", "owner", "record_id", "legal_basis")
_LISTS: Final = ("status_good", "subjects", "numbers", "required")
_TABLES: Final = ("fields", "groups")
_KNOWN: Final = frozenset({*_TEXTS, *_LISTS, *_TABLES, "fresh_for_hours", "published"})
_OF_PUBLICATION: Final = frozenset({"from", "until", "basis_vi", "basis_en"})


@lru_cache(maxsize=1)
def shipped_sources() -> tuple[Source, ...]:
    """The sources that come with the package."""
    return _sources(tomllib.loads(_shipped_text()))


def with_own_sources(text: str) -> tuple[Source, ...]:
    """The shipped sources with what a TOML of the operator says over and beside them.

    Merged by the source's name: what it says of a source replaces what is shipped of it, key by key; its
    `fields` and `groups` come to the shipped ones. Raises SourcesUnusableError.
    """
    try:
        own = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourcesUnusableError(f"it is no TOML: {error}") from error
    merged = tomllib.loads(_shipped_text())
    for name, raw in own.items():
        if not isinstance(raw, dict):
            raise SourcesUnusableError(f"{name} stands outside of a source's table")
        merged[name] = _over(merged.get(name, {}), raw)
    return _sources(merged)


def source_of(name: str, sources: tuple[Source, ...]) -> Source | None:
    """The source of this name."""
    return next((s for s in sources if s.name == name), None)


def _shipped_text() -> str:
    return (files("verification") / "profiles" / "sources.toml").read_text("utf-8")


def _over(shipped: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    tables = {
        key: {**shipped.get(key, {}), **own[key]} for key in _TABLES if isinstance(own.get(key), Mapping)
    }
    return {**shipped, **own, **tables}


def _sources(raw: Mapping[str, Any]) -> tuple[Source, ...]:
    return tuple(_source(name, table) for name, table in raw.items())


def _source(name: str, raw: Mapping[str, Any]) -> Source:
    _refuse_malformed(name, raw)
    source = Source(
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
        publications=tuple(_publication(name, p) for p in raw.get("published", ())),
        schema=Schema(_kinds(name, raw), tuple(raw.get("required", ()))),
    )
    _refuse_unknown_names(source)
    return source


def _refuse_malformed(name: str, raw: Mapping[str, Any]) -> None:
    if not _NAME.fullmatch(name):
        raise SourcesUnusableError(f"{name!r} is no name of a source: up to 24 small letters, digits and _")
    for key in raw:
        if key not in _KNOWN:
            raise SourcesUnusableError(f"{name}.{key} is not known")
    for key in _TEXTS:
        if not isinstance(raw.get(key), str) or not raw[key]:
            raise SourcesUnusableError(f"{name}.{key} must be a text")
    for key in _LISTS:
        found = raw.get(key, () if key in ("numbers", "required") else None)
        if not isinstance(found, list | tuple) or not all(isinstance(text, str) for text in found):
            raise SourcesUnusableError(f"{name}.{key} must be a list of texts")
    if doubt := {CONFLICTING, DOUBTFUL}.intersection(raw["status_good"]):
        raise SourcesUnusableError(
            f"{name}.status_good cannot have {min(doubt)}: so we mark what is in doubt"
        )
    if not isinstance(raw.get("fresh_for_hours"), int) or raw["fresh_for_hours"] < 1:
        raise SourcesUnusableError(f"{name}.fresh_for_hours must be a whole number of at least 1")
    if not isinstance(raw.get("published", []), list):
        raise SourcesUnusableError(f"{name}.published must be tables: [[{name}.published]]")


def _refuse_unknown_names(source: Source) -> None:
    """What a record is kept and found by must stand among its fields, or it would be found by nothing."""
    fields = source.schema.fields
    for path in (source.record_id, *source.numbers, *source.schema.required):
        if path not in fields:
            raise SourcesUnusableError(f"{source.name}.fields lacks {path}")
    for subject in source.subjects:
        prefix = f"{subject}." if subject else ""
        if not {f"{prefix}personal_number", f"{prefix}full_name"} & set(fields):
            raise SourcesUnusableError(f"{source.name}.fields has neither number nor name of {subject!r}")
    if not source.subjects and not source.numbers:
        raise SourcesUnusableError(f"{source.name} has neither subjects nor numbers to find a record by")


def _kinds(name: str, raw: Mapping[str, Any]) -> dict[str, ValueKind]:
    tables = [raw.get("fields", {}), raw.get("groups", {}), *_tables(raw.get("groups"))]
    if not raw.get("fields") or not all(isinstance(table, Mapping) for table in tables):
        raise SourcesUnusableError(f"{name}.fields must name what its records hold")
    return dict(_flat(name, raw["fields"], raw.get("groups", {}), ""))


def _tables(groups: object) -> list[object]:
    return list(groups.values()) if isinstance(groups, Mapping) else []


def _flat(
    name: str, fields: Mapping[str, Any], groups: Mapping[str, Any], prefix: str
) -> Iterator[tuple[str, ValueKind]]:
    for key, kind in fields.items():
        path = f"{prefix}{key}"
        if not prefix and isinstance(kind, str) and kind in groups:
            yield from _flat(name, groups[kind], {}, f"{path}.")
        elif isinstance(kind, str) and kind in set(ValueKind):
            yield path, ValueKind(kind)
        else:
            raise SourcesUnusableError(f"{name}.fields.{path}: there is no kind {kind!r}")


def _publication(name: str, raw: object) -> Publication:
    if not isinstance(raw, Mapping) or not set(raw) <= _OF_PUBLICATION:
        raise SourcesUnusableError(f"{name}.published knows from, until, basis_vi and basis_en only")
    first, last = raw.get("from"), raw.get("until")
    if type(first) is not date or (last is not None and (type(last) is not date or last < first)):
        raise SourcesUnusableError(f"{name}.published needs a day in from, and none before it in until")
    basis = [raw.get(key) for key in ("basis_vi", "basis_en")]
    if not all(isinstance(text, str) and text for text in basis):
        raise SourcesUnusableError(f"{name}.published needs its text in basis_vi and basis_en")
    return Publication(first, last, str(basis[0]), str(basis[1]))
