"""Small pictures and PDFs to read: texts in, pictures or bytes out. Every person is invented."""

import io

import cv2
import fontpkg
import numpy as np
import pikepdf
import typst
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from ocr.model import Pixels

MRZ = (
    "IDVNM1990123456001199012345<<7",
    "9901018F3901016VNM<<<<<<<<<<<8",
    "NGUYEN<<THI<MAU<<<<<<<<<<<<<<<",
)
CARD_QR = "001199012345|012345678|Nguyễn Thị Mẫu|01011999|Nữ|Thôn Đông, Thụy Lâm, Đông Anh, Hà Nội|01012022"
FORM = (
    "MẪU / SPECIMEN",
    "GIẤY KHAI SINH",
    "Họ, chữ đệm, tên: NGUYỄN THỊ MẪU",
    "Giới tính: Nữ",
    "Dân tộc: Kinh",
    "Nơi sinh: Trạm y tế xã Thụy Lâm",
    "Quê quán: Thụy Lâm, Đông Anh, Hà Nội",
    "Nơi đăng ký khai sinh: Ủy ban nhân dân xã Thụy Lâm",
)


def typeface(size: int, weight: int = 400) -> ImageFont.FreeTypeFont:
    """Noto Serif, a variable face: print as on forms."""
    face = ImageFont.truetype(str(fontpkg.path("Noto Serif")), size)
    face.set_variation_by_axes([weight, 100])
    return face


def line_picture(text: str, size: int = 32) -> Pixels:
    """One line, dark on light, cut as a detector would cut it."""
    face = typeface(size)
    left, top, right, bottom = (round(value) for value in face.getbbox(text))
    picture = Image.new("RGB", (right - left + 8, bottom - top + 8), (248, 246, 240))
    ImageDraw.Draw(picture).text((4 - left, 4 - top), text, font=face, fill=(30, 30, 40))
    return np.asarray(picture, dtype=np.uint8)


def sheet(texts: tuple[str, ...] = FORM, *, size: tuple[int, int] = (1240, 1000)) -> Image.Image:
    """A white sheet with a line every 90 pixels."""
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    for row, text in enumerate(texts):
        pen.text((90, 80 + 90 * row), text, font=typeface(36), fill=(20, 20, 30))
    return picture


def card(*, with_qr: bool = True, with_mrz: bool = False) -> Image.Image:
    """A card of 1,011 x 638 pixels (300 dpi), marked MẪU."""
    picture = Image.new("RGB", (1011, 638), (226, 238, 232))
    pen = ImageDraw.Draw(picture)
    pen.text((300, 60), "CĂN CƯỚC CÔNG DÂN - MẪU", font=typeface(34, 700), fill=(170, 30, 30))
    pen.text((300, 150), "Số / No.: 001199012345", font=typeface(34), fill=(20, 20, 20))
    pen.text((300, 220), "Họ và tên / Full name: NGUYỄN THỊ MẪU", font=typeface(28), fill=(20, 20, 20))
    if with_qr:
        picture.paste(qr(CARD_QR, 3), (40, 40))
    for row, text in enumerate(MRZ if with_mrz else ()):
        for place, letter in enumerate(text):
            pen.text((45 + 31 * place, 440 + 62 * row), letter, font=typeface(36, 500), fill=(20, 20, 20))
    return picture


def qr(text: str, scale: int) -> Image.Image:
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(np.array(code.to_image(scale=scale, add_quiet_zones=True)))


def on_a_desk(
    paper: Image.Image, corners: tuple[tuple[int, int], ...], *, size: tuple[int, int]
) -> Image.Image:
    """The paper seen in perspective on dark wood; `corners` clockwise from the paper's upper left."""
    source = np.array([(0, 0), (paper.width, 0), (paper.width, paper.height), (0, paper.height)], np.float32)
    matrix = cv2.getPerspectiveTransform(source, np.array(corners, np.float32))
    grain = np.random.default_rng(7).normal(0, 6, (size[1], size[0], 1))
    desk = np.clip(np.array((92, 66, 44)) + grain, 0, 255).astype(np.uint8)
    laid = cv2.warpPerspective(np.asarray(paper), matrix, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((paper.height, paper.width), 255, np.uint8), matrix, size)
    return Image.fromarray(np.where(mask[:, :, None] > 127, laid, desk).astype(np.uint8))


def as_bytes(picture: Image.Image, kind: str = "PNG", **settings: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **settings)
    return stream.getvalue()


def text_pdf(texts: tuple[str, ...] = FORM) -> bytes:
    """An A4 page with a text layer; the texts are typst markup."""
    body = "\n\n".join(texts)
    source = f'#set page(paper: "a4")\n#set text(font: "Noto Serif", size: 14pt)\n{body}'.encode()
    faces = [str(fontpkg.path("Noto Serif").parent)]
    made = typst.Compiler(font_paths=faces, ignore_system_fonts=True).compile(source)
    assert isinstance(made, bytes)
    return made


def changed_pdf(
    content: bytes, *, rotate: int = 0, crop: tuple[float, float, float, float] | None = None
) -> bytes:
    """The first page turned, or cut to a part of it."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        opened.pages[0].obj.Rotate = rotate
        if crop:
            opened.pages[0].obj.CropBox = pikepdf.Array(crop)
        return saved(opened)


def blank_pdf(pages: int = 1, *, encryption: pikepdf.Encryption | None = None) -> bytes:
    with pikepdf.new() as opened:
        for _ in range(pages):
            opened.add_blank_page(page_size=(200, 200))
        return saved(opened, encryption)


def saved(opened: pikepdf.Pdf, encryption: pikepdf.Encryption | None = None) -> bytes:
    stream = io.BytesIO()
    opened.save(stream, encryption=encryption or False)
    return stream.getvalue()
