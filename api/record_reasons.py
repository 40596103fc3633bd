"""Why a row of a delivery was rejected, in English, in; the same in Vietnamese out."""

import re
from typing import Final

from verification.errors import RecordRowError

_OF_ALL: Final = (
    (r"not a JSON object", "không phải một đối tượng JSON"),
    (
        r"neither a number nor a name with a full birth date",
        "không có số, cũng không có tên kèm ngày sinh đầy đủ",
    ),
    (r"the record's id is longer than (\d+) letters", "mã bản ghi dài hơn {0} ký tự"),
    (r"a name or a number is longer than (\d+) letters", "có tên hoặc số dài hơn {0} ký tự"),
    (r"longer than (\d+) letters", r"dài hơn {0} ký tự"),
    (r"not a CSV row: (.*)", "không phải một dòng CSV ({0})"),
    (r"(\d+) cells where the head names (\d+)", "có {0} ô trong khi dòng tiêu đề có {1} cột"),
    (
        r"not UTF-8: it is written in (.+); convert the file first",
        "không phải UTF-8 mà viết bằng {0}; vui lòng chuyển mã tệp trước",
    ),
    (
        r"not UTF-8: its encoding is not known; convert the file first",
        "không phải UTF-8, không rõ bảng mã; vui lòng chuyển mã tệp trước",
    ),
)
"""Of a whole row."""
_OF_ONE: Final = (
    (r"is missing", "bị thiếu"),
    (r"stands twice", "được ghi hai lần"),
    (r"stands both for a value and for a group", "vừa là một giá trị vừa là một nhóm"),
    (r"is neither text nor number", "không phải chữ hoặc số"),
    (r"is not a text", "không phải chữ"),
    (r"is not an ISO 8601 time", "không phải thời điểm dạng ISO 8601"),
    (r"is neither true nor false", "không phải true hoặc false"),
    (r"has signs that no text has", "có ký tự không thể có trong văn bản"),
    (r"has spaces", "có dấu cách"),
    (r"lies after the delivery", "muộn hơn thời điểm của tệp dữ liệu"),
    (r"lies before (\d+)", "sớm hơn năm {0}"),
    (
        r"is written in (.+); convert the file to Unicode first",
        "viết bằng {0}; vui lòng chuyển tệp sang Unicode trước",
    ),
    (r"is no date of the calendar", "không phải ngày có trong lịch"),
    (
        r"is neither a date of the calendar nor unlimited",
        "không phải ngày có trong lịch, cũng không phải không thời hạn",
    ),
    (r"is neither male nor female", "không phải nam hoặc nữ"),
    (r"is no name: it has a digit", "không phải tên: có chữ số"),
    (r"is no number: it has no digit", "không phải số: không có chữ số nào"),
    (
        r"is no personal number: it has not twelve digits",
        "không phải số định danh cá nhân: không đủ 12 chữ số",
    ),
    (
        r"is no personal number: no province has its first three digits",
        "không phải số định danh cá nhân: không có tỉnh nào mang ba chữ số đầu",
    ),
    (
        r"is no personal number: its year of birth has not come yet",
        "không phải số định danh cá nhân: năm sinh ở tương lai",
    ),
)
"""Of the value under one name, which stands before."""


def reason_vi(detail: str) -> str:
    """What is known of it; of words that are not known, that the row has not the form it should have."""
    for pattern, words in _OF_ALL:
        if found := re.fullmatch(pattern, detail, re.DOTALL):
            return words.format(*found.groups())
    for pattern, words in _OF_ONE:
        if found := re.fullmatch(rf"(\S+) {pattern}", detail, re.DOTALL):
            name, *parts = found.groups()
            return f"{name} {words.format(*parts)}"
    return RecordRowError.message_vi
