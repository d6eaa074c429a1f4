"""The two entry points: `Hub`, and `AsyncHub` to be awaited."""

from __future__ import annotations

import platform
from types import TracebackType
from typing import Any

import httpx

from ._async_engine import AsyncEngine
from ._auth import ApiKey, Credentials
from ._call import Call, Retry
from ._engine import Engine
from ._transfer import Downloaded, Target
from .groups import AsyncGroups, Groups
from .version import VERSION

TIMEOUT = httpx.Timeout(30)


def _settings(base_url: str, language: str | None) -> dict[str, Any]:
    headers = {"user-agent": f"jembatan-client/{VERSION} python/{platform.python_version()}"}
    if language:
        headers["accept-language"] = language
    return {"base_url": base_url, "headers": headers, "timeout": TIMEOUT}


def _credentials(given: str | Credentials) -> Credentials:
    return ApiKey(given) if isinstance(given, str) else given


class Hub(Groups):
    """Jembatan from a program: `hub.rfqs.create(…)`, `hub.quotes.iterate()`, each operation under its noun.

    `credentials` is an API key, or `ClientCredentials`. `language` (`id`, `en`) is that of problem titles and labels.
    `http` replaces the connections (a proxy, a certificate of your own); what it was given is closed with the hub.
    Every method raises `ApiError` when the server refuses, and what httpx raises when it cannot be reached.
    """

    def __init__(
        self,
        base_url: str,
        credentials: str | Credentials,
        *,
        language: str | None = None,
        retry: Retry | None = None,
        http: httpx.Client | None = None,
    ) -> None:
        settings = _settings(base_url, language)
        if http is None:
            http = httpx.Client(**settings)
        else:
            http.base_url = settings["base_url"]
            http.headers.update(settings["headers"])
        super().__init__(Engine(http, _credentials(credentials), retry or Retry()))

    def fetch(self, path: str, to: Target, *, accept: str = "*/*") -> Downloaded:
        """Any GET as a file: another media type of an operation, such as a comparison as `text/csv`."""
        return self._engine.download(Call("GET", path, accept=accept), to)

    def close(self) -> None:
        """Close the connections."""
        self._engine.http.close()

    def __enter__(self) -> Hub:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncHub(AsyncGroups):
    """`Hub`, awaited: `await hub.rfqs.create(…)`, `async for quote in hub.quotes.iterate()`."""

    def __init__(
        self,
        base_url: str,
        credentials: str | Credentials,
        *,
        language: str | None = None,
        retry: Retry | None = None,
        http: httpx.AsyncClient | None = None,
    ) -> None:
        settings = _settings(base_url, language)
        if http is None:
            http = httpx.AsyncClient(**settings)
        else:
            http.base_url = settings["base_url"]
            http.headers.update(settings["headers"])
        super().__init__(AsyncEngine(http, _credentials(credentials), retry or Retry()))

    async def fetch(self, path: str, to: Target, *, accept: str = "*/*") -> Downloaded:
        """Any GET as a file: another media type of an operation, such as a comparison as `text/csv`."""
        return await self._engine.download(Call("GET", path, accept=accept), to)

    async def close(self) -> None:
        """Close the connections."""
        await self._engine.http.aclose()

    async def __aenter__(self) -> AsyncHub:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
