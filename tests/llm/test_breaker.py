"""The breaker opens on a failing provider, probes once, and blames nobody for a caller that hung up."""

from hypothesis import given
from hypothesis import strategies as st

from service.llm.breaker import Breaker, Limits, State

LIMITS = Limits(window=10, minimum=4, ratio=0.5, rest_s=10.0)


class Clock:
    """A clock that a test turns by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def _open(clock: Clock) -> Breaker:
    breaker = Breaker(LIMITS, clock)
    for _ in range(LIMITS.minimum):
        assert breaker.admit()
        breaker.fail()
    return breaker


def test_too_few_failures_open_nothing() -> None:
    """Below the minimum count even a ratio of one keeps it closed."""
    breaker = Breaker(LIMITS, Clock())
    for _ in range(LIMITS.minimum - 1):
        breaker.fail()
    assert breaker.state is State.CLOSED


def test_open_breaker_admits_nobody_until_it_has_rested() -> None:
    """Open means no attempt; after the rest exactly one probe."""
    clock = Clock()
    breaker = _open(clock)
    assert not breaker.admit()
    clock.now = LIMITS.rest_s
    assert breaker.admit()
    assert not breaker.admit()


def test_failed_probe_rests_again() -> None:
    """The rest starts anew when the probe fails."""
    clock = Clock()
    breaker = _open(clock)
    clock.now = LIMITS.rest_s
    assert breaker.admit()
    breaker.fail()
    assert breaker.state is State.OPEN
    clock.now = 2 * LIMITS.rest_s
    assert breaker.state is State.HALF_OPEN


def test_probe_that_came_back_closes_and_forgets() -> None:
    """After a good probe old failures count no more."""
    clock = Clock()
    breaker = _open(clock)
    clock.now = LIMITS.rest_s
    assert breaker.admit()
    breaker.succeed()
    breaker.fail()
    assert breaker.state is State.CLOSED


def test_caller_that_hung_up_frees_the_probe() -> None:
    """A released probe tells nothing: the next caller probes."""
    clock = Clock()
    breaker = _open(clock)
    clock.now = LIMITS.rest_s
    assert breaker.admit()
    breaker.release()
    assert breaker.state is State.HALF_OPEN
    assert breaker.admit()


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 20)), max_size=60))
def test_rested_breaker_never_locks_everybody_out(steps: list[tuple[bool, int]]) -> None:
    """Whatever happened, once it has rested somebody is admitted."""
    clock = Clock()
    breaker = Breaker(LIMITS, clock)
    for good, wait in steps:
        clock.now += wait
        if breaker.admit():
            if good:
                breaker.succeed()
            else:
                breaker.fail()
    clock.now += LIMITS.rest_s
    assert breaker.admit()
