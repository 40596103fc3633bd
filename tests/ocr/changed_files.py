"""Small valid files in, files that are nearly so out: what hypothesis changes in them."""

import io
import struct
from collections.abc import Callable

import pillow_heif
from hypothesis import strategies as st

from tests.ocr import hostile, hostile_pdfs, hostile_pictures
from tests.ocr.drawing import as_bytes, blank_pdf, changed_pdf, sheet, text_pdf

Change = Callable[[bytes], bytes]

_PAPER = sheet(("MẪU",), size=(120, 80))


def _heic() -> bytes:
    stream = io.BytesIO()
    pillow_heif.from_pillow(_PAPER).save(stream)
    return stream.getvalue()


SEEDS = {
    "heic": _heic(),
    "png": as_bytes(_PAPER),
    "jpeg": as_bytes(_PAPER, "JPEG", dpi=(200, 200)),
    "webp": as_bytes(_PAPER, "WEBP"),
    "tiff": as_bytes(_PAPER, "TIFF"),
    "packed tiff": as_bytes(_PAPER, "TIFF", compression="tiff_lzw"),
    "tiff pages": hostile.tiff_of_pages(2),
    "turned jpeg": hostile_pictures.turned_to_nowhere_jpeg(),
    "moving webp": as_bytes(_PAPER, "WEBP", save_all=True, append_images=[_PAPER] * 2),
    "pdf": blank_pdf(2),
    "pdf text": text_pdf(("MẪU",)),
    "pdf crop": changed_pdf(blank_pdf(), rotate=90, crop=(10, 10, 90, 90)),
    "pdf picture": as_bytes(_PAPER, "PDF"),
    "pdf words": hostile_pdfs.marked_words_pdf("MẪU"),
    "pdf fields": hostile_pdfs.fields_that_go_round_pdf(),
    "pdf names": hostile_pdfs.names_that_go_round_pdf(),
}
_NUMBERS = (b"0", b"-1", b"2147483647", b"4294967295", b"99999999999999999999", b"1e39", b".", b"null")
_WORDS = (b"/Kids", b"/Contents", b"/Length", b"/Filter", b"/Parent", b"/MediaBox", b"/Resources", b"/Type")


def changed_files() -> st.SearchStrategy[bytes]:
    """One of the seeds after one to four changes."""
    return st.builds(_after, st.sampled_from(sorted(SEEDS)), st.lists(_changes(), min_size=1, max_size=4))


def _after(name: str, changes: list[Change]) -> bytes:
    content = SEEDS[name]
    for change in changes:
        content = change(content)
    return content


def _changes() -> st.SearchStrategy[Change]:
    place, size = st.floats(0, 1), st.integers(1, 64)
    return st.one_of(
        st.builds(_flipped, place, st.integers(1, 255)),
        st.builds(_without, place, size),
        st.builds(_repeated, place, size),
        st.builds(_moved, place, place, size),
        st.builds(_cut, place),
        st.builds(_length_set, place, st.sampled_from((0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF))),
        st.builds(_number_set, place, st.sampled_from(_NUMBERS)),
        st.builds(_word_set, place, st.sampled_from(_WORDS)),
    )


def _at(content: bytes, place: float) -> int:
    return int(place * max(len(content) - 1, 0))


def _flipped(place: float, bits: int) -> Change:
    def change(content: bytes) -> bytes:
        at = _at(content, place)
        return content[:at] + bytes(byte ^ bits for byte in content[at : at + 1]) + content[at + 1 :]

    return change


def _without(place: float, size: int) -> Change:
    return lambda content: content[: _at(content, place)] + content[_at(content, place) + size :]


def _repeated(place: float, size: int) -> Change:
    def change(content: bytes) -> bytes:
        at = _at(content, place)
        return content[:at] + content[at : at + size] * 20 + content[at + size :]

    return change


def _moved(place: float, other: float, size: int) -> Change:
    """A piece put over another: chunks in the wrong order, ids that lead elsewhere."""

    def change(content: bytes) -> bytes:
        at, to = _at(content, place), _at(content, other)
        return content[:to] + content[at : at + size] + content[to + size :]

    return change


def _cut(place: float) -> Change:
    return lambda content: content[: _at(content, place)]


def _length_set(place: float, value: int) -> Change:
    """Four bytes that may be a length, in both orders of bytes."""

    def change(content: bytes) -> bytes:
        at = _at(content, place)
        return content[:at] + struct.pack("<I" if at % 2 else ">I", value) + content[at + 4 :]

    return change


def _number_set(place: float, number: bytes) -> Change:
    """The next run of digits becomes another number, or no number."""

    def change(content: bytes) -> bytes:
        at = _at(content, place)
        start = next((i for i in range(at, len(content)) if content[i : i + 1].isdigit()), len(content))
        end = next((i for i in range(start, len(content)) if not content[i : i + 1].isdigit()), len(content))
        return content[:start] + number + content[end:]

    return change


def _word_set(place: float, word: bytes) -> Change:
    """The next name of a PDF becomes another."""

    def change(content: bytes) -> bytes:
        at = content.find(b"/", _at(content, place))
        if at < 0:
            return content
        end = next((i for i in range(at + 1, len(content)) if not content[i : i + 1].isalnum()), len(content))
        return content[:at] + word + content[end:]

    return change
