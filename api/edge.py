"""The outermost layer: request ids, one log line and metrics per request, load shedding, body limits, last resort."""

import asyncio
import time
from pathlib import Path
from typing import Any

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from api.context import KEY, Context, language_of, new_request_id, trace_of
from api.problems import MEDIA_TYPE, body_of, headers_of, refusal_of, status_of
from api.refusals import NoSuchRoute, Overloaded, TooSlow
from api.settings import Settings
from api.tracing import Tracer
from domain.errors import Refusal, TooLarge

STREAMED_PATHS = ("/v1/files", "/v1/uploads")
"""Bodies under these go to storage as they come; their handlers enforce the larger limit."""
STREAMED_ENDS = ("/lines/import",)
LARGER_BODIES = {"/v1/rfqs/batch": 16 * 1024 * 1024}
"""Bytes, where one call carries what hundreds would: 500 RFQs of 60 lines. Decoding that much holds a worker for half a second."""
SLOWEST = 1024
"""Bytes a second of a file that is sent in one go: a tenth of what the slowest telephone line gave."""
TUS_PATH = "/v1/uploads"
"""Every answer under it, a refusal too, says which version of tus is spoken."""
TUS = [(b"tus-resumable", b"1.0.0"), (b"tus-version", b"1.0.0")]
UNCOUNTED_PATHS = ("/health/", "/metrics")
"""Answered even under overload: an orchestrator that cannot ask would kill a worker that is merely busy."""


class Metrics:
    """What the server counts.

    With `folder` the processes of one server keep their counts there, and each shows the sum of all; the library reads
    PROMETHEUS_MULTIPROC_DIR itself when it is first imported, which is why the supervising process sets it.
    """

    def __init__(self, registry: CollectorRegistry, folder: Path | None = None) -> None:
        self._registry, self._folder = registry, folder
        self.requests = Counter(
            "jembatan_requests_total", "Requests answered.", ["operation", "method", "status"], registry=registry
        )
        self.seconds = Histogram(
            "jembatan_request_seconds",
            "Time to answer.",
            ["operation"],
            buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
            registry=registry,
        )
        self.in_flight = Gauge(
            "jembatan_requests_in_flight", "Requests under way.", registry=registry, multiprocess_mode="livesum"
        )
        self.connections = Gauge(
            "jembatan_pool_connections",
            "Connections to the database.",
            ["kind"],
            registry=registry,
            multiprocess_mode="livesum",
        )
        self.streams = Gauge(
            "jembatan_streams", "Followers of the feed.", registry=registry, multiprocess_mode="livesum"
        )
        self.shed = Counter("jembatan_requests_shed_total", "Requests refused as too many.", registry=registry)

    def sample(self, usage: tuple[int, int, int], streams: int) -> None:
        """Note what is a state and no count: connections (in use, open, at most), and followers."""
        for kind, value in zip(("in_use", "open", "limit"), usage, strict=True):
            self.connections.labels(kind).set(value)
        self.streams.set(streams)

    def text(self) -> bytes:
        """All counts in Prometheus's text format."""
        if self._folder is None:
            return generate_latest(self._registry)
        everybody = CollectorRegistry()
        MultiProcessCollector(everybody, path=str(self._folder))  # type: ignore[no-untyped-call]  # the library has no types there
        return generate_latest(everybody)


class Edge:
    """Wraps the Litestar application."""

    def __init__(self, app: ASGIApp, metrics: Metrics, settings: Settings, tracer: Tracer | None = None) -> None:
        self._tracer = tracer
        self.app = app
        self.metrics = metrics
        self._settings = settings
        self._limit, self._max_body = settings.in_flight, settings.max_body
        self._under_way = 0
        self._log = structlog.get_logger("jembatan.access")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request whatever happens inside."""
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        context = Context(
            new_request_id(), language_of(headers.get(b"accept-language")), trace_of(headers.get(b"traceparent"))
        )
        scope[KEY] = context  # type: ignore[literal-required]  # our own key in the ASGI scope
        exchange = _Exchange(send, context, tus=scope["path"].startswith(TUS_PATH))
        started = time.perf_counter()
        counted = not scope["path"].startswith(UNCOUNTED_PATHS)
        traceparent = headers.get(b"traceparent")
        span = self._tracer.begin(traceparent) if self._tracer is not None and counted else None
        if span is not None:
            context.trace = span.trace
        if counted and self._under_way >= self._limit:
            self.metrics.shed.inc()
            await exchange.refuse(Overloaded("Too many requests at once. Repeat the request in a second."))
        else:
            self._under_way += counted
            self.metrics.in_flight.set(self._under_way)
            try:
                await self._run(scope, receive, exchange, headers)
            finally:
                self._under_way -= counted
                self.metrics.in_flight.set(self._under_way)
        self._account(scope["method"], scope["path"], context, exchange, time.perf_counter() - started)
        if span is not None and self._tracer is not None:
            self._tracer.end(span, context, scope["method"], scope["path"], exchange.status)

    async def _run(self, scope: Scope, receive: Receive, exchange: "_Exchange", headers: dict[bytes, str]) -> None:
        path = scope["path"]
        try:
            _check_path(path)
            if not path.startswith(STREAMED_PATHS) and not path.endswith(STREAMED_ENDS):
                limit = LARGER_BODIES.get(path, self._max_body)
                receive = _bounded(receive, headers.get(b"content-length"), limit)
                if _has_body(headers):
                    receive = _timed(receive, self._settings.request_seconds)
            elif not path.startswith(TUS_PATH):  # whose handler keeps what came, however slowly
                receive = _paced(receive, self._settings.upload_idle_seconds)
            await self.app(scope, receive, exchange.send)
        except Exception as error:
            # Nothing of ours should get here: a refusal of `_bounded`, or the framework failing outside its handlers.
            if exchange.started:
                raise
            await exchange.refuse(refusal_of(error, exchange.context))

    def _account(self, method: str, path: str, context: Context, exchange: "_Exchange", seconds: float) -> None:
        operation = context.operation or "none"
        self.metrics.requests.labels(operation, method, str(exchange.status)).inc()
        self.metrics.seconds.labels(operation).observe(seconds)
        if not path.startswith(UNCOUNTED_PATHS):
            self._log.info(
                "request",
                request_id=context.request_id,
                trace_id=context.trace,
                method=method,
                path=path,
                operation=context.operation,
                status=exchange.status,
                ms=round(seconds * 1000, 2),
                organisation=context.organisation_id,
                credential=context.credential_id,
                problem=context.problem,
                replayed=context.replayed or None,
            )


class _Exchange:
    """Watches what is sent, adds the headers that every answer has."""

    __slots__ = ("_send", "_tus", "context", "started", "status")

    def __init__(self, send: Send, context: Context, *, tus: bool) -> None:
        self._tus = tus
        self._send, self.context = send, context
        self.started = False
        self.status = 499  # nginx's number for a client that went away before the answer

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            self.status = message["status"]
            message["headers"] = [
                *message["headers"],
                (b"x-request-id", self.context.request_id.encode()),
                (b"x-content-type-options", b"nosniff"),
                (b"referrer-policy", b"no-referrer"),
                *self._limits(),
                *(TUS if self._tus else []),
            ]
        await self._send(message)

    def _limits(self) -> list[tuple[bytes, bytes]]:
        context = self.context
        if not context.rate_limit:
            return []
        return [
            (b"ratelimit-policy", ", ".join(context.rate_limit_policy).encode()),
            (b"ratelimit", ", ".join(context.rate_limit).encode()),
        ]

    async def refuse(self, refusal: Refusal) -> None:
        self.context.problem = refusal.code
        body = body_of(refusal, self.context)
        headers = {"content-type": MEDIA_TYPE, "content-length": str(len(body)), **headers_of(refusal, self.context)}
        start: Any = {
            "type": "http.response.start",
            "status": status_of(refusal),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
        await self.send(start)
        await self._send({"type": "http.response.body", "body": body, "more_body": False})


def _has_body(headers: dict[bytes, str]) -> bool:
    return headers.get(b"content-length", "0") != "0" or b"transfer-encoding" in headers


def _timed(receive: Receive, seconds: float) -> Receive:
    """A body of which the whole has to be there in time: whoever sends it byte by byte holds a place that others need."""
    ends = asyncio.get_running_loop().time() + seconds
    whole = False

    async def timed() -> Any:
        nonlocal whole
        if whole:
            return await receive()  # it tells of the client's going away, whenever that is
        try:
            async with asyncio.timeout_at(ends):
                message = await receive()
        except TimeoutError:
            raise TooSlow(f"The body has to arrive within {seconds:g} s. Nothing was changed: send it again.") from None
        whole = not message.get("more_body", False)
        return message

    return timed


def _paced(receive: Receive, idle: float) -> Receive:
    """A body of any length that may neither pause for long nor come by the byte.

    After the first pause that would be admitted it has to have brought SLOWEST bytes for each second.
    """
    clock = asyncio.get_running_loop().time
    started, seen, whole = clock(), 0, False

    async def paced() -> Any:
        nonlocal seen, whole
        if whole:
            return await receive()
        try:
            async with asyncio.timeout(idle):
                message = await receive()
        except TimeoutError:
            raise _crawls() from None
        if message["type"] == "http.request":
            seen += len(message["body"])
        whole = not message.get("more_body", False)
        if not whole and seen < SLOWEST * (clock() - started - idle):
            raise _crawls()
        return message

    return paced


def _crawls() -> TooSlow:
    return TooSlow(
        "The bytes came too slowly, and nothing was kept. A resumable upload (POST /v1/uploads) keeps what came."
    )


def _check_path(path: str) -> None:
    """Raise NoSuchRoute for a path with an empty part, a NUL, or bytes that are no UTF-8.

    The router would find an operation all the same, past a proxy's rule for its path; and of what is no UTF-8 all have become one
    sign, whatever they were.
    """
    if "//" in path or (path[-1:] == "/" and path != "/") or "\x00" in path or "\ufffd" in path:
        raise NoSuchRoute("No operation has this path: it has an empty part, or what is no text.")


def _bounded(receive: Receive, content_length: str | None, limit: int) -> Receive:
    refusal = TooLarge(f"The body is larger than the {limit} bytes that this operation takes.")
    if content_length is not None and content_length.isdecimal() and int(content_length) > limit:
        raise refusal
    seen = 0

    async def counted() -> Any:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message["body"])
            if seen > limit:
                raise refusal
        return message

    return counted
