"""Running a library's coroutine from plain code: a coroutine in, its result out, whatever loop runs here."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run_coroutine(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end in a loop of its own.

    The caller's thread may be a server's handler with a loop already running, where `asyncio.run` refuses
    to start; only then it takes a thread of its own as well, which costs more than most of the work.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(asyncio.run, work).result()
