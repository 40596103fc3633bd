"""`text`, `read`, `check`: the JSON of interface.md on real files, and one sentence for bad ones."""

from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from tests.cli.conftest import Run

DOCUMENT = {"kind", "sure", "group", "pages", "region", "fields", "marks", "warnings", "assessment"}


@pytest.fixture
def loaded(run: Run, papers: dict[str, Path]) -> None:
    for source in ("population", "civil_status"):
        assert run("records", "import", papers[f"records-{source}"], "--source", source).code == 0


def test_a_blurred_picture_is_told_before_anything_is_read(
    run: Run, papers: dict[str, Path], tmp_path: Path
) -> None:
    soft = tmp_path / "mo.jpg"
    Image.open(papers["front"]).convert("RGB").filter(ImageFilter.GaussianBlur(9)).save(soft)
    answer = run("look", papers["front"], soft, "--json")
    good, bad = answer.json["files"]
    assert (answer.code, good["good"], bad["good"]) == (1, True, False)
    assert "PAGE_BLURRED" in [w["code"] for w in bad["pages"][0]["warnings"]]
    assert "mo.jpg: cần chụp lại" in run("look", soft).out


def test_text_gives_lines_in_reading_order(run: Run, papers: dict[str, Path]) -> None:
    answer = run("text", papers["birth"], "--json")
    page = answer.json["files"][0]["pages"][0]
    lines = [line["text"] for line in page["lines"]]
    assert answer.code == 0
    assert page["source"] == "ocr"
    assert lines.index("GIẤY KHAI SINH") < next(i for i, x in enumerate(lines) if x.startswith("Giới tính"))


def test_read_gives_kind_fields_and_readings(run: Run, papers: dict[str, Path]) -> None:
    file = run("read", papers["birth"], "--json").json["files"][0]
    document = file["documents"][0]
    name = document["fields"]["full_name"]
    assert set(document) == DOCUMENT
    assert (document["kind"], document["sure"]) == ("birth_certificate", True)
    assert name["value"] == "TRẦN THANH NHƯ"
    assert name["sure"]
    assert {r["by"] for r in name["readings"]} >= {"asternet", "tesseract"}


def test_both_sides_of_a_card_carry_one_group(run: Run, papers: dict[str, Path]) -> None:
    files = run("read", papers["front"], papers["back"], "--json").json["files"]
    front, back = (f["documents"][0] for f in files)
    assert (front["kind"], back["kind"]) == ("citizen_card_2021_front", "citizen_card_2021_back")
    assert front["group"] is not None
    assert front["group"] == back["group"]


def test_without_records_a_known_kind_needs_certification(
    run: Run, papers: dict[str, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHUNGTHUC_HOME", str(tmp_path))
    assessment = run("check", papers["birth"], "--json").json["files"][0]["documents"][0]["assessment"]
    assert assessment["outcome"] == "CERTIFICATION_NEEDED"


@pytest.mark.usefixtures("loaded")
def test_an_old_address_equal_to_the_new_one_needs_no_copy(run: Run, papers: dict[str, Path]) -> None:
    answer = run(
        "check", papers["birth"], "--json", "--officer", "mau", "--dossier", "H1", "--purpose", "thử"
    )
    assessment = answer.json["files"][0]["documents"][0]["assessment"]
    rules = {c["field"]: c["rule"] for c in assessment["comparisons"]}
    assert assessment["outcome"] == "NO_COPY_NEEDED"
    assert assessment["snapshot"]["sequence"] >= 1
    assert assessment["reasons"][0]["legal_basis"]
    assert rules["mother_residence"] == "commune_merge_2025"
    (home,) = [c for c in assessment["comparisons"] if c["field"] == "mother_residence"]
    assert all(0 <= a <= b <= len(home["paper"]) for a, b in home["differs"]["paper"])
    assert any(home["record"][a:b] for a, b in home["differs"]["record"])


@pytest.mark.usefixtures("loaded")
def test_check_tells_people_which_letters_differ(run: Run, papers: dict[str, Path]) -> None:
    told = run("check", papers["birth"]).out
    rule, paper, record = told.partition("≠ mother_residence: ")[2].splitlines()[:3]
    assert rule == "EQUIVALENT (commune_merge_2025)"
    assert paper.strip().startswith("giấy / paper: ")
    assert "[" in paper + record


@pytest.mark.usefixtures("loaded")
def test_sides_of_one_card_are_assessed_together(run: Run, papers: dict[str, Path]) -> None:
    files = run("check", papers["front"], papers["back"], "--json").json["files"]
    first, second = (f["documents"][0]["assessment"] for f in files)
    assert first == second
    assert first["outcome"] == "NO_COPY_NEEDED"


@pytest.mark.usefixtures("loaded")
def test_a_copy_brought_as_an_original_is_proposed_for_refusal(run: Run, papers: dict[str, Path]) -> None:
    document = run("check", papers["copy"], "--json").json["files"][0]["documents"][0]
    assert document["kind"] == "certified_copy"
    assert document["fields"]["copy_of"]["value"] == "birth_certificate"
    assert document["assessment"]["outcome"] == "REFUSAL_PROPOSED"
    assert len(document["assessment"]["reasons"]) >= 2


@pytest.mark.usefixtures("loaded")
def test_a_kind_no_source_knows_needs_certification(run: Run, papers: dict[str, Path]) -> None:
    assessment = run("check", papers["diploma"], "--json").json["files"][0]["documents"][0]["assessment"]
    assert (assessment["outcome"], assessment["source"]) == ("CERTIFICATION_NEEDED", None)


def test_a_bad_file_is_told_and_the_good_ones_are_read(
    run: Run, papers: dict[str, Path], tmp_path: Path
) -> None:
    broken = tmp_path / "anh.jpg"
    broken.write_bytes(b"MZ not a picture")
    answer = run("read", tmp_path / "khong-co.pdf", broken, papers["diploma"], "--json")
    errors = [f["error"] and f["error"]["code"] for f in answer.json["files"]]
    assert answer.code == 1
    assert errors == ["FILE_NOT_FOUND", "FILE_TYPE_NOT_ACCEPTED", None]
    assert "Traceback" not in answer.err


def test_people_get_words_and_no_json(run: Run, papers: dict[str, Path]) -> None:
    answer = run("read", papers["diploma"])
    assert "✓ full_name" in answer.out
    assert "{" not in answer.out
