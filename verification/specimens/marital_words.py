"""A person and a day go in, the words for their marital status on that day come out, all invented."""

from datetime import date

from verification.specimens.card import birthday
from verification.specimens.chance import Chance
from verification.specimens.names import Sex
from verification.specimens.office import invented_name
from verification.specimens.people import Person
from verification.specimens.places import Era
from verification.specimens.registration import MERGE_DAY

SINGLE = (
    "Chưa đăng ký kết hôn với ai",
    "Hiện tại chưa đăng ký kết hôn với ai",
    "Chưa đăng ký kết hôn với ai tại Ủy ban nhân dân xã, phường nơi cư trú",
)
AGE_OF_STORIES = 24
"""Whoever is younger has never married."""


def marital_status(chance: Chance, holder: Person, day: date) -> str:
    """Never married, married, divorced, or bereft."""
    settled = birthday(holder.date_of_birth, AGE_OF_STORIES)
    if settled >= day or chance.happens(0.5):
        return chance.pick(SINGLE)
    event = chance.day(max(settled, date(2012, 1, 4)), day)
    return chance.pick((divorced, bereft, married))(chance, holder, event)


def divorced(chance: Chance, holder: Person, event: date) -> str:
    """Parted by a court and not married since."""
    units = holder.residence.place.units(Era.NEW if event >= MERGE_DAY else Era.OLD)
    province = units[-1].written(prefixed=True)
    decree, symbol = chance.pick(
        (("Quyết định công nhận thuận tình ly hôn", "QĐST-HNGĐ"), ("Bản án ly hôn", "HNGĐ-ST"))
    )
    number = f"{chance.between(3, 480)}/{event.year}/{symbol}"
    return (
        f"Đã đăng ký kết hôn, nhưng đã ly hôn theo {decree} số {number} ngày {event:%d/%m/%Y} của Tòa án "
        f"nhân dân {province}; hiện tại chưa đăng ký kết hôn với ai"
    )


def bereft(chance: Chance, holder: Person, event: date) -> str:
    """The spouse has died and the holder has not married since."""
    spouse = "vợ" if holder.sex is Sex.MALE else "chồng"
    return (
        f"Đã đăng ký kết hôn, nhưng {spouse} đã chết (Trích lục khai tử số {chance.between(2, 190)}/TLKT "
        f"ngày {event:%d/%m/%Y}); hiện tại chưa đăng ký kết hôn với ai"
    )


def married(chance: Chance, holder: Person, event: date) -> str:
    """Married on that day."""
    words = "vợ là bà" if holder.sex is Sex.MALE else "chồng là ông"
    since = f" (đăng ký kết hôn ngày {event:%d/%m/%Y})" if chance.happens(0.5) else ""
    return f"Hiện tại đang có {words} {invented_name(chance)}{since}"
