"""Figures as their author would write them, and the words of a mismatch."""

import re

from service.core.document.model import Document
from service.core.numbers.model import Mismatch, Number
from service.core.span import Span

# the digits of a written figure: the 1.2 of "约1.2w 人" but not its unit
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d{1,6})?")


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
    found = _DIGITS.search(quote)
    if not found:
        return percent(value) if number.unit == "%" else plain(value)
    shown = float(found[0].replace(",", ""))
    scale = number.value / shown if shown else 1.0
    step = number.step / scale if scale else 1.0
    text = f"{abs(value) / scale:,.{decimals_of(step)}f}"
    if ("," not in found[0] and abs(value) / scale < 10_000) or quote.isdigit():
        text = text.replace(",", "")
    head, tail = quote[: found.start()], quote[found.end() :]
    head = head.replace("+", "-") if value < 0 else head.replace("-", "+").replace("−", "+")
    return head + text + tail


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
    )
