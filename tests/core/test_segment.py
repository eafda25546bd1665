"""Sentences and clauses: cut where a reader pauses, never inside what belongs together."""

import pytest

from service.core.document import Format, parse
from service.core.segment import segment


def cut(text: str, format: Format = Format.PLAIN) -> list[list[str]]:
    """Return the clauses of every sentence."""
    document = parse(text, format)
    return [[document.slice(clause) for clause in sentence.clauses] for sentence in segment(document)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲做了。乙做了！丙呢？丁；戊;己", [["甲做了"], ["乙做了"], ["丙呢"], ["丁"], ["戊"], ["己"]]),
        ("甲做了，乙做了,丙、丁都在", [["甲做了", "乙做了", "丙、丁都在"]]),
        ("好！！！真好。。。", [["好"], ["真好"]]),
        ("拖了……没查", [["拖了", "没查"]]),
        ("口径：自然周，目标：80", [["口径:自然周", "目标:80"]]),
        ("慢 ← 返工 ← 砍了会，信", [["慢 ← 返工 ← 砍了会", "信"]]),
        ("74 个 → 意愿不强 → 触达不够。根因：力度", [["74 个 → 意愿不强 → 触达不够"], ["根因:力度"]]),
    ],
)
def test_marks_end_sentences_and_clauses(text: str, expected: list[list[str]]) -> None:
    """Full stops and semicolons end sentences, commas clauses; "、", colons and arrows end nothing."""
    assert cut(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "新开卡1,340张",
        "共12,345,678元",
        "9:30开会",
        "2.5kg*4和6kg装",
        "普卡（6.2w人，触达5.8w；没全到。）掉了",
        "问“要身份证？为啥。”的人",
        "《周报；怎么写》看了",
        "[甲，乙。丙]在表里",
        "【甲，乙】在表里",
        "看https://a.b/c?d=1,2;e!f这页",
    ],
)
def test_what_belongs_together_stays_whole(text: str) -> None:
    """Numbers, links, quotations and brackets are not cut inside."""
    [[clause]] = cut(text)
    assert clause == parse(text, Format.PLAIN).view


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("续费率62%,上周55%", 2),
        ("分别10,20,30个", 3),
        ("新增1200,800来自老客", 2),
        ("1，340个", 2),
        ("涨了（没查，先放着", 2),
        ("涨了）没查，先放着（", 2),
        ("（" + "甲" * 130 + "，乙）", 2),
    ],
)
def test_what_only_looks_like_one_thing_is_cut(text: str, clauses: int) -> None:
    """Lists of figures, brackets without their other half and passages in brackets are cut."""
    assert [len(sentence) for sentence in cut(text)] == [clauses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下周：1.完成认证；2.配合财务", [["下周"], ["完成认证"], ["配合财务"]]),
        ("下周：1、完成认证 2、配合财务", [["下周"], ["完成认证"], ["配合财务"]]),
        ("安排：①11/5前归档；②11/12演练1次", [["安排"], ["11/5前归档"], ["11/12演练1次"]]),
        ("①归档②演练", [["归档"], ["演练"]]),
        ("1. 归档 2. 演练 3. 面试", [["归档"], ["演练"], ["面试"]]),
        ("3、归档，4、演练", [["归档"], ["演练"]]),
        ("分三步：(1)归档(2)演练，再说", [["分三步"], ["归档"], ["演练", "再说"]]),
        ("重点：一、拉新；二、留存", [["重点"], ["拉新"], ["留存"]]),
    ],
)
def test_enumerators_in_a_line_begin_sentences(text: str, expected: list[list[str]]) -> None:
    """Items counted up within a line are sentences of their own, their numbers in none of them."""
    assert cut(text) == expected


@pytest.mark.parametrize(
    "text",
    ["见表①的说明", "版本 1.2 和 2.3 都发了", "1、2月都掉了", "拉新(12)和留存(13)", "覆盖二、三线城市"],
)
def test_figures_and_asides_are_no_enumerators(text: str) -> None:
    """One sign alone, versions, months, counts in brackets and tiers of cities count nothing up."""
    assert len(cut(text)) == 1


def test_figures_in_brackets_do_not_go_on_with_an_items_number() -> None:
    """In the fourth item "错发 5、" is a count within brackets, no fifth item."""
    assert cut("4. 处理客诉 9 起（错发 5、漏发 3、破损 1），上周 4 起") == [
        ["处理客诉 9 起(错发 5、漏发 3、破损 1)", "上周 4 起"]
    ]
    assert cut("1)改价（见附件）2)补货") == [["改价(见附件)"], ["补货"]]


def test_clauses_bear_no_edges() -> None:
    """Spaces, marks, emoji and halves of brackets are off a clause's ends; signs of figures stay on."""
    assert cut(" 👍 好，  -5%， “播完了” ，~30人，（没查 ，查了” ✅") == [
        ["好", "-5%", "“播完了”", "~30人", "没查", "查了"]
    ]


def test_emoji_part_what_no_mark_parts() -> None:
    """An emoji parts clauses, and with a space behind it sentences."""
    assert cut("反馈不错👍公会群有点冷") == [["反馈不错", "公会群有点冷"]]
    assert cut("过线了✅ 短信拖后腿") == [["过线了"], ["短信拖后腿"]]


def test_spaces_part_where_nothing_else_does() -> None:
    """In a line without marks single spaces between words part clauses; in others only wide ones do."""
    assert cut("拉新起来了 留存没跟上 变现持平没动") == [["拉新起来了", "留存没跟上", "变现持平没动"]]
    assert cut("这周拉新 留存都涨了，变现持平") == [["这周拉新 留存都涨了", "变现持平"]]
    assert cut("这周拉新涨了  留存没动，变现持平") == [["这周拉新涨了", "留存没动", "变现持平"]]
    assert cut("10 月的会员日做了三场直播") == [["10 月的会员日做了三场直播"]]


def test_rows_and_code_hold_no_sentences() -> None:
    """Table rows and code are skipped; headings, items and quotes are not; lines are named."""
    text = "# 周报\n\n| 甲 | 乙 |\n|--|--|\n| 1。 | 2 |\n\n```\nx;y\n```\n\n> 引用。\n\n- 做了。播了。\n"
    document = parse(text, Format.MARKDOWN)
    assert [(sentence.line, document.slice(sentence.span)) for sentence in segment(document)] == [
        (0, "周报"),
        (4, "引用。"),
        (5, "做了。"),
        (5, "播了。"),
    ]


def test_a_sentence_keeps_its_closing_mark() -> None:
    """A sentence's span runs from its first character to its mark, list marker and enumerator apart."""
    document = parse("1、甲做了。  乙做了！？\n", Format.PLAIN)
    assert [document.slice(sentence.span) for sentence in segment(document)] == [
        "甲做了。",
        "乙做了！？".replace("！？", "!?"),
    ]


def test_lines_without_words_hold_no_sentence() -> None:
    """Marks and emoji alone are no sentence."""
    assert cut("……！\n👍👍\n（）\n→") == []
