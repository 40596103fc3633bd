"""The number of a process in, what it uses out, from Linux's /proc; nothing where there is none."""

import os
from dataclasses import dataclass
from pathlib import Path

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Used:
    """What a process took since it began: seconds of one core, and the most megabytes at any moment."""

    cpu_seconds: float = 0.0
    peak_megabytes: int = 0


def used_by(pid: int) -> Used:
    """What this process took; nothing when it has ended."""
    try:
        # The second field is the program's name in parentheses, and may hold blanks (man 5 proc).
        times = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return Used()
    peak = next((int(line.split()[1]) for line in status if line.startswith("VmHWM:")), 0)
    return Used(sum(map(int, times)) / os.sysconf("SC_CLK_TCK"), peak // 1024)


def held_megabytes(pid: int) -> int:
    """What it holds in memory now."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE") // _MEGABYTE
