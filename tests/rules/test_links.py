"""What bears on what: near and alike, never merely present."""

from service.core.reading import ClaimKind, Relation, Trait
from tests.rules.notes import read, ties


def test_a_cause_explains_the_problem_beside_it() -> None:
    """Of two problems the nearer one is explained."""
    reading = read("- 退货 40 单，上周 22 单，因为尺码表没更新\n- 投诉 14 单，上周 9 单，因为客服少排一班")

    assert ties(reading, Relation.CAUSES) == {("因为尺码", "退货 4"), ("因为客服", "投诉 1")}


def test_proof_supports_the_cause_before_it() -> None:
    """A figure after a cause proves the cause, not the problem."""
    reading = read("退货 40 单，上周 22 单，因为尺码表没更新。抽查 30 单里 24 单是尺码不合。")

    assert ties(reading, Relation.SUPPORTS) == {("抽查 3", "因为尺码")}


def test_a_plan_takes_up_the_problem_it_shares_a_word_with() -> None:
    """扫码枪 ties; the office move does not."""
    reading = read(
        "## 问题\n- 扫码枪坏了 3 把，投诉 14 单\n## 下周\n- 周三前采购 4 把扫码枪\n- 周五前布置新办公室的植物"
    )

    assert ties(reading, Relation.ADDRESSES) == {("周三前采", "扫码枪坏")}


def test_a_plan_takes_up_the_problem_it_shares_a_number_with() -> None:
    """The same 147 单 is the same matter."""
    reading = read("## 问题\n- 东仓积压 147 单\n- 西仓破损 12 件\n## 下周\n- 周三前把那 147 单发完")

    assert ("周三前把", "东仓积压") in ties(reading, Relation.ADDRESSES)
    assert ("周三前把", "西仓破损") not in ties(reading, Relation.ADDRESSES)


def test_numbered_lists_of_one_length_are_tied_in_order() -> None:
    """Problem 1 meets plan 1 where both lists are numbered and equally long."""
    text = "问题\n1. 叉车电池老化，等待 40 分钟\n2. 夜班错分 31 件\n下周\n1. 买两组电池\n2. 加一道扫码复核"
    reading = read(text)

    assert {("买两组电", "叉车电池"), ("加一道扫", "夜班错分")} <= ties(reading, Relation.ADDRESSES)
    shorter = read(text.rpartition("\n")[0])
    assert ("加一道扫", "夜班错分") not in ties(shorter, Relation.ADDRESSES)


def test_sides_of_one_matter_have_its_number() -> None:
    """Problems that share telling words are one matter, others are not."""
    reading = read("## 问题\n- 扫码枪坏了，投诉 14 单\n- 扫码枪缺货，借不到\n- 宿舍漏水，报修 6 次")
    told = {reading.quote(c)[:4]: c.matter for c in reading.of(ClaimKind.PROBLEM)}

    assert told["扫码枪坏"] == told["扫码枪缺"]
    assert told["宿舍漏水"] != told["扫码枪坏"]


def test_a_plan_that_shares_nothing_is_a_stray() -> None:
    """Ordinary work that serves nothing in the note is told; with its reason it is not."""
    note = "## 问题\n- 扫码枪坏了 3 把，投诉 14 单\n## 下周\n- 周三前扫码枪送修\n- 周五前布置新办公室的植物"
    reasoned = note + "，因为房东要求"

    served, stray = read(note).of(ClaimKind.PLAN)
    assert not served.has(Trait.OFF_TOPIC)
    assert stray.has(Trait.OFF_TOPIC)
    assert not any(c.has(Trait.OFF_TOPIC) for c in read(reasoned).of(ClaimKind.PLAN))


def test_a_promise_kept_is_carried_over() -> None:
    """What reports on a plan of the note before points at it; the other promise stays open."""
    reading = read(
        "本周已采购扫码枪 4 把，投诉 9 单", previous="## 下周\n- 采购扫码枪 4 把\n- 周三前换宿舍门锁"
    )
    assert reading.previous is not None
    kept = {k.target for c in reading.claims for k in c.links if k.source == "previous"}

    assert [reading.previous.document.slice(p.span) for p in reading.previous.claims if p.id in kept] == [
        "采购扫码枪 4 把"
    ]


def test_links_of_the_note_before_are_not_this_notes() -> None:
    """A promise's id never counts as a claim of this note."""
    reading = read("本周已采购扫码枪 4 把", previous="## 下周\n- 采购扫码枪 4 把")

    assert all(reading.linked_to("c1", relation) == [] for relation in Relation)


def test_a_lead_for_reasons_explains_what_was_told_last() -> None:
    """原因： after an outcome explains it, however little the two share."""
    reading = read(
        "线上问题 3 个，P1 0 个，P2 1 个（退款重复入账 14 笔）\n原因：重试没有做幂等，超时以后又发了一次"
    )
    (cause,) = reading.of(ClaimKind.CAUSE)
    assert [link.relation for link in cause.links] == [Relation.CAUSES]
