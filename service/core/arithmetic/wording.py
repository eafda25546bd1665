"""Figures as their author would write them, and the words of a mismatch."""

from service.core.document.model import Document
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number
from service.core.span import Span

# the digits of a written figure: the 1.2 of "约1.2w 人" but not its unit
_DIGITS = lazy(r"\d[\d,]*(?:\.\d{1,6})?")


_NUMERALS = "零一两三四五六七八九"
_MOVING = frozenset("翻腰砍减折少掉跌降缩多涨")  # words that are a change by themselves: 翻倍, 腰斩


def plain(value: float, decimals: int = 2, comma: bool = False) -> str:
    """Return a value with at most so many decimals, no trailing zeros."""
    text = f"{round(value, decimals):,.{decimals}f}" if comma else f"{round(value, decimals):.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimals_of(step: float) -> int:
    """Return how many decimals a step shows (0.1 → 1)."""
    places = 0
    while step < 0.999 and places < 6:
        step *= 10
        places += 1
    return places


def like(document: Document, number: Number, value: float) -> str:
    """Return `value` written the way `number` is: same sign style, scale, decimals and unit."""
    quote = document.slice(number.span)
    if number.unit_kind == "duration" and len(_DIGITS.findall(quote)) > 1:
        return f"{plain(abs(value))} {number.unit}"  # 1 小时 20 分钟
    found = _DIGITS.search(quote)
    if not found:
        return _in_words(quote, number, value)
    shown = float(found[0].replace(",", ""))
    scale = number.value / shown if shown else 1.0
    step = number.step / scale if scale else 1.0
    text = f"{abs(value) / scale:,.{decimals_of(step)}f}"
    if ("," not in found[0] and abs(value) / scale < 10_000) or quote.isdigit():
        text = text.replace(",", "")
    head, tail = quote[: found.start()], quote[found.end() :]
    head = head.replace("+", "-") if value < 0 else head.replace("-", "+").replace("−", "+")
    return head + text + tail


def _in_words(quote: str, number: Number, value: float) -> str:
    """Return a value for a figure that is written in words: 三成, 翻了一番, 两倍."""
    if number.unit != "%":
        return plain(value)
    size = abs(value)
    if "成" in quote and 5 <= size < 100 and round(size, 1) % 5 == 0:
        tenths, half = divmod(round(size), 10)
        return f"{_NUMERALS[tenths]}成{'半' if half else ''}" if tenths else "半成"
    if quote[:1] in _MOVING:
        return f"{'增加' if value > 0 else '减少'} {percent(size)}"
    return percent(size)


def percent(value: float, signed: bool = False, places: int = 1) -> str:
    """Return a percentage, to one decimal unless it is whole."""
    text = plain(value, places)
    return f"+{text}%" if signed and value > 0 else f"{text}%"


def mismatch(
    document: Document,
    kind: str,
    stated: Number,
    inputs: "tuple[Number, ...]",
    computed: str,
    formula: str,
    message: str,
    mend: str,
    ask: str,
    span: Span | None = None,
    stated_text: str | None = None,
) -> Mismatch:
    """Return a mismatch whose mends are: correct the stated figure, or check the inputs."""
    points = [stated.span, *(n.span for n in inputs)]
    whole = span or Span(min(p.start for p in points), max(p.end for p in points))
    quote = document.slice(stated.span)
    checked = inputs[-1] if inputs else stated
    blank = f"【待核：{ask}】"
    return Mismatch(
        kind=kind,
        span=whole,
        stated_span=stated.span,
        stated=stated_text or quote,
        computed=computed,
        formula=formula,
        message=message,
        mends=(
            (f"把“{quote}”改成“{mend}”", ((stated.span, mend),)),
            (f"核对“{document.slice(checked.span)}”", ((checked.span, blank),)),
        ),
        inputs=tuple(n.span for n in inputs),
    )


def said(change: Number) -> str:
    """Return a change as it is said: +60%, -3个百分点."""
    amount = plain(change.value, 2, comma=True)
    unit = {"pp": "个百分点"}.get(change.unit, change.unit)
    sign = {1: "+", -1: "-", 0: ""}[change.sign]
    return f"{sign}{amount}{unit}"
