"""The documents held against the code: names that stand in them exist, and codes that exist stand in them."""

import json
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from api.cli.main import parser
from scripts.write_codes import PAGE, codes_page
from signing.model import Verdict
from verification.agreement import Agreement
from verification.assessment import Outcome
from verification.certification import Standing
from verification.decision import Role
from verification.profile import shipped_profiles
from verification.register import EntryState
from verification.workflow import issue

ROOT = Path(__file__).parents[1]
DOCS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
KINDS = (
    "citizen_card_2021_front",
    "citizen_card_2021_back",
    "citizen_card_2024_front",
    "citizen_card_2024_back",
    "birth_certificate",
    "birth_extract",
    "marriage_certificate",
    "marital_status_certificate",
    "residence_confirmation",
    "diploma",
    "land_certificate",
    "driving_licence",
    "household_business_certificate",
    "official_letter",
    "certified_copy",
    "unknown",
)
"""Of the interface: each is named in the glossary, whether or not it has a profile yet."""


def text(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def spans(page: str) -> Iterator[str]:
    """What a page says in code: spans between backticks, and lines of blocks."""
    for block in re.findall(r"```\w*\n(.*?)```", page, re.DOTALL):
        yield from block.splitlines()
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", page, flags=re.DOTALL))


def named(pattern: str) -> list[str]:
    """Everything in code spans of the documents that the pattern finds, once each."""
    return sorted(
        {hit for doc in DOCS for span in spans(text(str(doc))) for hit in re.findall(pattern, span)}
    )


# -- codes, settings and words -----------------------------------------------------------------


def test_the_page_of_codes_is_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == codes_page(), "run: python -m scripts.write_codes"


def test_no_code_of_an_error_is_left_out() -> None:
    sources = [path.read_text(encoding="utf-8") for path in ROOT.glob("[!.]*/**/*errors.py")]
    codes = {
        code for source in sources for code in re.findall(r'^    code\b.*= "([A-Z_0-9]+)"', source, re.M)
    }
    assert len(codes) > 50
    assert [code for code in sorted(codes) if f"| `{code}` |" not in codes_page()] == []


def test_every_setting_is_explained_and_every_one_explained_is_read() -> None:
    read = set(re.findall(r'"(CHUNGTHUC_\w+)"', text("api", "settings.py")))
    assert set(re.findall(r"^#?(CHUNGTHUC_\w+)=", text(".env.example"), re.MULTILINE)) == read


@pytest.mark.parametrize("closed_set", [Outcome, Agreement, Standing, EntryState, Verdict, Role])
def test_the_glossary_knows_every_word_of_a_closed_set(
    closed_set: type[Outcome | Agreement | Standing | EntryState | Verdict | Role],
) -> None:
    glossary = text("docs", "glossary.md")
    assert [word.value for word in closed_set if f"`{word.value}`" not in glossary] == []


def test_the_glossary_knows_every_kind_of_paper() -> None:
    kinds = {*KINDS, *(profile.kind for profile in shipped_profiles())}
    assert [kind for kind in sorted(kinds) if f"`{kind}`" not in text("docs", "glossary.md")] == []


def test_issuing_is_told_in_the_words_of_the_code() -> None:
    page = " ".join(text("docs", "issuance-cycle.md").lower().split())
    steps = re.findall(r"^(\d)\. (.+?)(?=^\d\. |^Steps )", issue.__doc__ or "", re.MULTILINE | re.DOTALL)
    assert [number for number, _ in steps] == ["1", "2", "3", "4", "5"]
    clauses = [" ".join(c.lower().split()) for _, step in steps for c in re.split("[:,.]", step)]
    assert [clause for clause in clauses if clause not in page] == []


# -- commands and names ------------------------------------------------------------------------


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    assert [name for name in named(r"^(?:.* )?make ([a-z]+)") if name not in targets] == []


def commands() -> list[str]:
    """`chungthuc trust list` (`add`, `remove`) names three commands."""
    single = named(r"\bchungthuc ([a-z]+(?: [a-z]+(?:-[a-z]+)*\b)?)")
    listed = re.findall(r"`chungthuc (\w+) [^`]+` \(((?:`\w+`(?:, )?)+)\)", text("README.md"))
    return single + [f"{top} {sub}" for top, subs in listed for sub in re.findall(r"\w+", subs)]


@pytest.mark.parametrize("command", commands())
def test_every_command_that_is_named_exists(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args([*command.split(), "--help"])
    assert ended.value.code == 0, capsys.readouterr().err


@pytest.mark.parametrize(
    "path", named(r"\b((?:ocr|signing|verification|storage|api|scripts|tests)/[\w./-]*)")
)
def test_every_path_that_is_named_exists(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("name", named(r"^((?:ocr|signing|verification|storage|api)(?:\.[a-z_]\w+)+)$"))
def test_every_module_that_is_named_exists(name: str) -> None:
    parent, _, last = name.rpartition(".")
    assert hasattr(import_module(parent), last) or find_spec(name)


def links() -> Iterator[tuple[Path, str]]:
    for doc in DOCS:
        for target in re.findall(r"\]\(([^)\s]+)\)", text(str(doc))):
            yield doc, target


@pytest.mark.parametrize(("doc", "target"), [pytest.param(d, t, id=f"{d.name}:{t}") for d, t in links()])
def test_every_link_leads_somewhere(doc: Path, target: str) -> None:
    path, _, anchor = target.partition("#")
    page = (doc.parent / path) if path else doc
    assert page.exists()
    if anchor:
        headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert anchor in {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings}


# -- what may and may not stand there ----------------------------------------------------------


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_every_decision_says_what_was_rejected_and_what_it_costs(decision: Path) -> None:
    page = decision.read_text(encoding="utf-8")
    assert all(f"**{part}." in page for part in ("Decided", "Rejected", "Costs"))
    assert page.startswith(f"# {decision.name[:4]} ")


def test_every_vendored_package_is_in_the_notice() -> None:
    manifest = json.loads(text("api", "web", "static", "vendor", "MANIFEST.json"))
    assert [f["package"] for f in manifest if f'"{f["package"]}"' not in text("NOTICE")] == []


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_vietnamese_is_composed_and_communes_certify(doc: Path) -> None:
    page = doc.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", page)
    assert "công chứng" not in page.lower().replace('"công chứng" is never printed', "")


def tracked() -> Iterator[tuple[str, str]]:
    """Every text file that git knows, with its content."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in path.read_bytes():
            yield name, path.read_text(encoding="utf-8")


def test_no_file_names_a_package_registry_or_a_folder_of_one_machine() -> None:
    hosts = ("pypi", "pythonhosted", "npmjs", "yarnpkg", "docker", "ghcr", "quay")
    registry = rf"\b(?:{'|'.join(hosts)})\.(?:org|com|io)\b"
    folder = rf"(?<![\w.:/}}-])/(?:{'|'.join(('work', 'root', 'home'))})/\w"
    found = [(name, hit) for name, page in tracked() for hit in re.findall(f"{registry}|{folder}", page)]
    assert found == []
