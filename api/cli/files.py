"""Files named on the command line: paths in, bytes or one sentence why not out."""

from dataclasses import dataclass
from pathlib import Path

from api.schemas.messages import MessageJson


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as named; `content` is None when `error` says why."""

    name: str
    content: bytes | None
    error: MessageJson | None


def read_given(name: str) -> GivenFile:
    """The bytes of the file; a missing or unreadable one is told, not raised."""
    try:
        return GivenFile(name, Path(name).read_bytes(), None)
    except OSError as error:
        return GivenFile(name, None, _unreadable(error))


def _unreadable(error: OSError) -> MessageJson:
    if isinstance(error, FileNotFoundError):
        return MessageJson(
            code="FILE_NOT_FOUND",
            message_vi="Không có tệp này; vui lòng kiểm tra đường dẫn.",
            message_en="There is no such file; check the path.",
        )
    return MessageJson(
        code="FILE_NOT_OPENED",
        message_vi="Không mở được tệp này; vui lòng kiểm tra quyền đọc.",
        message_en="This file cannot be opened; check that you may read it.",
    )
