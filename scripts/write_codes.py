"""The code of the five packages in; docs/codes.md, with every code it can answer, out.

Run `.venv/bin/python -m scripts.write_codes` after a code was added; tests/test_docs.py holds the page to it.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from api.errors import ApiError
from api.self_test import NOTES
from api.settings import SettingError
from ocr.errors import OcrError
from signing.errors import SigningError
from signing.reasons import REASONS, VERDICTS
from storage.errors import StorageError
from verification import register_errors, signing_errors, standing_errors
from verification.agreement import Agreement
from verification.errors import VerificationError
from verification.register_faults import FAULTS
from verification.specimens.errors import SpecimenError
from verification.wording import SENTENCES, agreement_words
from verification.workflow.validate import STANDING_REASONS

PAGE = Path(__file__).parents[1] / "docs" / "codes.md"

_HEAD = """# Codes

Every message is `{"code", "message_vi", "message_en"}`, with `"page"` and `"box"` where it has a place.
Made by `scripts/write_codes.py` from the code; do not edit it by hand. Words in braces are filled in.
"""
_TREES: tuple[tuple[str, str, type[Exception]], ...] = (
    ("Reading a file (`ocr.errors`)", "The file is refused; the others of the same call go on.", OcrError),
    ("Signing and validating (`signing.errors`)", "Nothing was signed, or nothing validated.", SigningError),
    ("Keeping rows and jobs (`storage.errors`)", "Nothing was changed.", StorageError),
    ("The service itself (`verification.errors`)", "Nothing was changed.", VerificationError),
    ("The door (`api.errors`)", "Who asks, how much is sent, in what form.", ApiError),
    ("Drawing specimens (`verification.specimens.errors`)", "Nothing was drawn.", SpecimenError),
    ("Settings (`api.settings`)", "Exit code 64; the English names the variable.", SettingError),
)

_BESIDE = (register_errors.__name__, signing_errors.__name__, standing_errors.__name__)
"""Modules that hold errors of a tree beside its own."""


def codes_page() -> str:
    """The whole page."""
    return "\n".join((_HEAD, *_papers(), *_verdicts(), *_self_test(), *_book(), *_errors()))


def _papers() -> Iterator[str]:
    yield "## What is said of a paper (`verification.wording`)\n"
    yield "Warnings of `read` and reasons of `check`. They are results, not errors.\n"
    yield from _table("Code | Tiếng Việt | English", ((c, vi, en) for c, (vi, en) in SENTENCES.items()))
    yield "## How a field agrees (`verification.agreement`)\n"
    rows = ((a.value, agreement_words(a, None)) for a in Agreement)
    yield from _table("Agreement | Tiếng Việt", rows)


def _verdicts() -> Iterator[str]:
    yield "## Why a signed PDF is valid or not (`signing.reasons`, `verification.workflow.validate`)\n"
    yield "The heaviest reason decides; the third column is what this one alone makes of the verdict.\n"
    rows = [(c, r.about.value, VERDICTS[r.weight].value, r.vi, r.en) for c, r in REASONS.items()]
    rows += [
        (r.code, r.about.value, verdict.value, r.message_vi, r.message_en) for r, verdict in STANDING_REASONS
    ]
    yield from _table("Code | About | Verdict | Tiếng Việt | English", rows)


def _self_test() -> Iterator[str]:
    yield "## What the self-test says (`api.self_test`)\n"
    yield "Of keys, time-stamps and fonts, beside the codes of errors. Shown by `chungthuc keys check`.\n"
    yield from _table("Code | Tiếng Việt | English", ((c, vi, en) for c, (vi, en) in NOTES.items()))


def _book() -> Iterator[str]:
    yield "## What the proof of the book finds (`verification.register_faults`)\n"
    yield "Of `chungthuc register verify`; an empty answer proves the book.\n"
    yield from _table("Code | Tiếng Việt | English", ((c, vi, en) for c, (vi, en) in FAULTS.items()))


def _errors() -> Iterator[str]:
    for title, what, root in _TREES:
        yield f"## {title}\n"
        yield f"{what}\n"
        rows = ((e.code, e.message_vi, _english(e)) for e in _tree(root))
        yield from _table("Code | Tiếng Việt | English", rows)


def _tree(root: type[Exception]) -> Iterator[type[ApiError]]:
    """The class and all below it in its module or one beside, in this order, whatever was imported first.
    All trees have the attributes of ApiError."""
    yield root  # type: ignore[misc]
    modules = (root.__module__, *_BESIDE)
    children = [child for child in root.__subclasses__() if child.__module__ in modules]
    for child in sorted(children, key=lambda child: modules.index(child.__module__)):
        yield from _tree(child)


def _english(error: type[Exception]) -> str:
    return (error.__doc__ or "").strip().splitlines()[0]


def _table(head: str, rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {head} |"
    yield "|" + "---|" * len(head.split(" | "))
    for code, *words in rows:
        yield f"| `{code}` | {' | '.join(word.replace('|', '/') for word in words)} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(codes_page(), encoding="utf-8")
