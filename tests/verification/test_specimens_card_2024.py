"""Identity cards of 2024: no address on the front; code, zone and print of the back say the same."""

import io
from datetime import date

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from verification.specimens import Cohort, Grade, Specimen, draw, family, sketch
from verification.specimens.card import expiry
from verification.specimens.card_2024 import RENEWAL_AGES, IdentityCard, identity_card, qr_payload
from verification.specimens.drawing import order_for
from verification.specimens.mrz import check_digit

FRONT, BACK = "citizen_card_2024_front", "citizen_card_2024_back"
DPI = 100


def grey(specimen: Specimen) -> np.ndarray:
    """The page in grey."""
    if specimen.media_type == "application/pdf":
        page = pypdfium2.PdfDocument(specimen.content)[0].render(scale=300 / 72)
        return np.array(page.to_pil().convert("L"))
    return np.array(Image.open(io.BytesIO(specimen.content)).convert("L"))


@pytest.mark.parametrize("grade", [Grade.CLEAN, Grade.SCAN, Grade.PHOTO])
def test_the_code_of_the_back_has_eleven_fields_that_say_what_the_truth_says(grade: Grade) -> None:
    back = draw(BACK, seed=6, grade=grade)
    (code,) = zxingcpp.read_barcodes(grey(back))
    number, old_number, name, born, sex, residence, issued, *others = code.text.split("|")
    truth = back.truth
    assert len(others) == 4
    assert (number, old_number, name) == (
        truth["personal_number"],
        truth.get("old_id_number", ""),
        truth["full_name"],
    )
    assert residence == truth["residence"]
    assert sex == {"male": "Nam", "female": "Nữ"}[truth["sex"]]
    for day, field in ((born, "date_of_birth"), (issued, "issued_on")):
        assert f"{day[4:]}-{day[2:4]}-{day[:2]}" == truth[field]


def card(seed: int) -> IdentityCard:
    """The card of the seed, not drawn."""
    return identity_card(order_for(BACK, seed, Grade.HARD, None, None))


def test_parents_stand_in_the_code_of_a_child_below_fourteen_and_of_nobody_else() -> None:
    seen = set()
    for seed in range(60):
        fields = qr_payload(card(seed)).split("|")
        years = int(fields[6][4:]) - int(fields[3][4:])
        if years != 14:
            seen.add((years < 14, fields[9] != "", fields[10] != ""))
    assert seen == {(True, True, True), (False, False, False)}


def test_the_front_names_no_address_and_never_the_title_of_2021() -> None:
    for seed in range(6):
        drawing = sketch(FRONT, seed=seed, dpi=DPI)
        written = " ".join(drawing.texts)
        assert "CĂN CƯỚC" in drawing.texts
        assert "CÔNG DÂN" not in written
        assert "cư trú" not in written
        assert {"residence", "issued_on", "expires_on"}.isdisjoint(drawing.truth)


def test_the_zone_of_the_back_has_right_check_digits() -> None:
    for seed in range(4):
        drawing = sketch(BACK, seed=seed, dpi=DPI)
        first, second, third = (text for text in drawing.sheet.texts if len(text) == 30 and "<" in text)
        assert first[15:27] == drawing.truth["personal_number"]
        assert second[29] == check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
        assert third.replace("<", " ").split() == drawing.truth["full_name_unaccented"].split()


def test_both_sides_are_one_group_that_is_not_the_group_of_a_card_of_2021() -> None:
    front, back = (draw(kind, seed=3, grade=Grade.HARD) for kind in (FRONT, BACK))
    old = draw("citizen_card_2021_back", seed=3, grade=Grade.HARD)
    assert front.group == back.group != old.group
    assert front.truth["personal_number"] == back.truth["personal_number"]
    assert front.records == back.records
    assert [source for source, _ in back.records] == ["population"]


def test_a_card_without_a_term_says_so_and_its_truth_is_unlimited() -> None:
    endless = next(seed for seed in range(60) if card(seed).expires_on is None)
    drawing = sketch(BACK, seed=endless, dpi=DPI)
    assert "Không thời hạn" in drawing.texts
    assert drawing.truth["expires_on"] == "unlimited"


def test_no_card_is_older_than_its_law_and_each_names_the_units_of_its_day() -> None:
    for seed in range(60):
        issued_on = card(seed).issued_on
        assert date(2024, 7, 1) <= issued_on <= date(2026, 10, 15)
        levels = 3 if issued_on >= date(2025, 7, 1) else 4
        assert card(seed).residence.count(",") + 1 == levels


def test_a_long_residence_runs_over_two_lines_at_times() -> None:
    broken = 0
    for seed in range(30):
        drawing = sketch(BACK, seed=seed, dpi=DPI)
        broken += drawing.truth["residence"] not in drawing.texts
    assert 2 <= broken <= 20


@pytest.mark.parametrize(
    ("born", "issued", "expires"),
    [
        (date(2015, 3, 1), date(2024, 8, 1), date(2029, 3, 1)),
        (date(2011, 3, 1), date(2024, 8, 1), date(2036, 3, 1)),
        (date(1960, 3, 1), date(2024, 8, 1), None),
    ],
)
def test_a_child_renews_at_fourteen_unless_that_is_near(
    born: date, issued: date, expires: date | None
) -> None:
    assert expiry(born, issued, RENEWAL_AGES) == expires


def test_a_schoolchild_can_hold_a_card() -> None:
    people = family(2, Cohort.SCHOOL)
    truth = draw(BACK, seed=2, grade=Grade.HARD, people=people).truth
    assert truth["date_of_birth"] > "2006"
    assert "old_id_number" not in truth
