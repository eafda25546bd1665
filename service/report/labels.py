"""The Chinese words for the contract's English codes, as people read them."""

from service.core.finding import Severity
from service.core.profile import profile
from service.core.rubric import rubric
from service.core.score import DimensionKey

KINDS = {"daily": "日报", "weekly": "周报", "monthly": "月报", "quarterly": "季报", "annual": "年报"}
ENGINES = {"rules": "规则引擎", "llm": "大模型"}
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "建议"}


def role_name(role: str) -> str:
    """Return a role's name, 其他岗位 for one that has no profile."""
    known = profile(role)
    return known.name if known else "其他岗位"


def dimension_name(key: DimensionKey) -> str:
    """Return a dimension's name as the rubric has it."""
    return rubric().dimension(key).name
