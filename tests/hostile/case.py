"""One hostile request, what it may be answered, and sending it as bytes over a socket."""

import contextlib
import hashlib
import json
import re
import socket
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

PATIENCE = 15.0
"""Seconds until an answer has to be there, on a busy machine."""
SOON = 1.0
"""Seconds that something which is no whole request waits before its sender closes its side."""
RECEIVE = 65536


class Answer(NamedTuple):
    """What came back; status 0 where the connection was closed without a word."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def problem(self) -> Any:
        """The problem document, or None where it is none."""
        if self.headers.get("content-type") != "application/problem+json":
            return None
        return json.loads(self.body)


class Case(NamedTuple):
    """`raw` is sent as it is, with {key}, {host} and the names of the stage filled in by `Target.fill`."""

    name: str
    raw: bytes
    expect: frozenset[int]
    """Statuses; 0 is a connection closed without an answer."""
    http: bool = True
    """Whether it is a whole request of HTTP: what is not may be answered by the server beneath, without a problem document, or
    waits for more until the sender ends."""


REFUSED = frozenset(
    {400, 401, 403, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 416, 417, 422, 428, 431, 460, 501, 505}
)
"""What a refusal may be. 501 and 505 are refusals too: of a framing and of a version that are not spoken."""
TAKEN = frozenset({200, 201, 202, 204, 206, 304})


class Target(NamedTuple):
    """A server under attack and what is on it."""

    url: str
    names: Mapping[str, str]

    def fill(self, raw: bytes) -> bytes:
        """`raw` with `{name}` replaced, wherever a name of the target stands."""
        return re.sub(
            rb"\{([a-z_]+)\}", lambda found: self.names.get(found[1].decode(), found[0].decode()).encode(), raw
        )

    def send(self, case: Case) -> Answer:
        """Send it and read one answer."""
        address = urlsplit(self.url)
        with socket.create_connection((str(address.hostname), int(address.port or 0)), PATIENCE) as connection:
            with contextlib.suppress(OSError):  # refused before the end: the answer may be there already
                connection.sendall(self.fill(case.raw))
            if not case.http:
                connection.settimeout(SOON)
            reading = _Reading(connection, bare=case.raw.startswith(b"HEAD "))
            try:
                return reading.answer()
            except TimeoutError:  # it waits for more of the request, and there is no more
                connection.settimeout(PATIENCE)
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_WR)
                return reading.answer()


class _Reading:
    """One answer as it arrives; interim ones are skipped."""

    def __init__(self, connection: socket.socket, *, bare: bool) -> None:
        self._connection, self._bare = connection, bare
        self._buffer = bytearray()

    def answer(self) -> Answer:
        """The answer. Raises TimeoutError when the server neither answers nor closes."""
        while True:
            head, found, rest = bytes(self._buffer).partition(b"\r\n\r\n")
            status, headers = _head(head) if found else (0, {})
            if found and 100 <= status < 200 and status != 101:
                self._buffer = bytearray(rest)
                continue
            body = None if not found else b"" if self._bare or status == 101 else _body(rest, status, headers)
            if body is not None:
                return Answer(status, headers, body)
            try:
                chunk = self._connection.recv(RECEIVE)
            except ConnectionResetError:
                chunk = b""
            if not chunk:
                return Answer(status, headers, rest)
            self._buffer += chunk


def _head(head: bytes) -> tuple[int, dict[str, str]]:
    line, *fields = head.decode("latin-1").split("\r\n")
    parts = (field.partition(":") for field in fields)
    headers = {name.lower(): value.strip() for name, _, value in parts}
    return int(line.split(" ")[1]), headers


def _body(rest: bytes, status: int, headers: Mapping[str, str]) -> bytes | None:
    """The body when all of it is there."""
    if status in {204, 304}:
        return b""
    if headers.get("transfer-encoding") == "chunked":
        return rest if rest.endswith(b"0\r\n\r\n") else None
    length = headers.get("content-length")
    if length is None or len(rest) < int(length):
        return None
    return rest[: int(length)]


def request(
    name: str,
    target: str | bytes,
    body: bytes = b"",
    *,
    method: str = "POST",
    expect: frozenset[int] = REFUSED,
    headers: Mapping[str, Any] | None = None,
    **more: Any,
) -> Case:
    """A whole request: `headers` replace the usual ones, None leaves one out, a list sends one several times."""
    usual: dict[str, Any] = {
        "host": "jembatan.test",
        "authorization": "Bearer {buyer}",
        "idempotency-key": hashlib.sha256(f"{name}{target!r}".encode()).hexdigest(),
        "content-type": "application/json",
        "content-length": str(len(body)),
    }
    if method in {"GET", "HEAD"} and not body:
        for spare in ("content-type", "content-length", "idempotency-key"):
            usual.pop(spare)
    usual |= headers or {}
    asked = target.encode() if isinstance(target, str) else target
    lines = [f"{method} ".encode() + asked + b" HTTP/1.1"]
    for field, value in usual.items():
        several = value if isinstance(value, list) else [] if value is None else [value]
        lines += [field.encode() + b": " + (each.encode() if isinstance(each, str) else each) for each in several]
    return Case(name, b"\r\n".join([*lines, b"", b""]) + body, expect, **more)
