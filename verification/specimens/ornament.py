"""A sheet goes in, what is not text is drawn on it: seals, signatures, patterns, portraits, marks."""

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from verification.specimens.chance import Chance
from verification.specimens.sheet import At, Sheet
from verification.specimens.typeface import SANS, Ink, Pen, font_for

MARK = "MẪU / SPECIMEN"
NOTICE = "MẪU / SPECIMEN – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
SEAL_RED: Ink = (204, 34, 46)
SIGNING_BLUE: Ink = (28, 52, 150)
SEAL_MM = 34


def stamp_text(
    layer: Image.Image, where: tuple[float, float], text: str, pen: Pen, dpi: float, turn: float
) -> None:
    """Write a text with its middle at a pixel of a transparent layer, turned by degrees."""
    font = font_for(pen, text, dpi)
    size = math.ceil(font.getlength(text)) + 8
    slip = Image.new("RGBA", (size, size), (*pen.ink, 0))
    ImageDraw.Draw(slip).text((size / 2, size / 2), text, font=font, fill=(*pen.ink, 255), anchor="mm")
    turned = slip.rotate(turn, resample=Image.Resampling.BICUBIC, expand=True)
    corner = round(where[0] - turned.width / 2), round(where[1] - turned.height / 2)
    layer.paste(turned, corner, turned)


def ring_text(layer: Image.Image, text: str, pen: Pen, dpi: float, radius: float) -> None:
    """Write along the inside of a ring, clockwise from nine o'clock over the top and round."""
    middle = layer.width / 2
    for at, char in enumerate(text):
        angle = math.pi + 2 * math.pi * at / len(text)
        where = (middle + radius * math.cos(angle), middle + radius * math.sin(angle))
        if char != " ":
            stamp_text(layer, where, char, pen, dpi, -90 - math.degrees(angle))


def seal_picture(dpi: float, millimetres: float, turn: float) -> Image.Image:
    """A round red seal that says MẪU."""
    size = round(millimetres * dpi / 25.4)
    layer = Image.new("RGBA", (size, size), (*SEAL_RED, 0))
    brush = ImageDraw.Draw(layer)
    for inset, stroke in ((0.01, 0.022), (0.05, 0.008), (0.23, 0.008)):
        edge = inset * size
        brush.ellipse(
            (edge, edge, size - edge, size - edge),
            outline=(*SEAL_RED, 255),
            width=max(1, round(stroke * size)),
        )
    points = millimetres * 0.19
    ring_text(layer, "MẪU SPECIMEN * MẪU SPECIMEN * ", Pen(SANS, points, 600, ink=SEAL_RED), dpi, size * 0.36)
    stamp_text(layer, (size / 2, size / 2), "MẪU", Pen(SANS, points * 2.2, 700, ink=SEAL_RED), dpi, 0)
    turned = layer.rotate(turn, resample=Image.Resampling.BICUBIC)
    turned.putalpha(turned.getchannel("A").point(lambda alpha: round(alpha * 0.78)))
    return turned


def seal(sheet: Sheet, middle: At, chance: Chance, *, millimetres: float = SEAL_MM) -> None:
    """Press the seal, somewhat turned."""
    picture = seal_picture(sheet.dpi, millimetres, chance.spread(-14, 14))
    sheet.paste(picture, (middle[0] - millimetres / 2, middle[1] - millimetres / 2))
    sheet.texts.append("MẪU")


def signature(sheet: Sheet, middle: At, chance: Chance, *, width: float = 30) -> None:
    """A scribble in blue ink."""
    steps = np.linspace(0, 1, 160)
    waves = chance.between(3, 6)
    x = middle[0] + width * (steps - 0.5) + 2.2 * np.sin(2 * math.pi * waves * steps + chance.spread(0, 6))
    swing = np.interp(steps, (0, 0.2, 0.6, 1), (1, chance.spread(0.5, 1.2), chance.spread(0.3, 0.8), 0.15))
    y = middle[1] + width * 0.16 * swing * np.cos(2 * math.pi * (waves + 0.5) * steps + chance.spread(0, 6))
    path = sheet.points(*zip(x.tolist(), y.tolist(), strict=True))
    sheet.brush.line(path, fill=SIGNING_BLUE, width=max(2, sheet.px(0.35)), joint="curve")


def guilloche(sheet: Sheet, chance: Chance, ink: Ink, *, pitch: float = 4.0) -> None:
    """A light pattern of waves over the whole sheet, as on security paper."""
    swell, phase = chance.spread(1.2, 2.4), chance.spread(0, 6)
    x = np.linspace(0, sheet.width, 240)
    for row in np.arange(-pitch, sheet.height + pitch, pitch):
        for sign in (1, -1):
            y = row + sign * swell * np.sin(x / 5.0 + phase) + 0.6 * np.sin(x / 1.7 + row)
            sheet.brush.line(
                sheet.points(*zip(x.tolist(), y.tolist(), strict=True)),
                fill=ink,
                width=max(1, sheet.px(0.12)),
            )


def frame(sheet: Sheet, ink: Ink, *, inset: float) -> None:
    """A double line around the sheet."""
    for at, stroke in ((inset, 0.7), (inset + 1.6, 0.25)):
        left, top, right, bottom = (
            *sheet.points((at, at))[0],
            *sheet.points((sheet.width - at, sheet.height - at))[0],
        )
        sheet.brush.rectangle((left, top, right, bottom), outline=ink, width=max(1, sheet.px(stroke)))


def emblem(sheet: Sheet, middle: At, *, millimetres: float) -> None:
    """A plain round badge with a star where a state paper bears the coat of arms."""
    radius = millimetres / 2
    corners = [(middle[0] + s * radius, middle[1] + s * radius) for s in (-1, 1)]
    sheet.brush.ellipse(
        [*sheet.points(*corners)],
        fill=(206, 48, 40),
        outline=(214, 170, 60),
        width=max(1, sheet.px(radius * 0.14)),
    )
    star = [
        (
            middle[0] + r * radius * math.sin(math.pi * k / 5),
            middle[1] - r * radius * math.cos(math.pi * k / 5),
        )
        for k in range(10)
        for r in (0.62 if k % 2 == 0 else 0.25,)
    ]
    sheet.brush.polygon(sheet.points(*star), fill=(240, 205, 80))


def portrait(sheet: Sheet, corner: At, *, width: float, height: float) -> None:
    """A grey outline of nobody where a face would be."""
    size = (sheet.px(width), sheet.px(height))
    picture = Image.new("RGB", size, (224, 230, 236))
    brush = ImageDraw.Draw(picture)
    w, h = size
    brush.ellipse((w * 0.08, h * 0.66, w * 0.92, h * 1.5), fill=(128, 134, 142))
    brush.ellipse((w * 0.27, h * 0.16, w * 0.73, h * 0.64), fill=(150, 155, 162))
    sheet.paste(picture.filter(ImageFilter.GaussianBlur(max(1, w / 120))), corner)


def watermark(sheet: Sheet, ink: Ink, *, points: float, turn: float, rows: int) -> None:
    """MẪU / SPECIMEN across the sheet, hardly darker than the paper, under what is written later."""
    layer = Image.new("RGBA", sheet.image.size, (*ink, 0))
    for row in range(rows):
        where = (layer.width / 2, layer.height * (row + 0.5) / rows)
        stamp_text(layer, where, MARK, Pen(SANS, points, 700, ink=ink), sheet.dpi, turn)
    sheet.paste(layer, (0, 0))
    sheet.texts.append(MARK)
