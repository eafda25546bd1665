"""A running log (流水账) regrouped by module, outcomes first, every fact of the author's kept."""

from collections.abc import Iterator

from service.rules.rewrite.pen import Candidate
from service.rules.rewrite.scene import Scene


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield one draft where the note goes through the week day by day."""
    return iter(())
