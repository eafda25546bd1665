"""A mismatch shows the sum, points at the figure in doubt and offers two mends."""

import pytest

from service.core.arithmetic import check
from service.core.document import parse
from service.core.document.model import Document, Format
from service.core.lexicon import load
from service.core.numbers import scan
from service.core.numbers.metrics import bind
from service.core.numbers.model import Mismatch
from service.core.segment import segment


def _only(text: str) -> tuple[Document, Mismatch]:
    document = parse(text, Format.AUTO)
    sentences, numbers, lexicon = segment(document), scan(document.view), load()
    metrics = bind(document, sentences, numbers, lexicon, lexicon.find(document.folded))
    (mismatch,) = check(document, sentences, numbers, metrics)
    return document, mismatch


def _mended(document: Document, mismatch: Mismatch, which: int) -> str:
    text = document.view
    for span, new_text in sorted(mismatch.mends[which][1], reverse=True):
        text = text[: span.start] + new_text + text[span.end :]
    return text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("日活从500涨到800，增长50%。", "500→800 是 +60%，文中写 +50%"),
        ("续费率62%,上周55%,提升了7%", "55%→62% 是 +7个百分点（相对 +12.7%），文中写 +7%"),
        ("投流花了 1.8w 回了 4.5w，ROI 1:2.1。", "4.5w ÷ 1.8w 是 1:2.5，文中写 1:2.1"),
        ("月目标 1,200 单，实际 1,080 单，达成率 85%。", "1,080 单 ÷ 目标 1,200 单 是 90%，文中写 85%"),
        ("在管门店 48 家 = 直营 18 + 加盟 16 + 联营 12。", "18+16+12 是 46，文中总数写 48 家，差 2"),
        ("续约率 78.2%，11 家到期续回 8 家。", "8 家 ÷ 11 家 是 72.7%，文中写 78.2%"),
    ],
)
def test_message_shows_the_sum(text: str, message: str) -> None:
    """The message gives the figures, what they make and what is written."""
    assert _only(text)[1].message == message


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("日活从500涨到800，增长50%。", "日活从500涨到800，增长60%。"),
        ("续费率62%,上周55%,提升了7%", "续费率62%,上周55%,提升了7个百分点"),
        ("企微 1,300 通（A组 520 / B组 460 / C组 280）", "企微 1,260 通(A组 520 / B组 460 / C组 280)"),
        ("客流 3,200→2,880，环比 -15%", "客流 3,200→2,880，环比 -10%"),
        ("消耗 3.6w，新增 1,200 人，CPA 35 元。", "消耗 3.6w，新增 1,200 人，CPA 30 元。"),
        ("投流花了 1.8w 回了 4.5w，ROI 1:2.1。", "投流花了 1.8w 回了 4.5w，ROI 1:2.5。"),
    ],
)
def test_first_mend_corrects_the_stated_figure_in_its_own_style(text: str, mended: str) -> None:
    """Mending by the first alternative writes the worked-out figure the way the author wrote it."""
    document, mismatch = _only(text)

    assert _mended(document, mismatch, 0) == mended
    assert document.slice(mismatch.stated_span) not in mended or mismatch.kind == "point_percent"


def test_second_mend_asks_after_an_input() -> None:
    """The other alternative leaves the stated figure and puts a question where an input stands."""
    document, mismatch = _only("日活从500涨到800，增长50%。")

    assert "【待核：" in _mended(document, mismatch, 1)
    assert "增长50%" in _mended(document, mismatch, 1)


def test_spans_hold_the_passage_and_the_figure() -> None:
    """The span covers inputs and statement, the stated span the figure in doubt alone."""
    document, mismatch = _only("本周忙。日活从500涨到800，增长50%。下周继续。")

    assert document.slice(mismatch.span) == "500涨到800，增长50%"
    assert document.slice(mismatch.stated_span) == "50%"
    assert (mismatch.stated, mismatch.computed, mismatch.formula) == ("50%", "+60%", "800/500-1")


@pytest.mark.parametrize(
    "text",
    [
        "9月拉新 1.2w，10月 1.5w，环比 +27.3%",  # 1.18w → 1.50w
        "成交 86.4 万，上月 72.0 万，涨了两成",
        "UV 3.2w（新客 1.15w，老客 2.1w）",
        "约 30 家到店，上周约 25 家，增长 18%",
        "ROI 190%：花 10w，回 29w",
        "退货 320 单，主要来自尺码不合 140、色差 90",
        "三个渠道合计 900 人（去重）：A 400、B 380、C 260",
        "本周 86 单，同比 +30%，上周 80 单",
        "转化率 12%，目标 15%，同比 +2pp",
        "UV 1,280，提交率 7.5%，上周 7.4%",
        "16 家里 14 家的表是一个人填的，占比还要再核",
    ],
)
def test_doubtful_figures_are_given_the_benefit(text: str) -> None:
    """Rounding, another window, base, segment or definition is no contradiction."""
    document = parse(text, Format.AUTO)
    sentences, numbers, lexicon = segment(document), scan(document.view), load()
    metrics = bind(document, sentences, numbers, lexicon, lexicon.find(document.folded))

    assert [m.message for m in check(document, sentences, numbers, metrics)] == []
