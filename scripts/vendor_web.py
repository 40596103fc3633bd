"""The npm lock of api/web in; the files of api/web/static/vendor and their MANIFEST.json out.

Run by hand when a version changes (`.venv/bin/python scripts/vendor_web.py`, needs npm); what it makes is
committed, so that neither the service nor its tests need npm. The same lock gives the same bytes.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "api" / "web"
VENDOR = WEB / "static" / "vendor"
BUILD = ROOT / "build" / "web"

FONTS = tuple(
    f"files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
    for subset in ("latin", "vietnamese")
    for weight in (400, 700)
)


@dataclass(frozen=True, slots=True)
class Package:
    """What is taken from one npm package into the folder `folder` of static/vendor."""

    name: str
    folder: str
    licence: str
    files: tuple[str, ...]


PACKAGES = (
    Package("htmx.org", "htmx", "0BSD", ("dist/htmx.min.js", "LICENSE")),
    Package("@fontsource/be-vietnam-pro", "be-vietnam-pro", "OFL-1.1", (*FONTS, "LICENSE")),
    Package("govuk-frontend", "govuk-frontend", "MIT", ()),
)


def vendored_name(name: str) -> str:
    """The file's name in static/vendor: a licence gets an ending, so that the wheel takes it along."""
    return "LICENSE.txt" if name == "LICENSE" else Path(name).name


def install() -> Path:
    """Install what the lock names outside the source tree, scripts of packages not run; give node_modules."""
    BUILD.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(WEB / name, BUILD / name)
    subprocess.run(["npm", "ci"], cwd=BUILD, check=True)
    return BUILD / "node_modules"


def compile_styles(modules: Path, target: Path) -> None:
    """Compile styles/govuk.scss; the npm package carries no licence file, so ours is put beside it."""
    target.mkdir(parents=True)
    sass = [str(modules / ".bin" / "sass"), "--style=compressed", "--no-source-map", "--quiet-deps"]
    source, compiled = str(WEB / "styles" / "govuk.scss"), str(target / "govuk.css")
    subprocess.run([*sass, f"--load-path={modules}", source, compiled], check=True)
    shutil.copy(WEB / "styles" / "govuk-frontend.LICENSE.txt", target / "LICENSE.txt")


def manifest(modules: Path) -> list[dict[str, str]]:
    """One entry a vendored file: where it is, what it came from, under which licence, and its SHA-256."""
    entries = []
    for package in PACKAGES:
        version = json.loads((modules / package.name / "package.json").read_text())["version"]
        for path in sorted((VENDOR / package.folder).iterdir()):
            entries.append(
                {
                    "file": path.relative_to(VENDOR).as_posix(),
                    "package": package.name,
                    "version": version,
                    "licence": package.licence,
                    "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                }
            )
    return entries


def main() -> int:
    """Make static/vendor anew from the lock."""
    modules = install()
    shutil.rmtree(VENDOR, ignore_errors=True)
    compile_styles(modules, VENDOR / "govuk-frontend")
    for package in PACKAGES:
        folder = VENDOR / package.folder
        folder.mkdir(parents=True, exist_ok=True)
        for name in package.files:
            shutil.copy(modules / package.name / name, folder / vendored_name(name))
    (VENDOR / "MANIFEST.json").write_text(json.dumps(manifest(modules), indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
