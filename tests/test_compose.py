"""The compose file as Debian's docker-compose understands it; there is no engine here to start it on."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
SECRETS = ("POSTGRES_PASSWORD", "SEAWEEDFS_ACCESS_KEY", "SEAWEEDFS_SECRET_KEY", "SEAWEEDFS_JWT_KEY")


def config(env_file: Path) -> "subprocess.CompletedProcess[str]":
    """What the file comes to with these settings; nothing of this process's environment is let in."""
    return subprocess.run(
        ["docker-compose", "--env-file", str(env_file), "config"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(env_file.parent)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The services, from .env.example with its secrets filled in."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    filled = tmp_path_factory.mktemp("compose") / "env"
    filled.write_text(re.sub(r"^(\w+)=$", r"\1=s-\1", example, flags=re.MULTILINE), encoding="utf-8")
    result = config(filled)
    assert result.returncode == 0, result.stderr
    found: dict[str, Any] = YAML(typ="safe").load(result.stdout)["services"]
    return found


def test_there_are_api_worker_database_and_object_store(services: dict[str, Any]) -> None:
    assert set(services) == {"api", "worker", "postgres", "s3"}


@pytest.mark.parametrize("secret", SECRETS)
def test_nothing_starts_without_its_secrets(secret: str, tmp_path: Path) -> None:
    env_file = tmp_path / "env"
    env_file.write_text("".join(f"{name}=x\n" for name in SECRETS if name != secret))
    result = config(env_file)
    assert result.returncode != 0
    assert secret in result.stderr


def test_only_the_api_is_reached_from_outside_and_only_from_this_machine(services: dict[str, Any]) -> None:
    published = {name: service.get("ports") for name, service in services.items() if service.get("ports")}
    assert published == {"api": ["127.0.0.1:8000:8000/tcp"]}


def test_database_and_object_store_are_on_the_inner_network_alone(services: dict[str, Any]) -> None:
    assert {name: set(services[name]["networks"]) for name in ("postgres", "s3")} == {
        "postgres": {"inside"},
        "s3": {"inside"},
    }


def test_every_part_is_watched_and_has_a_root_that_cannot_be_written(services: dict[str, Any]) -> None:
    for service in services.values():
        assert service["healthcheck"]["test"]
        assert service["read_only"] is True
        assert "no-new-privileges:true" in service["security_opt"]


def test_the_inner_parts_of_the_object_store_ask_for_a_signed_word(services: dict[str, Any]) -> None:
    keys = {
        name for name, value in services["s3"]["environment"].items() if name.startswith("WEED_") and value
    }
    assert keys == {
        "WEED_JWT_SIGNING_KEY",
        "WEED_JWT_FILER_SIGNING_KEY",
        "WEED_JWT_FILER_SIGNING_READ_KEY",
    }


def test_two_processes_on_one_database_have_names_of_their_own(services: dict[str, Any]) -> None:
    names = [services[name]["environment"]["CHUNGTHUC_EXECUTOR_ID"] for name in ("api", "worker")]
    assert len(set(names)) == len(names)


def test_every_setting_handed_over_is_one_that_the_service_reads(services: dict[str, Any]) -> None:
    read = set(re.findall(r"CHUNGTHUC_\w+", (ROOT / "api" / "settings.py").read_text(encoding="utf-8")))
    assert set(services["api"]["environment"]) <= read


def test_what_the_image_copies_is_there_and_is_let_through() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    copied = {
        name for line in re.findall(r"^COPY (.+)", dockerfile, re.MULTILINE) for name in line.split()[:-1]
    }
    let_through = set(re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    assert copied == let_through
    assert [name for name in copied if not (ROOT / name).exists()] == []
