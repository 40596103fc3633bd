"""PDFs made to break a reader, by name: written byte for byte, as no library would write them."""

import zlib
from collections.abc import Mapping

import pikepdf

from tests.ocr.drawing import blank_pdf

_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<>>>>"
_SEVERAL = 100


def written_pdf(objects: Mapping[int, bytes], *, trailer: bytes = b"") -> bytes:
    """A catalogue in object 1, its page tree in 2, a page in 3 and its content in 4, unless given."""
    whole = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: _PAGE,
        4: stream(b"0 g 10 10 50 50 re f"),
        **objects,
    }
    out, places = bytearray(b"%PDF-1.7\n"), dict[int, int]()
    for number, body in sorted(whole.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    out += b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in places.items())
    size = max(places) + 1
    out += b"trailer\n<</Root 1 0 R/Size %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(content), extra, content)


def packed(content: bytes, times: int = 1) -> bytes:
    """A stream packed several times over: each time it unpacks a thousandfold."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    return stream(content, b"/Filter[%b]" % (b"/FlateDecode" * times))


# -- pages without end -----------------------------------------------------------------------------


def one_page_again_and_again_pdf() -> bytes:
    """A page tree that names the same page a hundred thousand times."""
    return written_pdf({2: b"<</Type/Pages/Kids[%b]/Count 100000>>" % (b"3 0 R " * 100_000)})


def page_tree_of_ten_milliards_pdf() -> bytes:
    """Ten levels of page tree, each naming the next ten times."""
    tree = {
        level: b"<</Type/Pages/Count 1/Kids[%b]>>" % (b"%d 0 R " % (level + 1) * 10)
        for level in range(10, 20)
    }
    return written_pdf({2: b"<</Type/Pages/Count 1/Kids[10 0 R]>>", **tree, 20: _PAGE})


def page_tree_that_goes_down_for_ever_pdf() -> bytes:
    """Twenty thousand levels of page tree, one below the other."""
    last = 20_010
    tree = {n: b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (n + 1) for n in range(10, last)}
    return written_pdf({2: b"<</Type/Pages/Count 1/Kids[10 0 R]>>", **tree, last: _PAGE})


def page_count_that_lies_pdf() -> bytes:
    """Says that it has a milliard pages; there is one."""
    return written_pdf({2: b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>"})


def negative_page_count_pdf() -> bytes:
    return written_pdf({2: b"<</Type/Pages/Kids[3 0 R]/Count -5>>"})


# -- things in things in things --------------------------------------------------------------------


def deep_arrays_pdf() -> bytes:
    """Arrays a hundred thousand deep: a reader that calls itself for each runs out of stack."""
    return written_pdf({5: b"[" * 100_000 + b"]" * 100_000}, trailer=b"/Info 5 0 R")


def deep_dictionaries_pdf() -> bytes:
    return written_pdf({5: b"<</A" * 100_000 + b" 1" + b">>" * 100_000}, trailer=b"/Info 5 0 R")


def deep_content_pdf() -> bytes:
    """The same in what a page draws."""
    return written_pdf({4: stream(b"[" * 200_000 + b"]" * 200_000 + b" TJ")})


def saving_without_end_pdf() -> bytes:
    """A page that saves its state a million times and never takes it back."""
    return written_pdf({4: packed(b"q " * 1_000_000)})


def resources_that_contain_themselves_pdf() -> bytes:
    return written_pdf({
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources 5 0 R>>",
        5: b"<</XObject 5 0 R/Font 5 0 R/Resources 5 0 R/X 5 0 R>>",
        4: stream(b"/XObject Do /X Do BT /Font 12 Tf (MAU) Tj ET"),
    })  # fmt: skip


def parent_of_itself_pdf() -> bytes:
    """What a page inherits is looked for without end: its parent is itself."""
    return written_pdf({3: b"<</Type/Page/Parent 3 0 R/Contents 4 0 R>>"})


def length_that_is_itself_pdf() -> bytes:
    """The length of a stream stands in the stream."""
    return written_pdf({4: b"<</Length 4 0 R>>\nstream\n0 g\nendstream"})


def names_that_go_round_pdf() -> bytes:
    """A tree of names whose branches lead back to its root."""
    names = b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 5 0 R/JavaScript 5 0 R>>/Outlines 6 0 R>>"
    return written_pdf({
        1: names,
        5: b"<</Kids[5 0 R 5 0 R]>>",
        6: b"<</First 6 0 R/Last 6 0 R/Next 6 0 R/Parent 6 0 R>>",
    })  # fmt: skip


def fields_that_go_round_pdf() -> bytes:
    """A form field that is its own child and its own parent."""
    return written_pdf({
        1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]>>>>",
        3: _PAGE[:-2] + b"/Annots[5 0 R]>>",
        5: b"<</Subtype/Widget/FT/Tx/T(MAU)/Rect[0 0 9 9]/Kids[5 0 R]/Parent 5 0 R>>",
    })  # fmt: skip


# -- small files that unpack to large ones ---------------------------------------------------------


def twice_packed_pdf() -> bytes:
    """200 MB of spaces, packed twice: 600 bytes."""
    return written_pdf({4: packed(b" " * 200_000_000, 2)})


def many_large_streams_pdf() -> bytes:
    """A page of a hundred streams, each below the bound, of 2 GB together."""
    names = b" ".join(b"%d 0 R" % n for n in range(10, 10 + _SEVERAL))
    one = packed(b" " * 20_000_000)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<<>>/Contents[%b]>>" % names
    return written_pdf({3: page, **dict.fromkeys(range(10, 10 + _SEVERAL), one)})


def packed_objects_pdf() -> bytes:
    """A compressed object stream that unpacks to 200 MB."""
    inside = b"5 0 <</MAU 1>>" + b" " * 200_000_000
    body = packed(inside).replace(b"<<", b"<</Type/ObjStm/N 1/First 4", 1)
    return written_pdf({6: body})


def small_picture_of_much_pdf() -> bytes:
    """A picture of 10 x 10 pixels whose stream unpacks to 500 MB."""
    return _with_picture(b"/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8", b"\0" * 500_000_000)


def flat_picture_pdf() -> bytes:
    """A picture of 59 megapixels in 60 kB: allowed, and no reason to take long."""
    return _with_picture(
        b"/Width 7700/Height 7700/ColorSpace/DeviceGray/BitsPerComponent 8", b"\xff" * 59_290_000
    )


def one_large_picture_many_times_pdf() -> bytes:
    """The same 59 megapixels drawn five hundred times over."""
    return _with_picture(
        b"/Width 7700/Height 7700/ColorSpace/DeviceGray/BitsPerComponent 8", b"\xff" * 59_290_000, times=500
    )


def inline_picture_that_lies_pdf() -> bytes:
    """A picture in the content itself that says 50,000 x 50,000 and has four bytes."""
    return written_pdf({4: stream(b"q 100 0 0 100 0 0 cm BI /W 50000 /H 50000 /CS /G /BPC 8 ID 0000 EI Q")})


def pattern_of_a_milliard_tiles_pdf() -> bytes:
    """Tiles of a thousandth of a point over the whole page."""
    cell = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .001/YStep .001"
    return written_pdf({
        3: _PAGE.replace(b"/Resources<<>>", b"/Resources<</Pattern<</P 5 0 R>>>>"),
        4: stream(b"/Pattern cs /P scn 0 0 200 200 re f"),
        5: stream(b"0 0 1 1 re f", cell + b"/Resources<<>>"),
    })  # fmt: skip


def shading_by_a_slow_function_pdf() -> bytes:
    """A colour that a program of ten thousand steps works out for every pixel."""
    program = b"{" + b"dup mul 1 add sqrt " * 10_000 + b"pop dup dup}"
    shading = (
        b"<</ShadingType 1/ColorSpace/DeviceRGB/Domain[0 1 0 1]/Matrix[200 0 0 200 0 0]/Function 6 0 R>>"
    )
    return written_pdf({
        3: _PAGE.replace(b"/Resources<<>>", b"/Resources<</Shading<</S 5 0 R>>>>"),
        4: stream(b"/S sh"),
        5: shading,
        6: stream(program, b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]"),
    })  # fmt: skip


def strokes_without_number_pdf() -> bytes:
    """Curves, dashed, wide and across the whole page, more than any paper has."""
    return written_pdf({4: packed(b"[.01 .01] 0 d 50 w " + b"0 0 m 200 0 0 200 200 200 c S " * 300_000)})


def annotations_without_number_pdf() -> bytes:
    """Each with a look of its own to be drawn: the content of the page is not all that is drawn."""
    look = stream(b"0 g 0 0 200 200 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]")
    note = b"<</Type/Annot/Subtype/Stamp/F 4/Rect[0 0 200 200]/AP<</N 6 0 R>>>>"
    notes = b"[%b]" % (b"5 0 R " * 100_000)
    return written_pdf({3: _PAGE[:-2] + b"/Annots 7 0 R>>", 5: note, 6: look, 7: notes})


def heavy_annotation_pdf() -> bytes:
    """The bomb lies in the look of an annotation, which is drawn too."""
    look = packed(b"0 0 m 200 0 0 200 200 200 c S " * 5_000_000).replace(
        b"<<", b"<</Type/XObject/Subtype/Form/BBox[0 0 200 200]", 1
    )
    note = b"<</Type/Annot/Subtype/Stamp/F 4/Rect[0 0 200 200]/AP<</N 6 0 R>>>>"
    return written_pdf({3: _PAGE[:-2] + b"/Annots[5 0 R]>>", 5: note, 6: look})


# -- damaged and dishonest -------------------------------------------------------------------------


def table_that_points_to_itself_pdf() -> bytes:
    """The previous cross-reference table is this one."""
    whole = written_pdf({})
    start = whole.rpartition(b"startxref\n")[2].partition(b"\n")[0]
    return written_pdf({}, trailer=b"/Prev %b" % start)


def table_that_lies_pdf() -> bytes:
    """Every object is said to be somewhere else."""
    return written_pdf({}).replace(b" 00000 n", b"9 00000 n")


def stream_without_end_pdf() -> bytes:
    """Its only page's content is said to be two gigabytes long, and the file ends in it."""
    whole = written_pdf({})
    return whole[: whole.index(b"endstream")].replace(b"/Length 20", b"/Length 2147483647")


def broken_stream_pdf() -> bytes:
    """Bytes that are no compressed data where compressed data should be."""
    return written_pdf({4: stream(bytes(range(256)) * 40, b"/Filter/FlateDecode")})


def everything_of_the_wrong_type_pdf() -> bytes:
    """Numbers where dictionaries should be, names where numbers should be."""
    page = b"<</Type/Page/Parent(2)/MediaBox[/a(b)<<>>null]/Contents 7/Resources[]/Annots 3/Rotate(x)>>"
    return written_pdf({1: b"<</Type/Catalog/Pages 2 0 R/Names 1/AcroForm[]/OCProperties(x)>>", 3: page})


def box_without_numbers_pdf() -> bytes:
    """A page as wide as no number can say."""
    return written_pdf({3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e40 -1e40]/Contents 4 0 R>>"})


def pdf_in_an_email() -> bytes:
    """A PDF that begins after other text."""
    return b"From: mau@example.invalid\r\nSubject: MAU\r\n\r\n" + blank_pdf()


def pdf_and_more() -> bytes:
    """A PDF with a web page behind it: still that PDF."""
    return blank_pdf() + b"\n<html><script>alert('MAU')</script></html>" * 100


def locked_for_the_owner_pdf() -> bytes:
    """Anybody may open it; only changing it needs a password."""
    return blank_pdf(encryption=pikepdf.Encryption(user="", owner="chủ"))


def widths_without_end_pdf() -> bytes:
    """A font that gives the width of two milliard glyphs. Found by changing numbers in files: 23 GB."""
    glyphs = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/M/CIDSystemInfo<<>>/W[0 2147483647 600]>>"
    return _with_font(b"/Subtype/Type0/BaseFont/M/Encoding/Identity-H/DescendantFonts[6 0 R]", {6: glyphs})


def upright_widths_without_end_pdf() -> bytes:
    glyphs = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/M/CIDSystemInfo<<>>/W2[0 2147483647 1 2 3]>>"
    return _with_font(b"/Subtype/Type0/BaseFont/M/Encoding/Identity-V/DescendantFonts[6 0 R]", {6: glyphs})


def letters_without_end_pdf() -> bytes:
    """A table of letters that goes through all numbers of four bytes."""
    table = stream(b"begincmap 1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange endcmap end end")
    return _with_font(b"/Subtype/Type1/BaseFont/Courier/ToUnicode 6 0 R", {6: table})


def many_letters_pdf() -> bytes:
    """Ten thousand ranges of all numbers of two bytes."""
    table = packed(b"begincmap 1 beginbfrange" + b"<0000> <FFFF> <0041> " * 10_000 + b"endbfrange endcmap")
    return _with_font(b"/Subtype/Type1/BaseFont/Courier/ToUnicode 6 0 R", {6: table})


def marked_words_pdf(words: str) -> bytes:
    """A page whose text layer is these words, whatever letters they have."""
    units = words.encode("utf-16-be")
    codes = [units[i : i + 2].hex().upper() for i in range(0, len(units), 2)]
    table = "".join(f"<{n:02X}> <{code}>\n" for n, code in enumerate(codes, 1))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{table}endbfchar\nendcmap end end"
    )
    shown = bytes(range(1, len(codes) + 1)).hex()
    font = b"/Subtype/Type1/BaseFont/Courier/ToUnicode 6 0 R"
    return _with_font(font, {6: stream(cmap.encode())}, shown=shown.encode())


def _with_font(font: bytes, more: Mapping[int, bytes], *, shown: bytes = b"4D") -> bytes:
    return written_pdf({
        3: _PAGE.replace(b"/Resources<<>>", b"/Resources<</Font<</F 5 0 R>>>>"),
        4: stream(b"BT /F 9 Tf 10 100 Td <%b> Tj ET" % shown),
        5: b"<</Type/Font%b>>" % font,
        **more,
    })  # fmt: skip


def _with_picture(head: bytes, content: bytes, *, times: int = 1) -> bytes:
    body = packed(content).replace(b"<<", b"<</Type/XObject/Subtype/Image" + head, 1)
    return written_pdf({
        3: _PAGE.replace(b"/Resources<<>>", b"/Resources<</XObject<</X 5 0 R>>>>"),
        4: stream(b"q 200 0 0 200 0 0 cm " + b"/X Do " * times + b"Q"),
        5: body,
    })  # fmt: skip
