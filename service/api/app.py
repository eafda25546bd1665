"""The application: routes, and what stands around all of them."""

from collections.abc import Callable

from litestar import Litestar, Router
from litestar.config.cors import CORSConfig
from litestar.di import Provide

from service.api.analyses import create_analysis, delete_analysis, get_analysis
from service.api.auth import KeyRing
from service.api.checks import create_check
from service.api.docs import get_api_page, get_openapi, get_problem_page, get_rules_page, get_schema_page
from service.api.handbook import Handbook
from service.api.intake import MAX_BODY_BYTES
from service.api.limits import RateLimit
from service.api.metrics import Meters
from service.api.observe import Observed
from service.api.problems import HANDLERS
from service.api.readiness import Readiness, lifespan
from service.api.rewrites import create_rewrite
from service.api.rules import get_rubric, get_rule, list_rules
from service.api.service import get_capabilities, get_liveness, get_metrics, get_readiness
from service.settings import Settings
from service.wiring import Services

_CORS_HEADERS = ["Authorization", "Content-Type", "Accept", "X-Request-ID"]
_CORS_EXPOSED = ["X-Request-ID", "Retry-After", "RateLimit", "RateLimit-Policy"]


def create_app(services: Services, settings: Settings) -> Litestar:
    """Return the application over given services; it reads no setting but from `settings`."""
    meters, readiness, handbook = Meters(_breaker(services)), Readiness(), Handbook(services)
    keyed = KeyRing(settings.api_keys).guard()
    checks = RateLimit("checks", settings.rate_checks_per_minute, meters).guard()
    analyses = RateLimit("analyses", settings.rate_analyses_per_minute, meters).guard()
    app = Litestar(
        route_handlers=[
            Router("/", route_handlers=[get_liveness, get_readiness]),
            Router("/", route_handlers=[list_rules, get_rule, get_rubric]),
            Router("/", route_handlers=[get_openapi, get_schema_page]),
            Router("/", route_handlers=[get_api_page, get_rules_page, get_problem_page]),
            Router("/", route_handlers=[get_capabilities, get_metrics], guards=[keyed]),
            Router("/", route_handlers=[get_analysis, delete_analysis], guards=[keyed]),
            Router("/", route_handlers=[create_check], guards=[keyed, checks]),
            Router("/", route_handlers=[create_analysis, create_rewrite], guards=[keyed, analyses]),
        ],
        dependencies={
            "services": Provide(lambda: services, sync_to_thread=False),
            "settings": Provide(lambda: settings, sync_to_thread=False),
            "meters": Provide(lambda: meters, sync_to_thread=False),
            "readiness": Provide(lambda: readiness, sync_to_thread=False),
            "handbook": Provide(lambda: handbook, sync_to_thread=False),
        },
        lifespan=[lifespan(services, readiness)],
        exception_handlers=HANDLERS,
        request_max_body_size=MAX_BODY_BYTES,
        cors_config=_cors(settings),
        openapi_config=None,
        logging_config=None,
    )
    # Middleware of the framework runs only once a route is found; this must see what has none, too.
    app.asgi_handler = Observed(app.asgi_handler, meters)
    return app


def _breaker(services: Services) -> Callable[[], str | None]:
    model = services.model
    return lambda: None if model is None else model.breaker_state


def _cors(settings: Settings) -> CORSConfig | None:
    if not settings.cors_origins:
        return None
    return CORSConfig(
        allow_origins=list(settings.cors_origins),
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=_CORS_HEADERS,
        expose_headers=_CORS_EXPOSED,
        max_age=600,
    )
