"""The file of CHUNGTHUC_PULL in; on what terms each source is asked over HTTP, out.

One table a source: where its platform is, which account asks, for which service, how long an officer waits.
Secrets stand in files of their own, are never printed, and must not be readable by everybody.
"""

import ssl
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from storage.errors import PullTermsError
from storage.feeds.breaker import Patience
from storage.feeds.mapping import Mapped, shipped_mapping
from verification.source import Source, SourceName

_LOCAL = ("127.0.0.1", "::1")
_KNOWN = frozenset(
    (
        *("url", "ca_file", "client_id", "secret_file", "service_code", "mapping_file", "officers"),
        *("timeout_s", "max_bytes", "at_once", "copy_when_silent", "failures", "rest_s"),
    )
)
_LONGEST_WAIT_S = 10.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where a platform listens. `ca_file` names the authorities it may show; None: those of the system."""

    host: str
    port: int
    path: str
    tls: bool
    ca_file: Path | None

    def __str__(self) -> str:
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}{self.path}"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one question may cost: seconds in all, bytes of its answer, questions at one time."""

    timeout_s: float
    max_bytes: int
    at_once: int


@dataclass(frozen=True, slots=True)
class Terms:
    """How one source is asked. `officers`: our ids to the platform's codes; None: ids go as they are."""

    source: Source
    address: Address
    client_id: str
    secret: bytes = field(repr=False)
    service_code: str
    mapping: Mapped
    bounds: Bounds
    patience: Patience
    copy_when_silent: bool
    officers: Mapping[str, str] | None


def read_terms(path: Path, sources: tuple[Source, ...]) -> tuple[Terms, ...]:
    """Raises PullTermsError, which names the table and the entry that is wrong and never a secret."""
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise PullTermsError(f"{path} cannot be read") from error
    except ValueError as error:
        raise PullTermsError(f"{path} is not TOML: {error}") from error
    known = {source.name: source for source in sources}
    return tuple(_terms(_Table(name, raw, path.parent), known) for name, raw in tables.items())


def _terms(table: "_Table", known: Mapping[SourceName, Source]) -> Terms:
    source = known.get(SourceName(table.name))
    if source is None:
        raise PullTermsError(f"[{table.name}] is no source; see `chungthuc records status`")
    table.refuse_unknown()
    return Terms(
        source=source,
        address=_address(table),
        client_id=table.text("client_id"),
        secret=_secret(table),
        service_code=table.text("service_code"),
        mapping=_mapping(table),
        bounds=Bounds(
            timeout_s=table.number("timeout_s", 4.0, highest=_LONGEST_WAIT_S),
            max_bytes=int(table.number("max_bytes", 256 * 1024, highest=16 * 1024 * 1024)),
            at_once=int(table.number("at_once", 8, highest=64)),
        ),
        patience=Patience(
            failures=int(table.number("failures", 3, highest=100)),
            rest=timedelta(seconds=table.number("rest_s", 30.0, highest=3600)),
        ),
        copy_when_silent=table.truth("copy_when_silent", default=True),
        officers=table.words("officers"),
    )


def _address(table: "_Table") -> Address:
    try:
        parts = urlsplit(table.text("url"))
        port = parts.port
    except ValueError as error:
        raise table.wrong("url", "is no address") from error
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.username:
        raise table.wrong("url", "must be https://host[:port][/path]")
    tls = parts.scheme == "https"
    if not tls and parts.hostname not in _LOCAL:
        raise table.wrong("url", "must be https, but for 127.0.0.1")
    return Address(
        parts.hostname, port or (443 if tls else 80), parts.path.rstrip("/"), tls, _authorities(table)
    )


def _authorities(table: "_Table") -> Path | None:
    if not table.has("ca_file"):
        return None
    path = table.file("ca_file")
    try:
        ssl.create_default_context(cafile=path)
    except ssl.SSLError as error:
        raise table.wrong("ca_file", "holds no certificates (PEM)") from error
    return path


def _secret(table: "_Table") -> bytes:
    path = table.file("secret_file")
    if path.stat().st_mode & stat.S_IROTH:
        raise table.wrong("secret_file", "may be read by everybody; chmod it to 600")
    secret = path.read_bytes().strip()
    if not secret:
        raise table.wrong("secret_file", "is empty")
    return secret


def _mapping(table: "_Table") -> Mapped:
    """The operator's own, or the one that comes with the package. Raises PullTermsError."""
    if table.has("mapping_file"):
        return Mapped.parse(table.file("mapping_file").read_bytes())
    shipped = shipped_mapping(table.name)
    if shipped is None:
        raise table.wrong("mapping_file", "is needed: no mapping of this source comes with the package")
    return shipped


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of the file, its values taken out by kind."""

    name: str
    raw: Any
    folder: Path

    def wrong(self, entry: str, why: str) -> PullTermsError:
        return PullTermsError(f"[{self.name}] {entry} {why}")

    def refuse_unknown(self) -> None:
        if not isinstance(self.raw, dict):
            raise PullTermsError(f"{self.name} must be a table")
        if unknown := sorted(self.raw.keys() - _KNOWN):
            raise self.wrong(unknown[0], "is not known")

    def has(self, entry: str) -> bool:
        return entry in self.raw

    def text(self, entry: str) -> str:
        value = self.raw.get(entry)
        if not isinstance(value, str) or not value or not value.isprintable():
            raise self.wrong(entry, "must be a text")
        return value

    def number(self, entry: str, default: float, *, highest: float) -> float:
        value = self.raw.get(entry, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= highest:
            raise self.wrong(entry, f"must be a number above 0, at most {highest:g}")
        if isinstance(default, int) and value != int(value):
            raise self.wrong(entry, "must be a whole number")
        return value

    def truth(self, entry: str, *, default: bool) -> bool:
        value = self.raw.get(entry, default)
        if not isinstance(value, bool):
            raise self.wrong(entry, "must be true or false")
        return value

    def words(self, entry: str) -> Mapping[str, str] | None:
        value = self.raw.get(entry)
        if value is None:
            return None
        if not isinstance(value, dict) or not all(isinstance(v, str) and v for v in value.values()):
            raise self.wrong(entry, "must be a table of texts")
        return value

    def file(self, entry: str) -> Path:
        """Beside the file of CHUNGTHUC_PULL, unless it is told with its whole path."""
        path = self.folder / self.text(entry)
        try:
            with path.open("rb"):
                return path
        except OSError as error:
            raise self.wrong(entry, "cannot be read") from error
