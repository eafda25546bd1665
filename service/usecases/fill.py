"""Fill the blanks of a rewrite with the author's answers, and check the outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.core.note import Note
from service.core.rewrite import Blank, Rewrite
from service.core.span import Span
from service.usecases.assess import off_loop
from service.usecases.rooms import Rooms


@dataclass(frozen=True, slots=True)
class FillBlanks:
    """The use case; the rewrite comes from outside and is trusted in nothing."""

    rooms: Rooms

    async def __call__(
        self, note: Note, span: Span, rewritten: str, blanks: Sequence[Blank], answers: Mapping[str, str]
    ) -> Rewrite:
        """Return the filled rewrite.

        Raises InvalidRequest where blanks or answers don't fit, or the rewrite holds facts of its own.
        """
        return await off_loop(
            note, lambda: self.rooms.fill(note, span, rewritten, blanks, answers, self.rooms.reread)
        )
