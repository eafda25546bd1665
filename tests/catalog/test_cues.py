"""Words of the lexicon as the rules ask for them."""

from dataclasses import replace

from service.catalog.cues import cues
from service.core import lexicon
from service.core.note import Note
from service.rules.reader import RuleReader

READING = RuleReader(lexicon.load()).read(Note("本周社群活动效果不错。\n下周继续优化短信文案。"))


def test_a_reading_brings_its_hits() -> None:
    """What the note was read by answers the rules: nothing is searched again."""
    assert cues(READING) is READING.hits


def test_a_reading_without_hits_is_searched() -> None:
    """A reading made by hand, without hits, is answered the same."""
    bare = replace(READING, hits=None)
    end = len(READING.document.view)
    told = list(cues(READING).within("vague_tone", 0, end))
    assert told
    assert list(cues(bare).within("vague_tone", 0, end)) == told


def test_hits_are_no_part_of_what_a_reading_says() -> None:
    """Two readings that claim the same are equal, and no hit shows in a log."""
    bare = replace(READING, hits=None)
    assert bare == READING
    assert "hits" not in repr(READING)
