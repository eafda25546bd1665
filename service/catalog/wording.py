"""How findings speak: the author's own words, the metric's name, the period's name, no sentence twice."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from service.catalog.cues import cues, is_name, words
from service.catalog.passage import clauses, trimmed
from service.core.lexicon import load
from service.core.numbers.model import Metric
from service.core.period_kind import period_kind
from service.core.reading import Claim, Reading, Trait
from service.core.span import Span

_BEFORE = {"daily": "前一天", "weekly": "上周", "monthly": "上月", "quarterly": "上季度", "annual": "去年"}
_NEXT = {"daily": "明天", "weekly": "下周", "monthly": "下个月", "quarterly": "下季度", "annual": "明年"}
_NOW = {"daily": "今天", "weekly": "这周", "monthly": "这个月", "quarterly": "这个季度", "annual": "今年"}
# "下周：1.完成认证", "【原因】没留烟道井", "② 出表"; not "投递：周二前换链接", "3 个人"
_LEAD = re.compile(
    r"^(?:[【\[][^】\]\n]{1,12}[】\]]\s*)?(?:(?:下周|下礼拜|下星期|下个?月|下一?步|下阶段|明[天日]|后续|接下来)[^，。；:：\s]{0,4}[:：]\s*|(?:结论|小结|总结)[:：]\s*)?(?:\d{1,2}[.、)）](?!\d)|[①-⑳❶-❿])?\s*"
)
# "首响 超过5分钟" loses its space, "退款率 6.8%，" keeps it
_LOOSE = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
# where a figure's name ends and its movement begins: "退款率从3%", "客流比上周少了120"; not "主从", "比例"
_VERB = re.compile(
    r"(?<=..)(?:(?<!主)[从由](?![前头此])|[比较](?![例重赛])|环比|同比|只有|仅|达到?|升[到至]|[降跌掉][到至]|提升|下降|增长|超过|低于|高于"
    r"|[有在是为共约](?=\s*$))"
)
_ORDINAL = re.compile(r"第 ?\d{1,3}$")
# what no name of a figure holds: "周一上午把退保回款", "9/16阅读量"; not "新户首笔申购率"
_STRAY = re.compile(r"[把将让被她他我你这那\d]|之后|以后|时候|还在")
# "青菜吃得", "哭的又多", "邮费谁出吵"; not "客服", "又一城"
_NO_THING = re.compile(r"谁|[得够又仍吵]$|又多$|^一(?:些|点|下)$")
# the piece of a word that a cut leaves: the "c" of "DNS cache", the "10." of "10.5"; nothing of "Redis "
_LAST_WORD = re.compile(r"[A-Za-z0-9.%_-]+$")
_CLOSERS = {"“": "”", "「": "」", "（": "）", "(": ")", "《": "》", "【": "】"}


def before(reading: Reading) -> str:
    """Return what the period before is called: 上周 for a weekly note."""
    return _BEFORE.get(period_kind(reading), "上期")


def following(reading: Reading) -> str:
    """Return what the next period is called: 下周 for a weekly note."""
    return _NEXT.get(period_kind(reading), "下期")


def this(reading: Reading) -> str:
    """Return what the note's own period is called: 这周 for a weekly note."""
    return _NOW.get(period_kind(reading), "这期")


def spaced(text: str) -> str:
    """Return a sentence without the spaces that stand between two Chinese characters or marks."""
    return _LOOSE.sub("", text)


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
    parts = clauses(reading.document.view, span)
    if not parts:
        return "“…”"
    end = parts[0].end
    for part in parts[1:]:
        if part.end - parts[0].start > limit:
            break
        end = part.end
    text = _less_opening(" ".join(reading.document.words(Span(parts[0].start, end)).split()))
    if len(text) > limit:
        cut = _balanced(_cut(text, limit - 1).rstrip(" ，,、：:（("))
        text = cut if text[len(cut) :].lstrip()[:1] in ("（", "(") else cut + "…"
    return "“" + _balanced(text).replace("“", "‘").replace("”", "’") + "”"


def _cut(text: str, limit: int) -> str:
    """Return the first characters of a text, no ASCII word or figure in pieces unless it is very long."""
    whole = _LAST_WORD.sub("", text[:limit]) if text[limit - 1 : limit + 1].isascii() else text[:limit]
    return whole if 2 * len(whole) > limit else text[:limit]


def called(reading: Reading, claim: Claim, limit: int = 22) -> str:
    """Return a claim's words in quotes; a table's row goes by its first cell."""
    cells = [c for c in reading.document.lines[claim.line].cells if len(c)]
    if claim.has(Trait.ROW) and cells:
        return said(reading, cells[0], limit) + "这一行"
    return said(reading, claim.span, limit)


def _less_opening(text: str) -> str:
    """Return the text without what it only opens with: 就是这周退款多了 is quoted as 退款多了."""
    text = _LEAD.sub("", text)
    openings = _openings()
    if not text.startswith(openings):
        return text
    for word in openings:
        if text.startswith(word) and len(text) >= len(word) + 4:
            return _less_opening(text[len(word) :].lstrip(" ，,：:的"))
    return text


@cache
def _openings() -> tuple[str, ...]:
    return (*words("time_now"), *words("find_lead"))


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
    for mark in ("：", ":", "，", "、"):
        text = text.rpartition(mark)[2] if mark in text else text
    head, _, tail = text.rpartition(" ")
    if head and not tail.isascii():
        if _ORDINAL.search(head):
            return None  # 第 7 关通过率 is no 关通过率
        text = tail
    fillers, openings = words("find_filler"), words("find_opening")
    while text.endswith(fillers):
        word = next(w for w in fillers if text.endswith(w))
        if len(word) == len(text):
            return None
        text = text[: -len(word)]
    while text.startswith(openings):
        word = next(w for w in openings if text.startswith(w))
        if len(word) == len(text):
            return None
        text = text[len(word) :]
    clean = all(c.isalnum() or c in "+/%-" for c in text)
    hollow = text in words("find_no_subject")
    is_thing = clean and not hollow and _NO_THING.search(text) is None
    return text if is_thing and 2 <= len(text) <= 12 else None


def metric_name(reading: Reading, metric: Metric) -> str | None:
    """Return what the author calls a metric, else its usual name; None where it has none worth saying.

    The usual name is the last resort: who wrote 退货率 does not look for 退款率.
    """
    name = metric.name
    if name is None or not is_name(name):
        return None
    view = reading.document.view
    floor = max(0, metric.span.start - 24)
    heads = clauses(view, Span(floor, metric.span.start))
    own = subject(_VERB.split(view[heads[-1].start : metric.span.start])[0]) if heads else None
    if own is not None and is_name(own) and not _STRAY.search(own):
        return own
    name = _typed(reading, metric, heads[-1].start if heads else floor) or name
    if metric.segment and len(metric.segment) + len(name) <= 12 and not _STRAY.search(metric.segment):
        return metric.segment + name
    return name


def _typed(reading: Reading, metric: Metric, floor: int) -> str | None:
    """Return the word of the vocabulary by which a metric goes in the text; None where none stands there."""
    number = metric.figure("value") or metric.figure("baseline") or metric.figure("change")
    if number is None:
        return None
    terms = load().metrics
    hits = [
        h
        for h in cues(reading).within("metric", floor, number.span.start)
        if terms[h.word].name == metric.name
    ]
    return reading.document.view[hits[-1].start : hits[-1].end] if hits else None


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
