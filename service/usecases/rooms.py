"""The engine as the use cases see it: one door a room, filled in by `wiring` or by a test's fakes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from service.core.finding import Finding
from service.core.note import Note, RuleOptions
from service.core.reading import Reading
from service.core.rewrite import Blank, Rewrite, RewriteDraft, Vetted
from service.core.score import Highlight, Scores
from service.core.span import Span
from service.ports import Reader, Rewriter

Judge = Callable[[Reading, Mapping[str, float]], Scores]
Praise = Callable[[Reading, Scores], tuple[Highlight, ...]]
Collect = Callable[[Reading, Scores, RuleOptions], tuple[tuple[Finding, ...], int]]
Reread = Callable[[Note], tuple[Reading, Scores]]
VetRewrites = Callable[
    [Note, Reading, Scores, Sequence[Finding], Sequence[RewriteDraft], Reread, Sequence[Rewrite]], Vetted
]
Fill = Callable[[Note, Span, str, Sequence[Blank], Mapping[str, str], Reread], Rewrite]


@dataclass(frozen=True, slots=True)
class Rooms:
    """Every step a note goes through after it was taken in; all of them pure and synchronous."""

    reader: Reader
    judge: Judge
    praise: Praise
    collect: Collect
    rewriter: Rewriter
    vet_rewrites: VetRewrites
    fill: Fill

    def reread(self, note: Note) -> tuple[Reading, Scores]:
        """Read and judge a note by rule, as a rewrite's check does."""
        reading = self.reader.read(note)
        return reading, self.judge(reading, note.weights)
