"""The one judge: levels and scores from counted features of a reading, whoever read it."""

from service.core.scoring.highlight import highlights
from service.core.scoring.judge import judge

__all__ = ["highlights", "judge"]
