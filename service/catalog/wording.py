"""How findings speak: the author's own words, the metric's name, the period's name, no sentence twice."""

from collections import Counter
from collections.abc import Sequence

from service.catalog.cues import words
from service.catalog.passage import clauses, trimmed
from service.core.numbers.model import Metric
from service.core.reading import Claim, Reading
from service.core.span import Span

_BEFORE = {"daily": "前一天", "weekly": "上周", "monthly": "上月", "quarterly": "上季度", "annual": "去年"}
_NEXT = {"daily": "明天", "weekly": "下周", "monthly": "下个月", "quarterly": "下季度", "annual": "明年"}
_NOW = {"daily": "今天", "weekly": "这周", "monthly": "这个月", "quarterly": "这个季度", "annual": "今年"}
_CLOSERS = {"“": "”", "「": "」", "（": "）", "(": ")", "《": "》", "【": "】"}


def before(reading: Reading) -> str:
    """Return what the period before is called: 上周 for a weekly note."""
    return _BEFORE.get(reading.kind, "上期")


def following(reading: Reading) -> str:
    """Return what the next period is called: 下周 for a weekly note."""
    return _NEXT.get(reading.kind, "下期")


def this(reading: Reading) -> str:
    """Return what the note's own period is called: 这周 for a weekly note."""
    return _NOW.get(reading.kind, "这期")


class Turns:
    """Hands out wordings of one set in turn, so that a note's second finding does not repeat its first."""

    def __init__(self) -> None:
        self._used: Counter[Sequence[str]] = Counter()

    def pick(self, options: tuple[str, ...]) -> str:
        """Return the next of these wordings; after the last the first comes again."""
        at = self._used[options]
        self._used[options] += 1
        return options[at % len(options)]


def said(reading: Reading, span: Span, limit: int = 18) -> str:
    """Return the author's words of a range in quotes: whole clauses where they fit, else cut short."""
    view = reading.document.view
    parts = clauses(view, span)
    if not parts:
        return "“…”"
    end = parts[0].end
    for part in parts[1:]:
        if part.end - parts[0].start > limit:
            break
        end = part.end
    text = " ".join(view[parts[0].start : end].split())
    if len(text) > limit:
        text = _balanced(text[: limit - 1].rstrip()) + "…"
    return "“" + text.replace("“", "‘").replace("”", "’") + "”"


def _balanced(text: str) -> str:
    """Return the text without a bracket that is opened and not closed; a lone bracket at its start stays."""
    for opener, closer in _CLOSERS.items():
        at = text.rfind(opener)
        if at > 3 and closer not in text[at:]:
            text = text[:at].rstrip(" ，,：:")
    return text


def listed(reading: Reading, claims: Sequence[Claim], at_most: int = 3, limit: int = 14) -> str:
    """Return several claims' words, quoted side by side; 等 stands for those beyond `at_most`."""
    shown = "".join(said(reading, c.span, limit) for c in claims[:at_most])
    return shown + ("等" if len(claims) > at_most else "")


def subject(text: str) -> str | None:
    """Return what a clause speaks of, from its words before the evaluation; None where that is no name."""
    text = text.strip(" \t　，,。；;：:、")
    for mark in ("：", ":", "，", "、", " "):
        text = text.rpartition(mark)[2] if mark in text else text
    shed = True
    while shed and text:
        shed = False
        for word in words("find_filler"):
            if text.endswith(word) and len(text) > len(word):
                text, shed = text[: -len(word)], True
                break
    shed = True
    while shed and text:
        shed = False
        for word in words("find_opening"):
            if text.startswith(word) and len(text) > len(word):
                text, shed = text[len(word) :], True
                break
    clean = all(c.isalnum() or c in "+/%-" for c in text)
    return text if 2 <= len(text) <= 12 and clean else None


def metric_name(reading: Reading, metric: Metric) -> str | None:
    """Return a metric's name with its segment where the author wrote them side by side."""
    name = metric.name
    if name is None or not 2 <= len(name) <= 12:
        return None
    if metric.segment and len(metric.segment) + len(name) <= 12:
        joined = metric.segment + name
        line_start = max(0, metric.span.start - 40)
        if joined in reading.document.view[line_start : metric.span.end]:
            return joined
    return name


def figure_text(reading: Reading, metric: Metric, role: str = "value") -> str | None:
    """Return one of a metric's figures as the author wrote it."""
    number = metric.figure(role)
    if number is None:
        return None
    text = reading.document.slice(number.span).strip()
    return text if 0 < len(text) <= 12 else None


def clause_around(reading: Reading, claim: Claim, at: int) -> Span:
    """Return the clause of a claim that holds a position, else the claim's own range, trimmed."""
    view = reading.document.view
    for part in clauses(view, claim.span):
        if part.start <= at < part.end:
            return part
    return trimmed(view, claim.span)
