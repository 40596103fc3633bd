"""The ports kept in this process's memory: for tests and for trying things, gone when the process ends.

>>> from datetime import UTC, datetime
>>> database = MemoryDatabase()
>>> with database.transaction() as work:
...     work.submissions.next_code("H26.10.05", datetime(2026, 11, 24, tzinfo=UTC))
'H26.10.05-261124-0001'
"""

from storage.memory.database import MemoryDatabase
from storage.memory.objects import MemoryObjects

__all__ = ["MemoryDatabase", "MemoryObjects"]
