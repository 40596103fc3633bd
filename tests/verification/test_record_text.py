"""Encodings of before Unicode: told by evidence, never seen in what is Unicode."""

import pytest

from verification.record_text import TCVN3, VNI, WINDOWS_1258, encoding_of, old_encoding, old_letters


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("NguyÔn ThÞ MÉu", TCVN3),
        ("§ç V¨n Thö", TCVN3),
        ("®êng Th«n §«ng", TCVN3),
        ("Nguyeãn Thò Maãu", VNI),
        ("Traàn Vaên Thöû", VNI),
    ],
)
def test_an_old_font_is_told_by_its_letters(text: str, name: str) -> None:
    assert old_letters(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Mẫu",
        "Thôn Đông, xã Hoà Bình, tỉnh Khánh Hoà",
        "Thuý, Thúy, Uỷ ban, khoẻ, loã, xoá, Quý, Giang",
        "Công ty Mẫu®",
        "Raúl João Joël Müller Zoë",
        "NGUYỄN THỊ MẪU",
    ],
)
def test_unicode_is_never_taken_for_an_old_font(text: str) -> None:
    assert old_letters(text) is None


def test_every_syllable_with_a_tone_is_left_alone() -> None:
    tones = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
    spelled = [f"{a}{b}{c}" for a in ("Ho", "Khu", "Qu", "Thi", "Ngo") for b in tones for c in ("", "n", "i")]
    assert not [word for word in spelled if old_letters(word)]


def test_bytes_of_windows_1258_are_told_by_their_marks() -> None:
    assert old_encoding("Nguyê\u0303n Thi\u0323 Mâ\u0303u".encode("cp1258")) == WINDOWS_1258


def test_bytes_of_tcvn3_and_vni_are_told_by_their_letters() -> None:
    assert old_encoding("NguyÔn ThÞ MÉu".encode("latin-1")) == TCVN3
    assert old_encoding("Traàn Vaên Thöû".encode("latin-1")) == VNI


def test_bytes_that_nothing_explains_have_no_name() -> None:
    assert old_encoding(b"Mau \xe9") is None


def test_a_byte_order_mark_names_the_codec() -> None:
    assert encoding_of("{}".encode("utf-16")) == "utf-16"
    assert encoding_of(b"\xef\xbb\xbf{}") == encoding_of(b"{}") == "utf-8-sig"
