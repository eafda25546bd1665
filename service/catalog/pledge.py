"""Plans that could be held to: concrete, for a problem of the note, and what one of them lacks."""

from collections.abc import Callable, Sequence

from service.catalog.passage import appended
from service.core.finding import Edit
from service.core.reading import Claim, Reading
from service.core.scoring.features import plan_features


def lacking(reading: Reading, has: Callable[[Claim], bool]) -> list[Claim]:
    """Return the concrete plans that serve a problem and lack what `has` looks for, in text order."""
    return [p for p in plan_features(reading).solid if not has(p)]


def blanks(reading: Reading, plans: Sequence[Claim], text: str) -> tuple[Edit, ...]:
    """Return the edits that add a blank to each plan's end; ends that coincide get one."""
    edits = [e for p in plans for e in appended(reading.document, p, p.span, text)]
    return tuple({e.span: e for e in edits}.values())
