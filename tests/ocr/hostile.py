"""Files made to break a reader, by name: what each would do to a careless one stands beside it."""

import io
import struct
import zlib

import pikepdf

from tests.ocr.drawing import as_bytes, blank_pdf, saved, sheet


def truncated_jpeg() -> bytes:
    """Ends in the middle of the picture."""
    return as_bytes(sheet(), "JPEG")[:9000]


def png_bomb() -> bytes:
    """Says 100,000 x 100,000 pixels in its header: 30 GB when decoded."""
    return _png_that_says(100_000)


def large_png() -> bytes:
    """A header of 9,000 x 9,000 pixels: below Pillow's own alarm, above 60 megapixels."""
    return _png_that_says(9_000)


def unpacking_pdf() -> bytes:
    """A content stream of 200 kB that unpacks to 200 MB."""
    return _drawing(zlib.compress(b" " * 200_000_000, 9), pikepdf.Name.FlateDecode)


def doubling_pdf() -> bytes:
    """Forms that each draw the next one ten times, nine deep: a milliard drawings in 3 kB."""
    with pikepdf.new() as opened:
        form = _form(opened, b"0 0 1 1 re f", None)
        for _ in range(9):
            form = _form(opened, b"/X Do " * 10, form)
        return _drawn_by_a_page(opened, form)


def form_that_draws_itself_pdf() -> bytes:
    """A reader that follows it never comes back."""
    with pikepdf.new() as opened:
        form = _form(opened, b"/X Do /X Do", None)
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        return _drawn_by_a_page(opened, form)


def page_tree_loop_pdf() -> bytes:
    """The page tree is its own child."""
    with pikepdf.new() as opened:
        opened.add_blank_page()
        opened.Root.Pages.Kids = pikepdf.Array([opened.Root.Pages])
        return saved(opened)


def huge_picture_pdf() -> bytes:
    """A small page with a picture of 50,000 x 50,000 pixels."""
    with pikepdf.new() as opened:
        picture = pikepdf.Stream(opened, zlib.compress(b"\0" * 1000))
        picture.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=50_000, Height=50_000,
                BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceGray, Filter=pikepdf.Name.FlateDecode,
            )
        )  # fmt: skip
        return _drawn_by_a_page(opened, picture)


def huge_page_pdf() -> bytes:
    """A page of 200 x 200 metres."""
    with pikepdf.new() as opened:
        opened.add_blank_page()
        opened.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 570_000, 570_000])
        return saved(opened)


def locked_pdf() -> bytes:
    return blank_pdf(encryption=pikepdf.Encryption(user="mật khẩu", owner="chủ"))


def cut_pdf() -> bytes:
    """Only the first bytes of a PDF."""
    return blank_pdf()[:60]


def pdf_without_pages() -> bytes:
    with pikepdf.new() as opened:
        return saved(opened)


def tiff_of_pages(count: int) -> bytes:
    pages = [sheet((f"MẪU {number}",), size=(200, 200)) for number in range(count)]
    stream = io.BytesIO()
    pages[0].save(stream, "TIFF", save_all=True, append_images=pages[1:])
    return stream.getvalue()


def _png_that_says(side: int) -> bytes:
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(999))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _drawing(packed: bytes, how: pikepdf.Name) -> bytes:
    with pikepdf.new() as opened:
        opened.add_blank_page(page_size=(200, 200))
        stream = pikepdf.Stream(opened, packed)
        stream.Filter = how
        opened.pages[0].obj.Contents = stream
        return saved(opened)


def _form(opened: pikepdf.Pdf, content: bytes, draws: pikepdf.Object | None) -> pikepdf.Object:
    form = pikepdf.Stream(opened, content)
    form.update(
        pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=pikepdf.Array([0, 0, 1, 1])
        )
    )
    if draws is not None:
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=draws))
    return opened.make_indirect(form)


def _drawn_by_a_page(opened: pikepdf.Pdf, drawn: pikepdf.Object) -> bytes:
    opened.add_blank_page(page_size=(200, 200))
    page = opened.pages[0].obj
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=opened.make_indirect(drawn)))
    page.Contents = pikepdf.Stream(opened, b"/X Do")
    return saved(opened)
