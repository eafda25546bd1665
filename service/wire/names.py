"""The enumerations of the contract, as types."""

from typing import Literal

FormatName = Literal["auto", "plain", "markdown", "html"]
RoleName = Literal[
    "auto",
    "user_ops",
    "community_ops",
    "campaign_ops",
    "growth_ops",
    "content_ops",
    "creator_ops",
    "product_ops",
    "data_ops",
    "store_ops",
    "customer_success",
    "ops_manager",
    "other",
]
KindName = Literal["daily", "weekly", "monthly", "quarterly", "annual"]
EngineName = Literal["auto", "rules", "llm"]
Part = Literal["claims", "scores", "findings", "highlights", "rewrites"]
DimensionName = Literal["data_granularity", "root_cause_depth", "plan_linkage"]
SeverityName = Literal["error", "warning", "info"]
SourceName = Literal["text", "previous"]

PARTS: tuple[Part, ...] = ("claims", "scores", "findings", "highlights", "rewrites")
