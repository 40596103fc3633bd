"""The digits of a personal number in; what they say (province of birth registration, sex, year) out.

12 digits `PPP C YY RRRRRR`, without a check digit: PPP the province where the birth was registered (63
codes, not renumbered by the merge of 2025), C century and sex, YY the year of birth. What it says may
contradict the paper after a corrected civil status: that is for an officer, never a refusal.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from verification.dates import PartialDate
from verification.normalise import squeeze

_PERSONAL: Final = re.compile(r"[0-9]{12}")
_OLD_CARD: Final = re.compile(r"[0-9]{9}")
_CENTURY_START: Final = 1900

PROVINCES_OF_REGISTRATION: Final = {
    "001": "Hà Nội", "002": "Hà Giang", "004": "Cao Bằng", "006": "Bắc Kạn", "008": "Tuyên Quang",
    "010": "Lào Cai", "011": "Điện Biên", "012": "Lai Châu", "014": "Sơn La", "015": "Yên Bái",
    "017": "Hòa Bình", "019": "Thái Nguyên", "020": "Lạng Sơn", "022": "Quảng Ninh", "024": "Bắc Giang",
    "025": "Phú Thọ", "026": "Vĩnh Phúc", "027": "Bắc Ninh", "030": "Hải Dương", "031": "Hải Phòng",
    "033": "Hưng Yên", "034": "Thái Bình", "035": "Hà Nam", "036": "Nam Định", "037": "Ninh Bình",
    "038": "Thanh Hóa", "040": "Nghệ An", "042": "Hà Tĩnh", "044": "Quảng Bình", "045": "Quảng Trị",
    "046": "Thừa Thiên Huế", "048": "Đà Nẵng", "049": "Quảng Nam", "051": "Quảng Ngãi", "052": "Bình Định",
    "054": "Phú Yên", "056": "Khánh Hòa", "058": "Ninh Thuận", "060": "Bình Thuận", "062": "Kon Tum",
    "064": "Gia Lai", "066": "Đắk Lắk", "067": "Đắk Nông", "068": "Lâm Đồng", "070": "Bình Phước",
    "072": "Tây Ninh", "074": "Bình Dương", "075": "Đồng Nai", "077": "Bà Rịa - Vũng Tàu",
    "079": "Hồ Chí Minh", "080": "Long An", "082": "Tiền Giang", "083": "Bến Tre", "084": "Trà Vinh",
    "086": "Vĩnh Long", "087": "Đồng Tháp", "089": "An Giang", "091": "Kiên Giang", "092": "Cần Thơ",
    "093": "Hậu Giang", "094": "Sóc Trăng", "095": "Bạc Liêu", "096": "Cà Mau",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """A personal number whose form is right: what its first six digits say. `province` has three digits."""

    digits: str
    province: str
    sex: str
    birth_year: int


def parse_personal_number(text: str, *, latest_year: int) -> PersonalNumber | None:
    """None unless it has twelve digits, a known province and a year of birth not after `latest_year`.

    It proves no digit right: six of the twelve are free, so most numbers with one digit misread pass.
    """
    digits = _digits(text)
    if not _PERSONAL.fullmatch(digits) or digits[:3] not in PROVINCES_OF_REGISTRATION:
        return None
    century, woman = divmod(int(digits[3]), 2)
    year = _CENTURY_START + 100 * century + int(digits[4:6])
    if year > latest_year:
        return None
    return PersonalNumber(digits, digits[:3], "female" if woman else "male", year)


def is_old_card_number(text: str) -> bool:
    """Whether it has the nine digits of a CMND; it is compared with the record's old numbers only."""
    return _OLD_CARD.fullmatch(_digits(text)) is not None


def contradictions(
    number: str, *, sex: str | None, birth_date: PartialDate | None, today: date
) -> tuple[str, ...]:
    """What the number says against the paper: `form`, or any of `sex` and `birth_year`; empty if nothing.

    `sex` is `male` or `female`; what is None is not compared.
    """
    parsed = parse_personal_number(number, latest_year=today.year)
    if parsed is None:
        return ("form",)
    wrong_sex = sex is not None and sex != parsed.sex
    wrong_year = birth_date is not None and birth_date.year != parsed.birth_year
    return tuple(name for name, wrong in (("sex", wrong_sex), ("birth_year", wrong_year)) if wrong)


def _digits(text: str) -> str:
    return "".join(squeeze(text).split())
