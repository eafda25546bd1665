"""Causes that nobody could check or act on, and plans that name no step."""

from service.rules.unit import Unit

# In hundredths of a logit. A cause is hollow from here on, else it names something.
HOLLOW = -60
# A plan is loose from the one on, and names a step below the other; between the two it is neither.
LOOSE = 0
CONCRETE = -50
_STEP = 6  # characters
_LONGEST = 6  # steps
_MANY = 3


def signs(unit: Unit) -> list[str]:
    """Return the signs of a cause or a plan: those of its clauses, and its length."""
    told = [c.signs for c in unit.clauses if c.signs is not None]
    seen = dict.fromkeys(s for t in told for s in (*t.own, *t.words, *t.letters.signs()))
    size = sum(len(c.text) for c in unit.clauses)
    return [*seen, f"size:{min(_LONGEST, size // _STEP)}", f"clauses:{min(_MANY, len(unit.clauses))}"]
