"""Pictures made to break a reader, by name: headers that lie, parts that unpack without end."""

import io
import struct
import zlib

from PIL import Image

from tests.ocr.drawing import as_bytes, sheet

_SMALL = (200, 200)


def _small() -> Image.Image:
    return sheet(("MẪU",), size=_SMALL)


# -- pixels without end ----------------------------------------------------------------------------


def jpeg_bomb() -> bytes:
    """A small photo whose header says 65,500 x 65,500 pixels."""
    content = as_bytes(_small(), "JPEG")
    frame = content.index(b"\xff\xc0") + 5
    return content[:frame] + struct.pack(">HH", 65_500, 65_500) + content[frame + 4 :]


def webp_bomb() -> bytes:
    """An extended WebP that says 16,384 x 16,384 pixels."""
    wide = struct.pack("<I", 16_383)[:3]
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + bytes(4) + wide + wide
    body += as_bytes(_small(), "WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


def tiff_bomb() -> bytes:
    """A TIFF of 100,000 x 100,000 pixels in 200 bytes."""
    return _tiff([(256, 4, 100_000), (257, 4, 100_000), *_PLAIN])


def many_samples_tiff() -> bytes:
    """A TIFF with 65,535 colours a pixel."""
    return _tiff([(256, 4, 1000), (257, 4, 1000), *_PLAIN, (277, 3, 65_535)])


def empty_tiff() -> bytes:
    """A TIFF of no pixels at all."""
    return _tiff([(256, 4, 0), (257, 4, 0), *_PLAIN])


def flat_png() -> bytes:
    """59 megapixels of one colour in 60 kB: allowed, and no reason to take long."""
    return as_bytes(Image.new("L", (7700, 7700), 255), "PNG", optimize=False)


def packed_tiff() -> bytes:
    """59 megapixels packed a thousandfold."""
    return as_bytes(Image.new("L", (7700, 7700), 255), "TIFF", compression="tiff_adobe_deflate")


# -- pages without end -----------------------------------------------------------------------------


def tiff_that_goes_round() -> bytes:
    """The page after the first is the first."""
    content = bytearray(_tiff([(256, 4, 8), (257, 4, 8), *_PLAIN]))
    count = struct.unpack_from("<H", content, 8)[0]
    struct.pack_into("<I", content, 10 + 12 * count, 8)
    return bytes(content)


def tiff_of_ten_thousand_pages() -> bytes:
    """Ten thousand directories, each of one tiny page."""
    entries = [(256, 4, 1), (257, 4, 1), *_PLAIN]
    size = 2 + 12 * len(entries) + 4
    out = bytearray(b"II*\0" + struct.pack("<I", 8))
    for page in range(10_000):
        after = 8 + (page + 1) * size if page < 9_999 else 0
        out += _directory(entries, after)
    return bytes(out)


def animated_webp() -> bytes:
    """Two hundred pictures in turn; a paper does not move, so it is the first."""
    stills = [Image.new("RGB", _SMALL, (number, 255, 255)) for number in range(200)]
    stream = io.BytesIO()
    stills[0].save(stream, "WEBP", save_all=True, append_images=stills[1:])
    return stream.getvalue()


def animated_png() -> bytes:
    stills = [Image.new("RGB", _SMALL, (number, 255, 255)) for number in range(200)]
    stream = io.BytesIO()
    stills[0].save(stream, "PNG", save_all=True, append_images=stills[1:])
    return stream.getvalue()


# -- what stands beside the pixels -----------------------------------------------------------------


def profile_bomb_png() -> bytes:
    """A colour profile of 60 kB that unpacks to 60 MB."""
    return _with_chunk(b"iCCP", b"MAU\0\0" + zlib.compress(bytes(60_000_000), 9))


def text_bomb_png() -> bytes:
    """A hundred comments that unpack to 60 MB each."""
    comment = _chunk(b"zTXt", b"MAU\0\0" + zlib.compress(b" " * 60_000_000, 9))
    plain = as_bytes(_small())
    return plain[:33] + comment * 100 + plain[33:]


def large_exif_jpeg() -> bytes:
    """A photo with as much EXIF data as can be, none of it sense."""
    return as_bytes(_small(), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0" + bytes(range(256)) * 255)


def exif_that_goes_round_jpeg() -> bytes:
    """The directory that EXIF data lead to is the one that leads to it."""
    pointer = struct.pack("<HHII", 0x8769, 4, 1, 8)
    directory = struct.pack("<H", 1) + pointer + struct.pack("<I", 8)
    return as_bytes(_small(), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0" + directory)


def turned_to_nowhere_jpeg() -> bytes:
    """EXIF data that turn the picture by a number that means nothing."""
    exif = Image.Exif()
    exif[0x0112] = 9_999
    return as_bytes(_small(), "JPEG", exif=exif)


def resolution_of_nothing_png() -> bytes:
    """Says how many pixels a metre has: all of them."""
    return _with_chunk(b"pHYs", struct.pack(">IIB", 2**32 - 1, 0, 1))


# -- two things at once ----------------------------------------------------------------------------


def jpeg_with_a_pdf_behind() -> bytes:
    """A photo to one reader, a document to another: it is what its first bytes say."""
    return as_bytes(_small(), "JPEG") + b"%PDF-1.7\n" + bytes(1000)


def pdf_that_begins_as_a_picture() -> bytes:
    """The first bytes of a PNG, then a PDF."""
    return b"\x89PNG\r\n\x1a\n%PDF-1.7\n1 0 obj<<>>endobj"


def web_page() -> bytes:
    return b"<!DOCTYPE html><script>alert('MAU')</script>"


def drawing_by_formula() -> bytes:
    """An SVG that reads a file of the machine."""
    return b"""<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>"""


def printer_program() -> bytes:
    """EPS is a program, and Pillow would hand it to Ghostscript."""
    return b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n"


def nothing_but_zeros() -> bytes:
    return bytes(1_000_000)


_PLAIN = [(258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (279, 4, 1)]
"""Tags of a grey TIFF without compression: bits, compression, meaning, where the pixels are, how many."""


def _tiff(entries: list[tuple[int, int, int]]) -> bytes:
    return b"II*\0" + struct.pack("<I", 8) + _directory(sorted(entries), 0) + bytes(100)


def _directory(entries: list[tuple[int, int, int]], after: int) -> bytes:
    lines = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return struct.pack("<H", len(entries)) + lines + struct.pack("<I", after)


def _with_chunk(name: bytes, body: bytes) -> bytes:
    plain = as_bytes(_small())
    return plain[:33] + _chunk(name, body) + plain[33:]


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
