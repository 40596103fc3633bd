"""Pictures of seals and signatures: which are drawn, and which are refused with their file and the reason."""

import io
from pathlib import Path

import pytest
from PIL import Image

from signing.pictures import PictureUnusableError, read_pictures, seal_picture, signature_picture
from tests.signing.contents import seal_png, signature_png


def test_a_folder_gives_the_seal_and_signatures_by_account(tmp_path: Path) -> None:
    (tmp_path / "seal.png").write_bytes(seal_png())
    (tmp_path / "mau.officer.png").write_bytes(signature_png())
    (tmp_path / "README.txt").write_text("not a picture")
    pictures = read_pictures(tmp_path)
    mine, nobodys = pictures.look("mau.officer"), pictures.look("somebody.else")
    assert (mine.signature is not None, mine.seal is not None) == (True, True)
    assert (nobodys.signature, nobodys.seal) == (None, pictures.seal)


def test_a_seal_is_drawn_in_real_size() -> None:
    seal = seal_picture(seal_png(mm=36, dpi=600))
    assert [seal.width_mm, seal.height_mm] == pytest.approx([36, 36], abs=0.1)
    with Image.open(io.BytesIO(seal.content)) as kept:
        assert kept.width == pytest.approx(36 / 25.4 * 300, abs=2)


def test_a_large_signature_is_made_to_fit() -> None:
    signature = signature_picture(signature_png(2000, 600), file="mau.png")
    assert signature.width_mm == pytest.approx(48)
    assert signature.height_mm == pytest.approx(48 * 600 / 2000)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (seal_png(dpi=None), "resolution"),
        (seal_png(mm=90, dpi=150), "90 x 90 mm"),
        (seal_png(transparent=False), "transparent"),
        (b"\x89PNG not really", "no PNG"),
        (seal_png()[:900], "no PNG"),
        (seal_png(mm=3), "pixels a side"),
    ],
)
def test_a_seal_that_cannot_be_drawn_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(PictureUnusableError, match=why) as refused:
        seal_picture(content)
    assert refused.value.file == "seal.png"


def test_a_jpeg_under_the_name_of_a_png_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (400, 150), "white").save(out, "JPEG")
    (tmp_path / "mau.officer.png").write_bytes(out.getvalue())
    with pytest.raises(PictureUnusableError, match=r"mau\.officer\.png: is no PNG"):
        read_pictures(tmp_path)


def test_a_picture_of_more_than_two_megabytes_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "seal.png").write_bytes(seal_png() + bytes(2 * 1024 * 1024))
    with pytest.raises(PictureUnusableError, match="2 MB"):
        read_pictures(tmp_path)
