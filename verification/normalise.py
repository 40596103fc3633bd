"""Vietnamese text as printed in; forms that can be compared out.

No score decides anything here: two names are the same under a named rule or they are not, because one
letter (Hùng, Hưng) is another person. Rules: knowledge of the house, domain.md 3.1.
"""

import re
import unicodedata
from typing import Final

from verification.agreement import Agreement, Compared

_ANY_INVISIBLE: Final = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
# Eth and the African D look like Đ in every font; a typist picks the first that looks right.
_LOOKALIKES: Final = str.maketrans("ÐðƉɖ‐‑‒–—−", "ĐđĐđ------")
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘ʼ‛`´ʹ′＇", "'"))
_ANY_LOOKALIKE: Final = re.compile("[ÐðƉɖ‐‑‒–—−]")
_ANY_APOSTROPHE: Final = re.compile("[’‘ʼ‛`´ʹ′＇]")
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_TONE: Final = re.compile(f"[{_TONES}]")
_VOWELS: Final = "aeiouy"
_LAST_Y: Final = "yỳýỷỹỵ"
_MOVED_FROM: Final = "àáảãạèéẻẽẹỳýỷỹỵ"
_CONSONANTS: Final = re.compile("[bcdđghklmnprstvx]*")
_WORD: Final = re.compile(r"[^\W\d_]+")


def nfc(text: str) -> str:
    """The text in Unicode's composed form; macOS and some PDF makers write the other."""
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """NFC, without invisible characters, every run of white space (line feeds too) one space."""
    return nfc(" ".join(_ANY_INVISIBLE.sub("", text).split()))


def canonical(text: str) -> str:
    """The one form of all writings that mean the same word: case, space, look-alikes, tone placement.

    i and y stay apart (Lý, Lí): see `canonical_i`.
    """
    return _with_tones_moved(_with_apostrophes(_with_lookalikes(_plain(text))))


def canonical_i(text: str) -> str:
    """`canonical`, and a y that alone carries the syllable written i: Mỹ = Mĩ, Quý = Quí; Thúy stays."""
    return _with_i(canonical(text))


def fold(text: str) -> str:
    """`canonical` without diacritics, đ as d: how an MRZ or a foreign paper writes it."""
    return _bare(canonical(text))


def zone_form(text: str) -> str:
    """`fold` as a machine-readable zone holds it: no apostrophe, a space for a hyphen (ICAO 9303-3, 4.6)."""
    return squeeze(fold(text).replace("'", "").replace("-", " "))


def name_key(text: str) -> str:
    """The key of a name in an index: folded, letters and digits only, so that every writing finds it."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def is_unaccented(text: str) -> bool:
    """Whether the text carries no Vietnamese diacritic at all (it may then be any accented text)."""
    written = canonical(text)
    return written == _bare(written)


def same_name(paper: str, record: str) -> Compared:
    """Whether two names or words are the same, and by which rule.

    EXACT but for case, space and Unicode form; EQUIVALENT by `lookalike`, `apostrophe` or
    `tone_placement`; PARTIAL by `i_y` (Lý, Lí may be two people) or `unaccented` (one side has no
    diacritic at all); else DIFFERENT.
    """
    ours, theirs = _plain(paper), _plain(record)
    if ours == theirs:
        return Compared(Agreement.EXACT)
    for rule, step in _STEPS:
        ours, theirs = step(ours), step(theirs)
        if ours == theirs:
            return Compared(Agreement.EQUIVALENT, rule)
    if _with_i(ours) == _with_i(theirs):
        return Compared(Agreement.PARTIAL, "i_y")
    if zone_form(paper) == zone_form(record) and (is_unaccented(paper) or is_unaccented(record)):
        return Compared(Agreement.PARTIAL, "unaccented")
    return Compared(Agreement.DIFFERENT)


def _plain(text: str) -> str:
    # Case is folded on the decomposed form: some folds leave a mark that must then be composed again.
    return nfc(unicodedata.normalize("NFD", squeeze(text)).casefold())


def _with_lookalikes(text: str) -> str:
    return text.translate(_LOOKALIKES) if _ANY_LOOKALIKE.search(text) else text


def _with_apostrophes(text: str) -> str:
    return text.translate(_APOSTROPHES) if _ANY_APOSTROPHE.search(text) else text


def _with_tones_moved(text: str) -> str:
    return _WORD.sub(lambda word: _tone_moved(word.group()), text)


def _with_i(text: str) -> str:
    return _WORD.sub(lambda word: _i_for_y(word.group()), text)


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(mark for mark in apart if not unicodedata.combining(mark)).replace("đ", "d")


_STEPS: Final = (
    ("lookalike", _with_lookalikes),
    ("apostrophe", _with_apostrophes),
    ("tone_placement", _with_tones_moved),
)
"""From the plain form to the canonical one, each with the rule that it is."""


def _tone_moved(word: str) -> str:
    """hoà → hòa, thuỵ → thụy (open syllables in oa, oe, uy), qúy → quý (u after q never carries the tone)."""
    if word[0] != "q" and word[-1] not in _MOVED_FROM:
        return word
    bare, tone = _toneless(word)
    if tone is None:
        return word
    mark, at = tone
    if bare.startswith("qu") and at == 1 and len(bare) > 2 and bare[2] in _VOWELS:
        return _toned(bare, mark, 2)
    if bare[-2:] in ("oa", "oe", "uy") and not bare.startswith("qu") and at == len(bare) - 1:
        return _toned(bare, mark, at - 1)
    return word


def _i_for_y(word: str) -> str:
    if word[-1] not in _LAST_Y:
        return word
    bare, tone = _toneless(word)
    onset = bare[:-1].removeprefix("qu")
    if not bare.endswith("y") or not _CONSONANTS.fullmatch(onset):
        return word
    plain = bare[:-1] + "i"
    return plain if tone is None else _toned(plain, *tone)


def _toneless(word: str) -> tuple[str, tuple[str, int] | None]:
    """The composed word without its tone, and the tone with the index of the letter that carried it.

    A word with no tone, or with more than one (not Vietnamese), comes back as it is.
    """
    apart = unicodedata.normalize("NFD", word)
    tones = list(_TONE.finditer(apart))
    if len(tones) != 1:
        return word, None
    carrier = len(nfc(apart[: tones[0].start()])) - 1
    return nfc(_TONE.sub("", apart)), (tones[0].group(), carrier)


def _toned(bare: str, mark: str, at: int) -> str:
    return nfc(bare[: at + 1] + mark + bare[at + 1 :])
