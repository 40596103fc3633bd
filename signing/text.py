"""What a PDF prints, as text: bytes in, the letters of all pages without white space out."""

from signing.pages import page_texts


def printed_text(content: bytes, *, pages: int | None = None) -> str:
    """All letters (of the first `pages`) in the order they are drawn; white space is left out, for lines
    break anywhere.

    Raises SigningError when the file cannot be opened.
    """
    return "".join("".join(text.split()) for text in page_texts(content, at_most=pages))
