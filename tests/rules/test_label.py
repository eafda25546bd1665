"""Labels: packed weights add up as plain ones do, and the path found is the best there is."""

from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from service.core.reading import ClaimKind, SectionKind
from service.core.span import Span
from service.rules.clause import Clause, Signs
from service.rules.label import Label, Weights, best_path, label, label_of, read_weights

NAMES = ("B-plan", "B-problem", "I-plan", "O")
_WEIGHT = st.integers(-3000, 3000)
_SIGNS = ("q:tone_bad", "w:下周", "-s:q:tone_bad", "+l:w:下周", "-w:下周", "+w:下周", "len:1")


def clause(line: int, own: list[str], words: list[str]) -> Clause:
    """A clause that shows some signs."""
    return Clause(Span(0, 1), line, line, SectionKind.OTHER, signs=Signs(own, words, ["len:1"]))


@given(st.lists(st.lists(_WEIGHT, min_size=4, max_size=4), min_size=1, max_size=6), st.data())
def test_the_path_is_the_best_of_all(scored: list[list[int]], data: st.DataObject) -> None:
    """No other sequence of labels adds up to more."""
    steps = [[data.draw(_WEIGHT) for _ in NAMES] for _ in NAMES]

    def worth(path: tuple[int, ...]) -> int:
        here = sum(row[at] for row, at in zip(scored, path, strict=True))
        return here + sum(steps[a][b] for a, b in pairwise(path))

    best = max(map(worth, product(range(len(NAMES)), repeat=len(scored))))

    assert worth(tuple(best_path(scored, steps))) == best


@given(st.dictionaries(st.sampled_from(_SIGNS), st.tuples(_WEIGHT, _WEIGHT, _WEIGHT, _WEIGHT)))
def test_packed_weights_add_up_as_plain_ones_do(table: dict[str, tuple[int, ...]]) -> None:
    """One sum of integers holds every label's sum, negative ones too; neighbours count by their prefixes."""
    weights = Weights(NAMES, [[0] * 4] * 4)
    for sign, told in table.items():
        weights.add(sign, zip(NAMES, told, strict=True))
    observed = [
        Signs(["q:tone_bad"], ["w:下周"], []),
        Signs([], ["w:下周"], ["len:1"]),
        Signs([], ["w:下周"], []),
    ]
    seen = ("w:下周", "len:1", "-s:q:tone_bad", "-w:下周", "+w:下周")

    found = weights.scores(observed, 1, ("-s:", "+s:"))

    plain = [sum(table.get(sign, (0,) * 4)[at] for sign in seen) for at in range(4)]
    assert [one - found[0] for one in found] == [one - plain[0] for one in plain]


def test_a_file_says_what_labels_follow_each_other() -> None:
    """Labels, transitions and signs are read from plain rows."""
    text = "# written\nlabels\tB-plan\tO\nB-plan\t0\t0\nO\t0\t0\nw:下周\t0\t500\nlen:1\t1\t100\n"
    weights = read_weights(text)

    assert label([clause(0, [], ["w:下周"]), clause(1, [], [])], weights).labels == [
        Label(ClaimKind.PLAN, opens=True),
        Label(None),
    ]
    assert label([], weights).labels == []


def test_names_of_labels_tell_kind_and_place() -> None:
    """B opens a claim, I goes on with it, O is none."""
    assert label_of("B-cause") == Label(ClaimKind.CAUSE, opens=True)
    assert label_of("I-cause") == Label(ClaimKind.CAUSE, opens=False)
    assert label_of("O").kind is None
