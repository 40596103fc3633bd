"""Text of a delivery in; whether it was written in an encoding of before Unicode, and in which, out.

Old files come as TCVN3 (ABC), VNI or Windows-1258. A name is never guessed back: evidence is named, and the
row is refused, because a wrong letter in a record makes another person of it.
"""

import codecs
import re
import unicodedata
from typing import Final

TCVN3: Final = "TCVN3 (ABC)"
VNI: Final = "VNI"
WINDOWS_1258: Final = "Windows-1258"

# TCVN3: a capital of Latin-1 behind a small letter ("NguyÔn"), or a sign where only a letter can stand. A
# trademark's sign at the end of a word is none.
# Every pattern begins with the rarer letter and looks back from it, which is ten times as quick; most texts
# are asked once, for either.
_TCVN3_BACK: Final = (
    r"(?<=[a-z\u00df-\u00ff][\u00c0-\u00de])|(?<=[^\W\d_][¨ª¬µ¶·¸¹»¼½¾])|(?<=[®§])(?=[^\W\d_])"
    r"|(?<=[^\W\d_]©)(?=[^\W\d_])"
)
_TCVN3: Final = re.compile(rf"[\u00c0-\u00de¨ª¬µ¶·¸¹»¼½¾®§©](?:{_TCVN3_BACK})")
# VNI: a vowel and, as a letter of its own, its mark. Pairs that true names have (hoà, Joël) are left out.
_VNI_BACK: Final = (
    r"(?<=[aeouyAEOUY][ïøûÏØÛ])|(?<=[aeAE][âåäãáàõùÂÅÄÃÁÀÕÙ])|(?<=[oO][âåäÂÅÄ])|(?<=[aA][êëÊË])"
)
_VNI: Final = re.compile(rf"[ïøûâåäãáàõùêëÏØÛÂÅÄÃÁÀÕÙÊË](?:{_VNI_BACK})")
_EITHER: Final = re.compile(rf"[\u00c0-\u00de¨ª¬µ¶·¸¹»¼½¾®§©ïøûâåäãáàõùêë](?:{_TCVN3_BACK}|{_VNI_BACK})")
_MARKS: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_VIETNAMESE: Final = frozenset(
    unicodedata.normalize("NFC", base + mark) for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for mark in ("", *_MARKS)
) | frozenset("bcdđghklmnpqrstvxfjwzBCDĐGHKLMNPQRSTVXFJWZ")


def encoding_of(start: bytes) -> str:
    """The codec of a file by its first bytes: what its byte order mark says, else UTF-8."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig"


def old_letters(text: str) -> str | None:
    """Which old encoding a Unicode text shows, its bytes having been taken for Latin ones; None if none."""
    if text.isascii() or not _EITHER.search(text):
        return None
    if _TCVN3.search(text):
        return TCVN3
    return VNI if _VNI.search(text) else None


def old_encoding(raw: bytes) -> str | None:
    """Which old encoding explains bytes that are no UTF-8; None when none does beyond doubt."""
    if _is_windows_1258(raw):
        return WINDOWS_1258
    return old_letters(raw.decode("latin-1"))


def _is_windows_1258(raw: bytes) -> bool:
    try:
        text = raw.decode("cp1258")
    except UnicodeDecodeError:
        return False
    if not _MARKS & set(text):
        return False
    letters = {letter for letter in unicodedata.normalize("NFC", text) if ord(letter) > 127}
    return letters <= _VIETNAMESE
