"""The process itself in; CPU-seconds of all its threads and ended children, and its peak of memory, out."""

import resource
import time
from contextlib import suppress
from pathlib import Path

_STATUS, _FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


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
    lines = _STATUS.read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM:"))
