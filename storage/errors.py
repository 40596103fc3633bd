"""What may go wrong with the database itself, apart from what `verification.errors` already names."""

from typing import ClassVar


class StorageError(Exception):
    """The database could not do this; try again, and call the administrator if it goes on."""

    code: ClassVar[str] = "STORAGE_FAILED"
    message_vi: ClassVar[str] = (
        "Cơ sở dữ liệu chưa thực hiện được; vui lòng thử lại, nếu vẫn lỗi hãy báo quản trị."
    )

    @property
    def message_en(self) -> str:
        """The first line of the class's docstring."""
        return (type(self).__doc__ or "").strip().splitlines()[0]


class DatabaseUnavailableError(StorageError):
    """The database does not answer or was not set up; try again in a few minutes."""

    code = "DATABASE_UNAVAILABLE"
    message_vi = "Cơ sở dữ liệu không trả lời hoặc chưa được thiết lập; vui lòng thử lại sau ít phút."


class ValueNotStorableError(StorageError):
    """A value holds a character or a size that cannot be kept; correct it and send it again."""

    code = "VALUE_NOT_STORABLE"
    message_vi = "Có giá trị chứa ký tự hoặc kích thước không lưu được; vui lòng sửa rồi gửi lại."


class JobAbandonedError(StorageError):
    """This job was given up after too many tries or crashes; look at its paper by hand."""

    code = "JOB_ABANDONED"
    message_vi = (
        "Công việc này đã dừng sau quá nhiều lần thử hoặc gián đoạn; vui lòng kiểm tra hồ sơ thủ công."
    )


class PullTermsError(StorageError):
    """The file of CHUNGTHUC_PULL cannot be used; correct it."""

    code = "PULL_TERMS_INVALID"
    message_vi = "Tệp CHUNGTHUC_PULL không dùng được; vui lòng sửa."

    def __init__(self, why: str = "") -> None:
        super().__init__(why)
        self.why = why
