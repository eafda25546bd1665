"""Which figures count own work done (发了3篇, 开了2场) and not what came of it."""

import re
from functools import lru_cache

from service.core.numbers.frames import Frame
from service.core.numbers.naming import naming_words

_WORK_REACH = 10
_LAST_CLAUSE = re.compile(r"[^，。；、]*$")


def is_workload(view: str, frame: Frame, name: str | None) -> bool:
    """Tell whether a frame counts own work done (发了3篇, 开了2场) and not what came of it."""
    value = frame.value
    if (
        value is None
        or frame.baseline
        or frame.target
        or frame.changes
        or value.unit_kind not in ("count", "none")
    ):
        return False
    words = naming_words()
    if name in words.metrics:
        return True
    if frame.name is not None or value.unit not in words.units:
        return False
    left = view[max(frame.left, value.span.start - _WORK_REACH) : value.span.start]
    return _tells_work(_LAST_CLAUSE.search(left)[0].strip(), view[value.span.end : value.span.end + 4])  # type: ignore[index]  # matches ""


@lru_cache(maxsize=2048)
def _tells_work(left: str, right: str) -> bool:
    words = naming_words()
    return left.endswith(words.verbs) or any(n in left for n in words.nouns) or right.startswith(words.nouns)
