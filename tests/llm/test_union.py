"""How the two readers are joined is settled by measure: annotators' claims stand for a model that reads well.

Only tuning notes: the founding set's odd numbers, and the field sets.
"""

import json
from pathlib import Path
from typing import Any

from service.core import lexicon
from service.core.document.model import Format
from service.core.note import Note
from service.core.reading import ClaimKind, Reading
from service.core.score import DimensionKey
from service.core.scoring.judge import judge
from service.evaluation.figures import kappa, rating_row
from service.evaluation.match import bare, claim_score, pair
from service.llm.reader import LlmReader
from service.llm.scripted import Scripted
from service.rules.reader import RuleReader

DATASETS = Path(__file__).parents[2] / "evals/datasets"
RELATION = {"cause": "causes", "evidence": "supports", "plan": "addresses"}
RULES = RuleReader(lexicon.load())


def _rows(dataset: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    def lines(name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (DATASETS / dataset / name).read_text("utf-8").splitlines()]

    notes = {n["id"]: n for n in lines("notes.jsonl")}
    rows = [(notes[c["id"]], c) for c in lines("claims.jsonl")]
    if dataset == "founding":
        rows = [r for r in rows if int(r[0]["id"].rsplit("-", 1)[1]) % 2]
    return rows


def _reply(claims: list[dict[str, Any]]) -> dict[str, Any]:
    """Return annotated claims as a model's reply; of traits it knows only that causes and plans tell."""
    told = []
    for claim in claims:
        relation = RELATION.get(claim["kind"])
        told.append(
            {
                "id": claim["id"],
                "kind": claim["kind"],
                "quote": claim["quote"],
                "traits": ["specific"] if claim["kind"] in ("cause", "plan") else [],
                "links": [{"relation": relation, "target": t} for t in claim["links"]] if relation else [],
            }
        )
    return {"claims": told}


def _hits(reading: Reading, gold: list[dict[str, Any]], html: bool) -> tuple[int, int, int]:
    matched = 0
    for kind in ClaimKind:
        wanted = [(bare(g["quote"], html),) for g in gold if g["kind"] == kind.value]
        found = [bare(reading.quote(c), html) for c in reading.of(kind)]
        matched += len(pair(wanted, found, claim_score))
    return matched, len(reading.claims), len(gold)


async def _measure(*datasets: str) -> dict[str, tuple[float, float]]:
    """Return each figure as (by rule, joined)."""
    ratings: dict[tuple[DimensionKey, int], list[tuple[float, ...]]] = {}
    hits: dict[int, list[tuple[int, int, int]]] = {0: [], 1: []}
    for row, claims in [r for d in datasets for r in _rows(d)]:
        note = Note(row["text"], Format(row["format"]), kind=row["kind"], previous=row["previous"])
        by_rule = RULES.read(note)
        said, gold = claims["annotator_a"], claims.get("annotator_b") or claims["annotator_a"]
        joined = (await LlmReader(Scripted(_reply(said))).read(note, by_rule, 60.0)).reading
        for who, reading in enumerate((by_rule, joined)):
            hits[who].append(_hits(reading, gold, row["format"] == "html"))
            scores = judge(reading)
            for key in DimensionKey:
                rated = row["labels"]["consensus"][key.value]
                ratings.setdefault((key, who), []).append(rating_row(rated, scores.level(key)))
    figures = {}
    for key in DimensionKey:
        found = [kappa([sum(c) for c in zip(*ratings[key, who], strict=True)]) or 0.0 for who in (0, 1)]
        figures[key.value] = (found[0], found[1])
    sums = [[sum(c) for c in zip(*hits[who], strict=True)] for who in (0, 1)]
    f1 = [2 * m / (f + g) for m, f, g in sums]
    return {**figures, "f1": (f1[0], f1[1])}


async def test_good_model_reads_better_joined_than_the_rules_alone() -> None:
    """On the field notes every level agrees better with the raters, and far more claims are found."""
    figures = await _measure("field-a", "field-b")
    for key in DimensionKey:
        assert figures[key.value][1] > figures[key.value][0] - 0.02, figures
    assert figures["root_cause_depth"][1] > 0.75
    assert figures["f1"][1] > 0.85


async def test_joining_costs_nothing_where_the_rules_are_good() -> None:
    """On notes that the rules have not learned from no level agrees worse by more than its noise."""
    figures = await _measure("field-i", "field-q", "field-v")
    for key in DimensionKey:
        assert figures[key.value][1] > figures[key.value][0] - 0.05, figures
    assert figures["f1"][1] > figures["f1"][0]
