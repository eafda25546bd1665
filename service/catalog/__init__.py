"""Findings by code: one file a rule, discovered by walking the families, run and ranked here."""

from service.catalog.collect import collect
from service.catalog.discover import rule, rules

__all__ = ["collect", "rule", "rules"]
