"""Who demands what: two writings of one organisation are one, two organisations are two."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOW
from verification.demand import Demand, Given, counted, organisation_key
from verification.extraction import Kind
from verification.submission import PaperId

BIRTH, CARD = Kind("birth_certificate"), Kind("citizen_card_2021_front")
ONE = Demand(NOW, PaperId("s1.1"), "H26-1", BIRTH, Given.COPY, "Công ty TNHH Mẫu")


@pytest.mark.parametrize(
    "written", ["CÔNG TY TNHH MẪU ", "Công ty  TNHH Mẫu.", "công ty TNHH “Mẫu”", "Công ty TNHH Mẫu"]
)
def test_case_spaces_and_signs_are_no_part_of_a_name(written: str) -> None:
    assert organisation_key(written) == organisation_key(ONE.organisation)


@pytest.mark.parametrize("other", ["Công ty TNHH Mậu", "Công ty TNHH Mẫu 2", "Cong ty TNHH Mau", ""])
def test_marks_and_numbers_are(other: str) -> None:
    assert organisation_key(other) != organisation_key(ONE.organisation)


def test_a_name_of_signs_alone_is_nobodys() -> None:
    assert organisation_key(" -- . ") == ""


def test_what_one_organisation_asked_for_is_counted_by_kind() -> None:
    later = NOW + timedelta(days=3)
    demands = [
        ONE,
        replace(ONE, at=later, dossier="H26-2", given=Given.RECEIPT, organisation="CÔNG TY TNHH MẪU"),
        replace(ONE, at=later, kind=CARD, dossier="H26-2"),
        replace(ONE, organisation="Trường THPT Mẫu", dossier="H26-3"),
    ]
    first, *others = counted(demands, {})
    assert (first.organisation, first.kind, first.copies, first.receipts) == ("Công ty TNHH Mẫu", BIRTH, 1, 1)
    assert (first.first, first.last, first.dossiers) == (NOW, later, ("H26-1", "H26-2"))
    assert first.months == (("2026-11", 2),)
    assert [(o.organisation, o.kind, o.copies) for o in others] == [
        ("Công ty TNHH Mẫu", CARD, 1),
        ("Trường THPT Mẫu", BIRTH, 1),
    ]


def test_months_are_those_of_vietnam() -> None:
    night = NOW.replace(day=30, hour=17)
    (row,) = counted([ONE, replace(ONE, at=night)], {})
    assert row.months == (("2026-11", 1), ("2026-12", 1))


def test_the_commonest_writing_names_it() -> None:
    loud = replace(ONE, organisation="CÔNG TY TNHH MẪU")
    assert {row.organisation for row in counted([loud, ONE, ONE], {})} == {"Công ty TNHH Mẫu"}


def test_what_an_administrator_merged_is_one() -> None:
    short = replace(ONE, organisation="Cty Mẫu")
    names = dict.fromkeys(
        map(organisation_key, ("Cty Mẫu", "Công ty TNHH Mẫu")), "Công ty TNHH Mẫu (MST 0101)"
    )
    (row,) = counted([short, ONE], names)
    assert (row.organisation, row.copies) == ("Công ty TNHH Mẫu (MST 0101)", 2)
