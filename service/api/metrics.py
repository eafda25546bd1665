"""Prometheus metrics, each label from a closed set: no text of anyone's, no path as typed."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from service.api.llm_metrics import LlmMeters
from service.core.analysis import Analysis

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Meters:
    """The service's metrics in a registry of their own, so that two apps in one process don't clash."""

    def __init__(self, breaker_state: Callable[[], str | None] = lambda: None) -> None:
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
        self._llm = LlmMeters(self.registry, breaker_state)
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
        self._llm.analysed(analysis)

    def limited(self, policy: str) -> None:
        """Count one request refused for its rate."""
        self._limited.labels(policy).inc()

    def exposition(self) -> bytes:
        """Return all of it in the text format."""
        self._llm.look()
        return generate_latest(self.registry)
