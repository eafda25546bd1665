"""Words and shapes of wording, kept as data: where a plain list of cue words is not enough."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

# "{quality}"; not "{0,4}", which is a repeat
_LIST = re.compile(r"\{([a-z_]{2,24})\}")


@cache
def table() -> Mapping[str, Mapping[str, Any]]:
    """Return the packaged file: `words` and `shapes`, each by name."""
    return tomllib.loads((files("service.rules") / "data" / "shapes.toml").read_text("utf-8"))


def listed(name: str) -> tuple[str, ...]:
    """Return a list's words in the order of the file; raises KeyError."""
    return tuple(table()["words"][name]["words"])


@cache
def shape(name: str) -> "re.Pattern[str]":
    """Return a shape as a pattern; raises KeyError."""
    whole = "|".join(table()["shapes"][name]["any_of"])
    return re.compile(_LIST.sub(lambda found: "|".join(listed(found[1])), whole))
