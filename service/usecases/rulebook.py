"""The rules as callers may look them up and refer to them."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from service.core.errors import InvalidRequest, NotFound
from service.core.finding import Rule
from service.core.note import RuleOptions


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules, by code or by name."""

    rules: tuple[Rule, ...]

    def get(self, code_or_name: str) -> Rule:
        """Return one rule; raises NotFound, with the nearest code or where all are listed."""
        known = {key: rule for rule in self.rules for key in (rule.code.lower(), rule.name)}
        wanted = code_or_name.lower()
        if wanted in known:
            return known[wanted]
        near = difflib.get_close_matches(wanted, known, n=1, cutoff=0.6)
        hint = f"是不是 {known[near[0]].code}？" if near else "全部规则：notecoach rules，或 GET /v1/rules"
        raise NotFound(f"没有这条规则，{hint}")

    def check(self, options: RuleOptions) -> None:
        """Raise InvalidRequest when the options name a rule that there is not: a typo would go unnoticed."""
        self._known(options.disable, "rules.disable")
        self._known(options.severity, "rules.severity")

    def _known(self, codes: Iterable[str], field: str) -> None:
        known = {rule.code for rule in self.rules}
        if unknown := sorted(set(codes) - known):
            raise InvalidRequest(f"没有规则 {unknown[0]}", field)
