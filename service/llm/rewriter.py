"""Rewrites by model: drafts only, over words found in the note; whether one may be shown, code decides."""

import re
from collections.abc import Callable, Sequence

from service.core.analysis import Usage
from service.core.finding import Finding
from service.core.reading import Reading
from service.core.rewrite import Blank, Derived, RewriteDraft
from service.core.score import DimensionKey
from service.llm import prompts
from service.llm.accept import find
from service.llm.align import Aligner, Place
from service.llm.cache import Cache, question_key, within_margin
from service.llm.completion import Ask, Completions
from service.llm.fence import fresh, new_nonce
from service.llm.replies import RewriteItem, RewriteReply
from service.llm.show import show
from service.ports import ModelDrafts

# A blank as it stands in a text: matches "【待补：目标值】"; not "【活动】".
_BLANK = re.compile(r"【待补：[^【】\n]{1,40}】")
MAX_FINDINGS = 12
QUOTE_TOLD = 120


class LlmRewriter:
    """Proposes rewrites over any completions; the same question is answered from the cache.

    Raises ReaderError when no usable reply came.
    """

    def __init__(
        self, completions: Completions, *, cache_size: int = 512, nonce: Callable[[], str] = new_nonce
    ) -> None:
        self._completions = completions
        self._cache: Cache[RewriteReply] = Cache(cache_size)
        self._nonce = nonce

    async def propose(
        self,
        reading: Reading,
        findings: Sequence[Finding],
        timeout_s: float,
        refused: Sequence[tuple[RewriteDraft, str]] = (),
    ) -> ModelDrafts:
        """Return drafts for the findings, most valuable first; `refused` are earlier ones with the reason."""
        prompt = prompts.load(*prompts.REWRITE)
        shown = show(reading.document)
        listed = "\n".join(_told(f) for f in findings[:MAX_FINDINGS])
        again = "\n".join(f"{d.rewritten}（{why}）" for d, why in refused) or None
        key = question_key(self._completions.model, prompt.name, shown, listed, again)

        async def fetch() -> tuple[RewriteReply, Usage]:
            nonce = fresh(self._nonce, shown, listed, again)
            messages = prompt.render(note=shown, findings=listed, refused=again, nonce=nonce)
            question = Ask(messages, RewriteReply, key, prompt.temperature)
            answer = await self._completions.ask(question, within_margin(timeout_s))
            return answer.value, answer.usage

        reply, usage = await self._cache.within(timeout_s, key, fetch)
        aligner = Aligner(reading.document.view)
        known = {f.code: f for f in findings}
        drafts = [_draft(item, reading, aligner, known) for item in reply.rewrites]
        kept = tuple(d for d in drafts if d is not None)
        return ModelDrafts(kept, {prompt.id: prompt.name}, usage, len(drafts) - len(kept))


def _told(finding: Finding) -> str:
    quote = (finding.quote or "整篇").replace("\n", " ")[:QUOTE_TOLD]
    return f"{finding.code} {quote}" + (f"（{finding.question}）" if finding.question else "")


def _draft(
    item: RewriteItem, reading: Reading, aligner: Aligner, known: dict[str, Finding]
) -> RewriteDraft | None:
    place = find(aligner, item.quote, reading.document.format)
    if not isinstance(place, Place):
        return None
    blanks = _blanks(item)
    if blanks is None:
        return None
    codes = tuple(dict.fromkeys(c for c in item.findings if c in known))
    served = [d for c in codes if (d := known[c].dimension) is not None]
    dimensions: tuple[DimensionKey, ...] = tuple(dict.fromkeys([*item.dimensions, *served]))
    if not dimensions:
        return None
    return RewriteDraft(
        span=place.span,
        rewritten=item.rewritten.strip(),
        dimensions=dimensions,
        rationale=item.rationale.strip(),
        findings=codes,
        blanks=blanks,
        derived=tuple(Derived(d.text, d.formula) for d in item.derived),
    )


def _blanks(item: RewriteItem) -> tuple[Blank, ...] | None:
    """Return the blanks in the order they stand, or None unless each stands once and has its question."""
    standing = _BLANK.findall(item.rewritten)
    asked = {b.token: b.question for b in item.blanks}
    if len(set(standing)) != len(standing) or set(standing) != set(asked):
        return None
    return tuple(Blank(f"b{n}", token, asked[token]) for n, token in enumerate(standing, 1))
