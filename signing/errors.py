"""Why nothing was signed or validated. Every error has a code and one sentence in both languages."""

from typing import ClassVar


class SigningError(Exception):
    """The document could not be signed; nothing was kept."""

    code: ClassVar[str] = "SIGNING_FAILED"
    message_vi: ClassVar[str] = "Không ký được văn bản; chưa có gì được lưu."

    @property
    def message_en(self) -> str:
        """The first line of the class's docstring."""
        return (type(self).__doc__ or "").strip().splitlines()[0]
