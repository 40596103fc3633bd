"""The command `chungthuc`: arguments in, the interface's JSON or words for people out."""

from api.cli.main import main

__all__ = ["main"]
