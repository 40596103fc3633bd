"""How issued papers look: what stands in the environment, and what becomes of it in a paper."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from api.settings import SettingError, from_environment
from api.wiring import pictures_in_use
from signing.pictures import Pictures, read_pictures
from signing.text import printed_text
from signing.trial_pki import TestPki
from tests.builders import NOW, diploma_page
from tests.desk import OFFICER, Desk, approval
from tests.signing.contents import seal_png, signature_png


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "seal.png").write_bytes(seal_png())
    (tmp_path / f"{OFFICER}.png").write_bytes(signature_png())
    return tmp_path


def test_without_settings_nothing_is_drawn_and_the_statement_has_a_page_of_its_own() -> None:
    settings = from_environment({})
    assert (settings.pictures, settings.statement_on_last) == (None, False)
    assert pictures_in_use(settings.pictures) == Pictures()


def test_the_folder_of_pictures_is_read_at_the_start(folder: Path) -> None:
    settings = from_environment({"CHUNGTHUC_PICTURES": str(folder), "CHUNGTHUC_STATEMENT": "last"})
    assert settings.statement_on_last
    assert set(pictures_in_use(settings.pictures).signatures) == {OFFICER}


def test_a_picture_that_cannot_be_drawn_is_a_setting_that_cannot_be_used(folder: Path) -> None:
    (folder / "seal.png").write_bytes(seal_png(transparent=False))
    with pytest.raises(SettingError, match=r"CHUNGTHUC_PICTURES: seal\.png: .*transparent"):
        pictures_in_use(folder)


@pytest.mark.parametrize(("name", "value"), [("PICTURES", "/nowhere/at/all"), ("STATEMENT", "first")])
def test_what_cannot_be_used_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"CHUNGTHUC_{name}"):
        from_environment({f"CHUNGTHUC_{name}": value})


def test_an_issued_copy_shows_the_officers_own_signature_and_the_seal(tmp_path: Path, folder: Path) -> None:
    pki = TestPki.open(tmp_path / "keys", now=NOW)
    desk = Desk(pki, tmp_path)
    desk.replace(pictures=read_pictures(folder), statement_on_last=True)
    issued = desk.issue(approval(desk.hand_in(diploma_page())))
    content = desk.objects.get(issued.digest)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        kinds = sorted(str(image.Filter) for page in pdf.pages for image in page.get_images().values())
    assert kinds == ["/DCTDecode", "/FlateDecode", "/FlateDecode"]
    assert printed_text(content).count("MẪU") >= 2


def test_an_officer_without_a_picture_signs_under_the_seal_alone(folder: Path) -> None:
    look = replace(read_pictures(folder)).look("mau.other")
    assert (look.signature, look.seal is not None) == (None, True)
