"""Prompts as files: found in the package or the checkout, rendered strictly, named by version and hash."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from service.core.errors import SettingsError
from service.llm.completion import Message

_FENCE = "+++"
EXTRACT = ("extract", "v1")
REWRITE = ("rewrite", "v2")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One version of one task's prompt; `system` is rendered already and the same bytes for every note."""

    id: str
    version: str
    reply_model: str
    temperature: float
    source: str = field(repr=False)
    system: str = field(repr=False)
    examples: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    _user: Template = field(repr=False, kw_only=True)

    @property
    def digest(self) -> str:
        """Eight hex digits over all that the model is told before the note, and the frame round it."""
        return hashlib.sha256(f"{self.system}\0{self.source}".encode()).hexdigest()[:8]

    @property
    def name(self) -> str:
        """`v1@1a2b3c4d`: what the response says was used."""
        return f"{self.version}@{self.digest}"

    def render(self, **values: str | None) -> list[Message]:
        """Return the messages for one note; an unknown or missing variable raises."""
        user = "".join(self._user.blocks["user"](self._user.new_context(values)))
        return [Message(role="system", content=self.system), Message(role="user", content=user)]


def root() -> Traversable:
    """Return the folder of prompts: inside the installed package, else at the top of the checkout."""
    packaged = files("service") / "_prompts"
    if packaged.is_dir():
        return packaged
    return Path(__file__).resolve().parents[2] / "prompts"


@cache
def load(task: str, version: str) -> Prompt:
    """Return one prompt; raises SettingsError where there is no such task or version."""
    folder = root() / task
    file = folder / f"{version}.md"
    if not file.is_file():
        raise SettingsError(f"没有这个提示词：{task} {version}")
    source = file.read_text("utf-8")
    _, front, body = source.split(_FENCE, 2)
    head = tomllib.loads(front)
    examples = json.loads((folder / head["examples"]).read_text("utf-8")) if "examples" in head else []
    template = _environment().from_string(body)
    shown = [{**e, "reply": _compact(e["reply"])} for e in examples]
    context = template.new_context({"terms": terms(), "rubric": _rubric(), "examples": shown})
    return Prompt(
        id=head["id"],
        version=head["version"],
        reply_model=head["reply_model"],
        temperature=float(head["temperature"]),
        source=source,
        system="".join(template.blocks["system"](context)).strip(),
        examples=tuple(examples),
        _user=template,
    )


def catalog() -> list[Prompt]:
    """Return every prompt there is, by task and version."""
    found = [
        load(folder.name, file.name.removesuffix(".md"))
        for folder in root().iterdir()
        if folder.is_dir()
        for file in folder.iterdir()
        if file.name.endswith(".md")
    ]
    return sorted(found, key=lambda p: (p.id, int(p.version.removeprefix("v"))))


def locked() -> dict[str, str]:
    """Return the released versions and their digests, as `task/version` → digest."""
    table = tomllib.loads((root() / "LOCK.toml").read_text("utf-8"))
    return {f"{task}/{version}": digest for task, row in table.items() for version, digest in row.items()}


@cache
def terms() -> dict[str, dict[str, str]]:
    """Return the wording of kinds, traits and relations that prompts share."""
    return tomllib.loads((root() / "terms.toml").read_text("utf-8"))


@cache
def _rubric() -> dict[str, Any]:
    return tomllib.loads((files("service.core.rubric") / "weekly_note.toml").read_text("utf-8"))


@cache
def _environment() -> Environment:
    # the product is text for a model, not a page: escaping would change the note's words
    return Environment(
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        keep_trailing_newline=True,
    )


def _compact(reply: Mapping[str, Any]) -> str:
    """Return a reply without its empty fields: what need not be written is not shown."""
    short = {name: [{k: v for k, v in item.items() if v} for item in items] for name, items in reply.items()}
    return json.dumps(short, ensure_ascii=False, separators=(",", ":"))
