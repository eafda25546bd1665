"""Reading with any OpenAI-compatible model: ask, align, check support, join with the reading by rule."""

from typing import TYPE_CHECKING

from service.llm.config import LlmSettings

if TYPE_CHECKING:
    from service.ports import ModelReader

__all__ = ["LlmSettings", "build"]


def build(settings: LlmSettings) -> "ModelReader | None":
    """Return the reader by model, or None without base URL and model; raises SettingsError on a bad preset.

    Nothing heavy is imported before a model is configured, and the SDK only at `warm` or the first question.
    """
    if not settings.is_configured:
        return None
    from service.llm.client import Client
    from service.llm.reader import LlmReader

    return LlmReader(Client(settings), cache_size=settings.cache_size)
