"""Carries calls out, waiting for each; `make sdks` writes the awaited engine from it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import httpx
from attrs import define, evolve

from ._attempts import Attempts, problem, stale
from ._auth import ApiKey, Credentials
from ._call import Call, Model, Retry
from ._sse import Lines
from ._transfer import Downloaded, Incoming, Outgoing, Progress, Source, Target

T = TypeVar("T")
STREAM_TIMEOUT = httpx.Timeout(30, read=120)
TRANSFER_TIMEOUT = httpx.Timeout(30, read=120, write=120)


@define
class Engine:
    """One hub's connections, credentials and patience."""

    http: httpx.Client
    credentials: Credentials
    retry: Retry
    sleep: Callable[[float], None] = time.sleep

    def call(self, call: Call, model: Model[T]) -> T:
        """The answer."""
        return model.from_dict(self.send(call).json())

    def done(self, call: Call) -> None:
        """Nothing is answered."""
        self.send(call)

    def pages(self, call: Call, model: Model[Any], after: str | None = None) -> Iterator[Any]:
        """Every item of every page, fetched as they are needed."""
        while True:
            page = self.call(call.after(after), model)
            yield from page.items
            # The feed's last page is empty and has a cursor: there is nothing new yet.
            if not page.next_cursor or not page.items:
                return
            after = page.next_cursor

    def upload(self, call: Call, source: Source, model: Model[T], progress: Progress | None = None) -> T:
        """Send a file as it is read."""
        outgoing = Outgoing(source, progress)
        try:
            call = evolve(call, extra={**outgoing.headers(), **call.extra})
            if not outgoing.repeatable:
                return model.from_dict(self.once(call, outgoing.chunks).json())
            return model.from_dict(self.send(call, outgoing.chunks).json())
        finally:
            outgoing.close()

    def download(self, call: Call, target: Target, progress: Progress | None = None) -> Downloaded:
        """Write a file as it arrives, going on where the connection broke."""
        incoming = Incoming(target, progress)
        attempts = Attempts(call, self.retry)
        try:
            while True:
                had = incoming.size
                asked = evolve(call, accept="*/*", extra=incoming.headers())
                try:
                    response = self.send(asked, stream=True, allow=frozenset({416}))
                    try:
                        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                            incoming.restart()
                            continue
                        incoming.begin(response)
                        for chunk in response.iter_bytes():
                            incoming.write(chunk)
                    finally:
                        response.close()
                except httpx.TransportError as error:
                    if incoming.size > had:
                        attempts.again()
                    self.sleep(attempts.lost(error))
                    continue
                if incoming.complete():
                    return incoming.finish()
        finally:
            incoming.close()

    def stream(self, call: Call, model: Model[T], last_id: str | None = None) -> Iterator[T]:
        """Events as they happen, without end; a broken connection is taken up after the last one."""
        lines = Lines(last_id)
        attempts = Attempts(call, self.retry)
        while True:
            extra = {} if lines.last_id is None else {"last-event-id": lines.last_id}
            try:
                response = self.send(evolve(call, accept="text/event-stream", extra=extra), stream=True)
                try:
                    for line in response.iter_lines():
                        found = lines.feed(line)
                        if found is not None:
                            attempts.again()
                            yield model.from_dict(found)
                finally:
                    response.close()
                self.sleep(lines.retry_seconds or 1.0)  # ended in order: a server that restarts, or a longest time
            except httpx.TransportError as error:
                self.sleep(attempts.lost(error))

    def send(
        self,
        call: Call,
        content: Callable[[], Iterator[bytes]] | None = None,
        *,
        stream: bool = False,
        allow: frozenset[int] = frozenset(),
    ) -> httpx.Response:
        """The successful answer, after as many attempts as it takes and `retry` allows; `ApiError` otherwise."""
        attempts = Attempts(call, self.retry)
        renewed = False
        while True:
            try:
                response = self._attempt(call, content, stream=stream)
                if response.is_success or response.status_code in allow:
                    return response
                response.read()
                if stale(self.credentials, response, renewed=renewed):
                    renewed = True
                    continue
                pause = attempts.refused(response)
            except httpx.TransportError as error:
                pause = attempts.lost(error)
            self.sleep(pause)

    def once(self, call: Call, content: Callable[[], Iterator[bytes]] | None = None) -> httpx.Response:
        """One attempt, for what cannot be sent twice."""
        response = self._attempt(call, content, stream=False)
        if response.is_success:
            return response
        raise problem(response)

    def _attempt(self, call: Call, content: Callable[[], Iterator[bytes]] | None, *, stream: bool) -> httpx.Response:
        timeout = STREAM_TIMEOUT if stream else TRANSFER_TIMEOUT if content else self.http.timeout
        request = self.http.build_request(
            call.method,
            call.path,
            params=call.parameters(),
            headers={**call.headers(), "authorization": f"Bearer {self._secret()}"},
            json=call.body,
            content=content() if content else None,
            timeout=timeout,
        )
        return self.http.send(request, stream=stream)

    def _secret(self) -> str:
        if isinstance(self.credentials, ApiKey):
            return self.credentials.secret
        token = self.credentials.valid()
        return token or self.credentials.keep(self._fetch(self.credentials.call(), self.credentials.form()))

    def _fetch(self, call: Call, form: Mapping[str, str]) -> Any:
        attempts = Attempts(call, self.retry)
        while True:
            try:
                response = self.http.post(call.path, data=form, headers={"accept": call.accept})
                if response.is_success:
                    return response.json()
                pause = attempts.refused(response)
            except httpx.TransportError as error:
                pause = attempts.lost(error)
            self.sleep(pause)
