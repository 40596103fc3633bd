"""Logs: what happens in, one JSON line each out. Ids and codes only: never a name, a number or a text.

Only fields of `ALLOWED` get through, whoever logs them; other people's libraries may put what they read into
their messages, so of those only who spoke, how urgently and from where is kept.
"""

import logging
import traceback
from pathlib import Path
from typing import TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

OURS = "chungthuc"
ALLOWED = frozenset(
    {
        "event", "level", "logger", "timestamp", "where", "request", "method", "route", "status", "ms",
        "officer", "submission", "paper", "error", "frames", "code",
        "source", "snapshot", "accepted", "rejected", "already", "part", "batch",
    }
)  # fmt: skip


def start_logging(stream: TextIO, level: int = logging.INFO) -> None:
    """Send every log of the process to `stream` as JSON, and nowhere else."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(json_formatter())
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(level)


def json_formatter() -> logging.Formatter:
    """What turns a record into its line."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_place_of_others,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _only_allowed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def frames(error: BaseException) -> list[str]:
    """Where an error came from, file and line, without its message: messages quote what was read."""
    chain: list[str] = []
    current: BaseException | None = error
    while current is not None:
        chain.append(type(current).__name__)
        for frame in traceback.extract_tb(current.__traceback__)[-8:]:
            chain.append(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}")
        current = current.__cause__ or current.__context__
    return chain


def _only_place_of_others(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    record: logging.LogRecord = event["_record"]
    # The words of an exception are taken away from everybody's records, ours too.
    record.exc_info, record.exc_text, record.stack_info = None, None, None
    event.pop("exc_info", None)
    event.pop("stack_info", None)
    if record.name.split(".")[0] != OURS:
        event["event"] = "said by a library"
        event["where"] = f"{Path(record.pathname).name}:{record.lineno}"
    return event


def _only_allowed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {name: value for name, value in event.items() if name in ALLOWED}
