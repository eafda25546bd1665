"""Check a note while it is typed: by rule, without rewrites."""

from dataclasses import dataclass

from service.core.note import Note
from service.usecases.assess import Assessment, off_loop, read_and_assess
from service.usecases.rooms import Rooms


@dataclass(frozen=True, slots=True)
class Check:
    """The use case."""

    rooms: Rooms

    async def __call__(self, note: Note) -> Assessment:
        """Return what the rules say of a note."""
        return await off_loop(note, lambda: read_and_assess(self.rooms, note))
