"""Start-up does not pay for the model's libraries."""

import subprocess
import sys

PROBE = "import sys; {code}; print(sorted({{m.partition('.')[0] for m in sys.modules}} & {names!r}))"
HEAVY = {"openai", "instructor", "httpx", "httpx2", "tenacity", "jinja2", "pydantic"}


def _loaded(code: str, names: set[str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(code=code, names=names)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_importing_the_room_loads_nothing_heavy() -> None:
    """`import service.llm` and a build without a model load none of the libraries."""
    assert _loaded("from service.llm import LlmSettings, build; build(LlmSettings())", HEAVY) == "[]"


def test_building_a_reader_leaves_the_sdk_alone() -> None:
    """A configured reader is built without openai and instructor: `warm` or the first question loads them."""
    code = "from service.llm import LlmSettings, build; build(LlmSettings('http://x/v1', None, 'm'))"
    assert _loaded(code, {"openai", "instructor", "httpx2"}) == "[]"
