"""Wiring: settings in, the service's parts out. The only place that chooses an implementation."""

import os
import secrets
import threading
import time
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from api.key_facts import KeyPlaces
from api.parsing import ParsingBeside
from api.self_test import CheckedSigner, SelfTest, Tested
from api.settings import SettingError, Settings
from api.signing_keys import OnlyForTestKeys, keyring_in_use
from ocr.model import Document, DocumentReading, Limits
from ocr.sandbox import SandboxedIntake, SandboxedReader
from signing.keyring import FileKeyring
from signing.keys import Keyring, write_once
from signing.long_term import LongTerm
from signing.model import Signatory
from signing.pictures import Pictures, PictureUnusableError, read_pictures
from signing.revocation_answers import (
    FirstToAnswer,
    HttpAnswers,
    OwnAnswers,
    RememberedAnswers,
    RevocationAnswers,
)
from signing.time_service import HttpTimeStamps
from signing.timestamp import LocalTimeStamps, TimeStamps
from signing.trial_pki import TestPki
from signing.trust import TrustStore, TrustWith
from storage.database import SqlDatabase, open_database
from storage.errors import PullTermsError
from storage.feeds.platform import Clocks, HttpPull
from storage.feeds.terms import read_terms
from storage.objects import FileStore
from storage.s3 import Bucket, S3Store
from verification.decision import Role
from verification.errors import RulesUnusableError, SourcesUnusableError
from verification.ports import ObjectStore
from verification.profile import Profile, shipped_profiles
from verification.rule import Rule, merged_rules, parse_rules, shipped_rules
from verification.services import Services
from verification.source import Source
from verification.source_profile import shipped_sources, source_of, with_own_sources


@dataclass(frozen=True, slots=True)
class Wired:
    """The services with what their owner must close, and the parts that only some commands need."""

    settings: Settings
    services: Services
    database: SqlDatabase
    trust: TrustStore
    pki: TestPki
    keyring: FileKeyring | TestPki
    self_test: SelfTest
    intake: SandboxedIntake
    reader: "ReaderOnDemand"

    def close(self) -> None:
        """Let go of connections, threads and the processes that look at files."""
        self.intake.close()
        self.reader.close()
        if isinstance(self.keyring, FileKeyring):
            self.keyring.close()
        self.database.close()


def now() -> datetime:
    """The clock of the service."""
    return datetime.now(UTC)


def wire(settings: Settings) -> Wired:
    """Open the home: make what is missing, migrate the database. Papers are read in a process of their own,
    started at the first.

    Raises SettingError, StorageError, StoreUnavailableError, KeysUnusableError.
    """
    home, sources, own_keys = settings.home, sources_in_use(settings), keyring_in_use(settings, now)
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingError("CHUNGTHUC_HOME", "must be a folder that can be written") from error
    database = open_database(settings.database_url)
    database.migrate()
    pki = TestPki.open(home / "keys" / "test", now=now())
    trust, keyring = TrustStore(home / "trust", own=pki), own_keys or pki
    time_stamps = time_stamps_in_use(settings, pki, keyring)
    intake = SandboxedIntake(home / "models")
    reader = ReaderOnDemand(home / "models", settings.limits, settings.threads)
    agency, pictures = settings.unit.agency, pictures_in_use(settings.pictures)
    tested = Tested(
        found_places=lambda: key_places(keyring, database, agency),
        trust=trust,
        time_stamps=time_stamps,
        pictures=pictures,
        agency=agency,
        now=now,
    )
    self_test = SelfTest(tested)
    services = Services(
        database=database,
        objects=_objects(settings.bucket, home),
        take_in=intake.take_in,
        papers=reader,
        signer=CheckedSigner(keyring, agency, time_stamps, require_fonts=self_test.require_fonts),
        trust=trust,
        profiles=shipped_profiles(),
        sources=sources,
        unit=settings.unit,
        limits=settings.limits,
        public_url=settings.public_url,
        code_secret=_secret(home / "keys" / "codes"),
        now=now,
        new_id=lambda: uuid.uuid4().hex,
        parse=ParsingBeside(_processes_beside()),
        rules=rules_in_use(settings.rules, shipped_profiles()),
        terms=settings.terms,
        redeliver_days=settings.redeliver_days,
        pull=_pull(settings, sources),
        pictures=pictures,
        statement_on_last=settings.statement_on_last,
        sign_in_batches=settings.sign_in_batches,
        long_term=LongTerm(time_stamps, answers_in_use(pki), trust),
        long_term_after=timedelta(hours=settings.long_term_after_hours),
    )
    return Wired(settings, services, database, trust, pki, keyring, self_test, intake, reader)


def key_places(keyring: FileKeyring | TestPki, database: SqlDatabase, agency: str) -> KeyPlaces:
    """Where keys should be found: the seal's, and one for each who may decide."""
    with database.reading() as tx:
        deciding = (each for each in tx.officers.all() if Role.OFFICER in each.roles)
        return KeyPlaces(keyring, agency, tuple(Signatory(each.id, each.full_name) for each in deciding))


def time_stamps_in_use(settings: Settings, pki: TestPki, keyring: Keyring) -> TimeStamps:
    """The authorities of the settings; without any the home's own, which dates nothing for real keys."""
    if settings.time_services:
        return HttpTimeStamps(settings.time_services, now)
    return OnlyForTestKeys(OwnClock(LocalTimeStamps(pki.time_stamping)), keyring)


def answers_in_use(pki: TestPki) -> RevocationAnswers:
    """Of the test keys the home itself tells how they stand; of others those whom their certificates name."""
    return RememberedAnswers(FirstToAnswer((OwnAnswers(pki.answers), HttpAnswers())))


def pictures_in_use(folder: Path | None) -> Pictures:
    """The seal and the signatures that are drawn. Raises SettingError."""
    try:
        return read_pictures(folder) if folder else Pictures()
    except PictureUnusableError as error:
        raise SettingError("CHUNGTHUC_PICTURES", f"{error.file}: {error.detail}") from error


def rules_in_use(own: Path | None, profiles: tuple[Profile, ...]) -> tuple[Rule, ...]:
    """The shipped rules with those of one's own file, which is a setting. Raises SettingError."""
    try:
        added = parse_rules(rules_text(own), profiles, file=own.name) if own else ()
        return merged_rules(shipped_rules(), added)
    except RulesUnusableError as error:
        raise SettingError("CHUNGTHUC_RULES", f"{error.file}: {error.detail}") from error


def rules_text(path: Path) -> str:
    """A file of rules. Raises RulesUnusableError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise RulesUnusableError(path.name, "the file cannot be read as UTF-8") from error


def _processes_beside() -> int:
    """One core writes what the others parse; more than two would wait for it."""
    return min((os.cpu_count() or 1) - 1, 2)


class ReaderOnDemand:
    """A paper reader whose process (2 s, 320 MB) is started when the first paper comes."""

    def __init__(self, models: Path, limits: Limits, threads: int) -> None:
        self._models, self._limits, self._threads = models, limits, threads
        self._once = threading.Lock()
        self._reader: SandboxedReader | None = None

    def read(self, document: Document, *, both: bool = True) -> DocumentReading:
        """See `SandboxedReader.read`."""
        return self.open().read(document, both=both)

    def look(self, document: Document) -> DocumentReading:
        """See `SandboxedReader.look`."""
        return self.open().look(document)

    def read_again(self, reading: DocumentReading, wanted: Mapping[int, Collection[int]]) -> DocumentReading:
        """See `SandboxedReader.read_again`."""
        return self.open().read_again(reading, wanted)

    def open(self) -> SandboxedReader:
        """Start now. Raises WeightsMissingError, TesseractDataMissingError, ReaderDiedError."""
        with self._once:
            if self._reader is None:
                self._reader = SandboxedReader.open(self._models, limits=self._limits, threads=self._threads)
            return self._reader

    def close(self) -> None:
        """End the process, if there is one, after the paper it reads."""
        with self._once:
            if self._reader:
                self._reader.close()


@dataclass(frozen=True, slots=True)
class OwnClock:
    """Dates at the moment of dating, whatever time is wished for: a retry hours later says so."""

    stamps: LocalTimeStamps

    def token(self, digest: bytes, *, at: datetime) -> bytes:  # noqa: ARG002 the wish is not granted
        """See `signing.timestamp.TimeStamps`."""
        return self.stamps.token(digest, at=now())


def _objects(bucket: Bucket | None, home: Path) -> ObjectStore:
    if bucket is None:
        return FileStore(home / "objects")
    store = S3Store(bucket)
    store.prepare()
    return store


def sources_in_use(settings: Settings) -> tuple[Source, ...]:
    """The shipped sources with those of one's own file over them. Raises SettingError."""
    sources = _own_sources(settings.sources) if settings.sources else shipped_sources()
    for name, _ in settings.watched:
        if source_of(name, sources) is None:
            raise SettingError("CHUNGTHUC_WATCH", f"there is no source {name}")
    return sources


def _own_sources(path: Path) -> tuple[Source, ...]:
    try:
        return with_own_sources(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError("CHUNGTHUC_SOURCES", "must name a file of UTF-8 text that can be read") from error
    except SourcesUnusableError as error:
        raise SettingError("CHUNGTHUC_SOURCES", error.detail) from error


def _pull(settings: Settings, sources: tuple[Source, ...]) -> HttpPull | None:
    """Raises SettingError, which names what is wrong in the file and never a secret."""
    if settings.pull is None:
        return None
    try:
        terms = read_terms(settings.pull, sources)
    except PullTermsError as error:
        raise SettingError("CHUNGTHUC_PULL", error.why) from error
    return HttpPull(terms, settings.home / "pull", Clocks(now, time.monotonic))


def _secret(path: Path) -> bytes:
    """32 random bytes of this home, made once."""
    write_once(path, secrets.token_bytes(32))
    return path.read_bytes()


def with_trust(wired: Wired, certificates: bytes) -> Services:
    """The services, trusting the certificates of a file as well. Raises CertificateUnreadableError."""
    trust = TrustWith(wired.trust, certificates)
    trust.anchors()
    return replace(wired.services, trust=trust)
