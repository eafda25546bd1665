"""Rewrites by rule: the author's own words, a better frame, and blanks for what only the author knows."""

from service.rules.rewrite.rewriter import RuleRewriter

__all__ = ["RuleRewriter"]
