"""The numbers of a paper beside what else it says."""

import pytest

from tests.read_papers import said_of

BIRTH, MARRIAGE, BUSINESS, RESIDENCE = (
    "birth_certificate",
    "marriage_certificate",
    "household_business_certificate",
    "residence_confirmation",
)
Values = dict[str, str]
HEAD = {"personal_number": "001199012345", "full_name": "Nguyễn Thị Mẫu"}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (BIRTH, {"personal_number": "001320012345", "sex": "female", "date_of_birth": "2020-03-02"}),
        (BIRTH, {"personal_number": "012345678", "sex": "male"}),
        (BIRTH, {"personal_number": "024320012345", "place_of_origin": "Cà Mau"}),
        (MARRIAGE, {"wife_identity_paper": "CCCD số 001199012345", "wife_date_of_birth": "1999-01-01"}),
        (MARRIAGE, {"wife_identity_paper": "Hộ chiếu số B1234567", "wife_date_of_birth": "1999-01-01"}),
        (BIRTH, {"number": "15/2020", "registered_on": "2020-03-10"}),
        (BIRTH, {"number": "15", "registered_on": "2020-03-10"}),
        ("birth_extract", {"number": "634/TLKS-BS", "registered_on": "2020-03-10"}),
        (BUSINESS, {"number": "001199012345", "owner_personal_number": "001199012345"}),
        (BUSINESS, {"number": "8809149079-003", "owner_personal_number": "001199012345"}),
        (BUSINESS, {"number": "17A8123456", "owner_personal_number": "001199012345"}),
        ("driving_licence", {"licence_number": "171254440249"}),
        ("land_certificate", {"serial_number": "EV237939"}),
        ("land_certificate", {"serial_number": "ĐK82266353"}),
        (RESIDENCE, HEAD | {"head_relation": "Con", "head_personal_number": "001170012345"}),
        (
            RESIDENCE,
            HEAD | {"head_relation": "Chủ hộ", "head_full_name": "NGUYỄN THỊ MẪU"},
        ),
        (
            "citizen_card_2024_back",
            {"personal_number": "024199012345", "place_of_birth_registration": "Bắc Ninh"},
        ),
        (
            "citizen_card_2024_back",
            {"personal_number": "024199012345", "place_of_birth_registration": "Bắc Giang"},
        ),
        ("citizen_card_2024_back", {"personal_number": "024199012345", "place_of_birth_registration": "Mẫu"}),
    ],
)
def test_numbers_that_fit_are_passed_over(kind: str, values: Values) -> None:
    assert said_of(kind, values) == set()


@pytest.mark.parametrize(
    ("kind", "values", "code"),
    [
        (BIRTH, {"personal_number": "001320012345", "sex": "male"}, "PERSONAL_NUMBER_CONTRADICTS"),
        (
            BIRTH,
            {"personal_number": "001320012345", "date_of_birth": "2021-03-02"},
            "PERSONAL_NUMBER_CONTRADICTS",
        ),
        (
            BUSINESS,
            {"owner_personal_number": "001199012345", "owner_sex": "male"},
            "PERSONAL_NUMBER_CONTRADICTS",
        ),
        (MARRIAGE, {"husband_identity_paper": "Căn cước số 001199012345"}, "PERSONAL_NUMBER_CONTRADICTS"),
        (
            MARRIAGE,
            {"wife_identity_paper": "Căn cước số 001199012345", "wife_date_of_birth": "1989-01-01"},
            "PERSONAL_NUMBER_CONTRADICTS",
        ),
        (BIRTH, {"personal_number": "003320012345"}, "PERSONAL_NUMBER_IMPOSSIBLE"),
        (BIRTH, {"personal_number": "001399012345"}, "PERSONAL_NUMBER_IMPOSSIBLE"),
        (RESIDENCE, {"head_personal_number": "999170012345"}, "PERSONAL_NUMBER_IMPOSSIBLE"),
        (
            "marital_status_certificate",
            {"personal_number": "001199012345", "identity_paper": "CCCD số 001199012346"},
            "NUMBERS_DIFFER",
        ),
        (BUSINESS, {"number": "001199012345", "owner_personal_number": "001199012346"}, "NUMBERS_DIFFER"),
        (BUSINESS, {"number": "8809149078-003"}, "NUMBER_CHECK_DIGIT_WRONG"),
        ("driving_licence", {"licence_number": "17125444024"}, "NUMBER_FORM_WRONG"),
        ("land_certificate", {"serial_number": "EV2379390"}, "NUMBER_FORM_WRONG"),
        (BIRTH, {"number": "15/2021", "registered_on": "2020-03-10"}, "NUMBER_YEAR_DIFFERS"),
        (
            "birth_extract",
            {"registration_number": "15/2021", "registered_on": "2020-03-10"},
            "NUMBER_YEAR_DIFFERS",
        ),
        (
            BIRTH,
            {"certification_book": "02/2019-SCT/BS", "registered_on": "2020-03-10"},
            "NUMBER_YEAR_DIFFERS",
        ),
        (
            BIRTH,
            {"certification_book": "02/2027-SCT/BS", "registered_on": "2020-03-10"},
            "NUMBER_YEAR_DIFFERS",
        ),
        (
            RESIDENCE,
            HEAD | {"head_relation": "Chủ hộ", "head_personal_number": "001170012345"},
            "HEAD_CONTRADICTS",
        ),
        (RESIDENCE, HEAD | {"head_relation": "Chủ hộ", "head_full_name": "Lê Văn Thử"}, "HEAD_CONTRADICTS"),
        (
            RESIDENCE,
            HEAD | {"head_relation": "Con", "head_personal_number": "001199012345"},
            "HEAD_CONTRADICTS",
        ),
        (
            BIRTH,
            {"personal_number": "024320012345", "registered_at": "UBND xã Thụy Lâm, huyện Đông Anh, Hà Nội"},
            "PERSONAL_NUMBER_PROVINCE",
        ),
    ],
)
def test_numbers_that_do_not_fit_are_told(kind: str, values: Values, code: str) -> None:
    assert said_of(kind, values) == {code}
