"""A client of `stream_events` that is cut, straight into the application."""

import asyncio
import contextlib
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from world import Party


class Stream:
    """One connection to `stream_events`, cut by the client after `seconds` unless the server closes it before."""

    def __init__(self, app: Any, party: Party) -> None:
        self.app, self.party = app, party
        self.status, self.text, self.headers = 0, "", dict[str, str]()

    async def read(self, seconds: float, *, last: str | None = None, **query: str) -> "Stream":
        """What comes in that time."""
        sent = [(b"authorization", f"Bearer {self.party.secret}".encode()), (b"accept", b"text/event-stream")]
        if last is not None:
            sent.append((b"last-event-id", last.encode()))
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "path": "/v1/events/stream",
            "raw_path": b"/v1/events/stream",
            "query_string": urlencode(query).encode(),
            "headers": sent,
            "client": ("127.0.0.1", 1),
            "server": ("jembatan.test", 80),
            "scheme": "http",
            "root_path": "",
        }
        ended = asyncio.Event()
        asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> Any:
            if (first := next(asked, None)) is not None:
                return first
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), seconds)
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                await asyncio.sleep(0.01)  # a socket takes its time, and others get their turn
                self.status = message["status"]
                self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            else:
                self.text += message.get("body", b"").decode()
                if not message.get("more_body"):
                    ended.set()

        await self.app(scope, receive, send)
        return self

    def events(self) -> Iterator[tuple[str, str, Any]]:
        """(id, type, data) of each whole message."""
        for message in self.text.split("\n\n")[:-1]:
            fields = dict(line.split(": ", 1) for line in message.splitlines() if not line.startswith(":"))
            if "data" in fields:
                yield fields["id"], fields["event"], json.loads(fields["data"])
