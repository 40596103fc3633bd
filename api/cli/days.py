"""Days typed on the command line: text in, the day or how it is written out."""

from argparse import ArgumentTypeError
from datetime import date

WRITTEN = "YYYY-MM-DD"


def day(text: str) -> date:
    """Raises ArgumentTypeError, which argparse tells as wrong usage."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r}: {WRITTEN}") from error
