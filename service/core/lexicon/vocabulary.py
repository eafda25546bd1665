"""Loads the data files: cue lists (`cues/*.toml`) and metric vocabulary (`metrics.toml`)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from service.core.lexicon.match import Hit, Hits
from service.core.numbers.model import Direction

METRIC = "metric"


@dataclass(frozen=True, slots=True)
class MetricTerm:
    """A metric's canonical name, whether more is better, its usual unit and the names it goes by."""

    name: str
    direction: Direction
    unit: str
    kind: str  # rate, count, money, duration, ratio, index
    aliases: tuple[str, ...] = ()


class Lexicon:
    """Every word list, matched in one pass."""

    def __init__(self, cues: dict[str, tuple[str, ...]], metrics: tuple[MetricTerm, ...]) -> None:
        self.cues = cues
        self.metrics: dict[str, MetricTerm] = {}
        for term in metrics:
            for alias in (term.name, *term.aliases):
                self.metrics.setdefault(alias.lower(), term)
        owners: dict[str, list[str]] = {}
        for cue, words in cues.items():
            for word in words:
                owners.setdefault(word.lower(), []).append(cue)
        for alias in self.metrics:
            owners.setdefault(alias, []).append(METRIC)
        self._words = list(owners)
        self._owners = [tuple(owners[w]) for w in self._words]
        self._automaton = AhoCorasick(
            self._words, matchkind=MatchKind.Standard, implementation=Implementation.DFA
        )

    def find(self, folded: str) -> Hits:
        """Return every word of every list in a text folded to lower case, in text order.

        Within a family of lists (the part of the name before "_") a longer word hides the ones inside it: "不错"
        is not "错". An ASCII word counts only when no other ASCII letter touches it: "AB" is not in "ABLE".
        """
        found: list[Hit] = []
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            word = self._words[index]
            if _is_ascii_edge(word[0]) and start > 0 and _is_ascii_edge(folded[start - 1]):
                continue
            if _is_ascii_edge(word[-1]) and end < len(folded) and _is_ascii_edge(folded[end]):
                continue
            found.extend(Hit(start, end, cue, word) for cue in self._owners[index])
        found.sort(key=lambda h: (h.start, -h.end))
        cover: dict[str, tuple[int, int]] = {}
        kept: list[Hit] = []
        for hit in found:
            family = hit.cue.partition("_")[0]
            start, end = cover.get(family, (-1, -1))
            if hit.end > end:
                cover[family] = (hit.start, hit.end)
            elif (hit.start, hit.end) != (start, end):
                continue
            kept.append(hit)
        return Hits(kept)

    def with_metrics(self, names: tuple[str, ...]) -> "Lexicon":
        """Return a lexicon that also knows the caller's own metric names."""
        extra = tuple(
            MetricTerm(n, Direction.UP_GOOD, "", "index") for n in names if n.lower() not in self.metrics
        )
        if not extra:
            return self
        return Lexicon(self.cues, (*dict.fromkeys(self.metrics.values()), *extra))


def _is_ascii_edge(char: str) -> bool:
    return char.isascii() and char.isalpha()


@cache
def load() -> Lexicon:
    """Return the packaged lexicon; built once a process."""
    data = files("service.core.lexicon") / "data"
    cues: dict[str, tuple[str, ...]] = {}
    for file in sorted((data / "cues").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            for cue, entry in tomllib.loads(file.read_text("utf-8")).items():
                cues[cue] = tuple(dict.fromkeys(entry["words"]))
    table = tomllib.loads((data / "metrics.toml").read_text("utf-8"))
    metrics = tuple(
        MetricTerm(
            e["name"], Direction(e["direction"]), e.get("unit", ""), e["kind"], tuple(e.get("aliases", ()))
        )
        for e in table["metric"]
    )
    return Lexicon(cues, metrics)
