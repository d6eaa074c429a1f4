"""The outermost layer: request ids, one log line and metrics per request, load shedding, body limits, last resort."""

import time
from collections import Counter as Counts
from typing import Any

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from api import logs
from api.bodies import bounded, has_body, paced, timed
from api.context import KEY, Context, language_of, new_request_id, trace_of
from api.exchange import Client, Confirm, Exchange, recorded
from api.metrics import Metrics
from api.problems import refusal_of, status_of
from api.refusals import NoSuchRoute, Overloaded
from api.settings import Settings
from api.tracing import Tracer

STREAMED_PATHS = ("/v1/files", "/v1/uploads")
"""Bodies under these go to storage as they come; their handlers enforce the larger limit."""
STREAMED_ENDS = ("/lines/import",)
LARGER_BODIES = {"/v1/rfqs/batch": 16 * 1024 * 1024}
"""Bytes, where one call carries what hundreds would: 500 RFQs of 60 lines. Decoding that much holds a worker for half a second."""
TUS_PATH = "/v1/uploads"
"""Every answer under it, a refusal too, says which version of tus is spoken."""
LONG_ENDS = (*STREAMED_ENDS, "/events/stream", "/award-scenarios", "/rfqs/batch")
"""What takes long by its nature, besides streamed bodies: it says nothing of how busy the worker is."""
LEAST_AT_ONCE = 8
"""However slow everything is, so many are tried: else nobody would notice that it is over."""
CUT_SECONDS = 0.1
"""The number is lowered no more often than this: one bad moment is one sign, however many requests met it."""
UNCOUNTED_PATHS = ("/health/", "/metrics")
"""Answered even under overload: an orchestrator that cannot ask would kill a worker that is merely busy."""


TOO_MANY = Overloaded("Too many requests at once. Repeat the request in a second.")
NO_REQUEST = "req_" + "0" * 24
"""Stands for the id of a request in the answer that is prepared for all of them."""


class Allowance:
    """How many requests a worker takes at once: up to `most`, fewer while they take longer than `soon` seconds.

    It rises by addition and falls by multiplication, as TCP's window does. A fixed number is right for one machine and
    one mixture of requests; elsewhere it makes a queue of seconds. With `soon` 0 it stays where it is.
    """

    def __init__(self, most: int, soon: float) -> None:
        self._most, self._soon, self.now, self._cut = float(most), soon, float(most), 0.0

    def learn(self, seconds: float, at: float) -> None:
        """One request ended after so long."""
        if seconds < self._soon or not self._soon:
            self.now = min(self._most, self.now + 2 / self.now)
        elif at - self._cut > CUT_SECONDS:
            self._cut = at
            self.now = max(min(LEAST_AT_ONCE, self._most), self.now * 0.8)


class Edge:
    """Wraps the Litestar application."""

    def __init__(
        self,
        app: ASGIApp,
        metrics: Metrics,
        settings: Settings,
        tracer: Tracer | None = None,
        confirm: Confirm | None = None,
    ) -> None:
        self._tracer, self._confirm = tracer, confirm
        self.app = app
        self.metrics = metrics
        self._settings = settings
        self._allowance, self._max_body = Allowance(settings.in_flight, settings.soon), settings.max_body
        self._under_way, self._in_flight = Counts[str](), settings.in_flight
        self._shed, self._shed_said = Counts[str](), 0.0
        self._refusals: dict[str, tuple[Any, Any]] = {}
        self._log = structlog.get_logger("jembatan.access")
        self._say = logs.access("request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request whatever happens inside."""
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        counted = not path.startswith(UNCOUNTED_PATHS)
        # Apart, or a hundred followers of the feed would look like overload.
        kind = "long" if path.startswith(STREAMED_PATHS) or path.endswith(LONG_ENDS) else "short"
        if counted and self._under_way[kind] >= (self._allowance.now if kind == "short" else self._in_flight):
            await self._refuse_at_once(scope, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        context = Context(
            new_request_id(), language_of(headers.get(b"accept-language")), trace_of(headers.get(b"traceparent"))
        )
        scope[KEY] = context  # type: ignore[literal-required]  # our own key in the ASGI scope
        exchange = Exchange(send, context, self._confirm, tus=path.startswith(TUS_PATH))
        started = time.perf_counter()
        traceparent = headers.get(b"traceparent")
        span = self._tracer.begin(traceparent) if self._tracer is not None and counted else None
        if span is not None:
            context.trace = span.trace
        self._under_way[kind] += counted
        self.metrics.under_way(self._under_way["short"] + self._under_way["long"])
        client = Client(receive, exchange)
        try:
            await self._run(scope, client, exchange, headers)
        finally:
            self._under_way[kind] -= counted
            self.metrics.under_way(self._under_way["short"] + self._under_way["long"])
            if self._shed and time.monotonic() - self._shed_said >= 1:
                self._say_shed()
            if counted and kind == "short":
                ended = time.perf_counter()
                self._allowance.learn(ended - started - client.awaited, ended)
        self._account(scope["method"], scope["path"], context, exchange, time.perf_counter() - started)
        if span is not None and self._tracer is not None:
            self._tracer.end(span, context, scope["method"], scope["path"], exchange.status)

    async def _refuse_at_once(self, scope: Any, send: Any) -> None:
        """One request too many: with as little work as possible, for what is spent here is lacking elsewhere."""
        given = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"accept-language"), None)
        language = language_of(given)
        if language not in self._refusals:
            self._refusals[language] = await recorded(TOO_MANY, Context(NO_REQUEST, language, None))
        start, body = self._refusals[language]
        own, general = new_request_id().encode(), NO_REQUEST.encode()
        headers = [(name, value.replace(general, own)) for name, value in start["headers"]]
        await send({**start, "headers": headers})
        await send({**body, "body": body["body"].replace(general, own)})
        self._shed[scope["method"]] += 1
        if time.monotonic() - self._shed_said >= 1:
            self._say_shed()

    def _say_shed(self) -> None:
        """Counts and one line of what was refused since the last time, not one for each."""
        for method, count in self._shed.items():
            self.metrics.shed.inc(count)
            self.metrics.requests.labels("none", method, str(status_of(TOO_MANY))).inc(count)
        self._log.warning(
            "shed", count=self._shed.total(), under_way=self._under_way.total(), at_once=round(self._allowance.now)
        )
        self._shed.clear()
        self._shed_said = time.monotonic()

    async def _run(self, scope: Scope, client: "Client", exchange: "Exchange", headers: dict[bytes, str]) -> None:
        try:
            # Whatever the first time leaves in the scope is none of the second's business.
            await self._once({**scope, "state": {}}, client, exchange, headers)
            if exchange.dropped:
                exchange.begin_anew()
                client.rewind()
                await self._once(scope, client, exchange, headers)
        except Exception as error:
            # Nothing of ours should get here: a refusal of `bounded`, or the framework failing outside its handlers.
            if exchange.started:
                raise
            await exchange.refuse(refusal_of(error, exchange.context))

    async def _once(self, scope: Any, receive: Receive, exchange: "Exchange", headers: dict[bytes, str]) -> None:
        path = scope["path"]
        _check_path(path)
        if not path.startswith(STREAMED_PATHS) and not path.endswith(STREAMED_ENDS):
            limit = LARGER_BODIES.get(path, self._max_body)
            receive = bounded(receive, headers.get(b"content-length"), limit)
            if has_body(headers):
                receive = timed(receive, self._settings.request_seconds)
        elif not path.startswith(TUS_PATH):  # whose handler keeps what came, however slowly
            receive = paced(receive, self._settings.upload_idle_seconds)
        await self.app(scope, receive, exchange.send)
        if exchange.failure is not None:
            raise exchange.failure

    def _account(self, method: str, path: str, context: Context, exchange: "Exchange", seconds: float) -> None:
        self.metrics.answered(context.operation or "none", method, exchange.status, seconds)
        if not path.startswith(UNCOUNTED_PATHS):
            self._say(
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


def _check_path(path: str) -> None:
    """Raise NoSuchRoute for a path with an empty part, a NUL, or bytes that are no UTF-8.

    The router would find an operation all the same, past a proxy's rule for its path; and of what is no UTF-8 all have become one
    sign, whatever they were.
    """
    if "//" in path or (path[-1:] == "/" and path != "/") or "\x00" in path or "\ufffd" in path:
        raise NoSuchRoute("No operation has this path: it has an empty part, or what is no text.")
