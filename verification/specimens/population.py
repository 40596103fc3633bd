"""A place in a row of millions goes in, an invented person as a line of the population database comes out.

For measuring: quicker than `people.family` by a factor of fifty, and no two people share a number.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b

from verification.specimens.chance import Chance
from verification.specimens.names import Sex, full_name, name_lists, surname, words
from verification.specimens.people import NATIONALITY
from verification.specimens.places import Era, Place, all_places
from verification.specimens.records import UPDATED_AT, place_record

_FIRST_YEAR, _YEARS = 1926, 97
_STEP = 387_421
"""Coprime to a million: the six free digits of a million people in a row are all different."""
_MOVED = 7
"""By so many years the births of the next million lie further on, so that their digits may come again."""
_POOL = 4096
"""How many ready-made names and homes are drawn from; a power of two, as choices are bits of one number."""
_MIDDLES = words("Văn, Thị, Đức, Hữu, Thanh, Minh, Ngọc, Quỳnh, Hoàng, Thuý, Khánh, Bảo, Gia, Nhật, Mỹ, Hoà")


@dataclass(frozen=True, slots=True)
class _Home:
    """The province of a number; the commune as JSON, and as the text and the rest of a residence in it."""

    birth_code: str
    origin: str
    commune: str
    codes: str


class InventedPopulation:
    """The people of a seed, by their place in the row: the same place is always the same person."""

    def __init__(self, seed: int = 0) -> None:
        chance = Chance("population", seed)
        self._salt = seed.to_bytes(16, "big")
        self._families = [surname(chance, None) for _ in range(_POOL)]
        self._men, self._women = _names(chance, Sex.MALE), _names(chance, Sex.FEMALE)
        self._homes = [_home(chance, chance.pick(all_places())) for _ in range(_POOL)]
        first = date(2001, 1, 1)
        self._days = [(first + timedelta(days=n)).strftime("-%m-%d") for n in range(365)]

    def lines(self, numbers: Iterable[int], *, updated_at: str = UPDATED_AT, moved: int = 0) -> Iterator[str]:
        """NDJSON of the people at these places, each with its line feed; `moved` so many houses further."""
        for number in numbers:
            yield self._line(number, updated_at, moved)

    def personal_number(self, number: int) -> str:
        """Of the person at this place of the row."""
        return self._number(number, self._bits(number))

    def _bits(self, number: int) -> int:
        return int.from_bytes(blake2b(number.to_bytes(8, "big"), digest_size=16, salt=self._salt).digest())

    def _number(self, number: int, bits: int) -> str:
        century, year = divmod(_year(number) - 1900, 100)
        woman = bits >> 90 & 1
        code = self._homes[bits & 4095].birth_code
        return f"{code}{century * 2 + woman}{year:02d}{number * _STEP % 1_000_000:06d}"

    def _line(self, number: int, updated_at: str, moved: int) -> str:
        bits, year = self._bits(number), _year(number)
        own, home, families = self._number(number, bits), self._homes[bits & 4095], self._families
        woman, family = bits >> 90 & 1, families[bits >> 52 & 4095]
        middle = f" {_MIDDLES[bits >> 91 & 15]}" if bits >> 95 & 1 else ""
        given = (self._women if woman else self._men)[bits >> 12 & 4095]
        old = f'"{own[1:3]}{(bits >> 96) % 10_000_000:07d}"' if year < 2002 and bits >> 89 & 1 else ""
        house, elder = (bits >> 40 & 255) + 1 + moved, (year - 28) % 100
        return (
            f'{{"full_name": "{family}{middle} {given}", '
            f'"date_of_birth": "{year}{self._days[(bits >> 24 & 0xFFFF) % 365]}", '
            f'"sex": "{"female" if woman else "male"}", "ethnicity": "Kinh", '
            f'"nationality": "{NATIONALITY}", "personal_number": "{own}", "old_id_numbers": [{old}], '
            f'"place_of_origin": {home.origin}, '
            f'"residence": {{"text": "Số {house} đường Hoa Mai, {home.commune}"{home.codes}}}, '
            f'"father": {{"full_name": "{family} {self._men[bits >> 64 & 4095]}", '
            f'"personal_number": "{own[:3]}0{elder:02d}{own[11:5:-1]}"}}, '
            f'"mother": {{"full_name": "{families[bits >> 100 & 4095]} {self._women[bits >> 76 & 4095]}", '
            f'"personal_number": "{own[:3]}1{elder:02d}{own[11:5:-1]}"}}, '
            f'"status": "active", "updated_at": "{updated_at}", "deleted": false}}\n'
        )


def _year(number: int) -> int:
    million, rest = divmod(number, 1_000_000)
    return _FIRST_YEAR + (rest * 31 + million * _MOVED) % _YEARS


def _names(chance: Chance, sex: Sex) -> list[str]:
    """Middle and given names, with those of the minorities among them."""
    minorities = name_lists().minorities
    groups = [chance.pick(minorities) if chance.happens(0.1) else None for _ in range(_POOL)]
    return [full_name(chance, people, sex, "").strip() for people in groups]


def _home(chance: Chance, place: Place) -> _Home:
    coded = chance.happens(0.5)
    text = place.written(Era.NEW, prefixed=chance.happens(0.5))
    origin = place_record(place, text, coded=coded)
    codes = f', "commune_code": "{place.commune_code}", "province_code": "{place.province_code}"'
    return _Home(place.birth_code, json.dumps(origin, ensure_ascii=False), text, codes if coded else "")
