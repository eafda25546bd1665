"""What the columns of a table hold, told from their heads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from service.core.numbers.cues import table
from service.core.numbers.model import BaselineKind

# 本周, 上月同期, W41, 9月, Q3, 去年同期, 活动前 but not 周转
PERIOD = re.compile(
    r"(?:本|这|上上|上|前一?|下)(?:个|一)?(?:周|月|期|季度?|年|次|轮|旬|日)(?:同期|同位置|同档|同时段)?"
    r"|W\d{1,2}|(?:\d{1,2}|[一二三四五六七八九十]{1,2}) ?月(?:前|后)?|Q[1-4]"
    r"|去年(?:同期)?|同期|今年|昨日|今日|20\d\d年?"
    r"|(?:活动|改版|上线|优化|调整|改造|切换)[前后]"
)
# 10月, W42, 三季度: what orders two periods
_ORDER = re.compile(r"\d{1,4}|[一二三四五六七八九十]{1,2}")
_NUMERALS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_FAR = 6  # months or weeks further apart than this have passed the turn of the year


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: its role, the group of columns that speak of one metric, and the head's words."""

    role: str  # label, value, baseline, target, change, attainment, share, history
    group: int
    head: str
    name: str | None
    period: str | None
    kind: BaselineKind | None = None


@cache
def _words() -> dict[str, tuple[str, ...]]:
    data = table("heads")
    return {key: tuple(words) for part in data.values() for key, words in part.items()}


def is_total(label: str) -> bool:
    """Tell whether a row's first cell, in lower case, says that the row adds up the others."""
    return label.startswith(_words()["total"])


def is_actual(head: str) -> bool:
    """Tell whether a head says no more than that the column holds the figure itself (实际, 本期, 数值)."""
    return head in _words()["actual"]


def columns_of(heads: Sequence[str], names: Sequence[str | None]) -> list[Column]:
    """Tell each column's role from its head (lower case); columns that speak of one metric share a group."""
    columns: list[Column] = []
    group = -1
    for at, head in enumerate(heads):
        found = PERIOD.search(head) or PERIOD.search(head.upper())
        period = found[0] if found else None
        if at == 0:
            columns.append(Column("label", -1, head, names[0], None))
            continue
        role, kind = _role(head, period)
        if role == "value" and _is_past(columns, names[at], period, head, heads[at + 1 : at + 2]):
            role, kind = "baseline", BaselineKind.PREVIOUS
        opens = role == "value" or group < 0 or (names[at] is not None and role in ("baseline", "target"))
        if opens and not (role == "value" and _continues(columns, names[at], period, head)):
            group += 1
        columns.append(Column(role, group, head, names[at], period, kind))
    return _by_period(columns)


def _is_past(
    columns: Sequence[Column], name: str | None, period: str | None, head: str, following: Sequence[str]
) -> bool:
    """Tell whether a bare period heads the earlier figures of the column at its left: 件数 | 九月."""
    last = columns[-1]
    if (
        period is None
        or name is not None
        or period != head
        or last.role != "value"
        or last.period is not None
    ):
        return False
    return not any(PERIOD.fullmatch(text) for text in following)


def _role(head: str, period: str | None) -> tuple[str, BaselineKind | None]:
    words = _words()

    def has(key: str) -> bool:
        return any(word in head for word in words[key])

    if has("attainment"):
        return "attainment", None
    if has("change"):
        return "change", BaselineKind.YEAR_AGO if has("year_ago") else None
    if has("share"):
        return "share", None
    if has("target"):
        return "target", BaselineKind.TARGET
    if period is not None and _is_earlier(head):
        return "baseline", BaselineKind.YEAR_AGO if has(
            "year_ago"
        ) and "同期" in head else BaselineKind.PREVIOUS
    return "value", None


def _is_earlier(head: str) -> bool:
    return any(word in head for word in _words()["earlier"] if word != "上") or "上" in head.replace(
        "以上", ""
    )


def _continues(columns: Sequence[Column], name: str | None, period: str | None, head: str) -> bool:
    """Tell whether a value column only adds the period or the actual figure to the group before it."""
    last = columns[-1]
    if last.role == "label" or name is not None:
        return False
    if period is None and not is_actual(head):
        return False
    held = {c.role for c in columns if c.group == last.group}
    if last.role in ("target", "baseline"):
        return "value" not in held
    return last.role == "value" and (last.period is not None or is_actual(last.head))


def _by_period(columns: list[Column]) -> list[Column]:
    """Of the value columns of one group (7月 | 8月 | 9月) keep the latest, held against the one before."""
    out = list(columns)
    for group in {c.group for c in columns if c.group >= 0}:
        places = [i for i, c in enumerate(columns) if c.group == group and c.role == "value"]
        if len(places) < 2:
            continue
        first_is_later = is_later(columns[places[0]].period, columns[places[1]].period)
        order = places[::-1] if first_is_later else places
        name = next((columns[i].name for i in places if columns[i].name), None)
        for rank, i in enumerate(reversed(order)):
            role = ("value", "baseline")[rank] if rank < 2 else "history"
            kind = BaselineKind.PREVIOUS if rank == 1 else None
            out[i] = Column(role, group, columns[i].head, name, columns[i].period, kind)
    return out


def order_of(period: str | None) -> int | None:
    """Return the number that orders a period among its like (10月 → 10, 三季度 → 3), or None."""
    found = _ORDER.search(period or "")
    if not found:
        return None
    return int(found[0]) if found[0].isdigit() else _NUMERALS.get(found[0])


def is_later(one: str | None, other: str | None) -> bool:
    """Tell whether the first of two periods comes after the second."""
    a, b = order_of(one), order_of(other)
    if a is not None and b is not None:
        return 0 < a - b < _FAR or b - a > _FAR
    if other and _is_earlier(other):
        return True
    return bool(one) and not _is_earlier(one or "") and (one or "").startswith(("本", "这", "今", "当"))
