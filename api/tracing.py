"""OpenTelemetry traces, when `OTEL_EXPORTER_OTLP_ENDPOINT` says where to: one span a request, and one for each statement of it.

OTLP over HTTP as JSON (opentelemetry-proto 1.x, which every collector takes) is a few lines; the packages of OpenTelemetry
would be eleven dependencies. What waits is bounded and dropped when the collector does not keep up: tracing never slows or
fails a request.
"""

import asyncio
import contextlib
import re
import secrets
import time
from collections import deque
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, Self
from urllib.parse import unquote

import httpx
import msgspec
import structlog

from api.context import Context

SERVER, CLIENT = 2, 3
"""Kinds of spans in OTLP."""
ERROR = 2
WAITING = 4096
BATCH = 512
PAUSE_SECONDS = 1.0
POST_SECONDS = 5.0
MAX_STATEMENT = 2000
SAMPLED = 1
SERVER_ERROR = 500

PARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})(?P<trace>[0-9a-f]{32})-(?!0{16})(?P<parent>[0-9a-f]{16})-(?P<flags>[0-9a-f]{2})(-|$)"
)

Attribute = dict[str, Any]


class Span:
    """One request under way."""

    __slots__ = ("began", "clock", "id", "parent", "trace")

    def __init__(self, trace: str, parent: str | None) -> None:
        self.trace, self.parent = trace, parent
        self.id = secrets.token_hex(8)
        self.began, self.clock = time.time_ns(), time.perf_counter_ns()


CURRENT: ContextVar[Span | None] = ContextVar("jembatan_span", default=None)


class Tracer:
    """Collects spans of one process and sends them; a context manager that sends the last ones when it ends."""

    def __init__(self, endpoint: str, headers: str = "") -> None:
        """`headers` as OTEL_EXPORTER_OTLP_HEADERS has them: `name=value,name=value`."""
        self._url = f"{endpoint.rstrip('/')}/v1/traces"
        pairs = (pair.partition("=") for pair in headers.split(",") if "=" in pair)
        self._headers = {name.strip(): unquote(value.strip()) for name, _, value in pairs}
        self._headers["content-type"] = "application/json"
        self._waiting: deque[dict[str, Any]] = deque(maxlen=WAITING)
        self._task: asyncio.Task[None] | None = None
        self._failed = False

    async def __aenter__(self) -> Self:
        # Proxies of the environment are for the world; the collector is ours.
        self._http = httpx.AsyncClient(timeout=POST_SECONDS, trust_env=False)
        self._task = asyncio.create_task(self._send_on())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        await self.flush()
        await self._http.aclose()

    @staticmethod
    def begin(traceparent: str | None) -> Span | None:
        """The span of a request that begins, made the current one; None where the caller's trace is not recorded.

        `traceparent` is W3C's: version, trace, parent, flags. A malformed one counts as none.
        """
        known = PARENT.match(traceparent or "")
        if known and not int(known["flags"], 16) & SAMPLED:
            CURRENT.set(None)
            return None
        span = Span(known["trace"], known["parent"]) if known else Span(secrets.token_hex(16), None)
        CURRENT.set(span)
        return span

    def end(self, span: Span, context: Context, method: str, path: str, status: int) -> None:
        """The request was answered."""
        CURRENT.set(None)
        duration = time.perf_counter_ns() - span.clock
        attributes: dict[str, str | int | None] = {
            "http.request.method": method,
            "url.path": path,
            "http.response.status_code": status,
            "jembatan.operation": context.operation,
            "jembatan.request_id": context.request_id,
            "error.type": context.problem,
        }
        name = context.operation or method
        self._add(span, span.id, span.parent, name, SERVER, duration, attributes, failed=status >= SERVER_ERROR)

    def observe(self, record: Any) -> None:
        """What asyncpg tells of each statement (LoggedQuery). Statements hold no values: those are bound."""
        span = CURRENT.get()
        if span is None:
            return
        text = " ".join(record.query.split())
        word = text.partition(" ")[0].rstrip(";").upper()
        attributes: dict[str, str | int | None] = {"db.system.name": "postgresql", "db.operation.name": word}
        if word != "BEGIN":  # that one names who acts
            attributes["db.query.text"] = text[:MAX_STATEMENT]
        if record.exception is not None:
            attributes["error.type"] = type(record.exception).__name__
        nanoseconds = int(record.elapsed * 1e9)
        failed = record.exception is not None
        self._add(span, secrets.token_hex(8), span.id, word, CLIENT, nanoseconds, attributes, failed=failed)

    def _add(
        self,
        span: Span,
        id_: str,
        parent: str | None,
        name: str,
        kind: int,
        nanoseconds: int,
        attributes: Mapping[str, str | int | None],
        *,
        failed: bool,
    ) -> None:
        ended = span.began + time.perf_counter_ns() - span.clock
        said = {
            "traceId": span.trace,
            "spanId": id_,
            "name": name,
            "kind": kind,
            "startTimeUnixNano": str(ended - nanoseconds),
            "endTimeUnixNano": str(ended),
            "attributes": [_attribute(key, value) for key, value in attributes.items() if value is not None],
            "status": {"code": ERROR} if failed else {},
        }
        self._waiting.append(said if parent is None else {**said, "parentSpanId": parent})

    async def flush(self) -> None:
        """Send what waits. What the collector does not take is dropped."""
        while self._waiting:
            spans = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
            resource = {"attributes": [_attribute("service.name", "jembatan")]}
            scopes = [{"scope": {"name": "jembatan"}, "spans": spans}]
            body = msgspec.json.encode({"resourceSpans": [{"resource": resource, "scopeSpans": scopes}]})
            try:
                (await self._http.post(self._url, content=body, headers=self._headers)).raise_for_status()
                self._failed = False
            except httpx.HTTPError as error:
                if not self._failed:  # once, until it works again
                    structlog.get_logger("jembatan").warning("traces_dropped", error=type(error).__name__)
                self._failed = True
                self._waiting.clear()

    async def _send_on(self) -> None:
        while True:
            await asyncio.sleep(PAUSE_SECONDS)
            await self.flush()


def _attribute(key: str, value: str | int) -> Attribute:
    return {"key": key, "value": {"intValue": str(value)} if isinstance(value, int) else {"stringValue": value}}
