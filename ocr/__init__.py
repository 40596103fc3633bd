"""Reads papers: the bytes of a file in; lines, codes and zones of every page out, each with its place.

>>> import io, tempfile
>>> from pathlib import Path
>>> from PIL import Image
>>> from ocr.intake import take_in
>>> from ocr.model import Limits
>>> from ocr.reading import PaperReader
>>> sheet = io.BytesIO()
>>> Image.new("RGB", (600, 800), "white").save(sheet, "PNG")
>>> document = take_in(sheet.getvalue(), Limits())
>>> document.media_type.value
'image/png'
>>> with tempfile.TemporaryDirectory() as models:
...     reader = PaperReader.open(Path(models), limits=Limits())
...     (page,) = reader.read(document).pages
...     reader.close()
>>> [text.reader for text in page.texts], [warning.value for warning in page.warnings]
(['tesseract', 'asternet'], ['PAGE_BLANK'])
"""

import os

# ONNX Runtime 1.29 and later report each process and each model to their maker unless this stands in the
# environment before it is loaded (microsoft/onnxruntime, pull request 27379). Nothing leaves this machine.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
