"""One request and its answer, as they pass the edge."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from litestar.types import Message, Receive, Send

from api.context import Context
from api.problems import MEDIA_TYPE, body_of, headers_of, status_of
from domain.actors import Actor
from domain.database import UNAVAILABLE
from domain.entering import NotLetIn
from domain.errors import Refusal

TUS = [(b"tus-resumable", b"1.0.0"), (b"tus-version", b"1.0.0")]
Confirm = Callable[[Actor], Awaitable[None]]


class Exchange:
    """Watches what is sent, adds the headers that every answer has.

    Nothing goes out before the database has confirmed a caller who was remembered from an earlier request. Almost always it
    did so with the first statement of the operation; an answer that needed none is held until it was asked. Is it not so, then
    the answer is dropped, and the request begun anew.
    """

    __slots__ = ("_confirm", "_send", "_tus", "context", "dropped", "failure", "started", "status")

    def __init__(self, send: Send, context: Context, confirm: Confirm | None, *, tus: bool) -> None:
        self._tus, self._confirm = tus, confirm
        self._send, self.context = send, context
        self.started = self.dropped = False
        self.failure: BaseException | None = None
        """Why the database could not be asked."""
        self.status = 499  # nginx's number for a client that went away before the answer

    async def send(self, message: Message) -> None:
        """Send a part of the answer on, or drop it."""
        if message["type"] == "http.response.start":
            if not await self._is_confirmed():
                return
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
        elif not self.started:
            return  # of an answer that was dropped
        await self._send(message)

    async def _is_confirmed(self) -> bool:
        actor = self.context.actor
        if actor is None or actor.proof is None or actor.proof.is_good:
            return True
        assert self._confirm is not None, "only a gate with a database remembers"
        if not actor.proof.is_stale:
            try:
                await self._confirm(actor)
            except NotLetIn:
                pass
            except UNAVAILABLE as error:  # raised where it becomes an answer, and not in the middle of one
                self.failure = error
                return False
            else:
                return True
        self.dropped = True
        return False

    @property
    def may_begin_anew(self) -> bool:
        """Whether the database is still to say that the caller counts."""
        actor = self.context.actor
        return actor is not None and actor.proof is not None and not actor.proof.is_good

    def begin_anew(self) -> None:
        """As if nothing had come of it yet; this time the credential is looked up."""
        context = self.context
        context.looks_up, context.actor, context.problem = True, None, None
        context.rate_limit, context.rate_limit_policy = [], []
        self.dropped = False

    def _limits(self) -> list[tuple[bytes, bytes]]:
        context = self.context
        if not context.rate_limit:
            return []
        return [
            (b"ratelimit-policy", ", ".join(context.rate_limit_policy).encode()),
            (b"ratelimit", ", ".join(context.rate_limit).encode()),
        ]

    async def refuse(self, refusal: Refusal) -> None:
        """Answer with a refusal."""
        self.context.actor = None  # it tells nothing of anybody
        self.context.problem = refusal.code
        body = body_of(refusal, self.context)
        headers = {"content-type": MEDIA_TYPE, "content-length": str(len(body)), **headers_of(refusal, self.context)}
        start: Any = {
            "type": "http.response.start",
            "status": status_of(refusal),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
        await self.send(start)
        await self.send({"type": "http.response.body", "body": body, "more_body": False})


class Client:
    """Counts how long its bytes were waited for: a client that drips says nothing of how busy the worker is.

    What came is kept while a remembered caller is still to be confirmed, in case the request has to be begun anew. Whoever
    sends a file was looked up at once, so that nothing of a stream is kept.
    """

    __slots__ = ("_again", "_came", "_exchange", "_receive", "awaited")

    def __init__(self, receive: Receive, exchange: Exchange) -> None:
        self._receive, self._exchange, self.awaited = receive, exchange, 0.0
        self._came: list[Any] = []
        self._again: list[Any] = []

    async def __call__(self) -> Any:
        """The next part of the body."""
        if self._again:
            return self._again.pop()
        since = time.perf_counter()
        try:
            message = await self._receive()
        finally:
            self.awaited += time.perf_counter() - since
        if self._exchange.may_begin_anew:
            self._came.append(message)
        return message

    def rewind(self) -> None:
        """From the first byte on."""
        self._again, self._came = self._came[::-1], []


async def recorded(refusal: Refusal, context: Context) -> tuple[Any, Any]:
    """The two messages of a refusal, for whoever sends it often."""
    messages: list[Any] = []

    async def send(message: Message) -> None:
        messages.append(message)

    await Exchange(send, context, None, tus=False).refuse(refusal)
    return messages[0], messages[1]
