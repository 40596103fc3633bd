"""Bytes in, a `Document` out: the only place where a file is accepted or refused."""

import hashlib
import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from PIL import Image

from ocr import pdf
from ocr.errors import (
    EmptyFileError,
    FileDamagedError,
    FileTooLargeError,
    FileTypeNotAcceptedError,
    NoPagesError,
    PageTooLargeError,
    TooManyPagesError,
)
from ocr.model import Digest, Document, Limits, MediaType

_FORMATS = {
    MediaType.JPEG: ("JPEG", "MPO"),
    MediaType.PNG: ("PNG",),
    MediaType.WEBP: ("WEBP",),
    MediaType.TIFF: ("TIFF",),
    MediaType.HEIC: ("HEIF",),
}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# Readers look for a PDF's header anywhere in the first 1,024 bytes, so that an archive with a PDF in it is
# one too; here only white space and a byte order mark may stand before it.
_BEFORE_A_PDF = b"\xef\xbb\xbf \t\r\n\f\0"


def take_in(content: bytes, limits: Limits) -> Document:
    """Accept a file, told by its content and never by its name, or say why not.

    1. It has bytes, and not too many. 2. Its first bytes are of an accepted kind. 3. It opens as that
    kind. 4. It has pages, not too many, none too large; sizes are those that the file declares, looked
    at before anything is decoded. 5. Pictures decode to the end, so that a cut file is refused here.
    The bytes are kept as they came. Raises the errors of `ocr.errors`.
    """
    if not content:
        raise EmptyFileError
    if len(content) > limits.max_bytes:
        raise FileTooLargeError
    media_type = _sniff(content)
    if media_type is MediaType.PDF:
        pdf.check(content, limits)
    else:
        _check_picture(content, media_type, limits)
    return Document(Digest(hashlib.sha256(content).hexdigest()), media_type, content)


def _sniff(content: bytes) -> MediaType:
    head = content[:16]
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return MediaType.WEBP
    if head[:4] in (b"II*\0", b"MM\0*"):
        return MediaType.TIFF
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return MediaType.HEIC
    if content[:1024].lstrip(_BEFORE_A_PDF).startswith(b"%PDF-"):
        return MediaType.PDF
    raise FileTypeNotAcceptedError


# Pillow documents OSError alone; its decoders check little, and hostile bytes bring out any of these.
_THROWN_BY_DECODERS = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)


@contextmanager
def open_picture(content: bytes, media_type: MediaType) -> Iterator[Image.Image]:
    """The picture opened as exactly this kind; whatever Pillow throws becomes `FileDamagedError`.

    Pillow's own guard against bombs is a warning on a global limit; sizes are checked by the caller.
    """
    if media_type is MediaType.HEIC:
        _learn_heic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=_FORMATS[media_type]) as picture:
                yield picture
    except Image.DecompressionBombError as bomb:
        raise PageTooLargeError from bomb
    except _THROWN_BY_DECODERS as broken:
        raise FileDamagedError from broken


def frame_count(picture: Image.Image) -> int:
    """Pages of a TIFF; every other kind of picture is one page (the second picture of an MPO is depth)."""
    return int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1


@cache
def _learn_heic() -> None:
    # pi_heif decodes only; pillow-heif's wheel carries the encoder x265, which is GPL-2.
    from pi_heif import register_heif_opener  # noqa: PLC0415 - heavy, and most files are not HEIC

    register_heif_opener(thumbnails=False)


def _check_picture(content: bytes, media_type: MediaType, limits: Limits) -> None:
    with open_picture(content, media_type) as picture:
        frames = frame_count(picture)
        if frames == 0:
            raise NoPagesError
        if frames > limits.max_pages:
            raise TooManyPagesError
        for frame in range(frames):
            picture.seek(frame)
            if picture.width * picture.height > limits.max_pixels:
                raise PageTooLargeError
            picture.load()
