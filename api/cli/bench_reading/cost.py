"""The process itself in; CPU-seconds of all its threads and ended children, and its peak of memory, out."""

import os
import resource
import time
from contextlib import suppress
from pathlib import Path

from ocr.process_usage import used_by

_FORGET = Path("/proc/self/clear_refs")


def cpu_seconds() -> float:
    """Spent so far; only differences mean something."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def forget_peak() -> None:
    """Let the peak begin anew; where the kernel refuses, it stays that of the whole process."""
    with suppress(OSError):
        _FORGET.write_text("5", encoding="ascii")


def peak_mb() -> int:
    """The most memory the process held since then, in megabytes (Linux)."""
    return used_by(os.getpid()).peak_megabytes
