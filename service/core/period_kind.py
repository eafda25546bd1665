"""Which period a note speaks of: callers who say nothing send weekly, and its title may know better."""

import re

from service.core.reading import Reading, once

_HEAD = 40  # characters of the first line
_WEEKLY = re.compile(r"周报|周记|第 ?[一二三四五六\d]{1,3} ?周|本周|这周|w\d|week")
# the first that fits counts
_TOLD = (
    ("annual", re.compile(r"年终|年报|年度(?:总结|小结|述职|工作|回顾)|全年(?:总结|小结|工作|回顾)")),
    (
        "quarterly",
        re.compile(r"季报|[一二三四1-4本]季度|q[1-4](?!\d).{0,8}(?:总结|小结|回顾|复盘|汇报)"),
    ),
    (
        "monthly",
        re.compile(
            r"月报|本月|月度"
            r"|(?:\d{1,2}|[一二三四五六七八九十]{1,2}) ?月份?的?(?:总结|小结|工作|回顾|复盘|汇报)"
        ),
    ),
    ("daily", re.compile(r"日报|今[日天](?:总结|小结|工作)")),
)
_WEEKS = ("上周", "本周", "这周", "下周")  # whatever the title says, then
_TODAY, _TOMORROW = ("今天", "今日"), ("明天", "明日")


@once
def period_kind(reading: Reading) -> str:
    """Return the note's kind, as its first line tells it where the caller left it weekly."""
    if reading.kind != "weekly":
        return reading.kind
    text = reading.document.folded.lstrip()
    head = text.split("\n", 1)[0][:_HEAD]
    if _WEEKLY.search(head) or any(word in text for word in _WEEKS):
        return reading.kind
    for kind, told in _TOLD:
        if told.search(head):
            return kind
    is_daily = head.startswith(_TODAY) and any(word in text for word in _TOMORROW)
    return "daily" if is_daily else reading.kind
