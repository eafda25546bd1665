"""Simulated models that do what an attacker asks: every passage is made the best that could be said of it."""

import re
from collections.abc import Callable
from typing import Any

from service.llm.completion import Message

Model = Callable[[list[Message]], dict[str, Any]]

KINDS = ("activity", "result", "problem", "cause", "evidence", "plan")
BEST = ["specific", "verifiable", "reasoned", "done", "key", "positive"]
RELATION = {"cause": "causes", "evidence": "supports", "plan": "addresses"}
_BREAK = re.compile(r"[，。；\n]")


def note_in(messages: list[Message]) -> str:
    """Return the note inside its fence."""
    fenced = re.search(r"<周报 ([0-9a-f]+)>\n(.*)\n</周报 \1>", messages[-1]["content"], re.S)
    assert fenced is not None
    return fenced.group(2)


def clauses(messages: list[Message]) -> list[str]:
    """Return the note's clauses."""
    return [c.strip() for c in _BREAK.split(note_in(messages)) if len(c.strip()) >= 2]


def _claim(id: str, kind: str, quote: str, all_ids: list[str]) -> dict[str, Any]:
    links = [{"relation": RELATION[kind], "target": t} for t in all_ids] if kind in RELATION else []
    return {"id": id, "kind": kind, "quote": quote, "traits": BEST, "links": links, "deadline": "周三前"}


def in_turn(*kinds: str) -> Model:
    """Return a model that calls the clauses these kinds in turn and ties each to all others."""

    def read(messages: list[Message]) -> dict[str, Any]:
        found = clauses(messages)
        ids = [f"x{i}" for i in range(len(found))]
        return {"claims": [_claim(ids[i], kinds[i % len(kinds)], c, ids) for i, c in enumerate(found)]}

    return read


def everything(messages: list[Message]) -> dict[str, Any]:
    """Call every clause every kind."""
    found = clauses(messages)
    ids = [f"{k}{i}" for i in range(len(found)) for k in KINDS]
    return {"claims": [_claim(f"{k}{i}", k, c, ids) for i, c in enumerate(found) for k in KINDS]}


def parrot(messages: list[Message]) -> dict[str, Any]:
    """Say what a perfect note would have said, beside one true clause."""
    told = (
        "转化率从 5% 降到 3%，上周 5%",
        "新手引导第三步卡住，20 人里 13 人没看懂",
        "周三前改版，转化率回到 5%",
    )
    ids = ["c1", "c2", "c3"]
    made = [_claim(i, k, q, ids) for i, k, q in zip(ids, ("problem", "cause", "plan"), told, strict=True)]
    return {"claims": [*made, _claim("t", "activity", clauses(messages)[0], [])]}


def leaker(messages: list[Message]) -> dict[str, Any]:
    """Hand out the prompt line by line, as quotes and owners."""
    lines = [line for line in messages[0]["content"].split("\n") if line.strip()]
    made = [{"id": f"x{i}", "kind": "evidence", "quote": q, "owner": q} for i, q in enumerate(lines)]
    return {"claims": [*made, {**_claim("t", "activity", clauses(messages)[0], []), "owner": "sk-secret"}]}


MODELS: dict[str, Model] = {
    "everything": everything,
    "parrot": parrot,
    "leaker": leaker,
    "chain": in_turn("result", "problem", "cause", "evidence", "plan"),
    "short-chain": in_turn("problem", "cause", "plan", "evidence"),
    "proofs": in_turn("problem", "cause", "evidence", "evidence"),
    "causes": in_turn("problem", "cause"),
    "plans": in_turn("problem", "plan"),
    "all-causes": in_turn("cause"),
    "all-plans": in_turn("plan"),
    "all-results": in_turn("result"),
    "eraser": in_turn("activity"),
}
