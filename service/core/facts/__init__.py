"""What a text states, what a rewrite adds or drops, and the rewrites that pass."""

from service.core.facts.check import check_rewrites, vet_rewrites
from service.core.facts.derive import derivations
from service.core.facts.extract import facts
from service.core.facts.fill import fill
from service.core.facts.model import Fact, FactKind, Facts

__all__ = ["Fact", "FactKind", "Facts", "check_rewrites", "derivations", "facts", "fill", "vet_rewrites"]
