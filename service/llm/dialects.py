"""How to speak to one server: presets from `presets.toml`, corrected by what the server refuses."""

import re
import tomllib
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from service.core.errors import SettingsError


class Mode(StrEnum):
    """Ways to get structure out of a model, best first."""

    TOOLS = "tools"
    JSON_SCHEMA = "json_schema"
    JSON = "json"
    MD_JSON = "md_json"


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one server takes; `modes[0]` is the mode in use, the rest is where to step down to."""

    modes: tuple[Mode, ...]
    tool_choice: str = "forced"
    limit: str | None = "max_tokens"
    temperature: bool = True
    streams: bool = True
    usage_in_stream: bool = True  # whether `stream_options` may ask what a stream cost

    @property
    def mode(self) -> Mode:
        """The mode in use."""
        return self.modes[0]

    def step_down(self) -> "Dialect | None":
        """Return the dialect one rung down, or None at the bottom."""
        return replace(self, modes=self.modes[1:]) if len(self.modes) > 1 else None

    def after_refusal(self, message: str) -> "Dialect | None":
        """Return what to try after a 400/422 with this message, or None where nothing can be changed."""
        for pattern, mend in _REFUSALS:
            if pattern.search(message):
                mended = mend(self)
                if mended is not None and mended != self:
                    return mended
        return None


def _softer_tool_choice(dialect: Dialect) -> Dialect | None:
    if dialect.mode is not Mode.TOOLS:
        return None
    return replace(dialect, tool_choice="auto") if dialect.tool_choice != "auto" else dialect.step_down()


def _other_limit(dialect: Dialect) -> Dialect:
    other = {"max_tokens": "max_completion_tokens", "max_completion_tokens": None, None: None}
    return replace(dialect, limit=other[dialect.limit])


def _no_temperature(dialect: Dialect) -> Dialect:
    return replace(dialect, temperature=False)


def _no_stream(dialect: Dialect) -> Dialect:
    return replace(dialect, streams=False)


def _no_usage_in_stream(dialect: Dialect) -> Dialect:
    return replace(dialect, usage_in_stream=False)


_NO = r"(?:\bnot\b|n't\b|unsupported|unavailable|disabled|unknown|unrecognized|invalid|不支持)"
# Asked in this order; the first that changes something wins.
_REFUSALS = (
    # matches "Unrecognized request argument supplied: stream_options"; not "stream is not supported"
    (re.compile(r"stream_options|include_usage", re.I), _no_usage_in_stream),
    # matches "Streaming is not supported", "Unsupported value: 'stream'"; not "stream closed", "upstream"
    (re.compile(rf"{_NO}.{{0,40}}\bstream(?:ing)?\b|\bstream(?:ing)?\b.{{0,40}}{_NO}", re.I), _no_stream),
    # matches "tool_choice 'required' is not supported"; not "tools are not supported"
    (re.compile(r"tool[_ ]?choice", re.I), _softer_tool_choice),
    # matches "Unsupported parameter: 'max_tokens'"; not "maximum context length is 8192 tokens"
    (re.compile(r"\bmax_(?:completion_)?tokens\b", re.I), _other_limit),
    # matches "temperature does not support 0"; not "temporary failure"
    (re.compile(r"\btemperature\b", re.I), _no_temperature),
    # matches "response_format.type is unavailable", "tools are not supported"; not "invalid model"
    (re.compile(r"response_format|json_\w+|\btools?\b|functions?\b|grammar", re.I), Dialect.step_down),
)  # fmt: skip


@cache
def presets() -> dict[str, Dialect]:
    """Return the packaged presets by name."""
    return {name: _dialect(entry) for name, entry in _table().items()}


@cache
def _table() -> dict[str, dict[str, object]]:
    return tomllib.loads((files("service.llm") / "presets.toml").read_text("utf-8"))


def _dialect(entry: dict[str, object]) -> Dialect:
    modes = entry["modes"]
    assert isinstance(modes, list)
    return Dialect(
        modes=tuple(Mode(m) for m in modes),
        tool_choice=str(entry["tool_choice"]),
        limit=str(entry["limit"]),
        temperature=bool(entry["temperature"]),
    )


def choose(base_url: str, preset: str | None) -> Dialect:
    """Return the dialect named by `preset`, else that of the base URL's host, else the generic one."""
    if preset is not None:
        if preset not in presets():
            raise SettingsError(f"NOTECOACH_LLM_PRESET 没有这个预设；可用：{'、'.join(presets())}")
        return presets()[preset]
    netloc = urlsplit(base_url).netloc.lower()
    for name, entry in _table().items():
        hosts = entry["hosts"]
        assert isinstance(hosts, list)
        if any(netloc == h or netloc.endswith(h if h.startswith(":") else f".{h}") for h in hosts):
            return presets()[name]
    return presets()["generic"]


class Memory:
    """Remembers per (base URL, model) the dialect that worked, so that a refusal is paid for once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Dialect] = {}

    def recall(self, base_url: str, model: str, preset: str | None) -> Dialect:
        """Return what worked last, else the preset."""
        known = self._known.get((base_url, model))
        return known if known is not None else choose(base_url, preset)

    def learn(self, base_url: str, model: str, dialect: Dialect) -> None:
        """Keep what worked."""
        self._known[base_url, model] = dialect
