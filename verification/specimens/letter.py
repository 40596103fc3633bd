"""A place and a seed go in, what an official letter of an invented matter says comes out, with its truth.

Parts and their names: Nghị định 30/2020/NĐ-CP, Art. 8 and appendix I. A letter without a type (công văn)
has its subject below the number.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from verification.specimens.bureau import Bureau, bureau
from verification.specimens.chance import Chance
from verification.specimens.model import Order
from verification.specimens.office import Letterhead, Signer, day_in_words, invented_name, town_name
from verification.specimens.places import Era, Place
from verification.specimens.registration import MERGE_DAY

FIRST_DAY, LAST_DAY = date(2021, 3, 1), date(2026, 10, 30)
UNTYPED_SHARE = 0.45
BEFORE_SUBJECT = ("V/v ", "Về việc ")
"""Labels that are not part of a subject."""
DECISION, INVITATION = "QUYẾT ĐỊNH", "GIẤY MỜI"
GREETED = ("TỜ TRÌNH", INVITATION, "BÁO CÁO")
"""Types that, like a letter without one, begin with whom they are for."""
LAWS = {
    Era.OLD: "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    Era.NEW: "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
}


@dataclass(frozen=True, slots=True)
class LetterType:
    """A type with its sign in numbers and the subjects that letters of that type have here."""

    name: str
    sign: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterWords:
    """Everything `letters.toml` holds."""

    towards: tuple[str, ...]
    kept: tuple[str, ...]
    sentences: tuple[str, ...]
    articles: tuple[str, ...]
    untyped: tuple[str, ...]
    tails: tuple[str, ...]
    types: tuple[LetterType, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it will be printed; `type` and `greeting` are None where there is none."""

    head: Letterhead
    type: str | None
    subject: str
    greeting: str | None
    grounds: tuple[str, ...]
    body: tuple[str, ...]
    kept: tuple[str, ...]
    signer: Signer

    @property
    def truth(self) -> dict[str, str]:
        """Fields as interface.md names them."""
        label = next((words for words in BEFORE_SUBJECT if self.subject.startswith(words)), "")
        fields = {
            "issuer": self.head.office,
            "number": self.head.number.replace(" ", ""),
            "place": self.head.place,
            "issued_on": self.head.day.isoformat(),
            "subject": self.subject.removeprefix(label),
            "signer_title": self.signer.title,
            "signer_full_name": self.signer.full_name,
        }
        return fields | ({"type": self.type} if self.type else {})


@cache
def letter_words() -> LetterWords:
    """The list, read once."""
    text = files("verification.specimens").joinpath("letters.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return LetterWords(
        towards=tuple(table["towards"]),
        kept=tuple(table["kept"]),
        sentences=tuple(table["sentences"]),
        articles=tuple(table["articles"]),
        untyped=tuple(table["untyped"]),
        tails=tuple(table["tails"]),
        types=tuple(LetterType(row["type"], row["sign"], tuple(row["subjects"])) for row in table["types"]),
    )


def filled(text: str, place: Place, era: Era, day: date) -> str:
    """The text with the names of the commune and the year."""
    commune = place.units(era)[0].written(prefixed=True)
    return text.format(commune=commune, place=place.written(era, prefixed=True), year=day.year)


def some(chance: Chance, choices: tuple[str, ...], least: int, most: int) -> tuple[str, ...]:
    """So many of the texts, in their order."""
    count = min(chance.between(least, most), len(choices))
    kept = sorted(chance.noise.permutation(len(choices))[:count].tolist())
    return tuple(choices[at] for at in kept)


def grounds_of(chance: Chance, kind: LetterType | None, era: Era, day: date) -> tuple[str, ...]:
    """What the letter rests on: numbers and days that are not its own."""
    before = day - timedelta(days=chance.between(3, 60))
    other = (
        f"Công văn số {chance.between(20, 2400)}/{chance.pick(('STP-HCTP', 'UBND-NC', 'SNV-CCHC'))} "
        f"{day_in_words(before)} của cơ quan cấp trên"
    )
    if kind and kind.name == DECISION:
        return (LAWS[era], f"Căn cứ {other};", "Xét đề nghị của bộ phận chuyên môn,")
    return (f"Căn cứ {other},",) if chance.happens(0.5) else ()


def letter_day(chance: Chance, era: Era) -> date:
    """A day of recent years under the division that the letter names."""
    return chance.day(*((MERGE_DAY, LAST_DAY) if era is Era.NEW else (FIRST_DAY, date(2025, 6, 30))))


def subject_of(chance: Chance, kind: LetterType | None) -> str:
    """The subject with its label, if it has one, before names and year are filled in."""
    if kind:
        return chance.pick(kind.subjects)
    matter, tail = chance.pick(letter_words().untyped), chance.pick(letter_words().tails)
    return f"V/v {matter}{'' if '{' in matter else tail}"


def greeting_of(chance: Chance, kind: LetterType | None) -> str | None:
    """Whom the letter is for, if it says so at its head."""
    if kind and kind.name not in GREETED:
        return None
    opening = "Kính mời" if kind and kind.name == INVITATION else "Kính gửi"
    return f"{opening}: {chance.pick(letter_words().towards)}"


def letter(order: Order) -> Letter:
    """The letter of this seed, from an office of the commune where the family lives."""
    chance, place, era = Chance("letter", order.seed), order.family.child.residence.place, order.era
    words, day, office = letter_words(), letter_day(chance, era), bureau(chance, place, era)
    kind = None if chance.happens(UNTYPED_SHARE) else chance.pick(words.types)
    subject, greeting = subject_of(chance, kind), greeting_of(chance, kind)
    decided = kind is not None and kind.name == DECISION
    body = words.articles if decided else some(chance, words.sentences, 3, 8)
    return Letter(
        head=letterhead(chance, office, kind, town_name(place, era), day),
        type=kind.name if kind else None,
        subject=filled(subject, place, era, day),
        greeting=filled(greeting, place, era, day) if greeting else None,
        grounds=grounds_of(chance, kind, era, day),
        body=tuple(filled(text, place, era, day) for text in body),
        kept=tuple(filled(text, place, era, day) for text in (*some(chance, words.kept, 1, 4), "- Lưu: VT.")),
        signer=Signer(chance.pick(office.capacities), invented_name(chance)),
    )


def letterhead(chance: Chance, office: Bureau, kind: LetterType | None, town: str, day: date) -> Letterhead:
    """Office, number, place and day."""
    number = office.number(chance, kind.sign if kind else None)
    return Letterhead(office.superior, office.issuer, number, town, day)
