"""Finds the rules: every module of a family package holds exactly one `RULE`."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from service.core.errors import NotFound
from service.core.finding import Rule

FAMILIES = ("data", "cause", "plan", "structure")


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules, by code."""
    found: list[Rule] = []
    for family in FAMILIES:
        package = import_module(f"service.catalog.{family}")
        for module in iter_modules(package.__path__):
            one: Rule = import_module(f"{package.__name__}.{module.name}").RULE
            found.append(one)
    return tuple(sorted(found, key=lambda r: r.code))


def rule(code: str) -> Rule:
    """Return one rule by code or name, in any case; raises NotFound."""
    wanted = code.strip()
    for one in rules():
        if wanted.upper() == one.code or wanted.lower() == one.name:
            return one
    raise NotFound(f"没有编号为 {wanted[:20]!r} 的规则；GET /v1/rules 列出全部规则。")
