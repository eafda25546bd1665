"""Prometheus metrics, each label from a closed set: no text of anyone's, no path as typed."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from service.core.analysis import Analysis
from service.core.reading import ClaimKind

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_REASONS = ("unavailable", "timeout", "nonsense")
_BREAKER = ("closed", "open", "half_open")
_KINDS = frozenset(kind.value for kind in ClaimKind)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Meters:
    """The service's metrics in a registry of their own, so that two apps in one process don't clash."""

    def __init__(self, breaker_state: Callable[[], str | None] = lambda: None) -> None:
        self._breaker_state = breaker_state
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "notecoach_http_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "notecoach_http_request_seconds",
            "Seconds from a request to the end of its answer.",
            ("method", "route"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.in_flight = Gauge(
            "notecoach_http_requests_in_flight", "Requests being answered.", registry=self.registry
        )
        self._analyses = Counter(
            "notecoach_analyses",
            "Analyses finished.",
            ("engine", "degraded"),
            registry=self.registry,
        )
        self._characters = Counter(
            "notecoach_note_characters", "Characters of notes read.", registry=self.registry
        )
        self._tokens = Counter(
            "notecoach_llm_tokens", "Tokens spent on models.", ("direction",), registry=self.registry
        )
        self._calls = Counter("notecoach_llm_calls", "Calls made to models.", registry=self.registry)
        self._attempts = Counter(
            "notecoach_llm_attempts", "Requests sent to models, retries included.", registry=self.registry
        )
        self._cached = Counter(
            "notecoach_llm_cache_hits", "Analyses whose answers were all kept.", registry=self.registry
        )
        self._degraded = Counter(
            "notecoach_llm_degraded",
            "Analyses that the rules answered in a model's place.",
            ("reason",),
            registry=self.registry,
        )
        self._unsupported = Counter(
            "notecoach_llm_unsupported_claims",
            "Claims of models that the note does not bear out.",
            ("kind",),
            registry=self.registry,
        )
        self._breaker = Gauge(
            "notecoach_llm_breaker",
            "1 at the state of the provider's breaker; all 0 without a model.",
            ("state",),
            registry=self.registry,
        )
        for reason in _REASONS:
            self._degraded.labels(reason)
        self._limited = Counter(
            "notecoach_rate_limited", "Requests refused for their rate.", ("policy",), registry=self.registry
        )

    def answered(self, method: str, route: str, status: int, elapsed_s: float) -> None:
        """Count one answer."""
        method = method if method in _METHODS else "OTHER"
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(elapsed_s)

    def analysed(self, analysis: Analysis) -> None:
        """Count one analysis and what it cost."""
        self._analyses.labels(analysis.engine.name, str(analysis.engine.degraded).lower()).inc()
        self._characters.inc(len(analysis.reading.document.text))
        self._calls.inc(analysis.usage.llm_calls)
        self._tokens.labels("input").inc(analysis.usage.input_tokens)
        self._tokens.labels("output").inc(analysis.usage.output_tokens)
        self._attempts.inc(analysis.usage.attempts)
        self._cached.inc(analysis.usage.cached)
        if analysis.engine.degraded_kind in _REASONS:
            self._degraded.labels(analysis.engine.degraded_kind).inc()
        for claim in analysis.unsupported:
            self._unsupported.labels(claim.kind if claim.kind in _KINDS else "other").inc()

    def limited(self, policy: str) -> None:
        """Count one request refused for its rate."""
        self._limited.labels(policy).inc()

    def exposition(self) -> bytes:
        """Return all of it in the text format."""
        now = self._breaker_state()
        for state in _BREAKER:
            self._breaker.labels(state).set(state == now)
        return generate_latest(self.registry)
