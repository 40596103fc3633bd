"""What is attached to a PDF: bytes in, the evidence out."""

import json
from io import BytesIO
from typing import Any

import pikepdf


def evidence_in(content: bytes) -> dict[str, Any]:
    """The JSON of the one attachment."""
    with pikepdf.open(BytesIO(content)) as pdf:
        (name,) = pdf.attachments
        told: dict[str, Any] = json.loads(pdf.attachments[name].get_file().read_bytes())
    return told
