"""What each server process runs: opens its own pool when it starts, drains and closes when it is told to stop."""

import asyncio
import contextlib
import os
import signal
from contextlib import AsyncExitStack
from typing import Any

import structlog

from api import logs, runtime
from api.app import create_app
from api.edge import Edge
from api.metrics import Metrics
from api.services import Services
from api.settings import Settings
from domain.database import UNAVAILABLE

PARENT_CHECK_SECONDS = 0.5
SAMPLE_SECONDS = 1.0


class Application:
    """An ASGI application whose parts exist between startup and shutdown."""

    def __init__(self, settings: Settings, dsn: str) -> None:
        self._settings, self._dsn = settings, dsn
        self._edge: Edge | None = None
        self._stack = AsyncExitStack()
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve a request, or live through the lifespan."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        assert self._edge is not None, "the server sent a request before startup was complete"
        await self._edge(scope, receive, send)

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        try:
            services = await self._stack.enter_async_context(
                runtime.services(self._settings, self._dsn, application=f"jembatan serve {os.getpid()}")
            )
        except Exception as error:  # noqa: BLE001  whatever it is, the server has to be told and the log has to say it
            structlog.get_logger("jembatan").error("start_failed", error=type(error).__name__)
            await send({"type": "lifespan.startup.failed", "message": type(error).__name__})
            return
        self._edge = create_app(services)
        self._tasks = [
            asyncio.create_task(_measure(services)),
            asyncio.create_task(_sample(services, self._edge.metrics)),
            asyncio.create_task(_end_with_parent(os.getppid())),
        ]
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await services.streams.close()
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._edge.metrics.settle()
        await self._stack.aclose()
        await send({"type": "lifespan.shutdown.complete"})


async def _measure(services: Services) -> None:
    """Keep the shown clock close to the database's."""
    while True:
        await asyncio.sleep(services.clock.REFRESH_SECONDS)
        with contextlib.suppress(*UNAVAILABLE):
            await services.clock.measure(services.db)


async def _sample(services: Services, metrics: Metrics) -> None:
    """Note what a scrape of another process could not see."""
    while True:
        metrics.sample(services.db.usage, services.streams.count)
        await asyncio.sleep(SAMPLE_SECONDS)


async def _end_with_parent(parent: int) -> None:
    """Stop when the supervising process is gone: a killed `serve` leaves nobody on the port."""
    while os.getppid() == parent:  # noqa: ASYNC110  nobody announces that a parent died
        await asyncio.sleep(PARENT_CHECK_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)


def create() -> Application:
    """For granian and uvicorn: `api.asgi:create` as a factory. Settings come from the environment."""
    settings = Settings.read(os.environ)
    logs.configure(settings.log_format)
    if settings.database_url is None:
        raise runtime.StartError("set DATABASE_URL, or start through `jembatan serve`")
    return Application(settings, settings.database_url)
