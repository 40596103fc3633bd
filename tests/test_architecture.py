"""The shape of the house: what the import contracts of pyproject.toml do not say."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("api", "ocr", "signing", "storage", "verification")
KNOTS = {"utils", "util", "common", "core", "helpers", "helper", "manager", "data", "info", "misc", "kit"}


def sources(*packages: str) -> Iterator[Path]:
    for package in packages:
        yield from sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def calls(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return {ast.unparse(n.func) for n in nodes if isinstance(n, ast.Call)}


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]


def test_there_is_no_sixth_package() -> None:
    listed = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True)
    tops = {line.split("/")[0] for line in listed.stdout.splitlines() if "/" in line}
    assert tops <= {*PACKAGES, "tests", "scripts"}


def test_no_module_is_a_knot() -> None:
    assert not [name(p) for p in sources(*PACKAGES) if p.stem in KNOTS or p.parent.name in KNOTS]


def test_only_one_file_knows_the_job_engine() -> None:
    knowing = {name(p) for p in sources(*PACKAGES) if any(i.split(".")[0] == "dbos" for i in imports(p))}
    assert knowing == {"storage/jobs.py"}


def test_only_one_file_knows_the_s3_client() -> None:
    knowing = {name(p) for p in sources(*PACKAGES) if any(i.split(".")[0] == "minio" for i in imports(p))}
    assert knowing == {"storage/s3.py"}


def test_below_api_sources_and_authorities_are_each_spoken_to_in_one_file() -> None:
    clients = {"http.client", "urllib.request", "requests", "httpx", "aiohttp"}
    below = sources("ocr", "signing", "verification", "storage")
    knowing = {name(p) for p in below if imports(p) & clients}
    assert knowing == {"storage/feeds/exchange.py", "signing/fetching.py"}


def test_only_the_command_line_draws_specimens() -> None:
    users = {
        name(p)
        for p in sources(*PACKAGES)
        if "specimens" not in p.parts and any(i.startswith("verification.specimens") for i in imports(p))
    }
    assert users
    assert all(user.startswith("api/cli/") for user in users)


def test_nothing_below_api_reads_the_clock_or_the_environment() -> None:
    clocks = {
        "datetime.now",
        "datetime.utcnow",
        "date.today",
        "datetime.datetime.now",
        "time.time",
        "os.getenv",
    }
    below = sources("ocr", "signing", "verification", "storage")
    assert not {name(p): calls(p) & clocks for p in below if calls(p) & clocks}


def test_only_settings_reads_our_variables() -> None:
    readers = {name(p) for p in sources(*PACKAGES) if 'environ.get("CHUNGTHUC_' in p.read_text("utf-8")}
    assert readers == {"api/settings.py"}


def test_every_module_says_what_it_is() -> None:
    silent = [
        name(p)
        for p in sources(*PACKAGES)
        if p.stat().st_size and not ast.get_docstring(ast.parse(p.read_text("utf-8")))
    ]
    assert not silent


def test_no_file_is_too_long_to_find_ones_way_in() -> None:
    long = {name(p): n for p in sources(*PACKAGES) if (n := len(p.read_text("utf-8").splitlines())) > 400}
    assert not long


def test_nobody_imports_inside_a_function_to_break_a_cycle() -> None:
    late = {
        f"{name(p)}:{node.lineno}"
        for p in sources("ocr", "signing", "verification", "storage", "api")
        for function in ast.walk(ast.parse(p.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and _is_ours(node)
    }
    assert not late


def _is_ours(node: ast.Import | ast.ImportFrom) -> bool:
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
    return any(n.split(".")[0] in PACKAGES for n in names)
