"""A holder goes in, a parcel of land with the certificate that was issued for it comes out, with the truth.

Two forms (domain.md 2.9): that of 2024 (Thông tư 10/2024/TT-BTNMT), that of 2014 (Thông tư 23/2014/TT-BTNMT).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from verification.specimens.birth import capitalised
from verification.specimens.chance import Chance
from verification.specimens.issuing import LAST_ISSUE, era_by_seed, issue_day
from verification.specimens.model import Order
from verification.specimens.names import Sex, full_name, surname
from verification.specimens.people import Person
from verification.specimens.places import Era, Place
from verification.specimens.registration import MERGE_DAY
from verification.specimens.wording import DIGITS, number_in_words

LAW_OF_2024 = date(2025, 1, 1)
"""The form of 2024 is in use."""
FIRST_ISSUE = date(2014, 7, 5)
LAND_LETTERS = "ABCDEGHKLMNPSTVX"
RURAL, URBAN = "Đất ở tại nông thôn", "Đất ở tại đô thị"
FARMLAND = ("Đất trồng cây lâu năm", "Đất chuyên trồng lúa nước", "Đất bằng trồng cây hàng năm khác")
FOREVER = "Lâu dài"
ORIGINS = (
    "Nhà nước giao đất có thu tiền sử dụng đất",
    "Công nhận quyền sử dụng đất như giao đất có thu tiền sử dụng đất",
    "Công nhận quyền sử dụng đất như giao đất không thu tiền sử dụng đất",
    "Nhận chuyển nhượng đất được Nhà nước giao đất có thu tiền sử dụng đất",
    "Nhận tặng cho đất được công nhận quyền sử dụng đất như giao đất có thu tiền sử dụng đất",
)

land_era = era_by_seed("land certificate", new_share=0.4)


@dataclass(frozen=True, slots=True)
class Use:
    """What a part of the parcel may be used for, its area in tenths of a square metre, and how long."""

    purpose: str
    tenths: int
    term: str


@dataclass(frozen=True, slots=True)
class LandCertificate:
    """What is printed; `spouse` holds the land together with the holder."""

    holder: Person
    spouse: str | None
    capitals: bool
    serial_number: str
    parcel: str
    map_sheet: str
    address: str
    uses: tuple[Use, ...]
    metres: str
    origin: str
    register_number: str
    issued_on: date
    place: Place
    era: Era

    @property
    def form_2024(self) -> bool:
        """True for the form of two pages."""
        return self.issued_on >= LAW_OF_2024

    @property
    def holder_name(self) -> str:
        """As printed."""
        return self.holder.full_name.upper() if self.capitals else self.holder.full_name

    @property
    def area(self) -> str:
        """As printed: decimal comma, and square metres with a small or a plain two."""
        return f"{decimal(sum(use.tenths for use in self.uses))} {self.metres}"

    @property
    def purpose(self) -> str:
        """One purpose, or each with its share."""
        if len(self.uses) == 1:
            return self.uses[0].purpose
        return "; ".join(f"{use.purpose}: {decimal(use.tenths)} {self.metres}" for use in self.uses)

    @property
    def term(self) -> str:
        """One term, or that of each purpose."""
        if len({use.term for use in self.uses}) == 1:
            return self.uses[0].term
        return "; ".join(f"{use.purpose}: {use.term}" for use in self.uses)

    @property
    def truth(self) -> dict[str, str]:
        """Fields as interface.md names them; of two holders the one named first."""
        return {
            "serial_number": self.serial_number.replace(" ", ""),
            "holder_full_name": self.holder_name,
            "parcel_number": self.parcel,
            "map_sheet_number": self.map_sheet,
            "address": self.address,
            "area": self.area.replace("m2", "m²"),
            "purpose": self.purpose.replace("m2", "m²"),
            "term": self.term,
            "register_number": self.register_number.replace(" ", ""),
            "issued_on": self.issued_on.isoformat(),
        }


def decimal(tenths: int) -> str:
    """125 or 125,5."""
    whole, part = divmod(tenths, 10)
    return f"{whole},{part}" if part else str(whole)


def area_in_words(area: str) -> str:
    """`một trăm hai mươi lăm phẩy năm mét vuông` for `125,5 m²`."""
    whole, _, part = area.split(" ", maxsplit=1)[0].partition(",")
    words = number_in_words(int(whole))
    return f"{words} phẩy {DIGITS[int(part)]} mét vuông" if part else f"{words} mét vuông"


def land_certificate(order: Order) -> LandCertificate:
    """The land of the family's child."""
    chance, holder = Chance("land certificate", order.seed), order.family.child
    place = holder.residence.place
    issued_on = day_of_issue(chance, order.era, holder.date_of_birth)
    new_form = issued_on >= LAW_OF_2024
    books = ("VP", "CN", "CH") if new_form else ("CH", "CS", "CT")
    letters = chance.pick(LAND_LETTERS) + chance.pick(LAND_LETTERS)
    written = place.written(order.era, prefixed=chance.happens(0.75))
    return LandCertificate(
        holder=holder,
        spouse=spouse_of(chance, holder) if chance.happens(0.4) else None,
        capitals=chance.happens(0.6),
        serial_number=f"{letters} {chance.digits(8 if new_form else 6)}",
        parcel=str(chance.between(1, 980)),
        map_sheet=str(chance.between(1, 96)),
        address=capitalised(chance.pick((written, f"{holder.residence.detail}, {written}"))),
        uses=uses(chance, place, issued_on),
        metres=chance.pick(("m²", "m²", "m2")),
        origin=chance.pick(ORIGINS),
        register_number=f"{chance.pick(books)} {chance.digits(5)}",
        issued_on=issued_on,
        place=place,
        era=order.era,
    )


def day_of_issue(chance: Chance, era: Era, born: date) -> date:
    """A third of the papers with three levels are of the half year before the merge, on the new form."""
    grown = born + timedelta(days=366 * 19)
    first = max(FIRST_ISSUE, grown)
    if era is Era.OLD and chance.happens(0.35):
        return chance.day(max(first, LAW_OF_2024), MERGE_DAY - timedelta(days=2))
    last = LAST_ISSUE if era is Era.NEW else max(first, LAW_OF_2024 - timedelta(days=1))
    return issue_day(chance, era, first, last) if era is Era.NEW else chance.day(first, last)


def spouse_of(chance: Chance, holder: Person) -> str:
    """A name of the other sex."""
    return full_name(chance, None, Sex.FEMALE if holder.sex is Sex.MALE else Sex.MALE, surname(chance, None))


def uses(chance: Chance, place: Place, issued_on: date) -> tuple[Use, ...]:
    """A place to live, farmland, or both."""
    living = Use(RURAL if place.rural else URBAN, area_tenths(chance, 45, 400), FOREVER)
    end = f"Đến ngày 15/10/{issued_on.year // 10 * 10 + chance.pick((23, 33, 43))}"
    farm = Use(chance.pick(FARMLAND), area_tenths(chance, 60, 2400), end)
    return chance.weighted((((living,), 5), ((farm,), 2), ((living, farm), 3)))


def area_tenths(chance: Chance, low: int, high: int) -> int:
    """Square metres, half of them whole."""
    return chance.between(low, high) * 10 + (chance.between(1, 9) if chance.happens(0.5) else 0)
