"""A PDF's pages as PDFium sees them: bytes in, page count and page pictures out."""

import pypdfium2 as pdfium

from signing.errors import NotAPdfError


def page_count(content: bytes) -> int:
    """Raises NotAPdfError when PDFium cannot open the file."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise NotAPdfError(str(error)) from error
    try:
        return len(document)
    finally:
        document.close()
