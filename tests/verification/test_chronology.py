"""Dates that can exist, alone, in their order and at ages that the law or life allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.read_papers import said_of

BIRTH, MARRIAGE, FRONT, BACK = (
    "birth_certificate",
    "marriage_certificate",
    "citizen_card_2021_front",
    "citizen_card_2024_back",
)
Values = dict[str, str]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (BIRTH, {"date_of_birth": "2020-03-02", "registered_on": "2020-03-02"}),
        (BIRTH, {"date_of_birth": "2020", "registered_on": "2020-01-15"}),
        (BIRTH, {"mother_date_of_birth": "1990", "date_of_birth": "2020-03-02"}),
        (MARRIAGE, {"wife_date_of_birth": "2000-02-01", "registered_on": "2018-02-01"}),
        (MARRIAGE, {"husband_date_of_birth": "1980-12-31", "registered_on": "1999-12-31"}),
        (FRONT, {"date_of_birth": "1999-01-01", "expires_on": "2039-01-01", "issued_on": "2022-01-01"}),
        (FRONT, {"date_of_birth": "2000-02-29", "expires_on": "2025-02-28"}),
        (FRONT, {"date_of_birth": "2000-02-29", "expires_on": "2025-03-01"}),
        (FRONT, {"date_of_birth": "1963-05-05", "expires_on": "unlimited", "issued_on": "2021-06-01"}),
        (FRONT, {"date_of_birth": "1999", "expires_on": "2030-01-01"}),
        (BACK, {"date_of_birth": "2015-06-01", "expires_on": "2029-06-01", "issued_on": "2024-08-01"}),
        ("diploma", {"date_of_birth": "1999-01-01", "graduation_year": "2021", "issued_on": "2021-07-01"}),
        ("driving_licence", {"issued_on": "2024-07-28", "expires_on": "2034-07-28"}),
        (
            "marital_status_certificate",
            {"identity_paper": "CCCD số 001199012345 cấp ngày 01/02/2022", "issued_on": "2022-02-01"},
        ),
    ],
)
def test_dates_that_can_be_are_passed_over(kind: str, values: Values) -> None:
    assert said_of(kind, values) == set()


@pytest.mark.parametrize(
    ("kind", "values", "code"),
    [
        (BIRTH, {"date_of_birth": "2027-03-02"}, "DATE_OUT_OF_RANGE"),
        (BIRTH, {"mother_date_of_birth": "1190"}, "DATE_OUT_OF_RANGE"),
        ("diploma", {"graduation_year": "2027"}, "DATE_OUT_OF_RANGE"),
        (BIRTH, {"date_of_birth": "2020-03-02", "registered_on": "2020-03-01"}, "DATES_OUT_OF_ORDER"),
        (BIRTH, {"date_of_birth": "1989", "mother_date_of_birth": "1990"}, "DATES_OUT_OF_ORDER"),
        (BIRTH, {"date_of_birth": "2020-03-02", "date_of_death": "2019"}, "DATES_OUT_OF_ORDER"),
        ("driving_licence", {"issued_on": "2024-07-28", "expires_on": "2014-07-28"}, "DATES_OUT_OF_ORDER"),
        (
            "marital_status_certificate",
            {"identity_paper": "CCCD số 001199012345 cấp ngày 01/02/2022", "issued_on": "2022-01-31"},
            "DATES_OUT_OF_ORDER",
        ),
        (BIRTH, {"mother_date_of_birth": "2010", "date_of_birth": "2020-03-02"}, "AGE_IMPLAUSIBLE"),
        (BIRTH, {"mother_date_of_birth": "1920", "date_of_birth": "2020-03-02"}, "AGE_IMPLAUSIBLE"),
        (BIRTH, {"date_of_birth": "1900-01-01", "registered_on": "2026-03-01"}, "AGE_IMPLAUSIBLE"),
        (FRONT, {"date_of_birth": "2010-01-01", "issued_on": "2022-01-01"}, "AGE_IMPLAUSIBLE"),
        (
            "household_business_certificate",
            {"owner_date_of_birth": "2010-01-01", "first_registered_on": "2026-01-01"},
            "AGE_IMPLAUSIBLE",
        ),
        (FRONT, {"date_of_birth": "1999-01-01", "expires_on": "2039-01-07"}, "EXPIRY_AGE_WRONG"),
        (FRONT, {"date_of_birth": "1999-01-01", "expires_on": "2013-01-01"}, "EXPIRY_AGE_WRONG"),
        (
            FRONT,
            {"date_of_birth": "1970-05-05", "expires_on": "unlimited", "issued_on": "2021-06-01"},
            "EXPIRY_AGE_WRONG",
        ),
        (FRONT, {"date_of_birth": "1999-01-01", "expires_on": "unlimited"}, "EXPIRY_AGE_WRONG"),
        (MARRIAGE, {"wife_date_of_birth": "2000-02-02", "registered_on": "2018-02-01"}, "BELOW_MARRIAGE_AGE"),
        (MARRIAGE, {"husband_date_of_birth": "2000", "registered_on": "2019-05-01"}, "BELOW_MARRIAGE_AGE"),
    ],
)
def test_dates_that_cannot_be_are_told(kind: str, values: Values, code: str) -> None:
    assert said_of(kind, values) == {code}


@given(st.integers(1, 100))
def test_a_card_holds_to_a_birthday_of_a_renewal_age_only(years: int) -> None:
    values = {"date_of_birth": "1990-06-15", "expires_on": f"{1990 + years}-06-15"}
    assert said_of(BACK, values) == (set() if years in (14, 25, 40, 60) else {"EXPIRY_AGE_WRONG"})
