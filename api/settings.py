"""Settings: environment variables in, one frozen value out. The only place that reads the environment.

Every variable is `CHUNGTHUC_…` and listed in `.env.example`; a test holds the list against this file.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from api.office_terms import GivenTerms, TermsUnusableError, office_terms
from ocr.model import Limits
from signing.time_service import TimeService
from storage.s3 import Bucket
from verification.deadlines import MOST_BULKY_DAYS
from verification.services import Unit
from verification.terms import OfficeTerms


class SettingError(Exception):
    """A setting cannot be used; correct it in the environment."""

    code = "SETTING_INVALID"
    message_vi = "Một thiết lập không dùng được; vui lòng sửa trong biến môi trường."

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.message_vi = f"Thiết lập {name} không dùng được; vui lòng sửa trong biến môi trường."
        self.message_en = f"{name}: {why}"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. `home` holds whatever the process keeps; two homes never touch."""

    home: Path
    database_url: str
    bucket: Bucket | None
    """An S3 server for the objects; without one they are files in the home."""
    public_url: str
    host: str
    port: int
    unit: Unit
    terms: OfficeTerms
    """Which books the office keeps, what copies cost, when it is open."""
    limits: Limits
    threads: int
    executor_id: str
    help_phone: str
    secure_cookies: bool
    pull: Path | None
    """The file that tells which sources are asked over HTTP, and on what terms."""
    rules: Path | None
    """A TOML file of the office's own rules, merged with the shipped ones by id."""
    sources: Path | None
    """A TOML file of the office's own sources, merged with the shipped ones by name."""
    pictures: Path | None
    """A folder with pictures of the seal and of signatures."""
    statement_on_last: bool
    """The statement of a copy stands on the original's last page where that is blank."""
    keys: Path | None
    """A TOML file that says where the keys of the agency and its officers are; None for test keys."""
    time_services: tuple[TimeService, ...]
    """Time-stamp authorities, asked in this order; none for the home's own, which only dates test keys."""
    variable: Callable[[str], str | None]
    """Any variable of the environment: a file may name one that holds a password."""
    look_ups_kept_days: int
    """For how long it is known who looked into a record."""
    watched: tuple[tuple[str, Path], ...]
    """Names of sources, each with the folder that its deliveries arrive in."""
    redeliver_days: int
    """For how long after it was issued a copy of the same original is offered again; 0: never."""
    sign_in_batches: bool
    """What is approved waits to be signed in a batch, even where the keys could sign at once."""
    long_term_after_hours: int
    """For how long after signing the certificates' authorities are not asked yet."""


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Raises SettingError."""
    home = Path(environ.get("CHUNGTHUC_HOME") or "var").absolute()
    port = _number(environ, "CHUNGTHUC_PORT", 8000)
    host = environ.get("CHUNGTHUC_HOST") or "127.0.0.1"
    public_url = (environ.get("CHUNGTHUC_PUBLIC_URL") or f"http://{host}:{port}").rstrip("/")
    return Settings(
        home=home,
        database_url=environ.get("CHUNGTHUC_DATABASE_URL") or f"sqlite:///{home / 'chungthuc.db'}",
        bucket=_bucket(environ),
        public_url=public_url,
        host=host,
        port=port,
        unit=Unit(
            code=environ.get("CHUNGTHUC_UNIT_CODE") or "H26.10.05",
            agency=environ.get("CHUNGTHUC_AGENCY") or "Ủy ban nhân dân xã Sông Mẫu",
            place=environ.get("CHUNGTHUC_PLACE") or "Sông Mẫu",
        ),
        terms=_terms(environ),
        limits=Limits(
            max_bytes=_number(environ, "CHUNGTHUC_MAX_BYTES", 64 * 1024 * 1024),
            max_pages=_number(environ, "CHUNGTHUC_MAX_PAGES", 50),
            max_pixels=_number(environ, "CHUNGTHUC_MAX_PIXELS", 60_000_000),
        ),
        threads=_number(environ, "CHUNGTHUC_THREADS", 2),
        executor_id=environ.get("CHUNGTHUC_EXECUTOR_ID") or "local",
        help_phone=environ.get("CHUNGTHUC_HELP_PHONE") or "1022",
        secure_cookies=public_url.startswith("https://"),
        pull=_file(environ, "CHUNGTHUC_PULL"),
        rules=_file(environ, "CHUNGTHUC_RULES"),
        sources=_file(environ, "CHUNGTHUC_SOURCES"),
        pictures=_folder(environ, "CHUNGTHUC_PICTURES"),
        statement_on_last=_statement_on_last(environ),
        keys=_file(environ, "CHUNGTHUC_KEYS"),
        time_services=_time_services(environ),
        variable=dict(environ).get,
        look_ups_kept_days=_number(environ, "CHUNGTHUC_LOOK_UPS_KEPT_DAYS", 1096),
        watched=_watched(environ),
        redeliver_days=_redeliver_days(environ),
        sign_in_batches=_sign_in_batches(environ),
        long_term_after_hours=_number(environ, "CHUNGTHUC_LONG_TERM_AFTER_HOURS", 24),
    )


def _terms(environ: Mapping[str, str]) -> OfficeTerms:
    given = GivenTerms(
        electronic_book=environ.get("CHUNGTHUC_ELECTRONIC_BOOK") or "",
        lines_per_book=_number(environ, "CHUNGTHUC_LINES_PER_BOOK", 0) or None,
        hours=environ.get("CHUNGTHUC_HOURS") or "",
        saturday_hours=environ.get("CHUNGTHUC_SATURDAY_HOURS") or "",
        bulky_pages=_number(environ, "CHUNGTHUC_BULKY_PAGES", 0) or None,
        bulky_days=_number(environ, "CHUNGTHUC_BULKY_DAYS", MOST_BULKY_DAYS),
        fees=_file(environ, "CHUNGTHUC_FEES"),
        holidays=_file(environ, "CHUNGTHUC_HOLIDAYS"),
    )
    try:
        return office_terms(given)
    except TermsUnusableError as error:
        raise SettingError(error.name, error.why) from error


def _redeliver_days(environ: Mapping[str, str]) -> int:
    """0 is an answer here, and means never."""
    return (
        0
        if environ.get("CHUNGTHUC_REDELIVER_DAYS") == "0"
        else _number(environ, "CHUNGTHUC_REDELIVER_DAYS", 180)
    )


def _path(environ: Mapping[str, str], name: str) -> Path | None:
    raw = environ.get(name)
    return Path(raw).absolute() if raw else None


def _bucket(environ: Mapping[str, str]) -> Bucket | None:
    endpoint = environ.get("CHUNGTHUC_S3_ENDPOINT")
    if not endpoint:
        return None
    return Bucket(
        endpoint=endpoint,
        access_key=_wanted(environ, "CHUNGTHUC_S3_ACCESS_KEY"),
        secret_key=_wanted(environ, "CHUNGTHUC_S3_SECRET_KEY"),
        name=environ.get("CHUNGTHUC_S3_BUCKET") or "chungthuc",
        secure=environ.get("CHUNGTHUC_S3_SECURE", "true").lower() != "false",
    )


def _wanted(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name)
    if not value:
        raise SettingError(name, "must be set when CHUNGTHUC_S3_ENDPOINT is")
    return value


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    raw = environ.get(name)
    if not raw:
        return default
    if not raw.isdecimal() or int(raw) < 1:
        raise SettingError(name, "must be a whole number of at least 1")
    return int(raw)


def _file(environ: Mapping[str, str], name: str) -> Path | None:
    path = _path(environ, name)
    if path is not None and not path.is_file():
        raise SettingError(name, "must name a file that is there")
    return path


def _sign_in_batches(environ: Mapping[str, str]) -> bool:
    how = environ.get("CHUNGTHUC_SIGN") or "at_once"
    if how not in ("at_once", "batch"):
        raise SettingError("CHUNGTHUC_SIGN", "must be at_once or batch")
    return how == "batch"


def _time_services(environ: Mapping[str, str]) -> tuple[TimeService, ...]:
    policy = environ.get("CHUNGTHUC_TSA_POLICY") or None
    if policy and not re.fullmatch(r"[0-2](\.\d{1,40}){1,30}", policy):
        raise SettingError("CHUNGTHUC_TSA_POLICY", "must be an object identifier, as 1.2.3.4")
    urls = [url.strip() for url in (environ.get("CHUNGTHUC_TSA") or "").split(",") if url.strip()]
    services = tuple(TimeService(url, policy) for url in urls)
    if not all(service.usable for service in services):  # the URLs may hold passwords: none is shown
        raise SettingError("CHUNGTHUC_TSA", "must be http:// or https:// addresses with commas between them")
    return services


def _folder(environ: Mapping[str, str], name: str) -> Path | None:
    path = _path(environ, name)
    if path is not None and not path.is_dir():
        raise SettingError(name, "must name a folder that is there")
    return path


def _statement_on_last(environ: Mapping[str, str]) -> bool:
    where = environ.get("CHUNGTHUC_STATEMENT") or "added"
    if where not in ("added", "last"):
        raise SettingError("CHUNGTHUC_STATEMENT", "must be added or last")
    return where == "last"


def _watched(environ: Mapping[str, str]) -> tuple[tuple[str, Path], ...]:
    pairs = [pair for pair in (environ.get("CHUNGTHUC_WATCH") or "").split(",") if pair.strip()]
    found = tuple(_watch(pair) for pair in pairs)
    if len({folder for _, folder in found}) < len(found):
        raise SettingError("CHUNGTHUC_WATCH", "must give each source a folder of its own")
    return found


def _watch(pair: str) -> tuple[str, Path]:
    source, equals, folder = pair.partition("=")
    path = Path(folder.strip()).absolute()
    if not (source.strip() and equals and folder.strip() and path.is_dir()):
        raise SettingError("CHUNGTHUC_WATCH", "must name folders: population=FOLDER,civil_status=FOLDER")
    return source.strip(), path
