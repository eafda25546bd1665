"""What kind of claim a clause makes, on its own and beside others."""

import pytest

from service.core.lexicon import load
from service.core.note import Note
from service.core.reading import ClaimKind
from service.rules.reader import RuleReader
from tests.rules.notes import read, told


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("完成 3 场消防培训", "activity"),
        ("到店人数 320 人，上周 280 人", "result"),
        ("客诉 12 单，上周 8 单", "problem"),
        ("夜班首响太慢", "problem"),
        ("下周三前补齐 4 把扫码枪", "plan"),
    ],
)
def test_a_clause_alone_is_read_by_its_signs(text: str, kind: str) -> None:
    """Deeds, outcomes, bad news and what is to come need no heading."""
    assert [k for k, _ in told(read(text))] == [kind]


def test_a_whole_story_is_told_apart() -> None:
    """Problem, cause, proof and plan in one paragraph without a heading."""
    text = "客诉 12 单，上周 8 单，原因是质检少了一道。抽查 30 个包裹里 24 个没封边。"
    text += "下周三前补回质检，客诉降到 8 单。"

    assert told(read(text)) == [
        ("problem", "客诉 12 单，上周 8 单"),
        ("cause", "原因是质检少了一道"),
        ("evidence", "抽查 30 个包裹里 24 个没封边"),
        ("plan", "下周三前补回质检，客诉降到 8 单"),
    ]


def test_words_of_fashion_alone_claim_nothing() -> None:
    """闭环赋能 is neither result nor cause nor plan; beside something told it is at most a deed."""
    assert told(read("## 问题\n闭环赋能")) == []
    beside = read("晚班补了 2 个人，赋能一线，等候从 22 分钟降到 14 分钟。")
    assert all(k == "activity" for k, words in told(beside) if words == "赋能一线")


def test_fashion_before_a_note_moves_nothing_in_it() -> None:
    """What is stuffed in before and behind leaves every claim as it was."""
    note = "客诉 12 单，上周 8 单，原因是质检少了一道。\n下周三前补回质检，客诉降到 8 单。"
    stuffed = f"本期坚持用 5Why 看根因，因为重视闭环，所以持续赋能业务。\n{note}\n各位同事辛苦了，请查阅。"

    assert told(read(stuffed)) == told(read(note))


def test_short_of_a_target_is_bad_news() -> None:
    """A share attained below 100 % is a problem without any bad word."""
    assert [k for k, _ in told(read("招生完成率 72%"))] == ["problem"]
    assert [k for k, _ in told(read("招生完成率 104%"))] == ["result"]


@pytest.mark.parametrize("text", ["会议室 1806 开会", "找 8027 分机换人", "拜访 3 家", "等了两天"])
def test_a_number_that_tells_which_is_no_outcome(text: str) -> None:
    """Room numbers, extensions, deeds and lengths of time measure no result."""
    assert read(text).of(ClaimKind.RESULT) == []


def test_denied_bad_news_is_good_news() -> None:
    """没有投诉 is no problem."""
    assert read("本周没有投诉，没丢件").of(ClaimKind.PROBLEM) == []


@pytest.mark.parametrize(
    "told_well", ["压疮 0，给药差错 0", "全周未发现渗漏", "绿化补种完成", "电梯年检做完了", "通过率 100%"]
)
def test_what_did_not_happen_or_is_done_is_no_problem(told_well: str) -> None:
    """Trouble before and after does not make it one."""
    text = f"## 问题\n电梯困人 2 起。{told_well}。业主群里吵狗绳的事比较多，没人管。"

    problems = read(text).of(ClaimKind.PROBLEM)

    assert problems
    assert not any(told_well[:4] in read(text).quote(p) for p in problems)


def test_what_has_not_come_again_is_no_plan() -> None:
    """没再卡 tells what came of a mend."""
    text = "## 下周计划\n访客系统卡了两回，给加到 16G 后没再卡。周四前洗完空调。"

    assert not any("没再卡" in read(text).quote(p) for p in read(text).of(ClaimKind.PLAN))


@pytest.mark.parametrize("lead", ["【原因】", "原因："])
def test_what_follows_a_lead_for_reasons_is_no_plan(lead: str) -> None:
    """规划 is a word of the reason here."""
    text = f"空置率 11.2%，上月 9%。\n{lead}二层当年按零售规划，没留烟道井。\n下周：周三前拿到加烟道的报价。"

    assert all("烟道井" not in read(text).quote(p) for p in read(text).of(ClaimKind.PLAN))


def test_a_word_of_fashion_may_be_a_step() -> None:
    """周二对齐 goes on with the plan that it stands in."""
    text = "接起率 86%，上周 90%。\n下周：跟活动组约定改规则提前一天发群，周二对齐；周一排 2 人。"

    assert [words for kind, words in told(read(text)) if kind == "activity"] == []


def test_the_days_of_a_log_promise_nothing() -> None:
    """周一：跟进… in a log of the week was done on that day; under a heading for plans it is to come."""
    log = "周一：跟进王总的单子，报了价。\n周二：拜访 4 家，意向 1 家。\n周四：拜访 5 家。\n"
    assert "plan" not in [kind for kind, _ in told(read(log + "本周回款 12 万，目标 30 万。"))]
    planned = "本周回款 12 万，目标 30 万。\n## 下周计划\n" + log.replace("报了价", "报价")
    assert "plan" in [kind for kind, _ in told(read(planned))]


def test_an_item_among_the_problems_is_no_cause_of_another() -> None:
    """人手不足 as an item of its own is a problem; as 原因 it is a cause."""
    text = "## 存在问题\n1. 周四系统卡顿 40 分钟，影响出库约 600 单。\n2. {}人手不足。"
    assert told(read(text.format("")))[-1] == ("problem", "人手不足")
    assert told(read(text.format("漏发 3 起，原因是")))[-1][0] == "cause"


def test_what_someone_means_to_reach_is_a_plan_of_its_own() -> None:
    """A short plan before another one in its line is no topic of it."""
    text = "新品铺货进度偏慢，店里怕卖不动。堆头费也没谈下来。"
    text += "下周接着跑，争取把铺货推上去，然后把费用的事再跟领导汇报一下。"
    plans = [words for kind, words in told(read(text)) if kind == "plan"]
    assert any("把铺货推上去" in plan and "汇报" not in plan for plan in plans)


def test_what_follows_a_lead_for_reasons_is_a_cause_whatever_comes_before() -> None:
    """Where no trouble was told before it, too."""
    text = (
        "线上问题 3 个（退款重复入账 14 笔）\n原因：重试没有做幂等，超时以后又发了一次\n改进：\n1. 加幂等键"
    )
    assert ("problem", "原因：重试没有做幂等，超时以后又发了一次") not in told(read(text))


@pytest.mark.parametrize("scale", ["万", " 万", "w"])
def test_how_a_figure_is_written_moves_no_claim(scale: str) -> None:
    """38.2万, 38.2 万 and 38.2w are one figure."""
    text = "总播放 38.2{0}，上周 51.6{0}，掉了 26%。"
    text += "探店 3 条均播 9.1{0}（上周 9.4{0}），测评均播 3.6{0}（上周 7.8{0}）。"
    kinds = [kind for kind, _ in told(read(text.format("万")))]
    assert [kind for kind, _ in told(read(text.format(scale)))] == kinds


@pytest.mark.parametrize("scale", [" 万", "w", "W", " W"])
def test_a_figure_shows_the_same_signs_however_its_scale_is_written(scale: str) -> None:
    """A clause is as long with 38.2W as with 38.2 万."""
    text = "总播放 38.2{0}，上周 51.6{0}"
    plain, other = (RuleReader(load()).clauses(Note(text.format(s)))[1] for s in ("万", scale))
    assert [c.signs for c in other] == [c.signs for c in plain]
