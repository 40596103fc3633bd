"""A font face and the letters used go in, a font object of a PDF comes out, with the way back to Unicode.

ISO 32000-1, 9.7: a composite font whose character codes are the glyph numbers of the embedded subset.
"""

import io
from dataclasses import dataclass

import pikepdf
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]

from verification.specimens.typeface import font_file

PER_EM = 1000
"""Glyph space of a PDF."""
TO_UNICODE_HEAD = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
)
TO_UNICODE_END = "endcmap CMapName currentdict /CMap defineresource pop end end"
CMAP_BLOCK = 100
"""At most so many entries in one block (Adobe Technical Note 5014)."""
SYMBOLIC = 4
"""Flag of the font descriptor: the glyphs are not those of the standard Latin set."""


@dataclass(frozen=True, slots=True)
class PdfFont:
    """A font of one PDF: its resource name, and for each letter the glyph number and the width in ems."""

    name: str
    object: pikepdf.Object
    glyphs: dict[str, tuple[int, float]]

    def codes(self, text: str) -> str:
        """The text as hexadecimal character codes."""
        return "".join(f"{self.glyphs[char][0]:04X}" for char in text)

    def width(self, text: str) -> float:
        """How wide the text is, in ems."""
        return sum(self.glyphs[char][1] for char in text)


def embed(
    pdf: pikepdf.Pdf, name: str, family: str, weight: int, italic: bool, *, letters: frozenset[str]
) -> PdfFont:
    """The face with just these letters, embedded; the same letters give the same bytes."""
    font = subset_of(family, weight, italic, letters)
    glyphs = glyphs_of(font, letters)
    base = pikepdf.Name(f"/MAUAAA+{family.replace(' ', '')}-{weight}{'i' if italic else ''}")
    descendant = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.CIDFontType2,
            BaseFont=base,
            CIDSystemInfo=pikepdf.Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            FontDescriptor=descriptor(pdf, font, base),
            CIDToGIDMap=pikepdf.Name.Identity,
            W=widths(glyphs),
        )
    )
    composite = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=base,
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([descendant]),
        ToUnicode=pikepdf.Stream(pdf, to_unicode(glyphs).encode("ascii")),
    )
    return PdfFont(name, pdf.make_indirect(composite), glyphs)


def subset_of(family: str, weight: int, italic: bool, letters: frozenset[str]) -> TTFont:
    """The font file cut down to the letters; a variable font is set to the weight."""
    font = TTFont(font_file(family, weight, italic), recalcTimestamp=False)
    cutter = Subsetter(Options(layout_features=[], notdef_outline=True))
    cutter.populate(text="".join(sorted(letters)))
    cutter.subset(font)
    if "fvar" in font:
        wanted = {"wght": weight, "wdth": 100}
        axes = {axis.axisTag: wanted.get(axis.axisTag, axis.defaultValue) for axis in font["fvar"].axes}
        instantiateVariableFont(font, axes, inplace=True)
    return font


def glyphs_of(font: TTFont, letters: frozenset[str]) -> dict[str, tuple[int, float]]:
    """Glyph number and width in ems of each letter."""
    names, advances, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    return {
        char: (font.getGlyphID(names[ord(char)]), advances[names[ord(char)]][0] / em)
        for char in sorted(letters)
    }


def descriptor(pdf: pikepdf.Pdf, font: TTFont, base: pikepdf.Name) -> pikepdf.Object:
    """The font's measures and its file."""
    head, across = font["head"], font["hhea"]
    scale = PER_EM / head.unitsPerEm
    file = io.BytesIO()
    font.save(file)
    box = [round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)]
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor,
            FontName=base,
            Flags=SYMBOLIC,
            FontBBox=pikepdf.Array(box),
            ItalicAngle=0,
            Ascent=round(across.ascent * scale),
            Descent=round(across.descent * scale),
            CapHeight=round(across.ascent * scale * 0.7),
            StemV=80,
            FontFile2=pikepdf.Stream(pdf, file.getvalue(), Length1=len(file.getvalue())),
        )
    )


def widths(glyphs: dict[str, tuple[int, float]]) -> pikepdf.Array:
    """Each glyph number with its width."""
    each = {number: round(em * PER_EM) for number, em in glyphs.values()}
    return pikepdf.Array(
        [part for number in sorted(each) for part in (number, pikepdf.Array([each[number]]))]
    )


def to_unicode(glyphs: dict[str, tuple[int, float]]) -> str:
    """The CMap that leads back from glyph numbers to letters."""
    lines = [f"<{number:04X}> <{ord(char):04X}>" for char, (number, _) in glyphs.items()]
    blocks = [lines[at : at + CMAP_BLOCK] for at in range(0, len(lines), CMAP_BLOCK)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return TO_UNICODE_HEAD + body + TO_UNICODE_END
