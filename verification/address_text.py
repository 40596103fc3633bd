"""An address as printed in; its pieces from left to right, each with the kind of unit it names, out."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from verification.normalise import canonical_i, fold, is_unaccented


class Atom(NamedTuple):
    """One piece: the kind of unit its prefix names ("" for none), the key of the rest, and the whole text.

    `dashed`: a dash stands before it, which may part two names or belong to one (Bà Rịa - Vũng Tàu).
    """

    kind: str
    key: str
    text: str
    dashed: bool


Atoms = tuple[Atom, ...]

_FULL_KINDS: Final = ("tỉnh", "thành phố", "quận", "huyện", "thị xã", "thị trấn", "phường", "xã", "đặc khu")
_LETTERS: Final = {"q": "quận", "h": "huyện", "p": "phường", "x": "xã", "t": "tỉnh"}
"""A kind with its point, or right before a number (P7, Q 1): else a piece of a word was lost."""
_POINT: Final = "\u2024"
_SHORT_KINDS: Final = {
    "tp": "thành phố", "t p": "thành phố", "tx": "thị xã", "t x": "thị xã", "tt": "thị trấn",
    "t t": "thị trấn", **_LETTERS, **{f"{letter}{_POINT}": kind for letter, kind in _LETTERS.items()},
}  # fmt: skip
_BARE_KINDS: Final = {fold(kind): kind for kind in _FULL_KINDS}
_KINDS: Final = _BARE_KINDS | _SHORT_KINDS | {kind: kind for kind in _FULL_KINDS}
_PREFIX: Final = re.compile(
    "(?P<kind>" + "|".join(sorted(_KINDS, key=len, reverse=True)) + r")(?: +(?=\S)|(?=\d))(?P<name>.+)"
)
_SEPARATOR: Final = re.compile(r"[,;()\n]+")
_DASH: Final = re.compile(r"(?<=\S) *- *(?=\S)")
# Without a comma the accented word for a kind of unit parts two names. "Thị xã" holds "xã", a tỉnh lộ is a
# road, and Xã Đàn is a street of Hà Nội.
_NEXT_UNIT: Final = re.compile(
    r" (?=(?:(?<!thị )xã(?! đàn\b)|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh(?! lộ\b)|tp|tx) )"
)
_COUNTRY: Final = frozenset({"viet nam", "vietnam", "vn"})
_DETAILS: Final = (
    "số", "sn", "thôn", "xóm", "ấp", "bản", "buôn", "làng", "đội", "tổ", "tdp", "khu", "khối", "kp", "đường",
    "đ", "phố", "ngõ", "ngách", "hẻm", "kiệt", "lô", "căn", "phòng",
)  # fmt: skip
_DETAIL_WORD: Final = re.compile(rf"(?:{'|'.join(_DETAILS)})\b|\d")
_BARE_DETAIL_WORD: Final = re.compile(rf"(?:{'|'.join(map(fold, _DETAILS))})\b|\d")
_LOST: Final = re.compile(r"(?:^|[,;])\s*\.")
"""A point at the head of a piece: the word that it shortened is not there."""
_SPACED: Final = re.compile(r"\bt\. ?([pxt])\b")
_POINTED: Final = re.compile(r"(?<!\w)([qhpxt])\. *(?=\w)")

_HAMLET: Final = re.compile(r"(?:thôn|xóm|ấp|bản|buôn|tổ|tdp|khu phố|kp)\b")


def split_address(text: str) -> Atoms:
    """The pieces of an address, without the name of the country at its end."""
    lines = canonical_i(text.replace("\n", ","))
    if _LOST.search(lines):
        return ()
    plain = _POINTED.sub(rf"\1{_POINT} ", _SPACED.sub(r"t\1", lines)).replace(".", " ")
    bare = is_unaccented(plain)
    atoms = [
        atom for part in _SEPARATOR.split(plain) for atom in _split_part(" ".join(part.split()), bare=bare)
    ]
    while atoms and fold(atoms[-1].text) in _COUNTRY:
        atoms.pop()
    return tuple(atoms)


def unit_key(name: str) -> str:
    """The form under which names of units are the same: 07 is 7, hyphens and apostrophes do not count."""
    words = canonical_i(name).replace("-", " ").replace("'", "").split()
    return " ".join((word.lstrip("0") or "0") if word.isdecimal() else word for word in words)


def endings(atoms: Atoms) -> Iterator[tuple[int, str, str]]:
    """The names that may stand at the end, the longest first: number of atoms before it, kind, key."""
    first = len(atoms) - 1
    while first > 0 and atoms[first].dashed and not atoms[first].kind:
        first -= 1
    for left in range(max(first, 0), len(atoms)):
        run = atoms[left:]
        yield left, run[0].kind, " ".join(atom.key for atom in run)


def detail_of(atoms: Atoms) -> str:
    """What is left of an address when its units are taken: house, street, hamlet."""
    return ", ".join(atom.text for atom in atoms)


def is_detail(atom: Atom) -> bool:
    """Whether the piece says of itself that it is finer than a commune: thôn, tổ, số, đường, a number."""
    word = _BARE_DETAIL_WORD if is_unaccented(atom.text) else _DETAIL_WORD
    return not atom.kind and word.match(atom.text) is not None


def is_hamlet(atom: Atom) -> bool:
    """Whether the piece is a hamlet or a group of houses: a part of a commune, as a street need not be."""
    return not atom.kind and _HAMLET.match(atom.text) is not None


def _split_part(part: str, *, bare: bool) -> Iterator[Atom]:
    for piece in _NEXT_UNIT.split(part):
        texts = [text.strip(" -") for text in _DASH.split(piece)]
        yield from (_atom(text, dashed=number > 0, bare=bare) for number, text in enumerate(texts) if text)


def _atom(text: str, *, dashed: bool, bare: bool) -> Atom:
    found = _PREFIX.fullmatch(text)
    plain = text.replace(_POINT, "")
    # "Xa lộ" is a road, and "tinh Kon Tum" a damaged word: the unaccented words for units count only where
    # nothing in the whole address is accented.
    if found is None or (found["kind"] in _BARE_KINDS and not bare) or _is_lost(found["kind"], found["name"]):
        return Atom("", unit_key(plain), plain, dashed)
    return Atom(_KINDS[found["kind"]], unit_key(found["name"].replace(_POINT, "")), plain, dashed)


def _is_lost(kind: str, name: str) -> bool:
    """A letter that stands for a kind without a point, before a name: "x Phương Phú" was more."""
    return kind in _LETTERS and not name[0].isdecimal()
