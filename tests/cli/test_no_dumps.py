"""No process that may hold a key or a PIN leaves its memory on the disk when it dies."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import resource
from api.cli import main
hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
main(["keys", "list", "--json"])
print("dumped", resource.getrlimit(resource.RLIMIT_CORE) != (0, 0))
"""


def test_a_command_switches_dumps_of_memory_off(tmp_path: Path) -> None:
    environment = {"CHUNGTHUC_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1] == "dumped False", done.stderr
