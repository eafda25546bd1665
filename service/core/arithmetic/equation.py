"""Sums that are written out: 26 件×35 元=1,010 元, 46 = 18 + 16 + 12, 86-52=36."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from service.core.arithmetic.interval import Interval, exact, is_checkable, of, room_of_sum
from service.core.arithmetic.passage import Passage
from service.core.arithmetic.summed import told
from service.core.arithmetic.wording import like, mismatch, plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number

# between two figures: "+", " × ", "件×", "+线下 " but not "，" or "->"
_SIGN = lazy(r"[^，。；=\d+*/]{0,3}?(?P<sign>[+×xX*✕÷/－−-])(?!>)[^，。；=\d+*/>]{0,8}")
_EQUALS = lazy(r"[^，。；=\d]{0,3}?=(?![=>])[^，。；=\d]{0,6}")
_SIGNS = {"x": "×", "X": "×", "*": "×", "✕": "×", "/": "÷", "－": "-", "−": "-"}
_MOST = 12  # figures of one sum
_MYRIADS = (1.0, 1e4, 1e-4, 1e8, 1e-8)  # 3.2+2.6=5.8 万: the scale is told once
_OFF = 2.0  # a result so many times off was meant otherwise


class _Chain(NamedTuple):
    """Figures side by side and the signs between them."""

    figures: Sequence[Number]
    signs: Sequence[str]


def check_equations(passage: Passage) -> Iterable[Mismatch]:
    """Yield sums written out whose result is another."""
    for at in range(1, len(passage.figures)):
        if "=" not in passage.gap(at) or _EQUALS.fullmatch(passage.gap(at)) is None:
            continue
        left, right = _chain(passage, at - 1, -1), _chain(passage, at, 1)
        if bool(left.signs) != bool(right.signs):
            made, result = (left, right.figures[0]) if left.signs else (right, left.figures[0])
            yield from _check(passage, made, result)


def _chain(passage: Passage, at: int, step: int) -> _Chain:
    """Return the figures tied by signs that run from figure `at` to either side, in text order."""
    figures, signs = [passage.figures[at]], []
    for _ in range(_MOST):
        gap = at + (step > 0)
        if not 0 < gap < len(passage.figures):
            break
        found = _SIGN.fullmatch(passage.gap(gap))
        if found is None:
            break
        signs.append(_SIGNS.get(found["sign"], found["sign"]))
        at += step
        figures.append(passage.figures[at])
    return _Chain(figures[::step], signs[::step])


def _check(passage: Passage, chain: _Chain, result: Number) -> Iterable[Mismatch]:
    if not is_checkable(result, *chain.figures) or result.value <= 0:
        return
    if "%" in {result.unit, *(n.unit for n in chain.figures)}:
        return  # rates have checks of their own
    made = _worked_out(chain, [exact(n) if n.step == 1.0 else of(n) for n in chain.figures])
    value = _worked_out(chain, [exact(n) for n in chain.figures])
    if made is None or value is None or value.low <= 0:
        return
    if any(not made.times(scale).misses(result.value, room_of_sum(result)) for scale in _MYRIADS):
        return
    got = next((value.low * s for s in _MYRIADS if 1 / _OFF <= value.low * s / result.value <= _OFF), None)
    if got is None:
        return
    if set(chain.signs) == {"+"}:
        yield told(passage, result, chain.figures, got / value.low)
        return
    text = plain(chain.figures[0].value)
    for sign, number in zip(chain.signs, chain.figures[1:], strict=True):
        text += sign + plain(number.value)
    shown = like(passage.document, result, got)
    yield mismatch(
        passage.document,
        "total",
        result,
        tuple(chain.figures),
        plain(got, comma=True),
        text,
        f"{text} 是 {shown}，文中写 {passage.text(result)}",
        shown,
        "算式里哪个数不对",
    )


def _worked_out(chain: _Chain, values: Sequence[Interval]) -> Interval | None:
    """Return what a chain comes to, products before sums; None where it divides by nothing."""
    terms, made = [values[0]], Interval(0.0, 0.0)
    for sign, value in zip(chain.signs, values[1:], strict=True):
        if sign in "×÷":
            worked = terms[-1].by(value) if sign == "×" else terms[-1].over(value)
            if worked is None:
                return None
            terms[-1] = worked
        else:
            terms.append(value.times(-1.0) if sign == "-" else value)
    for term in terms:
        made = made + term
    return made
