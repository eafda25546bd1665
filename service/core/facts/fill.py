"""Puts the author's answers into a rewrite that came from outside, and checks it as one of our own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from service.core.document import Document, parse
from service.core.errors import InvalidRequest
from service.core.facts.answers import fitted, taken
from service.core.facts.check import Reread, answered, causes_of, levels_of, lifts, lowers
from service.core.facts.compare import Difference, compare
from service.core.facts.derive import derivations
from service.core.facts.extract import facts, facts_of_view
from service.core.facts.markup import literal, marks
from service.core.facts.missing import without_blanks
from service.core.facts.model import Fact
from service.core.facts.splice import Placed, apply
from service.core.facts.tokens import TOKEN, mask, put, tokens
from service.core.note import MAX_CHARACTERS, Note
from service.core.numbers import scan
from service.core.reading import Reading
from service.core.rewrite import Blank, FactCheck, Rewrite
from service.core.score import Scores
from service.core.span import Span


def fill(
    note: Note,
    span: Span,
    rewritten: str,
    blanks: Sequence[Blank],
    answers: Mapping[str, str],
    reread: Reread,
) -> Rewrite:
    """Return the rewrite of `note.text[span]` with its blanks filled; blanks without an answer stay blanks.

    Raises InvalidRequest naming the field where blanks, answers or span don't fit, where the rewrite holds
    what neither note nor answers do, brings in markup, or lowers a level by its own wording.
    """
    _check_frame(note, span, rewritten, blanks)
    given = taken(blanks, answers)
    document = parse(note.text, note.format)
    original = note.text[span.start : span.end]
    if marks(rewritten, document.format) - marks(original, document.format):
        raise InvalidRequest("改写里有原文没有的标记（标签、注释或链接）", "rewritten")
    bare = replace(note, text=apply(note.text, Placed(span, without_blanks(rewritten))))
    fit = fitted(rewritten, given)
    filled = put(rewritten, {token: literal(words, document.format) for token, words in fit.items()})
    if len(note.text) - len(span) + len(filled) > MAX_CHARACTERS:
        raise InvalidRequest(f"改写以后全文超过 {MAX_CHARACTERS} 个字", "rewritten")
    reading, before = reread(note)
    answered_with = tuple(given.values())
    # Checked with its blanks empty: an answer and the unit behind its blank make one figure, not a new one.
    found = _difference(document, reading, original, rewritten, answered_with)
    if found.new:
        raise InvalidRequest(_message(found.new), "rewritten")
    lost = _difference(document, reading, original, filled, answered_with).lost
    if lowers(before, reread(bare)[1]):
        raise InvalidRequest("改写丢掉了原文的内容，会让等级下降", "rewritten")
    left = tuple(blank for blank in blanks if blank.token not in given)
    after, full = _judged(note, span, filled, left, reread)
    return Rewrite(
        id="r1",
        span=span,
        original=original,
        rewritten=filled,
        dimensions=lifts(before, full),
        rationale=_rationale(len(given), len(left)),
        findings=(),
        blanks=left,
        check=FactCheck(
            lost_facts=tuple(fact.text for fact in lost),
            derived=found.derived,
            scores_before=levels_of(before),
            scores_after=levels_of(after),
            scores_if_answered=levels_of(full),
        ),
    )


def _check_frame(note: Note, span: Span, rewritten: str, blanks: Sequence[Blank]) -> None:
    if not 0 <= span.start < span.end <= len(note.text):
        raise InvalidRequest("span 要落在 text 里，且不能为空", "span")
    if not mask(rewritten).strip():
        raise InvalidRequest("改写不能为空", "rewritten")
    if any(ord(char) < 32 and char not in "\n\r\t" for char in rewritten):
        raise InvalidRequest("改写里不能有控制字符", "rewritten")
    for name, values in (("id", [b.id for b in blanks]), ("token", [b.token for b in blanks])):
        if len(set(values)) < len(values):
            raise InvalidRequest(f"空的 {name} 不能重复", "blanks")
    stands = Counter(tokens(rewritten))
    for blank in blanks:
        if TOKEN.fullmatch(blank.token) is None:
            raise InvalidRequest("空要写成【待补：要补的内容】", "blanks")
        if stands[blank.token] != 1:
            raise InvalidRequest("每个空在改写里要出现且只出现一次", "blanks")
    if len(stands) > len(blanks):
        raise InvalidRequest("改写里有没列出的空", "blanks")


def _difference(
    document: Document, reading: Reading, original: str, filled: str, answers: Sequence[str]
) -> Difference:
    inside = parse(original, document.format)
    return compare(
        facts(filled, document.format),
        facts_of_view(inside.view, scan(inside.view)),
        facts_of_view(reading.document.view, reading.numbers),
        [facts(answer) for answer in answers],
        causes=causes_of(reading),
        sums=derivations(scan(inside.view), inside.view),
    )


def _judged(
    note: Note, span: Span, filled: str, left: Sequence[Blank], reread: Reread
) -> tuple[Scores, Scores]:
    """Return the scores with what is still blank missing, and with it given."""
    _, after = reread(replace(note, text=apply(note.text, Placed(span, without_blanks(filled)))))
    if not left:
        return after, after
    full = put(filled, answered(filled, left))
    return after, reread(replace(note, text=apply(note.text, Placed(span, full))))[1]


def _message(new: Sequence[Fact]) -> str:
    """Say what was not found by kind and count, never by its words."""
    counted = Counter(fact.kind.value for fact in new)
    told = "、".join(f"{count} 处{kind}" for kind, count in counted.items())
    return f"改写里有原文和回答都没有的内容：{told}"


def _rationale(given: int, left: int) -> str:
    if not given:
        return "还没有补上内容。"
    return f"补上了 {given} 处" + (f"，还有 {left} 处待补。" if left else "，内容都来自原文和你的回答。")
