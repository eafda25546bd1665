"""Findings that an author would call unfair: what is told already, can't be better, or was never claimed."""

import pytest

from service.catalog import collect
from service.core.finding import Finding
from service.core.lexicon import load
from service.core.note import Note
from service.core.scoring.judge import judge
from service.rules.reader import RuleReader

READER = RuleReader(load())


def findings(text: str, code: str) -> list[Finding]:
    """Return a note's findings of one code."""
    reading = READER.read(Note(text))
    return [f for f in collect(reading, judge(reading))[0] if f.code == code]


@pytest.mark.parametrize("text", ["本周培训考核合格率100%。", "家长问卷回收率 100%。"])
def test_what_cannot_be_better_is_not_asked_for_a_comparison(text: str) -> None:
    """A full rate speaks for itself; the same rate below 100% is asked about."""
    assert not findings(text, "D102")
    assert findings(text.replace("100%", "97%"), "D102")


def test_a_basis_in_brackets_is_a_basis() -> None:
    """Who wrote the counts behind a rate is not asked for its denominator; a target there is none."""
    note = (
        "本周出勤率 91.2%（{}），上周 94.7%。\n大班入园率 88%，上周 85%，其中新生 70%。\n"
        "晨检合格率 97%，上周 95%，其中小班 99%。\n迟到 4 人，上周 9 人。"
    )
    told = [f.quote or "" for f in findings(note.format("30人，5天，缺勤13人次"), "D104")]
    assert not any("出勤率" in quote for quote in told)


def test_a_guess_is_not_said_to_be_proven() -> None:
    """R206 asks what stands behind a proven cause; a guess is R204's."""
    text = (
        "## 问题\n- 缓存命中率从92%掉到38%，疑似客户端 DNS 没刷新，日志里 40 次请求有 31 次打到旧地址\n"
        "## 下周\n- 周四演练一次"
    )
    assert not [f for f in findings(text, "R206") if "疑似" in (f.quote or "")]


@pytest.mark.parametrize(
    ("plan", "told", "asked"),
    [
        ("看看新版本的特性", "没说要用在哪", "手上哪个问题"),
        ("学习业务知识", "没说要用在哪", "最后交出什么"),
        ("提升粘性", "改", "先做哪件事"),
        ("优化退款流程", "改", "先改哪一处"),
        ("看看退款率", "盯哪个数", "到多少就动手"),
    ],
)
def test_a_vague_plan_is_asked_what_fits_its_object(plan: str, told: str, asked: str) -> None:
    """A novelty is asked what for, a figure what to do for it, a process which place to change."""
    (found,) = findings(f"本周退款率从3%升到5%。\n下周计划：\n- 继续{plan}", "P303")
    assert told in found.message
    assert asked in (found.question or "")


def test_a_slower_answer_in_another_unit_is_no_good_news() -> None:
    """From 180ms to 2.3s is worse, so nobody asks which deed it is owed to."""
    text = (
        "- 登录接口 P99 从 180ms 到 2.3s，持续 47 分钟，影响 3.1 万次登录。\n- 新增用户 320 人，上周 300 人。"
    )
    for found in findings(text, "R207"):
        assert "靠的是" not in found.message + (found.question or "")


def test_a_rest_is_no_stray_task() -> None:
    """Nobody owes a reason for a day off."""
    text = "## 问题\n- 主图改了7版，超工时22小时\n## 下周\n- 周一约客户过参考图，选定5张\n- {}"
    assert not findings(text.format("休息！"), "P307")
    assert not findings(text.format("调休一天"), "P307")
    assert findings(text.format("把休息室的旧照片扫描归档"), "P307")


def test_an_empty_shop_is_not_asked_who_took_part() -> None:
    """Guests come, they don't take part."""
    (found,) = findings("夜市八点以后就没啥人，上周还行。营业额掉了两成。\n下周三起买二送一。", "D101")[:1]
    assert "参加" not in (found.question or "")


def test_a_mended_evaluation_leaves_no_half_word() -> None:
    """“比较大” goes as a whole; 比 alone would be left over."""
    text = "家属意见比较大。\n下周二前每班多巡一次。"
    for found in findings(text, "D101"):
        for fix in found.fixes:
            for edit in fix.edits:
                assert not text[: edit.span.start].endswith("比")


def test_markup_inside_a_quotation_is_left_out_and_nothing_else() -> None:
    """The author's wide colon stays wide where bold marks stand beside it."""
    text = "**结论**：首次响应**达标**：比预期好。\n## 问题\n- 重复来电多了。"
    messages = [f.message for f in findings(text, "D101")]
    assert messages
    assert not any(":" in m or "**" in m for m in messages)


def test_a_lively_library_is_not_asked_for_its_messages() -> None:
    """Liveliness is counted in messages where there is a chat, else in people."""
    (chat,) = findings("社群很热闹。\n下周三前换群公告。", "D101")
    (room,) = findings("少儿区很热闹。\n下周三前换书架。", "D101")
    assert "发言" in (chat.question or "")
    assert "发言" not in (room.question or "")
    assert "多少人" in (room.question or "")


def test_a_fix_fits_the_word_that_it_replaces() -> None:
    """Of two evaluations in one breath the first is replaced, so it is the first that is asked about."""
    (found,) = findings("社群活跃度有所提升，大家反馈不错。\n下周三前换群公告。", "D101")
    (edit,) = found.fixes[0].edits
    assert "反馈" not in edit.new_text
    assert "反馈" not in (found.question or "")


def test_a_short_problem_is_quoted_whole() -> None:
    """The target belongs to what fell short of it."""
    (found,) = findings("## 问题\n- 短信点击率 1.2%，低于目标 2%\n## 下周\n- 周三前换一版文案", "R201")
    assert "“短信点击率 1.2%，低于目标 2%”" in found.message


def test_two_judgements_are_not_asked_about_in_the_same_words() -> None:
    """The second question of a kind is put otherwise."""
    text = (
        "签约 3 单，上周 2 单。\n和客户聊得挺好的。\n市场部那边偏慢。\n"
        "有时候做事不够细心。\n下周三前回访 10 家。"
    )
    asked = [f.question for f in findings(text, "D101")]
    assert len(asked) >= 2
    assert len(set(asked)) == len(asked)


def test_a_word_of_praise_beside_its_figure_is_no_figure_missing() -> None:
    """“占了9单，挺好” says how many; “挺好” alone does not."""
    plan = "\n下周一补20条绑带，出车前拍照打卡。"
    assert not findings("接了23单，上周31单。\n老客户介绍来的占了9单，挺好。" + plan, "D101")
    assert findings("接了23单，上周31单。\n老客户那边挺好。" + plan, "D101")


def test_a_doubled_word_is_replaced_whole() -> None:
    """冷冷清清 holds 冷清; what is left of it would be two halves."""
    text = "收旧手机这块冷冷清清。\n下周三前换一张海报。"
    edits = [e for f in findings(text, "D101") for fix in f.fixes for e in fix.edits]
    assert [text[e.span.start : e.span.end] for e in edits] == ["冷冷清清"]


def test_discontent_is_counted_in_cases() -> None:
    """Whether one person minds or thirty is what a lead asks."""
    (found,) = findings("业主对楼道异味意见比较大。\n下周二前每班多巡一次。", "D101")
    assert "几起" in (found.question or "")


def test_a_mended_effect_leaves_no_word_behind() -> None:
    """“取得良好成效” is replaced whole: a blank before 成效 would be no sentence."""
    text = "组织集中学习2次，取得良好成效。\n下周二前把学习笔记收齐。"
    edits = [e for f in findings(text, "D101") for fix in f.fixes for e in fix.edits]
    assert edits
    assert not any(text[e.span.end :].startswith("成效") for e in edits)


def test_a_plan_for_tomorrow_needs_no_day() -> None:
    """Who writes by the day is asked what and how far, not by which day of tomorrow."""
    reading = READER.read(Note("接诊 38 人。\n打印机又坏了，排队排到门口。", kind="daily"))
    (found,) = [f for f in collect(reading, judge(reading))[0] if f.code == "P301"]
    assert "哪天" not in (found.question or "")


def test_what_missed_its_mark_is_what_is_quoted() -> None:
    """The plan is no phenomenon; the rate behind it is."""
    text = "计划产量 12,000 件，实际完成 11,340 件，完成率 94.5%，比上周的 97.8% 低。\n下周三前补产 660 件。"
    for found in findings(text, "R201"):
        assert "“计划产量 12,000 件”" not in found.message


def test_a_connective_is_no_part_of_a_quotation() -> None:
    """所以 leans on what stood before it."""
    text = "有个问题：法务卡了两周没签，所以欧洲上线推迟了。\n下周一拉会。"
    reading = READER.read(Note(text))
    told = [f.message for f in collect(reading, judge(reading))[0]]
    assert not any("“所以" in m for m in told)


def test_a_part_of_a_sum_is_not_asked_for_a_comparison() -> None:
    """涨粉 may be asked about, not the part of it that one clip brought."""
    told = "新媒体这周播放 41.2 万，涨粉 3,860，其中 2,900 来自《后厨一天》那条。"

    assert all("2,900" not in f.message for f in findings(told, "D102"))


def test_better_or_worse_than_others_is_no_movement() -> None:
    """Above the trade's average is where a figure stands, not how far it went."""
    assert not findings("本周人效 2.1 万，高于行业均值 1.8 万。", "R207")
    assert findings("本周人效 2.1 万，上周 1.8 万。", "R207")


def test_nobody_asks_why_a_rising_figure_lacks_a_little() -> None:
    """91.2% on the way to 93% needs no reason; 81% does."""
    told = (
        "## 本周\n| 项目 | 本周 | 上周 | 目标 |\n|---|---|---|---|\n| 接起率 | {}% | {}% | 93% |\n"
        "## 下周\n周三前补 2 名坐席。"
    )

    assert not findings(told.format("91.2", "89.4"), "R201")
    assert findings(told.format("91.2", "92.4"), "R201")


def test_what_so_many_say_is_a_reason() -> None:
    """Three of four told why they refused; nobody asks for the reason again."""
    told = "## 问题\noffer 接受率 66.7%，低于目标 80%。{}\n## 下周\noffer 前增加薪资摸底，接受率做到 75%。"

    assert not findings(told.format("回访拒的 4 个人，3 个说“薪资低于预期”。"), "R201")
    assert findings(told.format(""), "R201")


def test_hearsay_is_asked_whether_it_was_checked() -> None:
    """What the supplier says is no point that was found out."""
    (found,) = findings("缺药 3 种，供货商说是厂家停产检修。\n下周周三前换一家供货商。", "R203")

    assert "别人的说法" in found.message
    assert "核过" in (found.question or "")


def test_the_reason_itself_is_asked_about_further() -> None:
    """How it was found is not what the next “why” is about."""
    told = (
        "本周爆仓 2 次，21 托货堆在通道上，翻了 42 条上架记录，31 条是系统推荐库位没剔掉预留的货位。"
        "因为推荐规则是照搬老仓的，所以新货位没进去。\n下周三前改推荐规则，爆仓降到 0。"
    )

    assert all("翻了" not in f.message for f in findings(told, "R206"))


def test_a_repair_is_asked_how_one_knows_that_it_holds() -> None:
    """Nobody gives a figure for a mended cooler; that it stays mended can be seen."""
    told = "## 问题\n操房空调坏了两天，瑜伽取消 2 节。\n## 下周\n{}"

    (found,) = findings(told.format("操房空调周一维修"), "P305")

    assert "修好" in found.message
    assert "确认" in (found.question or "")


def test_a_result_told_with_its_deed_is_not_asked_what_it_rests_on() -> None:
    """What was rolled back stands right before the figure that recovered."""
    told = "## 结果\n{}通过率从 41% 回到 78%。\n## 下周\n周三前把校验合入。"

    assert not findings(told.format("修复了数值表，"), "R207")
    assert findings(told.format(""), "R207")


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("## 结果\n- 到期会员 1,860 人，续了 1,023。\n- 续费率 55%，上个月同期是 58%。", "1,860"),
        ("周四系统卡顿 40 分钟，影响出库约 600 单，客户来电 31 通，上周 12 通。", "600 单"),
        ("听课 6 节，评课 3 次。\n问题主要在应用题，得分率 54%，全卷最低。", "54%"),
    ],
)
def test_what_is_told_for_another_figure_is_not_asked_for_a_comparison(text: str, bare: str) -> None:
    """Counts behind a rate, how far a mishap reached, and a place among others need no figure beside them."""
    assert not [f for f in findings(text, "D102") if bare in (f.quote or "")]


def test_none_of_something_bad_is_not_asked_for_a_comparison() -> None:
    """事故 0 can't be better; 事故 2 is asked about."""
    note = "到货准点率 93.5%，上周 95.6%。\n事故 {} 起。"
    assert not [f for f in findings(note.format(0), "D102") if "事故" in (f.quote or "")]
    assert [f for f in findings(note.format(2), "D102") if "事故" in (f.quote or "")]


def test_a_step_of_a_plan_is_no_stray_task() -> None:
    """找 IT 评估 in the sentence of a plan that serves something is a step of it."""
    note = (
        "报销退单率 11.8%，前一周 9.5%。\n"
        "退单原因：发票抬头错 48%，缺行程单 31%。抬头错的基本都是新并进来的子公司，用的还是旧抬头。\n"
        "下周：\n给新子公司 86 个报销人单独发抬头模板，12/2 前；\n"
        "报销系统抬头改成下拉选，找 IT 评估，12/5 给结论；\n目标退单率降到 9% 以下。"
    )
    assert not [f for f in findings(note, "P307") if "IT" in (f.quote or "")]
