"""Why a file could not be read. Every error has a code and one sentence in Vietnamese and in English."""

from typing import ClassVar


class OcrError(Exception):
    """This file could not be read; take the picture again or send another file."""

    code: ClassVar[str] = "FILE_UNREADABLE"
    message_vi: ClassVar[str] = "Không đọc được tệp này; vui lòng chụp lại hoặc gửi tệp khác."

    @property
    def message_en(self) -> str:
        """The first line of the class's docstring."""
        return (type(self).__doc__ or "").strip().splitlines()[0]
