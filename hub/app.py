"""The web application: every feature's routes around one open hub."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

from hub import problems
from hub.audit import Audit, operation_id
from hub.config import HubConfig
from hub.features import features
from hub.limits import BodyLimits, SafeHeaders
from hub.state import Hub
from hub.throttle import Throttle

VERSION = "0.1.0"


def create_app(config: HubConfig, hub: Hub | None = None) -> FastAPI:
    """An application whose hub is open; it closes with the application's lifespan. `hub` in tests only.

    Raises DatabaseFailed when the database cannot be opened.
    """
    opened = hub or Hub(config)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            async with AsyncExitStack() as stack:
                for feature in features():
                    if feature.background:
                        await stack.enter_async_context(feature.background(app))
                yield
        finally:
            opened.close()

    app = FastAPI(
        title="驿站 hub",
        summary="Duty desk and back office of union rest stations",
        version=VERSION,
        docs_url=None,  # its scripts come from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        responses=problems.RESPONSES,
        generate_unique_id_function=operation_id,
        redirect_slashes=False,
    )
    app.state.hub = opened
    app.state.throttle = Throttle(config.attempts_per_minute)
    problems.install(app)
    special: dict[str, int] = {}
    for feature in features():
        special |= feature.body_limits
        if feature.router:
            app.include_router(feature.router)
    app.add_middleware(Audit)
    app.add_middleware(BodyLimits, usual=config.body_bytes, special=special, seconds=config.body_seconds)
    app.add_middleware(SafeHeaders)
    return app
