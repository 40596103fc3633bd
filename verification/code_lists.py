"""A word of a closed list (sex, ethnic group, nationality) in, its code out; None for an unknown word.

Ethnic groups: the list of 54 of the General Statistics Office (decision 121-TCTK/PPCĐ of 1979) with its
numbers. Only spellings of the same name and names printed on papers beside it are listed; names that the
list gives to a branch, and which another group uses too (Thổ, Xá), are left out: unknown goes to an officer.
"""

from functools import cache
from typing import Final

from verification.normalise import canonical_i

_SEXES: Final = {"male": ("male", "nam", "m", "nam/male"), "female": ("female", "nữ", "f", "nữ/female")}

_NATIONALITIES: Final = {
    "VNM": (
        "VNM",
        "Việt Nam",
        "Viet Nam",
        "Vietnam",
        "Vietnamese",
        "Việt Nam/Vietnamese",
        "CHXHCN Việt Nam",
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
    ),
    "LAO": ("LAO", "Lào", "Lao", "Laos"),
    "KHM": ("KHM", "Campuchia", "Cam-pu-chia", "Cambodia", "Cambodian"),
    "CHN": ("CHN", "Trung Quốc", "China", "Chinese"),
    "TWN": ("TWN", "Đài Loan", "Đài Loan (Trung Quốc)", "Taiwan", "Taiwanese"),
    "KOR": ("KOR", "Hàn Quốc", "Đại Hàn Dân Quốc", "Korea", "Republic of Korea", "Korean"),
    "JPN": ("JPN", "Nhật Bản", "Nhật", "Japan", "Japanese"),
    "THA": ("THA", "Thái Lan", "Thailand", "Thai"),
    "USA": ("USA", "Hoa Kỳ", "Mỹ", "United States", "American"),
    "FRA": ("FRA", "Pháp", "France", "French"),
    "DEU": ("DEU", "Đức", "Germany", "German"),
    "RUS": ("RUS", "Nga", "Liên bang Nga", "Russia", "Russian"),
    "GBR": ("GBR", "Anh", "Vương quốc Anh", "United Kingdom", "British"),
    "AUS": ("AUS", "Úc", "Ô-xtrây-li-a", "Australia", "Australian"),
    "CAN": ("CAN", "Ca-na-đa", "Canada", "Canadian"),
}

_ETHNIC_GROUPS: Final = (
    "1 Kinh|Kinh (Việt)|Việt",
    "2 Tày",
    "3 Thái",
    "4 Hoa|Hoa (Hán)|Hán",
    "5 Khơ-me|Khmer|Khơ Me|Khơme|Khơ Mer",
    "6 Mường",
    "7 Nùng",
    "8 Mông|HMông|Hmông|H'Mông|Hơ-mông|Mèo|Mông (Mèo)",
    "9 Dao",
    "10 Gia-rai|Gia Rai|Giarai|Jrai|Jarai|J'rai",
    "11 Ngái",
    "12 Ê-đê|Ê Đê|Êđê|Ra-đê|Rhađê",
    "13 Ba-na|Ba Na|Bana|Bahnar",
    "14 Xơ-đăng|Xơ Đăng|Xơđăng|Xê-đăng|Sedang",
    "15 Sán Chay|Sán Chay (Cao Lan - Sán Chỉ)|Cao Lan|Sán Chỉ",
    "16 Cơ-ho|Cơ Ho|Cơho|K'ho|Kơ Ho|Kơho",
    "17 Chăm|Chàm|Chăm (Chàm)",
    "18 Sán Dìu",
    "19 Hrê|H'rê|Hơ-rê",
    "20 Mnông|M'nông|Mơ-nông",
    "21 Ra-glai|Ra Glai|Raglai|Raglay",
    "22 Xtiêng|X'tiêng|Stiêng|S'tiêng|Xơ-tiêng",
    "23 Bru-Vân Kiều|Bru Vân Kiều|Vân Kiều|Bru",
    "24 Thổ",
    "25 Giáy",
    "26 Cơ-tu|Cơ Tu|Cơtu|Ka-tu",
    "27 Gié-Triêng|Giẻ-Triêng|Gié Triêng|Giẻ Triêng",
    "28 Mạ",
    "29 Khơ-mú|Khơ Mú|Khơmú|Khmú",
    "30 Co|Cor|Cùa",
    "31 Tà-ôi|Tà Ôi|Ta-ôi|Ta Ôi",
    "32 Chơ-ro|Chơ Ro|Chơro|Châu Ro",
    "33 Kháng",
    "34 Xinh-mun|Xinh Mun|Xinhmun",
    "35 Hà Nhì",
    "36 Chu-ru|Chu Ru|Churu",
    "37 Lào",
    "38 La Chí",
    "39 La Ha",
    "40 Phù Lá",
    "41 La Hủ",
    "42 Lự",
    "43 Lô Lô",
    "44 Chứt",
    "45 Mảng",
    "46 Pà Thẻn",
    "47 Cờ Lao|Cơ Lao",
    "48 Cống",
    "49 Bố Y",
    "50 Si La",
    "51 Pu Péo",
    "52 Brâu",
    "53 Ơ-đu|Ơ Đu|Ơđu",
    "54 Rơ-măm|Rơ Măm|Rơmăm",
)


def sex_code(text: str) -> str | None:
    """`male` or `female`, from either language."""
    return _sexes().get(_key(text))


def ethnic_code(text: str) -> int | None:
    """1..54 of the list; the word "dân tộc" before the name is allowed."""
    return _ethnic_groups().get(_key(text).removeprefix("dântộc"))


def nationality_code(text: str) -> str | None:
    """ISO 3166-1 alpha-3, for the nationalities that papers at a commune carry most."""
    return _nationalities().get(_key(text))


def _key(text: str) -> str:
    return "".join(letter for letter in canonical_i(text) if letter.isalnum())


@cache
def _sexes() -> dict[str, str]:
    return {_key(word): code for code, words in _SEXES.items() for word in words}


@cache
def _nationalities() -> dict[str, str]:
    return {_key(word): code for code, words in _NATIONALITIES.items() for word in words}


@cache
def _ethnic_groups() -> dict[str, int]:
    rows = (row.split(" ", 1) for row in _ETHNIC_GROUPS)
    return {_key(word): int(number) for number, words in rows for word in words.split("|")}
