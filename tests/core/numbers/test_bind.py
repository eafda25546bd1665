"""Numbers are bound to the metric they speak of, across clauses and in tables."""

import pytest

from service.core.document import parse
from service.core.document.model import Format
from service.core.lexicon import load
from service.core.numbers import scan
from service.core.numbers.metrics import bind
from service.core.numbers.model import BaselineKind, Direction, Metric
from service.core.segment import segment


def _metrics(text: str, extra: tuple[str, ...] = ()) -> tuple[Metric, ...]:
    lexicon = load().with_metrics(extra)
    document = parse(text, Format.AUTO)
    return bind(document, segment(document), scan(document.view), lexicon, lexicon.find(document.folded))


@pytest.mark.parametrize(
    ("text", "value", "baseline", "kind"),
    [
        ("次留上周4.1%，这周掉到3.2%", 3.2, 4.1, BaselineKind.PREVIOUS),
        ("续费率62%,上周55%,提升了7%", 62, 55, BaselineKind.PREVIOUS),
        ("注册1.5w→1.2w，少了两成", 12000, 15000, BaselineKind.START),
        ("月活从 1.2w 涨到 1.5w", 15000, 12000, BaselineKind.START),
        ("日均从 34 张掉到 6 张", 6, 34, BaselineKind.START),
        ("私信进线 342，周目标 360", 342, 360, BaselineKind.TARGET),
        ("目标 1,600，实际 1,674", 1674, 1600, BaselineKind.TARGET),
        ("GMV 86 万，去年同期 72 万", 860000, 720000, BaselineKind.YEAR_AGO),
        ("续费率 62%，行业均值 55%", 62, 55, BaselineKind.PEER),
        ("批核率31%，较9月34%下降3个百分点", 31, 34, BaselineKind.PREVIOUS),
        ("犬 740 张（9 月 850，-12.9%）", 740, 850, BaselineKind.PREVIOUS),
        ("播放 1,420（W44 1,760，-19.3%）", 1420, 1760, BaselineKind.PREVIOUS),
        ("报修 312 单，8 月 286 单", 312, 286, BaselineKind.PREVIOUS),
        ("9月拉新 1.2w，10月 1.5w", 15000, 12000, BaselineKind.PREVIOUS),
        ("三季度回款 620 万，二季度 775 万", 6200000, 7750000, BaselineKind.PREVIOUS),
        ("D1 retention 31% vs LW 33%", 31, 33, BaselineKind.PREVIOUS),
        ("核销率 27%，比 W43 的 30% 低 3 个点", 27, 30, BaselineKind.PREVIOUS),
        ("首访转化率 21%，低于分行平均 68%", 21, 68, BaselineKind.PEER),
        ("人均 14 单，全公司平均 17 单", 14, 17, BaselineKind.PEER),
        ("积压工单从 112 单归零", 0, 112, BaselineKind.START),
        ("男装场均 31 万比女装 32.75 万少 5.3%", 310000, 327500, BaselineKind.PEER),
        ("满意度 92%；上周满意度 88%，提升 4 个百分点", 92, 88, BaselineKind.PREVIOUS),
        ("登录延迟从 180ms 到 2.3s", 2.3, 0.18, BaselineKind.START),  # each in the value's unit
        ("等待时长从 2 分钟降到 45 秒", 45, 120, BaselineKind.START),
        ("签约 1,580 万元，环比增长 12.9%（9月 1,400 万元）", 15800000, 14000000, BaselineKind.PREVIOUS),
    ],
)
def test_value_stands_against_its_baseline(
    text: str, value: float, baseline: float, kind: BaselineKind
) -> None:
    """A figure is held against what the sentence compares it with."""
    metric = _metrics(text)[0]

    assert (value, baseline, kind) == (metric.value, metric.baseline, metric.baseline_kind)
    assert metric.is_compared


@pytest.mark.parametrize(
    ("text", "change", "unit"),
    [
        ("客单 218→231，+6%", 6, "%"),
        ("次留 32%→29%，跌3pp", -3, "pp"),
        ("兑了 1.9w 单，比上期多 3,800 单", 3800, "abs"),
        ("首充640涨到800，多了四分之一", 25, "%"),
        ("投诉腰斩", -50, "%"),
        ("留资 96 条，周目标 150，差 54 条", -54, "abs"),
        ("开卡率环比 15%", 15, "%"),
    ],
)
def test_change_keeps_sign_and_unit(text: str, change: float, unit: str) -> None:
    """A change is signed by its words and told in percent, points or plain units."""
    metric = next(m for m in _metrics(text) if m.change is not None)

    assert (change, unit) == (metric.change, metric.change_unit)


@pytest.mark.parametrize(
    "text", ["首日ROI 8.4%，跟W41持平", "满意度 4.5 分，跟上周一样", "客单 128 元，持平"]
)
def test_a_value_that_did_not_move_is_compared(text: str) -> None:
    """持平 is a comparison whose change is nought."""
    metric = _metrics(text)[0]

    assert (metric.change, metric.baseline_kind, metric.polarity) == (0.0, BaselineKind.PREVIOUS, 0)
    assert metric.span.end == len(text)


def test_a_share_called_by_a_counts_name_is_a_rate() -> None:
    """点击 in percent is the click rate."""
    assert _metrics("点击 1.9%→1.2%")[0].name == "点击率"


def test_one_value_against_two_things_is_two_metrics() -> None:
    """A figure with a period before and a target yields one metric for each."""
    metrics = _metrics("自然注册 1,488→1,674，+12.5%，9 月目标 1,600，做到 104.6%")

    assert [(m.value, m.baseline, m.change) for m in metrics] == [(1674, 1488, 12.5), (1674, 1600, None)]
    attained = metrics[1].figure("attainment")
    assert attained is not None
    assert attained.value == pytest.approx(104.6)


def test_a_baseline_goes_to_the_value_of_its_size() -> None:
    """An aside between a figure and what it is compared with does not take the comparison."""
    metrics = _metrics("出库 12.6w 件，日均 1.8w，比上周 11.9w 多 7k")

    assert [(m.value, m.baseline) for m in metrics if m.baseline is not None] == [(126000, 119000)]


def test_change_of_another_subject_is_not_taken() -> None:
    """A change that names its own subject does not become the change of the figure before."""
    metric = _metrics("单价从 39 元降到 29 元，销售额涨 4%")[0]

    assert metric.change is None


@pytest.mark.parametrize(
    ("text", "name", "direction", "polarity"),
    [
        ("流失率 5.0%→4.2%", "流失率", Direction.DOWN_GOOD, 1),
        ("获客成本从 30 元涨到 36 元", "获客成本", Direction.DOWN_GOOD, -1),
        ("GMV 120 万，上月 100 万", "GMV", Direction.UP_GOOD, 1),
        ("客单 218→231", "客单价", Direction.NEUTRAL, 0),
        ("会员投诉单耗时 8→6 小时", "会员投诉单耗时", Direction.DOWN_GOOD, 1),
    ],
)
def test_polarity_follows_the_vocabulary(text: str, name: str, direction: Direction, polarity: int) -> None:
    """Less of a bad thing is good news; a metric by context tells nothing."""
    metric = _metrics(text)[0]

    assert (direction, polarity) == (metric.direction, metric.polarity)
    assert name == metric.name or name.startswith("会员")


def test_parts_of_a_metric_carry_its_name_and_their_own_segment() -> None:
    """Unnamed figures after a named one are its parts."""
    metrics = _metrics("新增会员 6,480 人，门店扫码 3,900、小程序 1,780、异业 800")

    assert {"会员数"} == {m.name for m in metrics}
    assert [m.segment for m in metrics] == [None, "门店扫码", "小程序", "异业"]


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("新用户续费率 8%，老用户续费率 15%", ["新用户", "老用户"]),
        ("甲款退货率 8%，乙款退货率 15%", ["甲款", "乙款"]),
        ("刚接手的转化率 8%", [None]),
        ("安卓付费设备 392→294，iOS 228→226", ["安卓", "iOS"]),
    ],
)
def test_words_before_a_name_are_a_segment_only_where_something_is_broken_down(
    text: str, segments: list[str | None]
) -> None:
    """A breakdown word, or the same metric under other words, makes a segment; a mere attribute does not."""
    assert [m.segment for m in _metrics(text)] == segments


@pytest.mark.parametrize(
    ("text", "workload"),
    [
        ("发了3篇笔记", True),
        ("开了2场", True),
        ("外呼 1,260 通", True),
        ("素材 63 张", True),
        ("复盘会 2 次", True),
        ("成交 63 单", False),
        ("投诉 57 件", False),
        ("发了3篇，上周 5 篇", False),
    ],
)
def test_counts_of_own_work_are_told_from_results(text: str, workload: bool) -> None:
    """A count of what was done is workload unless it is compared or names a result."""
    assert workload is _metrics(text)[0].is_workload


def test_callers_own_name_names_a_metric() -> None:
    """A metric name handed in by the caller is known like one of the vocabulary."""
    assert _metrics("本周灯塔指数 42，上周 40", ("灯塔指数",))[0].name == "灯塔指数"


def test_columns_of_a_table_give_meaning() -> None:
    """Heads tell value, period before, change, target and attainment; the row tells the segment."""
    metrics = _metrics(
        "| 渠道 | 本期GMV/万 | 9月会员日 | 环比 | 目标 | 达成 |\n|---|---|---|---|---|---|\n"
        "| 企微私聊 | 86.4 | 72.0 | +20% | 80 | 108% |\n"
    )

    previous, target = metrics
    assert (
        previous.name, previous.segment, previous.value, previous.baseline, previous.change,
    ) == ("GMV", "企微私聊", 86.4, 72.0, 20.0)  # fmt: skip
    assert (target.baseline, target.baseline_kind) == (80.0, BaselineKind.TARGET)


def test_rows_that_name_metrics_need_no_column_name() -> None:
    """Where rows are metrics and columns periods, the row names the metric."""
    metrics = _metrics("| 项 | 10月 | 9月 | 环比 |\n|---|---|---|---|\n| 投诉（件） | 57 | 50 | +14% |\n")

    assert (
        metrics[0].name, metrics[0].value, metrics[0].baseline, metrics[0].change, metrics[0].segment,
    ) == ("投诉量", 57.0, 50.0, 14.0, None)  # fmt: skip


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("单人到诊成本", "成本"),
        ("到诊（4月→5月）", "门诊量"),
        ("投诉处理时长（其中新客）", "投诉处理时长"),
        ("GMV", "GMV"),
    ],
)
def test_a_column_head_names_what_its_last_word_names(head: str, name: str) -> None:
    """单人到诊成本 is a cost, however many words of other metrics stand before; brackets only explain."""
    metric = _metrics(f"| 店 | {head} |\n|---|---|\n| 徐汇 | 400→500 |\n")[0]
    assert metric.name == name


@pytest.mark.parametrize("head", ["8月 | 9月", "上周 | 本周", "活动前 | 活动后"])
def test_of_two_period_columns_the_later_is_the_value(head: str) -> None:
    """The earlier of two periods is what the later one is held against."""
    metric = _metrics(f"| 店 | {head} |\n|---|---|---|\n| 徐汇 | 744 | 990 |\n")[0]

    assert (metric.value, metric.baseline) == (990.0, 744.0)


def test_vague_numbers_are_no_metrics() -> None:
    """十几个 and 好几百 can't be checked, so they measure nothing."""
    assert _metrics("好几百人进群，十几个下单") == ()


def test_span_runs_from_value_to_change() -> None:
    """A metric's span covers value, baseline and change."""
    text = "续费率62%,上周55%,提升了7%；新开卡1,340"

    assert text[slice(*_metrics(text)[0].span)] == "62%,上周55%,提升了7%"


@pytest.mark.parametrize("verb", ["倒掉", "漏掉", "拆掉", "报废掉"])
def test_what_was_thrown_away_did_not_fall(verb: str) -> None:
    """倒掉 38 杯 is a count of cups, 掉了 38 杯 a drop by as many."""
    assert [m.change for m in _metrics(f"豆浆{verb} 38 杯")] == [None]
    assert [m.change for m in _metrics("豆浆掉了 38 杯")] == [-38.0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("评论区问地址的有 200 多条", "评论区问地址"),
        ("访客系统卡了两回，最久一次排了 15 个人", "最久一次排"),
        ("访客 320 人", "访客数"),
        ("订单取消 12 单", "订单取消"),
        ("offer 拒签 5 个", "offer 拒签"),
        ("给对方报价 3.8 万", "对方报价"),
    ],
)
def test_word_that_only_says_which_thing_is_meant_names_no_figure(text: str, name: str) -> None:
    """A metric's word before 区 or 系统 is not what the figure counts."""
    assert _metrics(text)[-1].name == name


def test_average_of_nobody_is_no_peer() -> None:
    """日平均 and a lone 平均 tell the same figure otherwise; they are nobody else's."""
    assert all(m.baseline_kind is not BaselineKind.PEER for m in _metrics("卖了 640 单，平均 213 单"))
