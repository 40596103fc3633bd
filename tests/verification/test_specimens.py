"""Specimens: what is drawn is what the truth says, and the same seed draws the same file."""

import doctest
import io
import json
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from verification import specimens
from verification.specimens import CHANGES, KINDS, Cohort, Grade, draw, family, place_named, sketch
from verification.specimens.errors import GlyphMissingError, TextOffSheetError, UnknownKindError
from verification.specimens.sheet import Sheet
from verification.specimens.typeface import FAMILIES, Pen, font_for

MAGIC = {"application/pdf": b"%PDF", "image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG"}
PRINTED_AS_THEY_ARE = {"full_name", "place_of_origin", "residence", "title", "major", "personal_number"}


def image_of(specimen: specimens.Specimen) -> Image.Image:
    """The page as a picture."""
    if specimen.media_type == "application/pdf":
        page: Image.Image = pypdfium2.PdfDocument(specimen.content)[0].render(scale=3).to_pil()
        return page
    return Image.open(io.BytesIO(specimen.content))


@pytest.mark.parametrize("grade", Grade)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_drawn_in_every_grade(kind: str, grade: Grade) -> None:
    specimen = draw(kind, seed=21, grade=grade)
    assert specimen.content.startswith(MAGIC[specimen.media_type])
    assert min(image_of(specimen).size) > 500
    assert specimen.truth
    assert all(value for value in specimen.truth.values())


@pytest.mark.parametrize(
    ("kind", "grade"), [("birth_certificate", Grade.SCAN), ("citizen_card_2021_front", Grade.PHOTO)]
)
def test_the_same_seed_gives_the_same_bytes(kind: str, grade: Grade) -> None:
    assert draw(kind, seed=4, grade=grade) == draw(kind, seed=4, grade=grade)
    assert draw(kind, seed=4, grade=grade).content != draw(kind, seed=5, grade=grade).content


def test_a_grade_changes_the_file_and_not_the_truth() -> None:
    clean, hard = (draw("diploma", seed=8, grade=grade) for grade in (Grade.CLEAN, Grade.HARD))
    assert clean.truth == hard.truth
    assert clean.content != hard.content


@pytest.mark.parametrize("kind", KINDS)
def test_the_truth_stands_on_the_sheet_and_so_does_the_mark(kind: str) -> None:
    for seed in (1, 2, 1_000_000):
        drawing = sketch(kind, seed=seed, dpi=120)
        written = " ".join(drawing.texts)
        values = [value for name, value in drawing.truth.items() if is_printed_as_it_is(name)]
        assert values
        assert [value for value in values if value not in written] == []
        assert "MẪU" in written
        assert "SPECIMEN" in written


def is_printed_as_it_is(field: str) -> bool:
    """Fields whose truth is the printed text, not a normal form of it."""
    return any(field.endswith(name) for name in PRINTED_AS_THEY_ARE) or field.startswith("certification_")


def test_both_sides_of_a_card_are_one_group_and_one_holder() -> None:
    front, back = (draw(f"citizen_card_2021_{side}", seed=3, grade=Grade.SCAN) for side in ("front", "back"))
    assert front.group == back.group is not None
    assert front.truth["personal_number"] == back.truth["personal_number"]
    assert front.records == back.records


def test_a_certified_copy_says_what_it_is_a_copy_of() -> None:
    truths = [sketch("certified_copy", seed=seed).truth for seed in (0, 7)]
    assert {truth["copy_of"] for truth in truths} == {"birth_certificate", "diploma"}
    assert all(truth["certification_book"].endswith("-SCT/BS") for truth in truths)
    assert all(truth["certification_number"].isdigit() for truth in truths)


def test_the_old_form_of_a_birth_certificate_has_no_personal_number() -> None:
    school = family(0, Cohort.SCHOOL)
    truth = draw("birth_certificate", seed=0, grade=Grade.CLEAN, people=school, old_address=True).truth
    assert "personal_number" not in truth
    assert truth["number"].isdigit()


@pytest.mark.parametrize("name", FAMILIES)
def test_every_font_has_every_vietnamese_letter(name: str) -> None:
    vowels = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    for weight in (400, 700):
        assert font_for(Pen(name, 12, weight), vowels + vowels.upper(), 200).getlength(vowels) > 0


def test_a_letter_that_the_font_lacks_is_refused_and_never_an_empty_box() -> None:
    for text in ("漢", "Nguye\u0302\u0303n"):
        with pytest.raises(GlyphMissingError):
            font_for(Pen("Arimo", 12), text, 200)


def test_a_text_that_runs_off_the_sheet_is_refused() -> None:
    sheet = Sheet(50, 20, dpi=100)
    with pytest.raises(TextOffSheetError):
        sheet.write((30, 10), "Ngày, tháng, năm sinh", Pen("Arimo", 12))


def test_an_unknown_kind_is_refused_with_a_sentence() -> None:
    with pytest.raises(UnknownKindError) as caught:
        draw("passport", seed=1, grade=Grade.CLEAN)
    assert "choose one" in caught.value.message_en


def test_a_name_too_long_for_its_row_is_wrapped_and_stays_whole() -> None:
    people = family(2, Cohort.INFANT)
    name = "Công Tằng Tôn Nữ Nguyễn Phước Thị Huyền Trân Thương Hoài Ngọc Quỳnh Như"
    people = replace(people, child=replace(people.child, full_name=name))
    truth = draw("birth_certificate", seed=2, grade=Grade.HARD, people=people).truth
    assert truth["full_name"].casefold() == name.casefold()


def test_a_folder_holds_papers_truth_and_records_and_can_be_drawn_again(tmp_path: Path) -> None:
    for kind in ("citizen_card_2021_back", "diploma", "citizen_card_2021_back"):
        specimens.write(tmp_path, kind=kind, count=2, seed=40, grade=Grade.HARD)
    lines = [json.loads(line) for line in (tmp_path / "truth.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == 4
    assert all((tmp_path / line["file"]).stat().st_size > 0 for line in lines)
    assert {"file", "kind", "grade", "seed", "group", "fields"} <= lines[0].keys()
    people = (tmp_path / "records-population.ndjson").read_text("utf-8").splitlines()
    assert [json.loads(line)["personal_number"] for line in people] == [
        line["fields"]["personal_number"] for line in lines if line["kind"] != "diploma"
    ]
    assert (tmp_path / "records-civil_status.ndjson").read_text("utf-8") == ""


def test_broken_files_are_not_what_their_names_say() -> None:
    for name, content in specimens.broken_files():
        assert not content.startswith(
            MAGIC[{"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}[name[-3:]]]
        )


def test_the_example_of_the_package_holds() -> None:
    assert doctest.testmod(specimens).attempted == 2
    assert doctest.testmod(specimens).failed == 0


def test_changes_are_named_and_none_leaves_the_family_as_it_was() -> None:
    people = replace(
        family(1, Cohort.GROWN), child=replace(family(1, Cohort.GROWN).child, full_name="Trần Văn Hùng")
    )
    assert all(change(people) != people for change in CHANGES.values())
    assert CHANGES["name_letter"](people).child.full_name == "Trần Văn Hừng"
    assert CHANGES["name_tone"](people).child.full_name == "Trần Văn Húng"
    assert place_named("Thụy Lâm").new[0].name == "Thư Lâm"
