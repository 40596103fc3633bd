"""The machine-readable zones of the card specimens can be read back and agree with the truth."""

import io
from dataclasses import replace
from datetime import date

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from verification.specimens import Cohort, Grade, Specimen, draw, family, sketch
from verification.specimens.card import expiry
from verification.specimens.mrz import check_digit, mrz_lines
from verification.specimens.names import Sex


def pixels_of(specimen: Specimen) -> np.ndarray:
    """The page in grey."""
    if specimen.media_type == "application/pdf":
        return np.array(
            pypdfium2.PdfDocument(specimen.content)[0].render(scale=300 / 72).to_pil().convert("L")
        )
    return np.array(Image.open(io.BytesIO(specimen.content)).convert("L"))


@pytest.mark.parametrize("grade", [Grade.CLEAN, Grade.SCAN, Grade.PHOTO])
@pytest.mark.parametrize("seed", [6, 7])
def test_the_qr_code_says_what_the_truth_says(grade: Grade, seed: int) -> None:
    card = draw("citizen_card_2021_front", seed=seed, grade=grade)
    (code,) = zxingcpp.read_barcodes(pixels_of(card))
    number, old_number, name, born, sex, residence, issued = code.text.split("|")
    truth = card.truth
    assert (number, old_number) == (truth["personal_number"], truth.get("old_id_number", ""))
    assert (name.upper(), residence) == (truth["full_name"], truth["residence"])
    assert [f"{day[4:]}-{day[2:4]}-{day[:2]}" for day in (born, issued)] == [
        truth["date_of_birth"],
        truth["issued_on"],
    ]
    assert sex == {"male": "Nam", "female": "Nữ"}[truth["sex"]]


def test_the_zone_is_the_one_worked_out_by_hand() -> None:
    holder = replace(
        family(1, Cohort.GROWN).child,
        full_name="Nguyễn Thị Mẫu",
        personal_number="001199012345",
        date_of_birth=date(1999, 1, 1),
        sex=Sex.FEMALE,
    )
    assert mrz_lines(holder, date(2039, 1, 1)) == (
        "IDVNM1990123456001199012345<<7",
        "9901018F3901016VNM<<<<<<<<<<<8",
        "NGUYEN<<THI<MAU<<<<<<<<<<<<<<<",
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_zone_on_the_back_has_right_check_digits(seed: int) -> None:
    drawing = sketch("citizen_card_2021_back", seed=seed)
    first, second, third = (text for text in drawing.sheet.texts if len(text) == 30 and "<" in text)
    assert first[14] == check_digit(first[5:14])
    assert second[6] == check_digit(second[:6])
    assert second[14] == check_digit(second[8:14])
    assert second[29] == check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
    assert third.replace("<", " ").split() == drawing.truth["full_name_unaccented"].split()


def test_a_name_of_one_word_and_a_long_name_fill_the_line() -> None:
    child = family(1, Cohort.GROWN).child
    for name in ("Srang", "Công Tằng Tôn Nữ Phước Huyền Trân"):
        assert len(mrz_lines(replace(child, full_name=name), None)[2]) == 30
    assert mrz_lines(replace(child, full_name="Srang"), None)[2].rstrip("<") == "SRANG"


@pytest.mark.parametrize(
    ("born", "issued", "expires"),
    [
        (date(1999, 5, 4), date(2021, 6, 1), date(2024, 5, 4)),
        (date(1999, 5, 4), date(2022, 6, 1), date(2039, 5, 4)),
        (date(1984, 2, 29), date(2021, 6, 1), date(2024, 2, 29)),
        (date(1962, 1, 1), date(2021, 6, 1), None),
    ],
)
def test_a_card_holds_until_the_next_age_of_renewal(born: date, issued: date, expires: date | None) -> None:
    assert expiry(born, issued) == expires
