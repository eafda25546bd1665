"""Word lists and vocabularies as data files, and one matcher over all of them."""

from service.core.lexicon.match import Hit, Hits
from service.core.lexicon.vocabulary import METRIC, Lexicon, MetricTerm, load

__all__ = ["METRIC", "Hit", "Hits", "Lexicon", "MetricTerm", "load"]
