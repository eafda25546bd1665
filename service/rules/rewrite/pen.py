"""Writes one draft: the author's words and the coach's, with a blank for each thing missing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from service.core.rewrite import Blank, RewriteDraft
from service.core.score import DimensionKey
from service.core.span import Span
from service.rules.rewrite.scene import Scene

LABEL = 16  # a longer label is no label


@dataclass(slots=True)
class Pen:
    """Collects the blanks of one draft; each token stands for one missing thing."""

    scene: Scene
    blanks: list[Blank] = field(default_factory=list)

    def blank(self, label: str, question: str, sample: str = "") -> str:
        """Return the token of a new blank."""
        own = self.scene.own
        token = own(f"【待补：{label}】")
        self.blanks.append(Blank(f"b{len(self.blanks) + 1}", token, own(question), sample))
        return token

    def draft(
        self,
        span: Span,
        rewritten: str,
        dimensions: Sequence[DimensionKey],
        rationale: str,
        codes: Sequence[str],
    ) -> RewriteDraft:
        """Return the finished draft."""
        order = {b.token: rewritten.find(b.token) for b in self.blanks}
        blanks = sorted(self.blanks, key=lambda b: order[b.token])
        numbered = tuple(Blank(f"b{n}", b.token, b.question, b.sample) for n, b in enumerate(blanks, 1))
        return RewriteDraft(
            span, rewritten, tuple(dimensions), self.scene.own(rationale), tuple(codes), numbered
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft and what it is worth: dimensions that lack most come first, then the passage that matters most."""

    worth: float
    draft: RewriteDraft
