"""The face certificates are set in: the font files of a Debian package in, a checked font book out.

Official papers are set in Times New Roman (NĐ 30/2020), which may not be distributed; Tinos has its metrics
and look, all Vietnamese letters, and a free licence (decision 0022).
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from signing.errors import FontMissingError, GlyphMissingError

SERIF = "Tinos"
STYLES = ((400, "normal"), (700, "normal"), (400, "italic"), (700, "italic"))

SERIF_FOLDERS = tuple(
    Path(root) / "truetype" / "croscore" for root in ("/usr/share/fonts", "/usr/local/share/fonts")
)
"""Where Debian's package fonts-croscore puts Tinos, and where somebody without that package may."""

_BASES = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
_TONES = {
    "a": "àáảãạ", "ă": "ằắẳẵặ", "â": "ầấẩẫậ", "e": "èéẻẽẹ", "ê": "ềếểễệ", "i": "ìíỉĩị",
    "o": "òóỏõọ", "ô": "ồốổỗộ", "ơ": "ờớởỡợ", "u": "ùúủũụ", "ư": "ừứửữự", "y": "ỳýỷỹỵ",
}  # fmt: skip
_TONED = "".join(_TONES.values())
VIETNAMESE = _BASES + _TONED + _TONED.upper() + "đĐ₫–—“”‘’…/·"
"""Every letter with every tone in both cases, and the signs Vietnamese papers use besides ASCII."""
MINORITY = "ƀɃčČĕĔĭĬŏŎŭŬñÑ"
"""Letters beyond these in names of Ê Đê, Gia Rai, Ba Na and Xơ Đăng."""


@cache
def font_book() -> typst.Fonts:
    """Tinos and what lies in its folder: no other font can slip into what is signed, for the templates name
    their family and allow no fallback.

    Raises FontMissingError naming the Debian package.
    """
    return font_book_of(SERIF_FOLDERS)


def font_book_of(serif_folders: tuple[Path, ...]) -> typst.Fonts:
    """As `font_book`, looked for in these folders. Raises FontMissingError."""
    folder = next((folder for folder in serif_folders if (folder / f"{SERIF}-Regular.ttf").is_file()), None)
    if folder is None:
        raise FontMissingError(SERIF)
    book = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    held = {(font.weight, font.style) for font in book.fonts() if font.family == SERIF}
    if lacking := set(STYLES) - held:
        raise FontMissingError(", ".join(sorted(f"{SERIF} {weight} {style}" for weight, style in lacking)))
    return book


def require_drawable(content: object) -> None:
    """Every text in nested mappings and sequences. Raises GlyphMissingError naming the letters that the serif
    lacks, and FontMissingError."""
    if missing := undrawable("".join(_texts(content))):
        raise GlyphMissingError(missing)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for part in value.values() for text in _texts(part))
    elif isinstance(value, list | tuple):
        yield from (text for part in value for text in _texts(part))


def undrawable(text: str) -> str:
    """The letters of a text that the serif lacks in one of its styles, each once; empty when all is well.

    Raises FontMissingError.
    """
    return "".join(sorted({letter for letter in text if not letter.isspace()} - _drawable()))


@cache
def _drawable() -> frozenset[str]:
    faces = [font for font in font_book().fonts() if font.family == SERIF and font.path]
    held = [set(TTFont(face.path, fontNumber=face.index).getBestCmap()) for face in faces]
    return frozenset(map(chr, set.intersection(*held)))


def check_fonts(letters: str = VIETNAMESE + MINORITY) -> None:
    """Hold every letter against every face in use (0.2 s; meant for start-up and its own test).

    Raises FontMissingError, and GlyphMissingError naming the letters that a face lacks.
    """
    if missing := undrawable(letters):
        raise GlyphMissingError(missing)
    compiler = typst.Compiler(font_paths=font_book())
    if _draws(compiler, letters):
        return
    missing = "".join(letter for letter in letters if not _draws(compiler, letter))
    raise GlyphMissingError(missing)


def _draws(compiler: typst.Compiler, letters: str) -> bool:
    """PDF/A forbids the glyph .notdef, so its export fails when a face lacks a letter."""
    styles = "".join(
        f'#text(font: "{SERIF}", weight: {weight}, style: "{style}", sys.inputs.letters)\n'
        for weight, style in STYLES
    )
    source = f"#set text(fallback: false)\n{styles}".encode()
    try:
        compiler.compile(source, sys_inputs={"letters": letters}, pdf_standards=["a-2b"])
    except typst.TypstError:
        return False
    return True
