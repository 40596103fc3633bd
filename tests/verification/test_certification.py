"""Codes that people type: every slip of one character is told."""

from hashlib import sha256

import pytest

from verification.certification import ShortCode, codes_in, parse_code, short_code

SIGNS = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODES = [short_code(sha256(bytes([n])).digest()) for n in range(20)]


def plain(code: str) -> str:
    return code.replace("-", "")


def test_a_code_is_three_groups_of_four_and_a_check_character() -> None:
    assert [len(group) for group in CODES[0].split("-")] == [4, 4, 4, 1]
    assert set(plain(CODES[0])) <= set(SIGNS)


def test_the_same_entropy_gives_the_same_code_and_other_entropy_another() -> None:
    assert short_code(bytes(32)) == short_code(bytes(32))
    assert len(set(CODES)) == len(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_single_slip_is_told(code: ShortCode) -> None:
    typed = plain(code)
    slips = [typed[:i] + sign + typed[i + 1 :] for i in range(13) for sign in SIGNS if sign != typed[i]]
    assert len(slips) == 13 * 30
    assert [slip for slip in slips if parse_code(slip)] == []


@pytest.mark.parametrize("code", CODES)
def test_every_swap_of_neighbours_is_told(code: ShortCode) -> None:
    typed = plain(code)
    swaps = [
        typed[:i] + typed[i + 1] + typed[i] + typed[i + 2 :] for i in range(12) if typed[i] != typed[i + 1]
    ]
    assert [swap for swap in swaps if parse_code(swap)] == []


@pytest.mark.parametrize("code", CODES[:3])
def test_case_spaces_and_dashes_do_not_matter(code: ShortCode) -> None:
    for typed in (code, plain(code), code.lower(), f" {code.replace('-', ' ')} ", code.replace("-", "–")):
        assert parse_code(typed) == code


def test_letters_that_look_like_one_are_read_as_one() -> None:
    code = next(c for c in (short_code(sha256(bytes([n, 1])).digest()) for n in range(99)) if "1" in c)
    assert parse_code(code.replace("1", "I")) == code
    assert parse_code(code.replace("1", "l")) == code


@pytest.mark.parametrize(
    "typed", ["", "7K3M", plain(CODES[0])[:12], plain(CODES[0]) + "A", "0" * 13, "Ờ" * 13]
)
def test_what_is_no_code_gives_none(typed: str) -> None:
    assert parse_code(typed) is None


def test_codes_are_found_in_what_is_printed_and_slips_are_not() -> None:
    first, second = CODES[:2]
    slip = first[:-1] + next(sign for sign in SIGNS if sign != first[-1])
    printed = f"https://xa-mau.example.vn/v/{first}Mãtracứu:{second}·{first}Số{slip}·Trang1/1"
    assert codes_in(printed) == (first, second)
