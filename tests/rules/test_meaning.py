"""Directions of passages: words of like use lie close, and nothing that a user types upsets them."""

from importlib.resources import files

import pytest
import rjieba
from hypothesis import given
from hypothesis import strategies as st

from service.rules.meaning import LENGTH, SIZE, Direction, direction, joined, likeness, nearness


def _of(text: str) -> Direction:
    return direction(rjieba.cut(text))


@pytest.mark.parametrize(
    ("problem", "plan", "other"),
    [
        ("豆浆剩得多，倒掉不少", "少磨两斤黄豆", "给客厅换窗帘"),
        ("尺码不准，退货变多", "重印尺码表", "组织一次团建"),
        ("物流变慢，等得久", "跟快递公司谈发货速度", "给新人办欢迎会"),
        ("学生上课走神", "老师把课堂提问改成抢答", "更换打印机墨盒"),
    ],
)
def test_a_plan_is_nearer_to_its_problem_than_another(problem: str, plan: str, other: str) -> None:
    assert likeness(_of(problem), _of(plan)) > likeness(_of(problem), _of(other)) + 5


def test_what_has_no_known_word_is_like_nothing() -> None:
    nothing = direction(["12", "，", "这个", "3.5%"])
    assert nothing == ()
    assert likeness(nothing, _of("退货变多")) == 0
    assert nearness(nothing, [_of("退货变多")]) == 0
    assert joined([nothing, _of("退货")]) == _of("退货")


def test_a_long_word_that_is_not_listed_goes_by_its_pairs() -> None:
    assert likeness(direction(["退货尺码"]), direction(["退货", "尺码"])) > 70


def test_a_word_told_twice_counts_once_and_order_does_not_matter() -> None:
    assert direction(["退货", "尺码", "退货"]) == direction(["尺码", "退货"])


def test_every_word_has_its_place() -> None:
    data = files("service.rules") / "data"
    words = [w for w in (data / "meanings.txt").read_text("utf-8").split("\n") if w and w[0] != "#"]
    assert len(words) == len(set(words))
    assert len((data / "meanings.bin").read_bytes()) * 2 == len(words) * SIZE


@given(st.lists(st.text("退货尺码表快递慢豆浆ab1，的", min_size=1, max_size=5), max_size=60))
def test_a_direction_has_its_length_and_is_most_like_itself(words: list[str]) -> None:
    found = direction(words)
    if found:
        assert sum(n * n for n in found) == pytest.approx(LENGTH * LENGTH, rel=0.02)
        assert 98 <= likeness(found, found) <= 101
        assert nearness(found, [found]) == 11
        assert likeness(found, joined([found, found])) >= 98


def test_thousands_of_words_do_not_overflow() -> None:
    data = files("service.rules") / "data"
    words = [w for w in (data / "meanings.txt").read_text("utf-8").split("\n") if w and w[0] != "#"]
    assert sum(n * n for n in direction(words[:20_000])) == pytest.approx(LENGTH * LENGTH, rel=0.02)
