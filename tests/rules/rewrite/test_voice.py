"""How rewrites sound: questions quote whole clauses, reasons vary, and nothing that an author would mock."""

import pytest

from service.core.facts.missing import without_blanks
from service.core.note import Note
from service.core.rewrite import RewriteDraft
from service.rules.rewrite.pen import quoted
from tests.rules.rewrite.drafting import drafts, rewrites


def asked(found: list[RewriteDraft]) -> list[str]:
    """Return all questions of some drafts."""
    return [blank.question for draft in found for blank in draft.blanks]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("继续优化", "“继续优化”"),
        ("计划产量 12,000 件，实际完成 11,340 件，完成率 94.5%", "“计划产量 12,000 件”"),
        ("主因已定位到“换货进度”查不到", "“主因已定位到‘换货进度’查不到”"),
        ("下周重点：继续推进审计配合工作", "“继续推进审计配合工作”"),
        ("下礼拜：换带卡扣的汤碗，先买500只试试看", "“换带卡扣的汤碗，先买500只试试看”"),
        ("下步打算：做好电梯年检资料的整理装订", "“做好电梯年检资料的整理装订”"),
        ("周二　跟小周过配方", "“跟小周过配方”"),
        ("周二前跟小周过配方", "“周二前跟小周过配方”"),
        ("一是持续深化学习教育", "“持续深化学习教育”"),
        ("主图：周一约客户过参考图", "“主图：周一约客户过参考图”"),
        (
            "一二三四五六七八九十一二三四五六七八九十一二三四五",
            "“一二三四五六七八九十一二三四五六七八九十一…”",
        ),
        ("push legal team harder and so on", "“push legal team…”"),
    ],
)
def test_a_question_quotes_whole_clauses(words: str, expected: str) -> None:
    """A label that only opens goes, inner quotes change shape, and a word is not cut in two."""
    assert quoted(words) == expected


@pytest.mark.parametrize(
    "topic",
    [
        "会员活动",
        "更新机制",
        "对账流程",
        "再生料质量",
        "并网手续",
        "会议纪要质量",
        "研究生招生",
        "重点客户维护",
    ],
)
@pytest.mark.parametrize("plan", ["继续优化{}", "持续加强{}", "{}要加强"])
def test_a_topic_is_not_torn(plan: str, topic: str) -> None:
    """会 opens a plan, but not in 会员; what follows a vague verb is its object to the end."""
    found = drafts(f"本周退款率从3%升到5%。\n下周计划：\n- {plan.format(topic)}")
    told = [d.rewritten for d in found if "P303" in d.findings]
    assert all(topic.removeprefix("重点") in one for one in told), told


@pytest.mark.parametrize("plan", ["继续优化", "下周继续加强", "继续努力"])
def test_a_bare_verb_is_no_topic(plan: str) -> None:
    """“优化这块” would be the author's verb taken for a thing."""
    found = drafts(f"本周退款率从3%升到5%。\n下周计划：\n- {plan}")
    assert not any("这块" in d.rewritten for d in found)


def test_an_opinion_of_customers_is_counted_in_answers() -> None:
    """Content customers are counted by what they said, not by "这样的家数"."""
    found = drafts("完成品牌手册初稿，客户很满意。\n下周三前交定稿。")
    told = [d.rewritten for d in found] + asked(list(found))
    assert any("条反馈里" in one for one in told)
    assert not any("这样的家数" in one for one in told)


def test_an_empty_cause_is_quoted_and_not_the_good_one_beside_it() -> None:
    """What fits any week is the second half; the first names two mistakes."""
    found = drafts(
        "报销退回率 17.8%，上周退回率 11%。退回的主要原因为发票抬头错误和缺少审批，各部门配合度不高。\n"
        "下周三前发一份报销说明。"
    )
    told = [d.rationale for d in found if d.findings == ("R202",)]
    assert told
    assert all("配合度不高" in one and "发票抬头" not in one for one in told)


def test_a_list_of_slogans_is_made_concrete_at_its_end() -> None:
    """Words put behind the first of four would tear the sentence."""
    text = "写了3篇笔记，阅读量 300。\n下周计划：继续学习，提高效率，多向前辈请教，争取数据好一点。"
    found = [d.rewritten for d in drafts(text) if "P303" in d.findings]
    assert found
    for one in found:
        assert "请教" not in one[one.index("【待补") :]


def test_what_missed_its_target_is_called_so() -> None:
    """“…和目标的差距的直接原因” has two 的 too many."""
    found = drafts("短信点击率 1.2%，低于目标 2%。\n下周三前换一版文案。")
    told = [d.rewritten for d in found] + asked(list(found))
    assert not any("差距的" in one for one in told)
    assert any("短信点击率没到目标" in one for one in told)


def test_a_noun_of_trouble_has_a_cause_as_trouble() -> None:
    """“工单是因为…” leaves out what is wrong with them."""
    found = drafts("重复扣费工单 19→57 件，商场 9→11，写字楼 4→5，医院 6→41。\n下周三前对一次账。")
    told = "".join(d.rewritten + "".join(b.question for b in d.blanks) for d in found)
    assert "工单是因为" not in told
    assert "工单的直接原因" not in told


def test_no_question_and_no_reason_is_asked_three_times_over() -> None:
    """Five drafts of one kind take turns in what they ask and why."""
    text = (
        "## 问题\n- 退货 40 单，上周 22 单\n- 客诉 12 起，上周 5 起\n- 缺货 9 次，上周 2 次\n"
        "## 下周\n- 把尺码表贴到详情页\n- 给仓库加一道复核\n- 缺货的款先下架"
    )
    found = drafts(text)
    proofs = [b.question for d in found for b in d.blanks if "谁" in b.question]
    assert len(proofs) >= 2
    assert len(set(proofs)) > 1
    held = [d.rationale for d in found if d.findings and d.findings[0] in ("P304", "P305")]
    assert len(held) < 2 or len(set(held)) > 1


def test_traditional_frames_count_as_the_coach_s_own() -> None:
    """A blank that nobody has answered lifts nothing, whatever the script."""
    told = "客單價由 692 元掉到 631 元，其中變化最大的是【待補：哪一塊】，【待補：這一塊從多少到多少】"
    assert without_blanks(told) == "客單價由 692 元掉到 631 元"
    note = Note(
        "本週營業額 38.6 萬，上週 42.1 萬。客單價由 692 元掉到 631 元。\n"
        "問題：冷藏櫃溫度不穩，報廢牛奶 24 瓶。\n下週：請廠商週二來看冷藏櫃。"
    )
    for rewrite in rewrites(note):
        if rewrite.blanks and not rewrite.check.derived:
            assert rewrite.check.scores_after == rewrite.check.scores_before


@pytest.mark.parametrize(
    "told",
    [
        "；投诉问题是因为【待补：a】（依据：【待补：b】），打算【待补：c】前【待补：d】",
        "。投诉问题的原因是【待补：a】，依据是【待补：b】，打算【待补：c】前【待补：d】",
        "。投訴問題的原因是【待補：a】，依據是【待補：b】",
    ],
)
def test_a_cause_that_nobody_gave_is_no_cause(told: str) -> None:
    """The problem's name before an open blank is the coach's frame, too."""
    assert without_blanks("柜面投诉 3 起" + told) == "柜面投诉 3 起"


def test_traditional_words_are_traditional_to_the_last() -> None:
    """里 and 着 have forms of their own in a Traditional note, but a distance stays one."""
    found = drafts(
        "本週接起率 88%，上週 93%。\n等候時間越來越長。\n配送里程 300 公里。\n下週：持續優化排班。"
    )
    told = "".join(d.rewritten + d.rationale + "".join(b.question for b in d.blanks) for d in found)
    assert "條裡有" in told or "哪裡" in told
    assert "条里" not in told
    assert "條里" not in told
    assert "公裡" not in told


def test_a_fall_was_brought_about_by_nobody() -> None:
    """“主要是…带来的” speaks of a gain; a fall has a reason."""
    found = [d.rewritten for d in drafts("写了3篇笔记，阅读量 300，上周 420。") if "R207" in d.findings]
    assert found
    assert not any("带来的" in one for one in found)


def test_an_open_blank_closes_no_circle() -> None:
    """A vague plan whose words give way to blanks is not gone: nothing gets better before it is answered."""
    note = Note(
        "新客 132 人，上周 98 人。\n留言回复时长从 2 小时缩短到 35 分钟，因为周三起把客服排班改成两班。\n"
        "退货 14 件，主要是尺码不对，客人说尺码表看不懂。\n"
        "下周：重做尺码表，周四上架，退货降到 8 件以下；继续推进直播。"
    )
    for rewrite in rewrites(note):
        if rewrite.blanks and not rewrite.check.derived:
            for key, after in rewrite.check.scores_after.items():
                assert after <= rewrite.check.scores_before[key]


def test_a_cause_is_asked_about_its_own_problem() -> None:
    """“这件事” would leave the author to guess which."""
    found = drafts(
        "电子阅览室经常死机，读者等了 40 分钟。主要因为经费有限。\n下月五日前报设备清单。", "monthly"
    )
    told = [b.question for d in found if "R202" in d.findings for b in d.blanks]
    assert told
    assert not any("这件事" in one for one in told)


def test_a_movement_beside_its_figure_asks_for_the_one_before() -> None:
    """The value is told, so only what it is compared with lacks."""
    found = drafts("本周进店 1.8 万人次，比上周多了不少。退款 3 单，上周 9 单。\n下周三前换海报。")
    told = [d for d in found if "D101" in d.findings]
    assert told
    for one in told:
        assert len(one.blanks) == 1
        assert "用哪个数能说明" not in one.blanks[0].question
