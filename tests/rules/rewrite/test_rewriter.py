"""Rewrites by rule: the author's words, a better frame, blanks for the rest."""

import pytest

from service.core.document.model import Format
from service.core.facts.words import word_lists
from service.core.note import Note
from service.core.score import DimensionKey
from service.rules.rewrite.wording import forms, modules, subjects
from tests.rules.rewrite.drafting import drafts, rewrites


def written(text: str, kind: str = "weekly", markup: Format = Format.AUTO) -> list[str]:
    """Return the rewritten passages that the rewriter proposes."""
    return [draft.rewritten for draft in drafts(text, kind, markup)]


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        (
            "本周新品试吃活动效果不错。\n下周三前换海报。",
            "本周新品试吃活动参与人数【待补：这次参与人数】人，上次【待补：上次参与人数】人",
        ),
        (
            "客户满意度稳步提升。",
            "客户满意度从上周的【待补：上周客户满意度】提升到【待补：本周客户满意度】",
        ),
        (
            "研发岗到面率偏低。",
            "研发岗到面率偏低（本周【待补：本周研发岗到面率】，上周【待补：上周研发岗到面率】）",
        ),
    ],
)
def test_an_evaluation_gets_its_figures(text: str, rewritten: str) -> None:
    """What is only called good or bad is measured by the figure of its subject, against the time before."""
    assert rewritten in written(text)


def test_a_subject_is_not_taken_from_another_sentence() -> None:
    """What went wrong before a semicolon does not measure what is evaluated behind it."""
    text = "存在的不足：一是公文质量有待提高；二是物业纠纷反复来访较多。"
    assert not any("出错件数" in draft for draft in written(text) if "来访" in draft)


def test_no_growth_is_worked_out_against_somebody_else() -> None:
    """Our 45 days against their 30 are no rise of 50%."""
    assert not any("+50%" in draft for draft in written("丢单1个。\n交期我们要45天，对方30天。"))


def test_a_bare_figure_gets_the_one_before() -> None:
    """The author's figure stays, with the same figure of the last period beside it, unit and all."""
    text = "本周到店 312 人。\n下周三前换海报。"
    assert any("312 人（上周" in one and one.count("【待补：") == 1 for one in written(text))


def test_a_change_is_worked_out() -> None:
    """Both ends are told, so the change is reckoned, shown with its sum, and no blank asks for it."""
    note = Note("工单 58 张，上周 41 张。\n下周三前把值班表排好。")
    found = [r for r in rewrites(note) if "+41%" in r.rewritten]
    assert [d.formula for r in found for d in r.check.derived] == ["58 张/41 张-1"]


def test_a_problem_gets_cause_and_next_step() -> None:
    """A problem without cause or plan is told as problem, cause, proof and step, in one sentence."""
    found = [
        d
        for d in drafts("本周退款率从2.1%升到3.2%。\n新增用户 500 人，上周 480 人。")
        if len(d.dimensions) == 2
    ]
    assert found
    assert found[0].rewritten.startswith("本周退款率从2.1%升到3.2%")
    assert "退款率升高的直接原因" in found[0].rewritten
    assert len(found[0].blanks) <= 4


def test_a_guess_stays_a_guess() -> None:
    """The author's hedge is kept, and how and when it will be checked is asked for."""
    text = "本周退货多了 20 单，上周 8 单，可能是尺码表标错了。\n下周三前改尺码表。"
    found = [one for one in written(text) if "可能是尺码表标错了" in one]
    assert found
    assert all("因为" not in one.partition("可能是")[2] for one in found)


@pytest.mark.parametrize(
    ("plan", "start"),
    [
        ("晚到的事继续跟仓里推进", "晚到的事：【待补：哪天】前跟仓里【待补：定下哪项改动】"),
        ("继续优化短信文案", "短信文案：【待补：哪天】前【待补："),
        ("叶菜品质加强把控", "叶菜品质：【待补：哪天】前【待补："),
    ],
)
def test_a_vague_plan_keeps_its_topic(plan: str, start: str) -> None:
    """Topic and partner are the author's; the empty verb gives way to day, step and goal."""
    text = f"本周晚到 31 单，上周 20 单，叶菜品质投诉 9 件，短信文案点击 1.3%。\n下周：\n- {plan}"
    assert any(one.startswith(start) for one in written(text)), written(text)


def test_a_running_log_is_regrouped() -> None:
    """Days become modules, outcomes first; every item is kept with its day."""
    text = (
        "周一：晨会，排课表。\n周二：发传单300张，扫码进群21人。\n周三：回访客户60个，约到店9个。\n"
        "周四：器械保养，校准2台。\n周五：会员日来了70人，出年卡3张；拍抖音2条。"
    )
    (found,) = [one for one in written(text) if "\n" in one]
    assert found.index("拉新与宣传：") < found.index("现场与服务：")
    assert "拉新与宣传：发传单300张，扫码进群21人（周二）；拍抖音2条（周五）" in found
    for day in "一二三四五":
        assert f"（周{day}）" in found


def test_traditional_notes_are_answered_in_traditional() -> None:
    """The author's script is kept and the coach's words follow it, tokens and questions included."""
    found = drafts("本週接起率 88%，上週 93%。\n等候時間越來越長，客人都在抱怨。\n下週：持續優化排班。")
    assert found
    assert any("【待補：" in d.rewritten and "依據" in d.rewritten for d in found)
    assert not any("【待补：" in d.rewritten or "据" in d.rewritten for d in found)


def test_forms_take_turns() -> None:
    """Two rewrites of one kind in one note do not sound alike."""
    text = "社群群里很冷清。\n评论区挺热闹。\n直播间人气一般般。"
    told = [d.rewritten for d in drafts(text) if d.dimensions == (DimensionKey.DATA,)]
    frames = {one.partition("【")[0][-8:] for one in told}
    assert len(told) >= 2
    assert len(frames) == len(told)


@pytest.mark.parametrize(
    "text", ["", "春眠不觉晓，处处闻啼鸟。", "def main():\n    return 1\n", "（" * 500, "\n\n"]
)
def test_no_note_no_rewrite(text: str) -> None:
    """A poem, code, or nothing at all is left as it is."""
    assert list(drafts(text)) == []


def test_the_checker_knows_the_coachs_words() -> None:
    """Every figure and module that a rewrite may name is on the checker's list of neutral words."""
    known = set(word_lists().neutral)
    assert {s.measure for s in subjects()} <= known
    assert {name for name, _ in modules()} <= known


def test_every_form_names_known_places() -> None:
    """No wording asks for a place that no rewriter fills."""
    places = {
        "x", "s", "measure", "unit", "this", "last", "now", "before", "part", "verb", "which", "basis",
        "cause", "proof", "when", "check", "topic", "sep", "partner", "what", "name", "value", "goal",
    }  # fmt: skip
    for table in forms().values():
        for wordings in table.values():
            for form in wordings:
                form.format(**dict.fromkeys(places, "甲"))
