"""Pictures go in, the bytes of a PNG, JPEG or PDF come out; same pictures, same bytes."""

import io
from collections.abc import Sequence

import pikepdf
from PIL import Image

from ocr.model import MediaType, Pixels

SUFFIXES = {MediaType.PNG: "png", MediaType.JPEG: "jpg", MediaType.PDF: "pdf"}
POINTS_PER_INCH = 72


def png_bytes(picture: Pixels, dpi: float) -> bytes:
    """Lossless; the resolution stands in the file."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "PNG", dpi=(dpi, dpi), compress_level=4)
    return out.getvalue()


def jpeg_bytes(picture: Pixels, quality: int, dpi: float) -> bytes:
    """JPEG with the usual 4:2:0 colour; the resolution stands in the file."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=quality, dpi=(round(dpi), round(dpi)))
    return out.getvalue()


def pdf_bytes(pictures: Sequence[Pixels], quality: int, dpi: float) -> bytes:
    """Each page is one JPEG, as an office scanner writes it; no date and no random id in the file."""
    with pikepdf.new() as pdf:
        for picture in pictures:
            add_picture_page(pdf, picture, quality, dpi)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def add_picture_page(pdf: pikepdf.Pdf, picture: Pixels, quality: int, dpi: float) -> pikepdf.Page:
    """A page as large as the picture at that resolution, with the picture over the whole of it."""
    height, width = picture.shape[:2]
    size = (width * POINTS_PER_INCH / dpi, height * POINTS_PER_INCH / dpi)
    page = pdf.add_blank_page(page_size=size)
    image = pikepdf.Stream(pdf, jpeg_bytes(picture, quality, dpi))
    image.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    page.Contents = pikepdf.Stream(pdf, f"q {size[0]:.4f} 0 0 {size[1]:.4f} 0 0 cm /Im0 Do Q".encode())
    return page
