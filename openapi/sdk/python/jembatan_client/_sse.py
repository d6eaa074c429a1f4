"""Server-Sent Events, line by line."""

from __future__ import annotations

import json
from typing import Any


class Lines:
    """Collects the lines of a stream into events; remembers the last id, with which a new connection goes on."""

    def __init__(self, last_id: str | None = None) -> None:
        self.last_id = last_id
        self.retry_seconds: float | None = None
        self._data: list[str] = []
        self._id: str | None = None

    def feed(self, line: str) -> Any:
        """The JSON that this line completes, or None."""
        if not line:
            return self._dispatch()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isdigit():
            self.retry_seconds = int(value) / 1000
        return None

    def _dispatch(self) -> Any:
        data, self._data = "\n".join(self._data), []
        if self._id is not None:
            self.last_id, self._id = self._id, None
        try:
            return json.loads(data) if data else None
        except ValueError:
            return None  # something that a later server says in another form
