"""Figures and the words that spell them out, on one paper, in; where they disagree out.

Dates stand in fields of their own (`in_words_of`). An area or an amount is followed by "bằng chữ: ...", which
is no field: it is looked for in the lines, in each reader's, and one reader's words that fit are enough.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from ocr.model import TextLine
from verification.contradiction import Contradiction, ReadPaper
from verification.dates import parse_date_in_words
from verification.labels import flat
from verification.normalise import canonical
from verification.number_words import decimal_of_words
from verification.profile import Profile

_AMOUNTS: Final = (("area", "mét vuông"), ("capital", "đồng"))
"""A field in figures, and the unit its words end in."""
_PARTS_OF_AREA: Final = ("purpose", "form_of_use")
_IN_WORDS: Final = re.compile(r"bang chu\W*")
_FIGURES: Final = re.compile(r"(\d[\d.,]*)(?:\s*(nghìn|ngàn|triệu|tỷ|tỉ))?")
_VIETNAMESE: Final = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d+(?:,\d+)?")
_SCALES: Final = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_SQUARE_METRES: Final = re.compile(r"(\d[\d.,]*)\s*m(?:²|2|\b)")
_MOST_LINES: Final = 3
"""Over how many lines the words may run."""


def words_beside_figures(paper: ReadPaper) -> Iterator[Contradiction]:
    """1. Dates. 2. Areas and amounts. 3. The parts of an area, which make up the whole."""
    yield from _dates(paper)
    yield from _amounts(paper)
    yield from _parts(paper)


def telling_lines(lines: Sequence[TextLine], profile: Profile) -> Iterator[int]:
    """Numbers of the lines on which an amount of this kind of paper is spelled out, as far as its unit."""
    units = [unit for name, unit in _AMOUNTS if profile.field(name)]
    for number, line in enumerate(lines):
        if units and (found := _IN_WORDS.search(flat(line.text))):
            spelled = canonical(line.text[found.end() :])
            ends = any(unit in spelled for unit in units)
            yield from range(number, min(number + (1 if ends else _MOST_LINES), len(lines)))


def agreeing_dates(paper: ReadPaper) -> Iterator[str]:
    """Fields that figures and words both say: two means that agree (interface.md, "Sure means")."""
    for words, figures in _date_pairs(paper):
        spelled = parse_date_in_words(paper.value(words) or "")
        if spelled and spelled.iso() == paper.value(figures):
            yield from (words, figures)


def _date_pairs(paper: ReadPaper) -> Iterator[tuple[str, str]]:
    specs = ((s.name, s.in_words_of) for s in paper.profile.fields)
    return paper.pairs((name, of) for name, of in specs if of)


def _dates(paper: ReadPaper) -> Iterator[Contradiction]:
    for words, figures in _date_pairs(paper):
        spelled = parse_date_in_words(paper.value(words) or "")
        if spelled and spelled.iso() != paper.value(figures):
            yield Contradiction("DATE_WORDS_DIFFER", (figures, words), paper.titles(field=figures))


def _amounts(paper: ReadPaper) -> Iterator[Contradiction]:
    for name, unit in _AMOUNTS:
        meant = _meanings(paper.value(name) or "")
        said = {value for text in _spelled(paper) if (value := _counted(text, unit)) is not None}
        if meant and said and not meant & said:
            yield Contradiction("AMOUNT_WORDS_DIFFER", (name,), paper.titles(field=name))


def _parts(paper: ReadPaper) -> Iterator[Contradiction]:
    whole = _meanings(paper.value("area") or "")
    for name in _PARTS_OF_AREA:
        parts = [_meanings(m[1]) for m in _SQUARE_METRES.finditer(paper.value(name) or "")]
        if len(parts) >= 2 and whole and not whole & _sums(parts):
            yield Contradiction("AREA_PARTS_DIFFER", ("area", name), paper.titles(field=name))


def _spelled(paper: ReadPaper) -> Iterator[str]:
    """What stands behind each "bằng chữ", as each reader saw it, with the lines it may run on."""
    for text in (text for page in paper.pages for text in page.texts):
        for at, line in enumerate(text.lines):
            if found := _IN_WORDS.search(flat(line.text)):
                yield _from(text.lines[at : at + _MOST_LINES], found.end())


def _from(lines: Sequence[TextLine], start: int) -> str:
    return " ".join([lines[0].text[start:], *(line.text for line in lines[1:])])


def _counted(text: str, unit: str) -> Decimal | None:
    """The number in front of the unit."""
    words, found, _ = canonical(text).partition(unit)
    return decimal_of_words(words) if found else None


def _meanings(text: str) -> set[Decimal]:
    """What figures may mean: a dot parts thousands, a comma decimals; some write it the other way."""
    found = _FIGURES.search(text)
    if found is None:
        return set()
    figures, scale = found[1].rstrip(".,"), _SCALES.get(found[2], 1)
    vietnamese, english = figures.replace(".", "").replace(",", "."), figures.replace(",", "")
    if not _VIETNAMESE.fullmatch(figures):
        written = {english}
    else:
        written = {vietnamese, english} if figures.count(".") == 1 and "," not in figures else {vietnamese}
    return {value * scale for value in map(_decimal, written) if value is not None}


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _sums(parts: Sequence[set[Decimal]]) -> set[Decimal]:
    sums = {Decimal(0)}
    for meanings in parts:
        sums = {total + value for total in sums for value in meanings}
    return sums
