"""Rows, objects and jobs: a database URL or a folder comes in, what `verification.ports` asks for goes out.

>>> from datetime import UTC, datetime
>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from storage.database import open_database
>>> from storage.objects import FileStore
>>> with TemporaryDirectory() as home:
...     database = open_database(f"sqlite:///{home}/chungthuc.sqlite")
...     database.migrate()
...     digest = FileStore(Path(home) / "objects").put_once(b"a scan")
...     with database.transaction() as work:
...         code = work.submissions.next_code("H26.10.05", datetime(2026, 11, 24, tzinfo=UTC))
...         work.jobs.enqueue("process", code)
...     database.close()
>>> code, digest[:8]
('H26.10.05-261124-0001', '5bb626f4')
"""
