"""Where the printed labels of a profile stand in a line of text: text and profile in, `LabelSpan`s out.

Labels are found without regard to diacritics, case and punctuation, because readers lose those first; at
the head of a line a long label may also differ in one letter of six. What a label says is never a value,
so nothing is decided by this likeness.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from verification.profile import FieldProfile, Profile

_NUMBERING = r"(?:(?<!\w)(?:\d{1,2}|[a-z])\s*[.)]\s*)?"
"""`13. Quan hệ với chủ hộ`, `b) Diện tích`: the number belongs to the label, not to the value before it."""
_FUZZY_FROM = 9
_FUZZY_SCORE = 84.0
_FUZZY_AT_MOST = 2
"""A label that is only like another one counts at the head of its line and before a colon, or a name that
sounds like a label (Nguyễn Quang, Nguyên quán) would be cut in two."""
_LABEL_END = " :;."
_TITLE_SCORE = 90.0
_SHORT_TITLE = 12
_MAX_TITLE = 2.2
"""A title's line holds at most so many times the title's letters; a sentence that names it holds more."""


@dataclass(frozen=True, slots=True)
class Label:
    """One wording, and the fields it may announce: one a section, or none (a stop).

    `heads` names the section whose column this wording stands over (VỢ, CHỒNG).
    """

    text: str
    fields: tuple[tuple[str, FieldProfile], ...]
    heads: str | None = None


@dataclass(frozen=True, slots=True)
class LabelSpan:
    """A label seen in a text: from `start` to just before the value at `end`."""

    label: Label
    start: int
    end: int


def flat(text: str) -> str:
    """Lower case without diacritics, one character for one (text must be NFC)."""
    return "".join(_flat_letter(c) for c in text)


@lru_cache(maxsize=4096)
def _flat_letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return "d" if base in "đð" else base if len(base) == 1 else letter


def letters(text: str) -> str:
    """`flat`, letters and digits only."""
    return "".join(c for c in flat(text) if c.isalnum())


def is_title(line: str, title: str) -> bool:
    """Whether the line is this title, with little else beside it.

    Where it is not so letter by letter, a title in capitals must be in capitals (`tiền sử dụng đất` is not
    QUYỀN SỬ DỤNG ĐẤT), and a short one is not looked for within more (CÔNG ĐIỆN in XÃ LONG ĐIỀN).
    """
    seen, wanted = letters(line), letters(title)
    if seen == wanted:
        return True
    if not 0.8 * len(wanted) <= len(seen) <= _MAX_TITLE * len(wanted) or _is_small(line, title):
        return False
    alike = fuzz.ratio if len(wanted) < _SHORT_TITLE else fuzz.partial_ratio
    return wanted in seen or alike(wanted, seen) >= _TITLE_SCORE


def _is_small(line: str, title: str) -> bool:
    """Whether a title in capitals is not so in this line."""
    return title.isupper() and 2 * sum(c.isupper() for c in line) < sum(c.isalpha() for c in line)


@lru_cache(maxsize=64)
def labels_of(profile: Profile) -> tuple[Label, ...]:
    """All wordings of a profile, longest first."""
    found: dict[str, list[tuple[str, FieldProfile]]] = {}
    for section in profile.sections:
        for spec in section.fields:
            for text in spec.labels:
                found.setdefault(text, []).append((section.name, spec))
    for stop in profile.stops:
        found.setdefault(stop, [])
    heads = tuple(Label(text, (), section.name) for section in profile.sections for text in section.heads)
    labels = tuple(Label(t, tuple(f)) for t, f in found.items())
    return tuple(sorted((*heads, *labels), key=lambda label: -len(_core(label.text))))


def find_labels(text: str, labels: Iterable[Label]) -> tuple[LabelSpan, ...]:
    """The labels in `text`, left to right, none inside another; neighbours of one field are joined."""
    folded = flat(text)
    spans: list[LabelSpan] = []
    for label in labels:
        spans += [s for s in _exact(text, folded, label) if _free(s, spans)]
    for label in labels:
        found = _alike(folded, label, spans)
        if found:
            spans.append(found)
    return _joined(sorted(spans, key=lambda s: s.start), text)


def _exact(text: str, folded: str, label: Label) -> list[LabelSpan]:
    spans = (LabelSpan(label, m.start(), m.end()) for m in _pattern(label.text).finditer(folded))
    return [span for span in spans if not _is_prose(text[span.start : span.end], label)]


def _is_prose(seen: str, label: Label) -> bool:
    """A label's words in small letters and without a colon are part of a sentence (phường nơi cư trú)."""
    first = next((letter for letter in re.sub(_NUMBERING, "", seen, count=1) if letter.isalpha()), "")
    return label.text[:1].isupper() and first.islower() and ":" not in seen


@lru_cache(maxsize=1024)
def _pattern(label: str) -> re.Pattern[str]:
    words = re.findall(r"\w+", flat(label))
    end = r"|$" if len(words) > 1 else ""
    tail = rf"\s*(?:[:;.]+\s*{end})" if label.endswith(":") else r"\W{0,3}?\s*[:;]?\s*"
    return re.compile(_NUMBERING + r"(?<!\w)" + r"\W{0,4}".join(map(re.escape, words)) + r"(?!\w)" + tail)


def _alike(folded: str, label: Label, taken: list[LabelSpan]) -> LabelSpan | None:
    core = _core(label.text)
    if len(core) < _FUZZY_FROM or not label.fields:
        return None
    hit = fuzz.partial_ratio_alignment(core, folded, score_cutoff=_FUZZY_SCORE)
    if hit is None or hit.dest_end - hit.dest_start < len(core) - 2:
        return None
    start, end = _whole_words(folded, hit.dest_start, hit.dest_end)
    words = folded[start:end].rstrip(_LABEL_END)
    # A colon within: a shorter label was misread, and the first word of its value taken for the rest.
    if start > _FUZZY_AT_MOST or ":" in words or ":" not in folded[start + len(words) : end]:
        return None
    span = LabelSpan(label, start, end)
    return span if _free(span, taken) else None


def _core(label: str) -> str:
    return flat(label).strip(" :.;()")


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    while end < len(text) and text[end] in _LABEL_END:
        end += 1
    return start, end


def _free(span: LabelSpan, taken: list[LabelSpan]) -> bool:
    return all(span.end <= t.start or span.start >= t.end for t in taken)


def _joined(spans: list[LabelSpan], text: str) -> tuple[LabelSpan, ...]:
    """Two wordings of one field side by side (Vietnamese / English) are one label."""
    out: list[LabelSpan] = []
    for span in spans:
        before = out[-1] if out else None
        between = text[before.end : span.start] if before else ""
        if before and not any(c.isalnum() for c in between) and _same_field(before.label, span.label):
            out[-1] = LabelSpan(before.label, before.start, span.end)
        else:
            out.append(span)
    return tuple(out)


def _same_field(a: Label, b: Label) -> bool:
    return bool({f.name for _, f in a.fields} & {f.name for _, f in b.fields})
