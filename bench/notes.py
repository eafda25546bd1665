"""Notes made up on the spot, so that no two runs of a series read the same text."""

import random

_HEADS = ["# {n}月第{k}周周报", "【{n}.{k} 周报】{team}", "{team} 第 {k} 周小结"]
_TEAMS = ["会员组", "社群组", "内容组", "投放组", "门店组", "产品运营", "活动组"]
_METRICS = [
    "次日留存",
    "付费转化率",
    "社群日活",
    "客单价",
    "完播率",
    "到店核销",
    "复购率",
    "新增注册",
    "获客成本",
]
_GROUPS = ["新用户", "沉睡会员", "短信渠道", "华东门店", "直播间", "老客", "安卓端", "私域渠道"]
_RESULTS = [
    "- {group}{metric} {a}%，上周 {was}%，环比{way} {c} 个百分点，目标 {d}%",
    "- {metric}从 {a}00 涨到 {b}50，主要来自{group}",
    "- 本周做了 {c} 场分享，{group}的反馈不错，效果有所提升",
    "- 完成{group}的页面改版，{metric} {a}.{c}%",
]
_PROBLEMS = [
    "- {group}{metric}只有 {a}%，离目标 {d}% 还差得多，主要是力度不够",
    "- {metric}周三起连跌三天，查日志发现支付页 {c} 次报错，{group}占了 {b}%",
    "- {group}流失偏多，回访 {b} 人里有 {c} 人说找不到入口",
    "- {metric}不理想，可能和大环境有关",
]
_PLANS = [
    "- 周{day}前把{group}的入口挪到首页，{metric}做到 {d}%，{owner}负责",
    "- 继续优化{metric}，加强{group}运营",
    "- P{c} 针对{group}做一轮 A/B，样本各 {b}00 人，看 7 天{metric}",
    "- 整理报销和固定资产盘点",
]
_PARTS = [("## 本周成果", _RESULTS, 4), ("## 问题与原因", _PROBLEMS, 3), ("## 下周计划", _PLANS, 3)]


def make_note(seed: int, characters: int) -> str:
    """Return a note of exactly that many characters; the same seed gives the same note."""
    dice = random.Random(seed)
    pages: list[str] = []
    length = 0
    while length < characters:
        page = "\n".join(_page(dice))
        pages.append(page)
        length += len(page) + 2
    return "\n\n".join(pages)[:characters]


def _page(dice: random.Random) -> list[str]:
    head = dice.choice(_HEADS).format(n=dice.randint(1, 12), k=dice.randint(1, 5), team=dice.choice(_TEAMS))
    lines = [head]
    for title, kinds, count in _PARTS:
        lines.append(title)
        lines.extend(_line(dice, dice.choice(kinds)) for _ in range(count))
    return lines


def _line(dice: random.Random, kind: str) -> str:
    now, step, way = dice.randint(20, 60), dice.randint(1, 9), dice.choice("升降")
    return kind.format(
        group=dice.choice(_GROUPS),
        metric=dice.choice(_METRICS),
        a=now,
        was=now - step if way == "升" else now + step,
        b=dice.randint(11, 60),
        c=step,
        d=dice.randint(61, 90),
        way=way,
        day=dice.choice("一二三四五"),
        owner=dice.choice(["小陈", "阿南", "老周"]),
    )


def make_literals(count: int = 500) -> list[str]:
    """Return distinct words of two to four characters for the reference scan."""
    dice = random.Random(7)
    pool = "".join(sorted({c for c in "".join(_METRICS + _GROUPS + _RESULTS + _PROBLEMS) if c > "一"}))
    words: set[str] = set()
    while len(words) < count:
        words.add("".join(dice.choices(pool, k=dice.randint(2, 4))))
    return sorted(words)
