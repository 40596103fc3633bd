"""Pictures of the seal and of signatures by hand: PNG files in, checked pictures with their size out.

NĐ 30/2020: transparent PNG, the signature blue between title and name, the seal red in real size. They are
decoration for the eye; what proves anything are the two digital signatures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from PIL import Image, UnidentifiedImageError

from signing.model import DrawnPicture, SignatureLook

SEAL_FILE = "seal.png"
SEAL_MM = (20.0, 50.0)
"""The least and the greatest diameter of a seal that is believed; agencies' are 28 to 42 mm."""

_SIGNATURE_MM = (48.0, 18.0)
"""The room between title and name; a larger signature is made smaller."""
_MOST_BYTES, _MOST_SIDE, _LEAST_SIDE = 2 * 1024 * 1024, 4000, 60
_DRAWN_DPI = 300
_MM_PER_INCH = 25.4


class PictureUnusableError(Exception):
    """A picture of the seal or of a signature cannot be drawn; `file` names it and `detail` says why."""

    def __init__(self, file: str, detail: str) -> None:
        super().__init__(f"{file}: {detail}")
        self.file, self.detail = file, detail


@dataclass(frozen=True, slots=True)
class Pictures:
    """The agency's seal and the officers' signatures by account; all of them optional."""

    seal: DrawnPicture | None = None
    signatures: Mapping[str, DrawnPicture] = field(default_factory=lambda: MappingProxyType({}))

    def look(self, officer: str) -> SignatureLook:
        """What is drawn where this officer signs."""
        return SignatureLook(self.signatures.get(officer), self.seal)


def read_pictures(folder: Path) -> Pictures:
    """`seal.png` and `<officer id>.png` of a folder; other files are let lie. Raises PictureUnusableError."""
    seal: DrawnPicture | None = None
    signatures: dict[str, DrawnPicture] = {}
    for path in sorted(folder.glob("*.png")):
        if path.name == SEAL_FILE:
            seal = seal_picture(_content(path))
        else:
            signatures[path.stem] = signature_picture(_content(path), file=path.name)
    return Pictures(seal, signatures)


def seal_picture(content: bytes) -> DrawnPicture:
    """The seal in real size, which its resolution tells. Raises PictureUnusableError."""
    picture, dpi = _opened(content, SEAL_FILE)
    if dpi is None:
        raise PictureUnusableError(
            SEAL_FILE, "must state its resolution (dpi), so that the seal is drawn in real size"
        )
    width, height = (side / dpi * _MM_PER_INCH for side in picture.size)
    least, most = SEAL_MM
    if not (least <= width <= most and least <= height <= most):
        raise PictureUnusableError(
            SEAL_FILE, f"is {width:.0f} x {height:.0f} mm; a seal is {least:.0f} to {most:.0f}"
        )
    return _drawn(picture, width, height)


def signature_picture(content: bytes, *, file: str) -> DrawnPicture:
    """A signature, made to fit between title and name. Raises PictureUnusableError."""
    picture, dpi = _opened(content, file)
    across, down = (side / (dpi or _DRAWN_DPI) * _MM_PER_INCH for side in picture.size)
    scale = min(1.0, _SIGNATURE_MM[0] / across, _SIGNATURE_MM[1] / down)
    return _drawn(picture, across * scale, down * scale)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise PictureUnusableError(path.name, "is larger than 2 MB")
        return path.read_bytes()
    except OSError as error:
        raise PictureUnusableError(path.name, "cannot be read") from error


def _opened(content: bytes, file: str) -> tuple[Image.Image, float | None]:
    try:
        with Image.open(BytesIO(content), formats=("PNG",)) as opened:
            if max(opened.size) > _MOST_SIDE or min(opened.size) < _LEAST_SIDE:
                raise PictureUnusableError(file, f"must have {_LEAST_SIDE} to {_MOST_SIDE} pixels a side")
            transparent = opened.has_transparency_data
            picture = opened.convert("RGBA")
            stated = opened.info.get("dpi")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureUnusableError(file, "is no PNG that can be read") from error
    if not transparent or picture.getchannel("A").getextrema()[0] != 0:
        raise PictureUnusableError(
            file, "must have a transparent background, or it would hide what is under it"
        )
    return picture, float(stated[0]) if stated and stated[0] >= 1 else None


def _drawn(picture: Image.Image, width_mm: float, height_mm: float) -> DrawnPicture:
    """No more pixels than print shows, and nothing of the file but its pixels."""
    most = max(1, round(width_mm / _MM_PER_INCH * _DRAWN_DPI))
    if picture.width > most:
        size = (most, max(1, round(picture.height * most / picture.width)))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return DrawnPicture(out.getvalue(), width_mm, height_mm)
