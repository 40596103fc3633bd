"""Text as a reader or a PDF gives it in, the same in Vietnamese letters out."""

import unicodedata

# The Icelandic eth is drawn like the Vietnamese Đ, and Tesseract and old PDF fonts give it in its place; no
# Vietnamese paper holds one. (The lower-case letters look different and are not exchanged.)
_SAME_GLYPH = str.maketrans("Ð", "Đ")


def in_vietnamese(text: str) -> str:
    """NFC, one space between words, Đ for the eth of the same shape."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_SAME_GLYPH).split())
