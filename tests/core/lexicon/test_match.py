"""Shelves: looked through when asked, complete, and told apart by family."""

from hypothesis import given
from hypothesis import strategies as st

from service.core.lexicon import Lexicon, load
from service.core.lexicon.match import Hit, Shelf

LISTS = {"a_one": ("甲乙", "甲"), "a_two": ("乙丙", "ab"), "b_one": ("甲", "乙")}


def _by_hand(text: str) -> set[tuple[int, int, str]]:
    """Every hit, found by looking at each place for each word."""
    found = {
        (at, at + len(word), cue)
        for cue, words in LISTS.items()
        for word in words
        for at in range(len(text))
        if text.startswith(word, at) and not (word == "ab" and _touches(text, at, at + 2))
    }
    kept: set[tuple[int, int, str]] = set()
    reach: dict[str, tuple[int, int]] = {}
    for start, end, cue in sorted(found, key=lambda h: (h[0], -h[1])):
        last = reach.get(cue[0], (-1, -1))
        if end > last[1]:
            reach[cue[0]] = (start, end)
        elif (start, end) != last:
            continue
        kept.add((start, end, cue))
    return kept


def _touches(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return any(c.isascii() and c.isalpha() for c in around)


@given(st.text(alphabet="甲乙丙ab ", max_size=30))
def test_a_shelf_finds_what_looking_everywhere_finds(text: str) -> None:
    """The one pass misses nothing and adds nothing; order is by start, longest first."""
    ordered, by_cue = Shelf(LISTS).find(text)

    assert {(h.start, h.end, h.cue) for h in ordered} == _by_hand(text)
    assert [(h.start, -h.end) for h in ordered] == sorted((h.start, -h.end) for h in ordered)
    assert all(text[h.start : h.end] == h.word for h in ordered)
    assert sorted(h for hits in by_cue.values() for h in hits) == sorted(ordered)


def test_lists_kept_apart_are_found_when_asked_for() -> None:
    """They are not among the hits that clauses are read by, and are there all the same."""
    lexicon = Lexicon({"tone_bad": ("慢",), "find_slow": ("慢",)}, ())
    hits = lexicon.find("出餐慢")

    assert [h.cue for h in hits.ordered] == ["tone_bad"]
    assert hits.all("find_slow") == [Hit(2, 3, "find_slow", "慢")]


def test_a_list_that_is_not_there_has_no_hits() -> None:
    """Asking for it is no error: it holds no word."""
    hits = load().find("出餐慢")

    assert not hits.all("no_such_list")
    assert not hits.has("no_such_list", 0, 3)
    assert list(hits.within("no_such_list", 0, 3)) == []


def test_knowing_more_metrics_leaves_the_other_lists_alone() -> None:
    """A lexicon with a caller's own names shares everything but the metrics."""
    more = load().with_metrics(("鱼丸温",))
    text = "鱼丸温有点慢，客单价 12 元"

    assert more.find(text).ordered == load().find(text).ordered
    assert [h.word for h in more.find(text).all("metric")] == ["鱼丸温", "客单价"]
    assert load().with_metrics(("客单价",)) is load()
