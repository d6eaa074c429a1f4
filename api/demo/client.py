"""How a party of the demonstration speaks to the API: with its own key, over HTTP, patiently."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import msgspec

ATTEMPTS = 40
PAUSE_SECONDS = 0.25
BUSY = frozenset({429, 503})


class DemoError(Exception):
    """The API did not do what the story needs; the message quotes its problem."""


class Party:
    """One key. Every POST carries an idempotency key made of the story's place, so that a repeated run repeats nothing."""

    def __init__(self, http: httpx.AsyncClient, secret: str, organisation_id: str, name: str) -> None:
        self.http, self.secret, self.organisation_id, self.name = http, secret, organisation_id, name

    async def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        etag: str | None = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        """One request; what a retry can mend (busy, restarting, under way) is tried again with the same key."""
        headers = {"authorization": f"Bearer {self.secret}"}
        if key is not None:
            headers["idempotency-key"] = key[:255]
        if etag is not None:
            headers["if-match"] = etag
        if body is not None:
            content = msgspec.json.encode(body)
            headers["content-type"] = "application/json"
        elif content is not None:
            headers["content-type"] = "application/octet-stream"
        for attempt in range(ATTEMPTS):
            try:
                response = await self.http.request(method, path, headers=headers, content=content)
            except httpx.TransportError as error:
                if attempt == ATTEMPTS - 1:
                    raise DemoError(f"the server does not answer: {type(error).__name__}") from error
            else:
                under_way = response.status_code == 409 and problem(response) == "idempotency_in_progress"  # noqa: PLR2004
                if response.status_code not in BUSY and not under_way:
                    return response
            await asyncio.sleep(PAUSE_SECONDS)
        raise DemoError(f"{method} {path} was refused as busy {ATTEMPTS} times")

    async def get(self, path: str) -> Any:
        """A GET that has to succeed: its JSON."""
        return await self._json("GET", path, await self.call("GET", path))

    async def post(self, path: str, key: str, body: Any = None, *, etag: str | None = None) -> Any:
        """A POST that has to succeed: its JSON."""
        return await self._json("POST", path, await self.call("POST", path, body, key=key, etag=etag))

    async def send(self, method: str, path: str, body: Any, *, etag: str) -> Any:
        """A PUT or PATCH that has to succeed: its JSON."""
        return await self._json(method, path, await self.call(method, path, body, etag=etag))

    async def items(self, path: str) -> AsyncIterator[Any]:
        """Every item of a list, page after page."""
        after = ""
        joint = "&" if "?" in path else "?"
        while True:
            page = await self.get(f"{path}{joint}limit=100{after}")
            for item in page["items"]:
                yield item
            if page["next_cursor"] is None or not page["items"]:
                return
            after = f"&after={page['next_cursor']}"

    async def _json(self, method: str, path: str, response: httpx.Response) -> Any:
        if not response.is_success:
            raise DemoError(f"{self.name}: {method} {path} answered {response.status_code}: {response.text[:600]}")
        return response.json() if response.content else None


def problem(response: httpx.Response) -> str:
    """The code of a problem document, '' when it is none."""
    try:
        code: str = response.json().get("code", "")
    except ValueError:
        return ""
    return code
