"""A store that is a dictionary."""

from service.core.errors import NotFound
from service.ports import StoredAnalysis


class FakeStore:
    """Keeps answers in memory; raises `error` instead if there is one."""

    def __init__(self, error: Exception | None = None) -> None:
        self.kept: dict[str, StoredAnalysis] = {}
        self.error = error

    async def put(self, kept: StoredAnalysis) -> None:
        """Keep an answer."""
        if self.error:
            raise self.error
        self.kept[kept.id] = kept

    async def get(self, analysis_id: str) -> StoredAnalysis:
        """Return an answer; raises NotFound."""
        if self.error:
            raise self.error
        if analysis_id not in self.kept:
            raise NotFound("没有")
        return self.kept[analysis_id]

    async def delete(self, analysis_id: str) -> None:
        """Drop an answer; raises NotFound."""
        await self.get(analysis_id)
        del self.kept[analysis_id]
