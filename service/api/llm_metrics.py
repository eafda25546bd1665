"""What models cost, how they fail and what they invent, counted; nothing of what was said."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge

from service.core.analysis import Analysis
from service.core.reading import ClaimKind

_REASONS = ("unavailable", "timeout", "nonsense")
_STATES = ("closed", "open", "half_open")
_KINDS = frozenset(kind.value for kind in ClaimKind)


class LlmMeters:
    """The metrics of the path through a model; `breaker_state` is asked when they are shown."""

    def __init__(self, registry: CollectorRegistry, breaker_state: Callable[[], str | None]) -> None:
        def count(name: str, about: str, *labels: str) -> Counter:
            return Counter(f"notecoach_llm_{name}", about, labels, registry=registry)

        self._breaker_state = breaker_state
        self._tokens = count("tokens", "Tokens spent on models.", "direction")
        self._calls = count("calls", "Calls made to models.")
        self._attempts = count("attempts", "Requests sent to models, retries included.")
        self._cached = count("cache_hits", "Analyses whose answers were all kept.")
        self._degraded = count("degraded", "Analyses that the rules answered in a model's place.", "reason")
        self._unsupported = count(
            "unsupported_claims", "Claims of models that the note does not bear out.", "kind"
        )
        self._breaker = Gauge(
            "notecoach_llm_breaker",
            "1 at the state of the provider's breaker; all 0 without a model.",
            ("state",),
            registry=registry,
        )
        for reason in _REASONS:
            self._degraded.labels(reason)

    def analysed(self, analysis: Analysis) -> None:
        """Count what one analysis took, and what came of it."""
        usage, why = analysis.usage, analysis.engine.degraded_kind
        self._calls.inc(usage.llm_calls)
        self._attempts.inc(usage.attempts)
        self._tokens.labels("input").inc(usage.input_tokens)
        self._tokens.labels("output").inc(usage.output_tokens)
        self._cached.inc(usage.cached)
        if why in _REASONS:
            self._degraded.labels(why).inc()
        for claim in analysis.unsupported:
            self._unsupported.labels(claim.kind if claim.kind in _KINDS else "other").inc()

    def look(self) -> None:
        """Bring the gauges up to now."""
        now = self._breaker_state()
        for state in _STATES:
            self._breaker.labels(state).set(state == now)
