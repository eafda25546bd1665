"""What the model's adapter needs to know; built once by the composition root."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import SecretStr


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """Where the model is and how much may be asked of it; without `base_url` and `model` there is none.

    `timeout_s` bounds one analysis, retries included. `daily_tokens` None means no budget; 0 for `cache_size`
    turns the result cache off.
    """

    base_url: str | None = None
    api_key: "SecretStr | None" = field(default=None, repr=False)
    model: str | None = None
    preset: str | None = None
    timeout_s: float = 60.0
    concurrency: int = 16
    queue: int = 64
    daily_tokens: int | None = None
    cache_size: int = 512

    @property
    def is_configured(self) -> bool:
        """Tell whether there is a model to ask."""
        return bool(self.base_url and self.model)
