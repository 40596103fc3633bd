"""An owner goes in, a household business as it was registered comes out, with truth and record.

Numbers: the owner's personal number since 1 July 2025 (Nghị định 168/2025/NĐ-CP); before that a tax number
of ten digits with its check digit, the same with a branch, or a serial of the district (domain.md 2.11).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from verification.specimens.chance import Chance
from verification.specimens.issuing import LAST_ISSUE, era_by_seed, issue_day
from verification.specimens.model import Order, RecordLine
from verification.specimens.people import Family, Person
from verification.specimens.places import Era, Residence, residence
from verification.specimens.records import UPDATED_AT, place_record

FIRST_REGISTRATION = date(2016, 1, 4)
TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
"""Of the first nine digits; the tenth is ten less the sum modulo eleven (domain.md 2.11)."""
TRADES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("TẠP HÓA", (("Bán lẻ lương thực, thực phẩm, đồ uống trong các cửa hàng tổng hợp", "4711"),)),
    ("QUÁN ĂN", (("Nhà hàng và các dịch vụ ăn uống phục vụ lưu động", "5610"),)),
    ("TIỆM MAY", (("May trang phục (trừ trang phục từ da lông thú)", "1410"),)),
    (
        "CỬA HÀNG ĐIỆN MÁY",
        (
            ("Bán lẻ đồ điện gia dụng trong các cửa hàng chuyên doanh", "4759"),
            ("Sửa chữa thiết bị, đồ dùng gia đình", "9522"),
        ),
    ),
    (
        "CƠ SỞ SỬA CHỮA XE MÁY VÀ MUA BÁN PHỤ TÙNG",
        (
            ("Bảo dưỡng, sửa chữa mô tô, xe máy", "4542"),
            ("Bán phụ tùng và các bộ phận phụ trợ của mô tô, xe máy", "4543"),
        ),
    ),
    (
        "CỬA HÀNG VẬT LIỆU XÂY DỰNG VÀ TRANG TRÍ NỘI THẤT",
        (
            ("Bán lẻ đồ ngũ kim, sơn, kính và thiết bị lắp đặt khác trong xây dựng", "4752"),
            ("Vận tải hàng hóa bằng đường bộ", "4933"),
        ),
    ),
)
CAPITALS = (30, 50, 80, 100, 150, 185, 250, 300, 505, 720, 1000, 1250)
"""Millions of đồng."""

business_era = era_by_seed("household business", new_share=0.4)


@dataclass(frozen=True, slots=True)
class Business:
    """What stands on the certificate; no change is the first registration."""

    owner: Person
    number: str
    name: str
    trades: tuple[tuple[str, str], ...]
    place: Residence
    parcel: str
    prefixed: bool
    capital_in_dong: int
    first_registered_on: date
    change: tuple[int, date] | None
    era: Era

    @property
    def address(self) -> str:
        """As printed; some begin with the parcel of land."""
        return self.parcel + self.place.written(self.era, prefixed=self.prefixed)

    @property
    def owner_residence(self) -> str:
        """As printed."""
        return self.owner.residence.written(self.era, prefixed=self.prefixed)

    @property
    def capital(self) -> str:
        """As printed."""
        return f"{self.capital_in_dong:,} đồng".replace(",", ".")

    @property
    def truth(self) -> dict[str, str]:
        """Fields as interface.md names them."""
        owner = self.owner
        fields = {
            "number": self.number,
            "business_name": self.name,
            "address": self.address,
            "capital": self.capital,
            "owner_full_name": owner.full_name.upper(),
            "owner_date_of_birth": owner.date_of_birth.isoformat(),
            "owner_sex": owner.sex.value,
            "owner_personal_number": owner.personal_number,
            "owner_residence": self.owner_residence,
            "first_registered_on": self.first_registered_on.isoformat(),
        }
        return fields | ({"change_number": str(self.change[0])} if self.change else {})


def business(order: Order) -> Business:
    """The business of the family's child."""
    chance, owner = Chance("household business", order.seed), order.family.child
    grown = owner.date_of_birth + timedelta(days=366 * 19)
    first = issue_day(chance, order.era, max(FIRST_REGISTRATION, grown))
    trade, trades = chance.pick(TRADES)
    place = residence(chance, owner.residence.place) if chance.happens(0.5) else owner.residence
    return Business(
        owner=owner,
        number=business_number(chance, owner, order.era),
        name=business_name(chance, trade, owner),
        trades=trades,
        place=place,
        parcel=parcel(chance),
        prefixed=chance.happens(0.75),
        capital_in_dong=chance.pick(CAPITALS) * 1_000_000,
        first_registered_on=first,
        change=change(chance, first) if chance.happens(0.35) else None,
        era=order.era,
    )


def parcel(chance: Chance) -> str:
    """The parcel of land an address begins with, most often none."""
    if chance.happens(0.75):
        return ""
    return f"Thửa đất số {chance.between(1, 420)}, tờ bản đồ số {chance.between(1, 60)}, "


def business_name(chance: Chance, trade: str, owner: Person) -> str:
    """The trade and the owner's given name, with or without the words for a household business."""
    opening = chance.pick(("HỘ KINH DOANH ", "HKD ", ""))
    given = owner.full_name.split()[-1].upper()
    return f"{opening}{trade} {chance.pick((given, f'{given} MẪU', f'MẪU {given}'))}"


def business_number(chance: Chance, owner: Person, era: Era) -> str:
    """As the offices of that time numbered."""
    if era is Era.NEW and chance.happens(0.8):
        return owner.personal_number
    tax = tax_number(chance)
    serial = f"{owner.residence.place.birth_code[1:]}{chance.pick('ABCDE')}8{chance.digits(6)}"
    return chance.pick((tax, f"{tax}-{chance.between(1, 4):03d}", serial))


def tax_number(chance: Chance) -> str:
    """Ten digits, the last of which checks the others."""
    while True:
        digits = f"8{chance.digits(8)}"
        check = 10 - sum(int(d) * w for d, w in zip(digits, TAX_WEIGHTS, strict=True)) % 11
        if check < 10:
            return f"{digits}{check}"


def change(chance: Chance, first: date) -> tuple[int, date]:
    """Which change of the registration this is, and its day."""
    return chance.between(1, 3), chance.day(first, max(first, min(LAST_ISSUE, first + timedelta(days=900))))


def business_records(order: Order, recorded: Family) -> tuple[RecordLine, ...]:
    """A certificate is answered by the register of household businesses."""
    record = business_record(business(order), recorded.child, Chance("record", order.seed))
    return (("household_business", record),)


def business_record(paper: Business, owner: Person, chance: Chance) -> Mapping[str, object]:
    """The business as its register knows it, with the communes of today."""
    prefixed, coded = chance.happens(0.5), chance.happens(0.5)
    address, home = (where.written(Era.NEW, prefixed=prefixed) for where in (paper.place, owner.residence))
    return {
        "number": paper.number,
        "business_name": paper.name,
        "address": place_record(paper.place.place, paper.parcel + address, coded=coded),
        "capital": paper.capital,
        "owner": {
            "full_name": owner.full_name,
            "date_of_birth": owner.date_of_birth.isoformat(),
            "sex": owner.sex.value,
            "personal_number": owner.personal_number,
            "residence": place_record(owner.residence.place, home, coded=coded),
        },
        "first_registered_on": paper.first_registered_on.isoformat(),
        "status": "active",
        "updated_at": UPDATED_AT,
        "deleted": False,
    }
