"""The locks install with plain pip from any index, and hold what the project asks for."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"]


def _pins(lock: str) -> dict[str, str]:
    logical = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    return {line.split("==")[0].strip(): line for line in logical.splitlines() if line.strip()}


def _canonical(requirement: str) -> str:
    name = re.match(r"[\w.-]+", requirement)
    assert name
    return re.sub(r"[-_.]+", "-", name.group()).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_every_package_by_hash_and_names_no_host(lock: str) -> None:
    """Every line is name==version with sha256 hashes; no address and no index option."""
    for line in _pins(lock).values():
        assert re.match(r"[a-z0-9][a-z0-9.-]*==\S+ ", line), line[:60]
        assert "--hash=sha256:" in line
        assert "://" not in line


def test_locks_hold_what_the_project_asks_for() -> None:
    """Each dependency of pyproject.toml is in the lock of its group, at one version in all locks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    wanted = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-build.lock": groups["build"],
        "requirements-dev.lock": [
            *project["project"]["dependencies"],
            *groups["build"],
            *(r for r in groups["dev"] if isinstance(r, str)),
        ],
    }
    for lock, requirements in wanted.items():
        assert {_canonical(r) for r in requirements} - _pins(lock).keys() == set()
    dev = _pins("requirements-dev.lock")
    for lock in ("requirements.lock", "requirements-build.lock"):
        for name, line in _pins(lock).items():
            assert dev[name].split()[0] == line.split()[0]


def test_image_is_built_from_files_that_are_there_and_let_in() -> None:
    """Each path the Dockerfile copies exists and .dockerignore lets it into the build."""
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    let_in = {
        line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] == "!"
    }
    for line in re.findall(r"^COPY (?!--from)(.+)$", dockerfile, flags=re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert source in let_in, source


def test_image_runs_as_somebody_else_than_root_and_watches_its_health() -> None:
    """The last stage drops privileges, has a health check and serves beyond loopback without --insecure."""
    last = (ROOT / "Dockerfile").read_text("utf-8").rpartition("\nFROM ")[2]
    assert re.search(r"^USER notecoach$", last, flags=re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "/health/live" in last
    assert '"--host", "0.0.0.0"' in last
    assert "--insecure" not in last
