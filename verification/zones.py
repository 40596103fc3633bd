"""The machine zones of one paper beside its print and beside one another in; where they disagree out."""

import re
from collections.abc import Iterator
from typing import Final

from ocr import mrz
from ocr.model import CodeKind, PageReading
from verification.contradiction import Contradiction, ReadPaper
from verification.extraction import Field
from verification.normalise import canonical, name_key
from verification.settle import MACHINE

_FIRST_LINE: Final = re.compile(r"I[A-Z<][A-Z<]{3}[0-9]{9}[0-9][0-9]{12}<<[0-9]")
_SECOND_LINE: Final = re.compile(r"[0-9]{7}[MF<](?:[0-9]{7}|<{7})VNM<{11}[0-9]")
_LONGEST_NAME: Final = 27
"""Letters of a name that surely were not cut at the end of a line of thirty with its fillers."""


def zones_that_disagree(paper: ReadPaper) -> Iterator[Contradiction]:
    """1. Each field of a zone beside its print. 2. The name of the MRZ. 3. Its document number. 4. Check
    digits of a zone that no machine could read."""
    for field in paper.fields.values():
        if _differs(field):
            yield Contradiction("CODE_DIFFERS_FROM_PRINT", (field.name,), paper.titles(field=field.name))
    yield from _name(paper)
    yield from _document_number(paper)
    yield from _check_digits(paper)


def telling_lines(page: PageReading) -> Iterator[int]:
    """Numbers of the lines that look like a machine zone, which no machine could read."""
    if any(c.kind is CodeKind.MRZ for c in page.codes):
        return
    for number, line in enumerate(page.texts[0].lines if page.texts else ()):
        words = line.text.replace(" ", "")
        if _FIRST_LINE.fullmatch(words) or _SECOND_LINE.fullmatch(words):
            yield number


def _differs(field: Field) -> bool:
    """Two readers of print agree on another value than a zone, and neither side has won."""
    zones = {canonical(r.value) for r in field.readings if r.by in MACHINE}
    printed = [canonical(r.value) for r in field.readings if r.by not in MACHINE]
    return bool(zones and {v for v in printed if printed.count(v) >= 2} - zones) and not field.sure


def _name(paper: ReadPaper) -> Iterator[Contradiction]:
    """The MRZ writes the name without diacritics, and cuts a long one."""
    full, bare = paper.value("full_name"), paper.value("full_name_unaccented")
    if full is None or bare is None:
        return
    if not same_but_for_accents(full, bare):
        yield Contradiction("MRZ_NAME_DIFFERS", ("full_name", "full_name_unaccented"))


def same_but_for_accents(full: str, bare: str) -> bool:
    """Whether a zone's name is that of the print: without diacritics, a long one cut."""
    ours, theirs = name_key(full), name_key(bare)
    return ours == theirs or (len(bare) >= _LONGEST_NAME and ours.startswith(theirs))


def _document_number(paper: ReadPaper) -> Iterator[Contradiction]:
    """The document number of the card is the last nine digits of the personal number (domain.md 2.4)."""
    texts = (c.text for page in paper.pages for c in page.codes if c.kind is CodeKind.MRZ)
    for zone in (mrz.parse(text) for text in texts):
        if zone and zone.personal_number and zone.document_number != zone.personal_number[3:]:
            yield Contradiction("MRZ_NUMBER_DIFFERS", ("personal_number",))


def _check_digits(paper: ReadPaper) -> Iterator[Contradiction]:
    """Two readers saw the very same line of a zone, and its check digits do not hold."""
    if not paper.profile.mrz or any(c.kind is CodeKind.MRZ for page in paper.pages for c in page.codes):
        return
    lines = {line for page in paper.pages for line in _lines_of_two(page)}
    if any(not _holds(line) for line in lines):
        yield Contradiction("MRZ_CHECK_DIGITS_WRONG", ())


def _lines_of_two(page: PageReading) -> Iterator[str]:
    seen = [{line.text.replace(" ", "") for line in text.lines} for text in page.texts]
    return (line for line in set().union(*seen) if sum(line in of_one for of_one in seen) >= 2)


def _holds(line: str) -> bool:
    """Of a first or second line its own check digits; of anything else nothing is asked."""
    if _FIRST_LINE.fullmatch(line):
        return mrz.check_digit(line[5:14]) == line[14] and mrz.check_digit(line[15:27]) == line[29]
    if _SECOND_LINE.fullmatch(line):
        expiry = line[8:14] == "<" * 6 or mrz.check_digit(line[8:14]) == line[14]
        return mrz.check_digit(line[:6]) == line[6] and expiry
    return True
