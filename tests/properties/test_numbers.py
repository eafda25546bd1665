"""Numbers read from any text are sound, and a value written down is read back."""

import itertools

from hypothesis import example, given
from hypothesis import strategies as st

from service.core.arithmetic import check
from service.core.document import parse
from service.core.document.model import Format
from service.core.lexicon import load
from service.core.numbers import scan
from service.core.numbers.metrics import bind
from service.core.numbers.model import Mismatch, NumberKind, Precision
from service.core.segment import segment

PIECES = st.sampled_from(
    [
        *"0123456789.,:/+-%()→~ 一二两三十百千万亿半几成倍点月日号年周第约近多少涨跌个人条单元，。、；\n",
        "上周",
        "目标",
        "百分点",
        "w",
        "pp",
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map("".join))


def _check(text: str) -> tuple[Mismatch, ...]:
    document = parse(text, Format.PLAIN)
    sentences, numbers, lexicon = segment(document), scan(document.view), load()
    metrics = bind(document, sentences, numbers, lexicon, lexicon.find(document.folded))
    return check(document, sentences, numbers, metrics)


@given(TEXTS)
@example("两W0")
def test_numbers_lie_in_the_text_in_order_and_apart(text: str) -> None:
    """Spans are inside the text, sorted and disjoint, whatever the text."""
    spans = [n.span for n in scan(text)]

    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@given(TEXTS)
def test_values_are_finite_and_changes_unsigned(text: str) -> None:
    """A value is a finite number that is never negative, and a range's ends are in order."""
    for number in scan(text):
        assert 0 <= number.value < float("inf")
        assert number.value_max is None or number.value <= number.value_max
        assert number.sign == 0 or number.kind is NumberKind.CHANGE


@given(TEXTS)
def test_any_text_can_be_bound_and_checked(text: str) -> None:
    """Binding and checking never fail, and a mismatch points into the view."""
    document = parse(text, Format.PLAIN)
    for mismatch in _check(text):
        assert mismatch.span.covers(mismatch.stated_span)
        assert 0 <= mismatch.span.start < mismatch.span.end <= len(document.view)


@given(
    st.integers(1, 9_999_999),
    st.sampled_from(["{:,}", "{}"]),
    st.sampled_from(["人", "单", "条", "家", "元", ""]),
)
def test_a_written_count_is_read_back(value: int, form: str, unit: str) -> None:
    """A whole number with or without separators and unit gives its value."""
    (number,) = scan(f"新增 {form.format(value)}{unit}，")

    assert (number.value, number.unit, number.precision) == (value, unit, Precision.EXACT)


@given(st.integers(1, 999), st.sampled_from([("w", 1e4), ("万", 1e4), ("k", 1e3), ("亿", 1e8), (" 万", 1e4)]))
def test_a_scaled_value_is_read_back(tenths: int, scale: tuple[str, float]) -> None:
    """1.2w, 1.2万 and 1.2亿 give the value in base units, with a step of one tenth."""
    (number,) = scan(f"阅读 {tenths / 10}{scale[0]}，")

    assert abs(number.value - tenths / 10 * scale[1]) < 1e-6 * scale[1]
    assert abs(number.step - scale[1] / 10) < 1e-6 * scale[1]


@given(st.integers(0, 1000), st.sampled_from(["涨", "增长", "提升了", "+", "↑"]), st.booleans())
def test_a_signed_change_is_read_back(tenths: int, verb: str, points: bool) -> None:
    """A change keeps value, sign and whether it is percent or points."""
    (number,) = scan(f"环比{verb}{tenths / 10}{'pp' if points else '%'}")

    assert (number.kind, number.sign, number.unit) == (NumberKind.CHANGE, 1, "pp" if points else "%")
    assert abs(number.value - tenths / 10) < 1e-9


@given(st.integers(1, 99_999))
def test_chinese_numerals_are_read_back(value: int) -> None:
    """A count in Chinese numerals gives its value."""
    (number,) = [n for n in scan(f"{_numeral(value)}个") if n.kind is NumberKind.MEASURE] or [None]

    if value == 1 or number is None:
        assert value in (1, 2)  # 一个 counts nothing, and two is 两个
        return
    assert number.value == value


@given(st.integers(20, 90_000), st.integers(20, 90_000), st.sampled_from([0, 1, 2]))
def test_growth_worked_out_right_is_never_doubted(before: int, after: int, places: int) -> None:
    """A change rounded to any number of places agrees with its own two figures."""
    text = f"日活从 {before:,} 到 {after:,}，环比 {(after / before - 1) * 100:+.{places}f}%。"

    assert _check(text) == ()


@given(st.integers(20, 90_000), st.integers(30, 300), st.integers(15, 40))
def test_growth_far_off_is_always_doubted(before: int, percent: int, error: int) -> None:
    """A change that is fifteen points or more off is found."""
    after = round(before * (1 + percent / 100))
    stated = (after / before - 1) * 100 + error
    found = _check(f"日活从 {before:,} 到 {after:,}，增长 {stated:.1f}%。")

    assert [m.kind for m in found] == ["growth"]


@given(st.lists(st.integers(1, 5_000), min_size=2, max_size=5), st.integers(0, 300))
def test_parts_are_doubted_just_when_they_miss_their_total(parts: list[int], error: int) -> None:
    """Parts in brackets must make their total, unless so much lacks that some are untold."""
    total = sum(parts) + error
    names = ["甲店", "乙店", "丙店", "丁店", "戊店"]
    listed = " / ".join(f"{n} {p}" for n, p in zip(names, parts, strict=False))
    found = _check(f"成交 {total} 单（{listed}）。")

    assert bool(found) is (0 < error <= 0.12 * total)


def _numeral(value: int) -> str:
    digits = "零一二三四五六七八九"
    if value >= 10_000:
        rest = value % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return _numeral(value // 10_000) + "万" + (gap + _numeral(rest) if rest else "")
    text, pending = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            text += ("零" if pending and text else "") + digits[digit] + name
            pending = False
        else:
            pending = True
    return text[1:] if text.startswith("一十") else text
