"""Listens to a reply while the model writes it: each claim that is finished is checked and joined at once."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from pydantic import ValidationError

from service.core.reading import Reading
from service.llm.accept import Sifter
from service.llm.join import join
from service.llm.replies import ClaimReply
from service.llm.witness import Witness
from service.ports import Heard

# Where the list of claims opens: matches '"claims": ['; not the words of a quote, '\"claims\": ['.
_OPENING = re.compile(r'"claims"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
# Joining is done anew for each claim up to 16, then for each further 16th of them: a long note's 500 claims
# are joined 70 times, not 500.
STEP = 16

Names = Callable[[Sequence[ClaimReply]], list[ClaimReply]]


class Cutter:
    """Implements `completion.Listener`: cuts finished claims out of a text that is still being written.

    The decoder of the standard library tells where an object ends, and each claim is decoded once; a partial
    parser would parse all claims again for each piece and not tell whether the last one is finished.
    """

    def __init__(self, begin: Callable[[], None], found: Callable[[ClaimReply], None]) -> None:
        self._begin = begin
        self._found = found
        self._decoder = json.JSONDecoder()
        self._text = ""
        self._at = 0  # the end of what was cut
        self._is_open = False

    def restart(self) -> None:
        """Begin again with an empty text."""
        self._text, self._at, self._is_open = "", 0, False
        self._begin()

    def hear(self, more: str) -> None:
        """Take the next piece; tells of each claim that it finishes."""
        self._text += more
        if "}" in more:
            self._find_opening()
            while self._is_open and self._cut():
                pass

    def _find_opening(self) -> None:
        """Go to the list of claims; one that opens later (reasoning came first) replaces it."""
        while (opening := _OPENING.search(self._text, self._at)) is not None:
            if self._is_open:
                self._begin()
            self._at, self._is_open = opening.end(), True

    def _cut(self) -> bool:
        between = _BETWEEN.match(self._text, self._at)
        start = between.end() if between else self._at
        if not self._text.startswith("{", start):
            return False
        try:
            value, self._at = self._decoder.raw_decode(self._text, start)
            self._found(ClaimReply.model_validate(value))
        except ValidationError:
            return True  # the whole reply will be asked for again; the next claim may still be told
        except (json.JSONDecodeError, RecursionError):
            return False
        return True


class Preview:
    """What the claims heard so far come to; tells `heard` of it after each claim the note bears out."""

    def __init__(self, by_rule: Reading, heard: Heard) -> None:
        self._by_rule = by_rule
        self._heard = heard
        self._witness = Witness(by_rule)

    def window(self, settled: Sequence[ClaimReply], names: Names) -> Cutter:
        """Return the listener of one window, after the claims of earlier ones; `names` gives it its ids."""
        sifter = Sifter(self._by_rule)
        spoken: list[ClaimReply] = []
        due = 0

        def begin() -> None:
            nonlocal sifter, due
            sifter = Sifter(self._by_rule)
            spoken.clear()
            for claim in settled:
                sifter.add(claim)
            due = len(sifter.accepted) + 1

        def found(claim: ClaimReply) -> None:
            nonlocal due
            spoken.append(claim)
            sifter.add(names(spoken)[-1])
            ready = len(sifter.accepted)
            if ready >= due:
                due = ready + max(1, ready // STEP)
                self._tell(sifter)

        return Cutter(begin, found)

    def _tell(self, sifter: Sifter) -> None:
        joined = join(self._by_rule, sifter.accepted, self._witness)
        self._heard(_up_to(max(a.span.end for a in sifter.accepted), joined))


def _up_to(end: int, reading: Reading) -> Reading:
    """Return the reading's claims that begin before a place, without links that lead beyond it."""
    claims = [c for c in reading.claims if c.span.start < end]
    known = {c.id for c in claims}
    return replace(
        reading,
        claims=tuple(
            replace(c, links=tuple(k for k in c.links if k.source != "text" or k.target in known))
            for c in claims
        ),
    )
