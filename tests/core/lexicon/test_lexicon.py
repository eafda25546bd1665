"""Word lists: found once, the longest of a family wins, packaged files keep their schema."""

import tomllib
from importlib.resources import files

import pytest

from service.core.lexicon import Lexicon, MetricTerm, load
from service.core.numbers.model import Direction

LEXICON = Lexicon(
    {"tone_bad": ("慢", "投诉"), "tone_mask": ("慢病",), "other_list": ("慢",)},
    (MetricTerm("ROI", Direction.UP_GOOD, "", "ratio", ("投产比",)),),
)


def words(text: str, cue: str) -> list[str]:
    return [h.word for h in LEXICON.find(text).all(cue)]


def test_a_longer_word_of_the_family_hides_a_shorter_one() -> None:
    """ "慢病" is no bad news, though "慢" is; other families still see "慢"."""
    assert words("慢病管理", "tone_bad") == []
    assert words("慢病管理", "tone_mask") == ["慢病"]
    assert words("慢病管理", "other_list") == ["慢"]


def test_ascii_words_stand_alone() -> None:
    """ "roi" is found between Chinese characters, not inside another Latin word."""
    assert words("投放roi不错", "metric") == ["roi"]
    assert words("heroine", "metric") == []


def test_hits_are_asked_by_range() -> None:
    """Only hits wholly inside the range are given."""
    hits = LEXICON.find("投诉多，投诉慢")

    assert [h.start for h in hits.within("tone_bad", 1, 6)] == [4]
    assert hits.has("tone_bad", 4, 6)
    assert hits.first("tone_bad", 7, 7) is None


def test_a_callers_own_metric_is_known() -> None:
    """Extra names join the vocabulary without touching the packaged one."""
    own = LEXICON.with_metrics(("北极星时长",))

    assert own.find("北极星时长涨了").has("metric", 0, 5)
    assert not LEXICON.find("北极星时长涨了").has("metric", 0, 5)


def test_a_callers_name_is_not_turned_into_ours() -> None:
    """A name that is another metric's alias here is the caller's own metric, as good up or down."""
    ours = load()
    own = ours.with_metrics(("首响时长", "停留时长"))

    assert ours.metrics["首响时长"].name == "响应时长"
    assert own.metrics["首响时长"].name == "首响时长"
    assert own.metrics["首响时长"].direction is ours.metrics["响应时长"].direction
    assert ours.with_metrics(("停留时长",)) is ours


CUE_FILES = sorted((files("service.core.lexicon") / "data" / "cues").iterdir(), key=lambda f: f.name)


@pytest.mark.parametrize("file", CUE_FILES, ids=lambda f: f.name)
def test_cue_files_keep_their_schema(file) -> None:
    """Each list has a note and words, lower case where ASCII, without surrounding space."""
    for name, entry in tomllib.loads(file.read_text("utf-8")).items():
        assert "_" in name
        assert entry["note"]
        assert entry["words"]
        for word in entry["words"]:
            assert word == word.strip().lower()


def test_metrics_are_unambiguous() -> None:
    """No name stands for two metrics of different direction."""
    table = tomllib.loads((files("service.core.lexicon") / "data" / "metrics.toml").read_text("utf-8"))
    seen: dict[str, str] = {}
    for entry in table["metric"]:
        for name in (entry["name"], *entry.get("aliases", ())):
            assert seen.setdefault(name.lower(), entry["direction"]) == entry["direction"], name
    assert load().metrics
