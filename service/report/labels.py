"""The Chinese words for the contract's English codes, as people read them."""

from service.core.finding import Severity
from service.core.score import DimensionKey

ROLES = {
    "user_ops": "用户运营",
    "community_ops": "社群运营",
    "campaign_ops": "活动运营",
    "growth_ops": "增长运营",
    "content_ops": "内容运营",
    "creator_ops": "达人运营",
    "product_ops": "产品运营",
    "data_ops": "数据运营",
    "store_ops": "门店运营",
    "customer_success": "客户成功",
    "ops_manager": "运营经理",
    "other": "其他岗位",
}
KINDS = {"daily": "日报", "weekly": "周报", "monthly": "月报", "quarterly": "季报", "annual": "年报"}
ENGINES = {"rules": "规则引擎", "llm": "大模型"}
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "建议"}
DIMENSIONS = {
    DimensionKey.DATA: "数据颗粒度",
    DimensionKey.CAUSE: "根因深度",
    DimensionKey.PLAN: "计划关联性",
}
