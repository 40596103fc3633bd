"""The faces certificates are set in: font files of the installed wheels in, a checked typst font book out."""

from functools import cache
from pathlib import Path

import fontpkg
import typst

from signing.errors import GlyphMissingError

FAMILIES = ("Noto Serif", "Be Vietnam Pro")
STYLES = ((400, "normal"), (700, "normal"), (400, "italic"))

_BASES = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
_TONES = {
    "a": "àáảãạ", "ă": "ằắẳẵặ", "â": "ầấẩẫậ", "e": "èéẻẽẹ", "ê": "ềếểễệ", "i": "ìíỉĩị",
    "o": "òóỏõọ", "ô": "ồốổỗộ", "ơ": "ờớởỡợ", "u": "ùúủũụ", "ư": "ừứửữự", "y": "ỳýỷỹỵ",
}  # fmt: skip
_TONED = "".join(_TONES.values())
VIETNAMESE = _BASES + _TONED + _TONED.upper() + "đĐ₫–—“”‘’…/·"
"""Every letter with every tone in both cases, and the signs Vietnamese papers use besides ASCII."""


@cache
def font_book() -> typst.Fonts:
    """The two families and no others: a system font must never slip into what is signed."""
    folders = {str(Path(fontpkg.path(family)).parent) for family in FAMILIES}
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=sorted(folders))


def check_fonts(letters: str = VIETNAMESE) -> None:
    """Hold every letter against every face in use (0.2 s; meant for start-up and its own test).

    Raises GlyphMissingError naming the letters that a face lacks.
    """
    compiler = typst.Compiler(font_paths=font_book())
    if _draws(compiler, letters):
        return
    missing = "".join(letter for letter in letters if not _draws(compiler, letter))
    raise GlyphMissingError(missing)


def _draws(compiler: typst.Compiler, letters: str) -> bool:
    """PDF/A forbids the glyph .notdef, so its export fails when a face lacks a letter."""
    styles = "".join(
        f'#text(font: "{family}", weight: {weight}, style: "{style}", sys.inputs.letters)\n'
        for family in FAMILIES
        for weight, style in STYLES
    )
    source = f"#set text(fallback: false)\n{styles}".encode()
    try:
        compiler.compile(source, sys_inputs={"letters": letters}, pdf_standards=["a-2b"])
    except typst.TypstError:
        return False
    return True
