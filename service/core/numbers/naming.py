"""Names of metrics: the vocabulary's, or the noun phrase left of the number; and whether they count work."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple, Protocol

from service.core.numbers.columns import PERIOD
from service.core.numbers.cues import table
from service.core.numbers.frames import Frame, NameHit, is_like
from service.core.numbers.model import Direction, Number, NumberKind

_LONGEST_PHRASE = 12
# the run of letters and Chinese right before the number: 私信进线 342, GMV: 30 but not "，342"
_PHRASE = re.compile(r"(?:[A-Za-z]{1,8} )?[A-Za-z0-9\u3400-\u9fff/+·-]{1,12}[ :：「『“\"]{0,3}$")
BREAKDOWN = "scope_segment"  # the lexicon's list of breakdown words
VOCABULARY = "metric"  # and that of metrics
# "退款率(退款单/支付单): 5.2%", told with its basis; not "退款率(5.2%)"
_DEFINED = re.compile(r"([A-Za-z0-9\u3400-\u9fff]{2,12}) ?[(（][^()（）\n]{2,40}[)）][ :：为是从由约]{0,3}$")
_DEFINED_REACH = 64
_OWN_NOUN = frozenset("个位名")
_NO_NOUN = frozenset("没未不在是都已还被有只才来走说要到从比高低多少上下左右点百月小的里中，及和")
# the comma of "到岗慢，3 个"; not the mark within "1,200"
_CLAUSE_MARK = re.compile(r"[，；;、]|,(?!\d)")
_PERIOD_LABEL = re.compile(r"(?:[WwQq]|[Ww]k)\d{1,2}")
# 周三前补 2 名: when it is done is no part of what is counted
_WHEN = re.compile(r"^(?:[本下上这]?周[一二三四五六日天末](?:之?前|上午|下午|晚上?)?|月底前?|[上下]午)")
_EDGES = ' :：「『“"/+·-'


class Term(Protocol):
    """A metric of the vocabulary."""

    @property
    def name(self) -> str: ...
    @property
    def direction(self) -> Direction: ...
    @property
    def unit(self) -> str: ...
    @property
    def kind(self) -> str: ...


class NameHits(Protocol):
    """Where words of the vocabulary stand."""

    def within(self, cue: str, start: int, end: int) -> Iterable[NameHit]: ...


class Named(NamedTuple):
    """A frame with the metric it speaks of."""

    frame: Frame
    name: str | None
    segment: str | None
    period: str | None


@dataclass(frozen=True, slots=True)
class NamingWords:
    """What `data/naming.toml` lists."""

    leading: tuple[str, ...]
    trailing: tuple[str, ...]
    down: tuple[str, ...]
    up: tuple[str, ...]
    units: frozenset[str]
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    metrics: frozenset[str]
    whole: tuple[str, ...]
    mended: re.Pattern[str]
    turned: tuple[str, ...]
    lost: tuple[str, ...]
    things: tuple[str, ...]
    no_things: tuple[str, ...]


@cache
def naming_words() -> NamingWords:
    """Return the word lists, read once."""
    data = table("naming")
    phrase, direction, work = data["phrase"], data["direction"], data["workload"]
    by_length = {key: tuple(sorted(phrase[key], key=len, reverse=True)) for key in ("leading", "trailing")}
    return NamingWords(
        leading=by_length["leading"],
        trailing=by_length["trailing"],
        down=tuple(direction["down"]),
        up=tuple(direction["up"]),
        units=frozenset(work["units"]),
        verbs=tuple(work["verbs"]),
        nouns=tuple(work["nouns"]),
        metrics=frozenset(work["metrics"]),
        whole=tuple(phrase["whole"]),
        # "投诉处理及时率", "整改数"; not "处理费"
        mended=re.compile(f"(?:{'|'.join(direction['mended'])})[率数量件个]?$"),
        turned=tuple(direction["turned"]),
        lost=tuple(direction["lost"]),
        things=tuple(data["thing"]["words"]),
        no_things=tuple(data["thing"]["not"]),
    )


@lru_cache(maxsize=2048)
def _shed(phrase: str) -> str | None:
    words = naming_words()
    text: str | None = _WHEN.sub("", phrase)
    while text is not None:
        phrase = text.strip(_EDGES)
        text = _cut_edge(phrase, words)
    known = phrase in words.trailing or phrase in words.leading
    known = known or _PERIOD_LABEL.fullmatch(phrase) is not None
    return phrase if len(phrase) >= 2 and not phrase.isdigit() and not known else None


def _cut_edge(phrase: str, words: NamingWords) -> str | None:
    """Return a phrase without the longest little word at its end, else at its head; None without one."""
    if phrase.endswith(words.trailing):  # most phrases end in none of them, and one call tells
        for word in words.trailing:
            if phrase.endswith(word) and len(phrase) >= len(word) + 2:
                return phrase[: -len(word)]
    if phrase.startswith(words.leading):
        for word in words.leading:
            if (
                phrase.startswith(word)
                and len(phrase) >= len(word) + 2
                and not phrase.startswith(words.whole)
            ):
                return phrase[len(word) :]
    return None


def names_thing(view: str, hit: NameHit) -> bool:
    """Tell whether a word of the vocabulary only says which thing is meant: 访客系统, 评论区, 订单中心."""
    words = naming_words()
    return view.startswith(words.things, hit.end) and not view.startswith(words.no_things, hit.end)


def phrase_left(view: str, start: int, end: int) -> str | None:
    """Return the noun phrase that ends at `end`, at most twelve characters, or None."""
    found = _PHRASE.search(view[max(start, end - _LONGEST_PHRASE - 3) : end])
    return _shed(found[0]) if found else None


def direction_of(name: str | None, terms: Mapping[str, Term]) -> Direction:
    """Return whether more of the named thing is good; NEUTRAL where nothing tells."""
    if name is None:
        return Direction.NEUTRAL
    low = name.lower()
    term = terms.get(low)
    if term is not None:
        return term.direction
    return _guessed(low)


@lru_cache(maxsize=2048)
def _guessed(name: str) -> Direction:
    words = naming_words()
    good = [w for w in words.up if w in name]
    if any(turn + w in name for w in good for turn in words.turned):
        return Direction.DOWN_GOOD
    if words.mended.search(name):
        return Direction.UP_GOOD
    if any(w in name for w in words.down):
        return Direction.DOWN_GOOD
    return Direction.UP_GOOD if good else Direction.NEUTRAL


def name_frames(
    view: str,
    frames: Sequence[Frame],
    numbers: Sequence[Number],
    terms: Mapping[str, Term],
    hits: NameHits,
) -> list[Named]:
    """Return the frames of one sentence with name, segment and period.

    A frame without a name of the vocabulary that follows a named one of the same unit is a part of it: its
    own noun phrase is then the segment (新增会员 6,480 人里门店扫码 3,900、小程序 1,780). The words before a
    name are a segment where a word of breakdown stands in them, or the name comes again with other words.
    """
    dates = [n.span for n in numbers if n.kind is NumberKind.DATE]
    named: list[Named] = []
    carried: str | None = None
    whole: Number | None = None
    doubtful: dict[str, list[int]] = {}
    for frame in frames:
        first, hit = frame.first, frame.name
        segment: str | None = None
        name: str | None
        if (
            hit is not None
            and not _misfits(terms.get(hit.word.lower()), first)
            and not _counts_another(view, hit, first)
        ):
            name = carried = _turned(view, hit, first) or _called(hit, first, terms)
            whole = frame.anchor
            segment = phrase_left(view, frame.left, hit.start)
            if segment is not None and not any(hits.within(BREAKDOWN, frame.left, hit.start)):
                doubtful.setdefault(name, []).append(len(named))
        else:
            name = phrase_left(view, frame.left, first.span.start) or _defined(view, first, hits, terms)
            if carried is not None and whole is not None and _is_part(whole, first):
                name, segment = carried, name
        named.append(Named(frame, name, segment, _period(view, frame, first, dates)))
    for places in doubtful.values():
        if len({named[at].segment for at in places}) < 2:
            for at in places:
                named[at] = named[at]._replace(segment=None)
    return named


def _defined(view: str, first: Number, hits: NameHits, terms: Mapping[str, Term]) -> str | None:
    """Return the name before the brackets that say what a figure counts, or None without such brackets."""
    end = first.span.start
    if view[max(0, end - 4) : end].rstrip(" :：为是从由约")[-1:] not in (")", "）"):
        return None
    start = max(0, end - _DEFINED_REACH)
    found = _DEFINED.search(view[start:end])
    if found is None:
        return None
    left, right = start + found.start(1), start + found.end(1)
    known = next((hit for hit in hits.within(VOCABULARY, left, right) if hit.end == right), None)
    if known is not None and not _misfits(terms.get(known.word.lower()), first):
        return _called(known, first, terms)
    return _shed(found[1])


def _misfits(term: Term | None, number: Number) -> bool:
    """Tell whether a figure can't be of a metric: 线索 320 条，单条 39.7 元 counts no leads in yuan."""
    if term is None or number.kind is not NumberKind.MEASURE:
        return False
    if number.unit_kind == "duration":
        return term.kind not in ("duration", "index")
    if number.unit_kind == "count" and number.unit:
        return term.kind == "duration"
    return number.unit_kind == "money" and term.kind in ("count", "rate", "duration")


def _counts_another(view: str, hit: NameHit, first: Number) -> bool:
    """Tell whether a count goes on with its own noun in a clause after the name's: 到岗慢，3 个面试官排期….

    3 个没解决 and 3 个点 go on with no noun.
    """
    if first.unit not in _OWN_NOUN or _CLAUSE_MARK.search(view, hit.end, first.span.start) is None:
        return False
    after = view[first.span.end : first.span.end + 2]
    return len(after) == 2 and all("一" <= c <= "鿿" for c in after) and after[0] not in _NO_NOUN


def _turned(view: str, hit: NameHit, first: Number) -> str | None:
    """Return the author's own name where a word of loss follows the vocabulary's: offer 拒签 5."""
    told = view[hit.end : first.span.start].lstrip(" ")
    if first.unit == "%" or not told.startswith(naming_words().lost):
        return None
    return phrase_left(view, hit.start, first.span.start)


def _called(hit: NameHit, first: Number, terms: Mapping[str, Term]) -> str:
    term = terms.get(hit.word.lower())
    if term is not None and first.unit == "%" and term.kind != "rate":
        term = terms.get(f"{hit.word}率", term)  # 点击 1.9% is a rate
    return term.name if term else hit.word


def _is_part(whole: Number, part: Number) -> bool:
    return is_like(whole, part) and part.unit in ("", whole.unit)


def _period(view: str, frame: Frame, first: Number, dates: Sequence[tuple[int, int]]) -> str | None:
    at = bisect_left(dates, (first.span.start, 0)) - 1
    if at >= 0 and dates[at][0] >= frame.left:
        return view[dates[at][0] : dates[at][1]]
    found = PERIOD.search(view, max(frame.left, first.span.start - 30), first.span.start)
    return found[0] if found else None
