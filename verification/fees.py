"""The fee of a certified copy: pages of the original and copies in, đồng out (TT 226/2016/TT-BTC)."""

_FIRST_PAGES, _FIRST_RATE, _FURTHER_RATE, _CEILING = 2, 2_000, 1_000, 200_000


def certification_fee(pages: int, *, copies: int = 1) -> int:
    """2,000 đ a page, 1,000 đ from the third, at most 200,000 đ a copy; pages are those of the original."""
    if pages < 1 or copies < 1:
        raise ValueError("a copy has at least one page")
    first = min(pages, _FIRST_PAGES)
    return min(first * _FIRST_RATE + (pages - first) * _FURTHER_RATE, _CEILING) * copies
