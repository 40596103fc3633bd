"""Files named on the command line: paths in, bytes or one sentence why not out."""

from pathlib import Path

from api.reading import NamedFile
from api.schemas.messages import MessageJson


def read_given(name: str) -> NamedFile:
    """The bytes of the file; a missing or unreadable one is told, not raised."""
    try:
        return NamedFile(name, Path(name).read_bytes(), None)
    except OSError as error:
        return NamedFile(name, None, _unreadable(error))


class FileNotOpenedError(Exception):
    """A file named on the command line cannot be opened; `message` says why."""

    def __init__(self, message: MessageJson) -> None:
        super().__init__(message.message_en)
        self.code = message.code
        self.message_vi = message.message_vi
        self.message_en = message.message_en


def must_exist(name: str) -> None:
    """A large file is streamed, so only its first byte is looked at here. Raises FileNotOpenedError."""
    try:
        with Path(name).open("rb") as file:
            file.read(1)
    except OSError as error:
        raise FileNotOpenedError(_unreadable(error)) from error


def not_opened(error: OSError) -> FileNotOpenedError:
    """What to tell of a file or a folder that could not be used."""
    return FileNotOpenedError(_unreadable(error))


def must_read(name: str) -> bytes:
    """The bytes of a file the command cannot do without. Raises FileNotOpenedError."""
    given = read_given(name)
    if given.content is None:
        raise FileNotOpenedError(given.error or _unreadable(OSError()))
    return given.content


def already_there() -> FileNotOpenedError:
    """A file that is written once is there already."""
    return FileNotOpenedError(
        MessageJson(
            code="FILE_EXISTS",
            message_vi="Đã có tệp tên này, không ghi đè; vui lòng chọn tên khác.",
            message_en="A file of this name is there and is not written over; choose another name.",
        )
    )


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
