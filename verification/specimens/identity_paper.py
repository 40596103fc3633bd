"""A person and the day a form is filled in go in, the identity paper they showed comes out in words."""

from datetime import date, timedelta

from verification.specimens.card import birthday
from verification.specimens.chance import Chance
from verification.specimens.people import Person

CARD_2016, CARD_2021, CARD_2024 = date(2016, 1, 1), date(2021, 3, 1), date(2024, 7, 1)
"""First days of the cards with twelve digits, with a chip, and of the Luật Căn cước."""
OLD_OFFICES = ("Công an {}", "CA {}")
FIRST_OFFICE, FIRST_OFFICE_UNTIL = "Cục Cảnh sát ĐKQL cư trú và DLQG về dân cư", date(2018, 10, 10)
OFFICES = ("Cục Cảnh sát quản lý hành chính về trật tự xã hội", "Cục Cảnh sát QLHC về TTXH")
NEW_OFFICES = ("Bộ Công an", "Cục Cảnh sát quản lý hành chính về trật tự xã hội")


def identity_paper(chance: Chance, person: Person, day: date) -> str:
    """Name, number, office and day of the paper as a clerk writes them, in full or in short.

    Before 2021 many showed the paper of nine digits; who had none shows a passport.
    """
    oldest = max(birthday(person.date_of_birth, 14), day - timedelta(days=9 * 365))
    if day < CARD_2016 or (day < CARD_2021 and person.old_id_number):
        issued = chance.day(oldest, day - timedelta(days=20))
        return old_paper(chance, person, issued)
    newest = day - timedelta(days=15)
    issued = chance.day(min(max(oldest, CARD_2016), newest), newest)
    return card_in_words(chance, person, issued)


def old_paper(chance: Chance, person: Person, issued: date) -> str:
    """A paper of nine digits, or a passport."""
    number = person.old_id_number
    paper = chance.pick(("Giấy CMND số", "CMND số")) if number else "Hộ chiếu số"
    office = chance.pick(OLD_OFFICES).format(person.residence.place.old[-1].written(prefixed=True))
    if not number:
        number, office = f"{chance.pick('BC')}{chance.digits(7)}", "Cục Quản lý xuất nhập cảnh"
    return with_office(chance, f"{paper} {number}", office, issued)


def card_in_words(chance: Chance, person: Person, issued: date) -> str:
    """A card of twelve digits."""
    names = ("Thẻ căn cước số", "Căn cước số") if issued >= CARD_2024 else ("Căn cước công dân số", "CCCD số")
    office = chance.pick(NEW_OFFICES if issued >= CARD_2024 else OFFICES)
    office = FIRST_OFFICE if issued < FIRST_OFFICE_UNTIL else office
    return with_office(chance, f"{chance.pick(names)} {person.personal_number}", office, issued)


def with_office(chance: Chance, paper: str, office: str, issued: date) -> str:
    """With the office and the day, the day alone, or neither."""
    return chance.weighted(
        (
            (f"{paper}, do {office} cấp ngày {issued:%d/%m/%Y}", 3),
            (f"{paper}, {office} cấp ngày {issued:%d/%m/%Y}", 2),
            (f"{paper} cấp ngày {issued:%d/%m/%Y}", 1),
            (paper, 1),
        )
    )
