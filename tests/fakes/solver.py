"""An engine under evaluation that answers from a table, and rated notes in one line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from service.core.document.model import Format
from service.core.note import Note
from service.core.reading import ClaimKind
from service.core.score import DimensionKey
from service.evaluation.dataset import GoldClaim, GoldFinding, Half, RatedNote
from service.evaluation.outcome import Outcome


def levels(data: int, cause: int, plan: int) -> dict[DimensionKey, int]:
    """Return levels in the rubric's order."""
    return dict(zip(DimensionKey, (data, cause, plan), strict=True))


def rated(
    note_id: str,
    text: str = "本周社群 3 场。",
    consensus: tuple[int, int, int] = (2, 1, 1),
    *,
    gold: tuple[GoldFinding, ...] = (),
    annotators: tuple[tuple[tuple[ClaimKind, str], ...], ...] = (),
    markup: Format = Format.PLAIN,
    previous: str | None = None,
    half: Half = Half.TUNING,
) -> RatedNote:
    """Return a rated note; `annotators` hold (kind, quote) pairs."""
    return RatedNote(
        id=note_id,
        half=half,
        role="other",
        note=Note(text, format=markup, previous=previous),
        levels={d: float(level) for d, level in levels(*consensus).items()},
        gold=gold,
        annotators=tuple(
            tuple(GoldClaim(f"c{i}", kind, quote) for i, (kind, quote) in enumerate(claims))
            for claims in annotators
        ),
    )


@dataclass
class FakeSolver:
    """Answers by the note's text, else with `otherwise`; `judged` decides the levels of changed notes."""

    by_text: Mapping[str, Outcome] = field(default_factory=dict)
    otherwise: Outcome = field(default_factory=lambda: Outcome(levels(2, 1, 1)))
    judged: Callable[[Note], Mapping[DimensionKey, int]] | None = None
    name: str = "fake"

    def solve(self, note: Note) -> Outcome:
        """Return the outcome in the table."""
        return self.by_text.get(note.text, self.otherwise)

    def levels(self, note: Note) -> Mapping[DimensionKey, int]:
        """Return what `judged` says, else the table's levels."""
        return self.judged(note) if self.judged else self.solve(note).levels
