"""How findings speak, and the ranges they point at."""

import pytest
from zhconv_rs import zhconv

from service.catalog import collect
from service.catalog.passage import clauses, trimmed
from service.catalog.task import tasks
from service.catalog.wording import Turns, before, following, metric_name, said, spaced, subject
from service.core.lexicon import load
from service.core.note import Note
from service.core.reading import ClaimKind, Reading
from service.core.scoring.highlight import highlights
from service.core.scoring.judge import judge
from service.core.span import Span
from service.rules.reader import RuleReader

_QUOTES = str.maketrans("「」", "“”")
READER = RuleReader(load())


def _read(text: str, kind: str = "weekly") -> Reading:
    return READER.read(Note(text, kind=kind))


def _all(reading: Reading) -> Span:
    return Span(0, len(reading.document.view))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("会员群里说话的人也", "会员群里说话的人"),
        ("这周退群的", "退群"),
        ("另外，短信点击", "短信点击"),
        ("整体", None),
        ("第 7 关通过率", None),  # 关通过率 would be no word
        ("另一样青菜吃得", None),
        ("门口哭的又多", None),
        ("退货邮费谁出吵", None),
        ("二期收缴进度仍不够", "二期收缴进度"),
        ("一些", None),
        ("还是比之前", None),
        ("这是一个相当长的说法根本不是名字", None),
        ("", None),
    ],
)
def test_a_subject_is_a_clean_name_or_nothing(told: str, expected: str | None) -> None:
    """Openers and fillers are shed; what is no name is not used as one."""
    assert subject(told) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("就是这周退款多了", "“退款多了”"),
        ("本周退款率升到5%，客服排队", "“退款率升到5%，客服排队”"),
        ("下周：1.完成企业微信认证", "“完成企业微信认证”"),
        ("用户说“太慢了”", "“用户说‘太慢了’”"),
        ("掉了四分之一（普卡 6.2w 人，触达到 5.8w 人，比原来差得远）", "“掉了四分之一”"),
    ],
)
def test_a_quotation_holds_whole_clauses_and_closed_brackets(text: str, expected: str) -> None:
    """Openers go, inner quotes change shape, a bracket that would stay open is left out."""
    reading = _read(text)
    assert said(reading, _all(reading)) == expected


def test_a_long_clause_is_cut_and_says_so() -> None:
    """The dots stand for what is left out."""
    reading = _read("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十")
    assert said(reading, _all(reading), 10) == "“一二三四五六七八九…”"


def test_a_latin_word_is_left_out_rather_than_cut() -> None:
    """“client 端 DNS…”, not “client 端 DNS c…”; one that fills the quotation is cut all the same."""
    reading = _read("疑似 client 端 DNS cache 没刷新")
    assert said(reading, _all(reading), 18) == "“疑似 client 端 DNS…”"
    assert said(_read("a" * 40), Span(0, 40), 10) == "“" + "a" * 9 + "…”"


def test_full_width_marks_are_quoted_as_typed() -> None:
    """The author's own punctuation, not the folded view's."""
    reading = _read("退款率升到５％，客服：排队")
    assert said(reading, _all(reading)) == "“退款率升到５％，客服：排队”"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("首响 超过5分钟，没写", "首响超过5分钟，没写"),
        ("退款率 6.8%，没写", "退款率 6.8%，没写"),
        ("GMV 41 万", "GMV 41 万"),
    ],
)
def test_spaces_stay_only_beside_figures_and_latin_words(text: str, expected: str) -> None:
    """Between two Chinese characters there is none."""
    assert spaced(text) == expected


def test_a_metric_goes_by_the_authors_name_for_it() -> None:
    """Not by the vocabulary's."""
    reading = _read("短信点击从2.1%掉到1.3%。")
    metrics = [m for c in reading.claims for m in c.metrics]
    assert metric_name(reading, metrics[0]) == "短信点击"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("核心链路 SLA 99.93%，目标 99.95%。", "SLA"),
        ("周三 Redis 主从切换后缓存命中率掉到 38%，上周 92%。", "主从切换后缓存命中率"),
    ],
)
def test_the_vocabularys_name_is_the_last_resort(text: str, expected: str) -> None:
    """Where the words before a figure are no name, what the author typed of one is said."""
    reading = _read(text)
    metrics = [m for c in reading.claims for m in c.metrics]
    assert metric_name(reading, metrics[0]) == expected


@pytest.mark.parametrize(("kind", "words"), [("weekly", ("上周", "下周")), ("monthly", ("上月", "下个月"))])
def test_periods_are_called_by_the_notes_rhythm(kind: str, words: tuple[str, str]) -> None:
    """A monthly note is asked about last month."""
    reading = _read("新增用户1200人。", kind)
    assert (before(reading), following(reading)) == words


def test_turns_go_round_without_chance() -> None:
    """Each wording once before the first comes again, the same on every run."""
    options = ("甲", "乙")
    turns = Turns()
    assert [turns.pick(options) for _ in range(3)] == ["甲", "乙", "甲"]


def test_clauses_are_parted_at_marks_not_inside_figures() -> None:
    """1,200 and 4.5 stay whole; spaces and list signs at the ends go."""
    view = "- 新增1,200人，上周4.5%；好。"
    assert [view[c.start : c.end] for c in clauses(view, Span(0, len(view)))] == [
        "新增1,200人",
        "上周4.5%",
        "好",
    ]


def test_a_bracket_is_not_parted() -> None:
    """No finding quotes a bracket that opens and does not close; one left open parts as anything else."""
    view = "出勤率91.2%（30人，5天，缺勤13人次），上周94.7%（大班，没算"
    assert [view[c.start : c.end] for c in clauses(view, Span(0, len(view)))] == [
        "出勤率91.2%（30人，5天，缺勤13人次）",
        "上周94.7%（大班",
        "没算",
    ]


def test_what_is_only_marks_is_left_as_it_is() -> None:
    """A range never becomes empty by trimming."""
    assert trimmed("，。", Span(0, 2)) == Span(0, 2)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("周二搬工位，周四体检", ["周二搬工位", "周四体检"]),
        ("出两版海报给客户挑，周四定稿", ["出两版海报给客户挑，周四定稿"]),
        ("周三前把合同归档，还要帮行政拍物料", ["周三前把合同归档", "还要帮行政拍物料"]),
    ],
)
def test_one_line_may_hold_several_tasks(plan: str, expected: list[str]) -> None:
    """Days of their own and words like 还要 part them; a closing date does not."""
    reading = _read(f"退款率从3%升到5%。\n下周计划：\n- {plan}")
    plans = reading.of(ClaimKind.PLAN)
    found = [reading.document.slice(t) for p in plans for t in tasks(reading, p)]
    assert found == expected


def test_a_traditional_note_is_answered_in_traditional() -> None:
    """Messages, questions, fixes, reasons and praise take the note's script; what the author wrote stays."""
    text = "這週門市業績 82 萬，比上週 76 萬多。新品試吃的反應還不錯。\n下週：盤點庫存"
    reading = RuleReader(load()).read(Note(text))
    scores = judge(reading)
    found = collect(reading, scores)[0]

    told = [f.message + (f.question or "") + "".join(x.title for x in f.fixes) for f in found]
    told += [d.reason + d.next.advice for d in scores.dimensions]
    told += [h.message for h in highlights(reading, scores)]
    assert found
    assert all(zhconv(words, "zh-hant").translate(_QUOTES) == words for words in told)
    assert any("反應還不錯”" in words for words in told)


def test_a_figures_name_is_told_in_the_notes_script() -> None:
    """Names are read in Simplified; a Traditional author does not see them so."""
    text = "門市客單 1,240，來客 661 人。\n下週：週五前把結帳排隊壓到 8 人以內"
    reading = RuleReader(load()).read(Note(text))

    told = "".join(f.message for f in collect(reading, judge(reading))[0])

    assert "客單" in told
    assert "客单" not in told
