"""What a caller hands in: a note, what is known of it, and what findings to hold back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.core.document.model import Format
from service.core.finding import Severity

MAX_CHARACTERS = 50_000
ROLES = (
    "user_ops", "community_ops", "campaign_ops", "growth_ops", "content_ops", "creator_ops", "product_ops",
    "data_ops", "store_ops", "customer_success", "ops_manager", "other",
)  # fmt: skip
KINDS = ("daily", "weekly", "monthly", "quarterly", "annual")
INCLUDES = ("claims", "scores", "findings", "highlights", "rewrites")


@dataclass(frozen=True, slots=True)
class RuleOptions:
    """Which findings to hide or weigh otherwise; hiding one changes no score."""

    disable: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()  # fingerprints
    metrics: tuple[str, ...] = ()  # extra metric names of the caller's own


@dataclass(frozen=True, slots=True)
class Note:
    """A note to be read; `role` may be "auto", `previous` is the author's note of the period before."""

    text: str
    format: Format = Format.AUTO
    role: str = "auto"
    kind: str = "weekly"
    previous: str | None = None
    rules: RuleOptions = field(default_factory=RuleOptions)
    weights: Mapping[str, float] = field(default_factory=dict)
