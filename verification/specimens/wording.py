"""A day or a name goes in, the words a Vietnamese paper prints for it come out."""

import unicodedata
from datetime import date

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SMALL_UNITS = {1: "mốt", 4: "tư", 5: "lăm"}


def below_hundred(number: int) -> str:
    """0..99 in words: mười lăm, hai mươi mốt, chín mươi tư."""
    tens, units = divmod(number, 10)
    if tens == 0:
        return DIGITS[units]
    if tens == 1:
        return "mười" + (f" {'lăm' if units == 5 else DIGITS[units]}" if units else "")
    return f"{DIGITS[tens]} mươi" + (f" {SMALL_UNITS.get(units, DIGITS[units])}" if units else "")


def year_in_words(year: int) -> str:
    """1000..9999: một nghìn chín trăm chín mươi chín, hai nghìn không trăm linh năm."""
    thousands, rest = divmod(year, 1000)
    hundreds, below = divmod(rest, 100)
    words = f"{DIGITS[thousands]} nghìn"
    if rest:
        words += f" {DIGITS[hundreds]} trăm"
    if below:
        words += f" {'linh ' if below < 10 else ''}{below_hundred(below)}"
    return words


def hundreds_in_words(number: int, *, leading: bool) -> str:
    """0..999 in words; what does not lead a number says its zeros: không trăm linh năm."""
    hundreds, below = divmod(number, 100)
    if not hundreds and leading:
        return below_hundred(below)
    words = f"{DIGITS[hundreds]} trăm"
    return f"{words} {'linh ' if below < 10 else ''}{below_hundred(below)}" if below else words


def number_in_words(number: int) -> str:
    """0 up to below a thousand billions, as money is written: hai triệu không trăm năm mươi nghìn."""
    words: list[str] = []
    for unit, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        part = number // unit % 1000
        if part:
            words.append(f"{hundreds_in_words(part, leading=not words)} {name}".strip())
    return " ".join(words) or DIGITS[0]


def month_in_words(month: int) -> str:
    """The fourth month is tư, every other its number."""
    return "tư" if month == 4 else below_hundred(month)


def date_in_words(day: date, *, spoken: bool = False) -> str:
    """Ngày bảy tháng ba năm ...; spoken, the first ten days are `mùng`."""
    of_month = f"mùng {below_hundred(day.day)}" if spoken and day.day <= 10 else below_hundred(day.day)
    return f"Ngày {of_month} tháng {month_in_words(day.month)} năm {year_in_words(day.year)}"


def unaccented(text: str) -> str:
    """ASCII capitals as in a machine-readable zone; apostrophes and hyphens part nothing and vanish."""
    plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    kept = "".join(char for char in plain if not unicodedata.combining(char) and char not in "'’-")
    return kept.upper()
