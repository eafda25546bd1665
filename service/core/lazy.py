"""Patterns that are compiled when they are first asked for: one note needs few of the many there are."""

import re
from typing import cast


class Lazy:
    """Stands for a compiled pattern; what is asked of it is kept, so that it costs nothing from then on."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._told = pattern, flags
        self._made: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> object:
        if self._made is None:
            self._made = re.compile(*self._told)
        found: object = getattr(self._made, name)
        setattr(self, name, found)
        return found


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is first used; a wrong one raises `re.error` only then."""
    return cast("re.Pattern[str]", Lazy(pattern, flags))
