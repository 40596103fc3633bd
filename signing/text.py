"""What a PDF prints, as text: bytes in, the letters of all pages without white space out."""

from signing.pages import page_texts


def printed_text(content: bytes) -> str:
    """All letters in the order they are drawn; white space is left out, for lines break anywhere.

    Raises SigningError when the file cannot be opened.
    """
    return "".join("".join(text.split()) for text in page_texts(content))
