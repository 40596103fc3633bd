"""Every database and every object store, started once a session and empty for each test."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from storage.database import SqlDatabase, open_database
from storage.memory import MemoryDatabase, MemoryObjects
from storage.objects import FileStore
from storage.s3 import S3Store
from tests.storage.servers import Weed, postgres, seaweed
from verification.ports import Database, ObjectStore

_EVERY_TABLE: LiteralString = """
    SELECT schemaname, tablename FROM pg_tables
    WHERE schemaname IN ('public', 'dbos') AND tablename NOT IN ('alembic_version', 'dbos_migrations')
"""


@pytest.fixture(scope="session")
def weed() -> Iterator[Weed]:
    with seaweed() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A migrated database; `postgres_url` empties it after each test, which is quicker than a copy."""
    with postgres() as url:
        database = open_database(url)
        database.migrate()
        database.close()
        yield url


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, of which every test gets a copy (and an empty access log beside it)."""
    file = tmp_path_factory.mktemp("migrated") / "migrated.sqlite"
    database = open_database(f"sqlite:///{file}")
    database.migrate()
    database.close()
    return file


@pytest.fixture
def sqlite_url(sqlite_file: Path, tmp_path: Path) -> str:
    log = sqlite_file.with_name("migrated-look-ups.sqlite")
    shutil.copy(log, tmp_path / "chungthuc-look-ups.sqlite")
    return f"sqlite:///{shutil.copy(sqlite_file, tmp_path / 'chungthuc.sqlite')}"


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    yield postgres_server
    with psycopg.connect(postgres_server) as admin:
        admin.execute("SET lock_timeout = '5s'")
        tables = admin.execute(_EVERY_TABLE).fetchall()
        admin.execute(SQL("TRUNCATE {}").format(SQL(", ").join(Identifier(*table) for table in tables)))
        admin.execute("INSERT INTO audit_head VALUES (1, 0)")


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database on either engine."""
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture
def sql(url: str) -> Iterator[SqlDatabase]:
    database = open_database(url)
    yield database
    database.close()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """What the contract of `verification.ports.Database` is held against."""
    if request.param == "memory":
        yield MemoryDatabase()
        return
    opened = open_database(request.getfixturevalue(f"{request.param}_url"))
    yield opened
    opened.close()


@pytest.fixture(params=["memory", "files", "s3"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ObjectStore]:
    """What the contract of `verification.ports.ObjectStore` is held against."""
    if request.param == "memory":
        yield MemoryObjects(lambda: datetime.now(UTC))
    elif request.param == "files":
        yield FileStore(tmp_path / "objects")
    else:
        store = S3Store(request.getfixturevalue("weed").bucket)
        yield store
        for digest in store.stored_before(datetime.max.replace(tzinfo=UTC)):
            store.delete(digest)
