"""Carries calls out, waiting for each; `make sdks` writes the awaited engine from it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

import httpx
from attrs import define, evolve

from ._attempts import Attempts, problem, stale
from ._auth import ApiKey, Credentials
from ._call import Call, Model, Retry, place
from ._parts import ASK, GONE, IN_PARTS, LOOK, MAY_READ, Parts
from ._sse import Lines
from ._transfer import Downloaded, Incoming, Outgoing, Progress, Source, Target
from .errors import ApiError

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
            return model.from_dict(self._whole(call, outgoing))
        finally:
            outgoing.close()

    def store(
        self, call: Call, source: Source, model: Model[T], progress: Progress | None = None, sha256: str | None = None
    ) -> T:
        """Send a file to be kept. A large one that can be read twice goes on where the connection broke.

        `sha256`: its digest, where it is known already.
        """
        outgoing = Outgoing(source, progress)
        try:
            if outgoing.size is None or outgoing.size < IN_PARTS:
                return model.from_dict(self._whole(call, outgoing))
            # What has become of the parts is read at the end; a key that may only write sends the file whole.
            allowed = self.send(MAY_READ, allow=frozenset({403, 404}))
            if allowed.status_code == httpx.codes.FORBIDDEN:
                return model.from_dict(self._whole(call, outgoing))
            parts = Parts(call, outgoing.size, sha256 or outgoing.digest())
            try:
                self._begin(parts)
            except ApiError as error:
                if error.code != "limit_reached":  # so many are under way already
                    raise
                return model.from_dict(self._whole(call, outgoing))
            file_id = self._finish(parts, outgoing)
            stored = Call("GET", f"/v1/files/{place(file_id)}")
            found = self.send(stored).json()
            parts.check(found["sha256"])
            return model.from_dict(found)
        finally:
            outgoing.close()

    def _whole(self, call: Call, outgoing: Outgoing) -> Any:
        call = evolve(call, extra={**outgoing.headers(), **call.extra})
        if not outgoing.repeatable:
            return self.once(call, outgoing.chunks).json()
        return self.send(call, outgoing.chunks).json()

    def _begin(self, parts: Parts) -> None:
        parts.begun(self.send(parts.create()).json()["id"])

    def _finish(self, parts: Parts, outgoing: Outgoing) -> str:
        """Send what lacks until the server names the file."""
        attempts = Attempts(LOOK, self.retry)
        while True:
            try:
                answer = self.send(parts.look(), allow=GONE)
                if answer.status_code in GONE:
                    parts.forget()
                    self._begin(parts)
                    continue
                if parts.seen(answer):
                    attempts.again()
                if parts.file_id is None:
                    answer = self.send(parts.append(), partial(outgoing.chunks, parts.offset), allow=ASK)
                    if answer.is_success and parts.seen(answer):
                        attempts.again()
                if parts.file_id is not None:
                    return parts.file_id
                attempts.clock()
                pause = parts.wait() if answer.is_success else attempts.refused(answer, ASK)
            except httpx.TransportError as error:
                attempts.clock()
                pause = attempts.lost(error)
            self.sleep(pause)

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

    def stream(self, call: Call, model: Model[T], lines: Lines | None = None) -> Iterator[T]:
        """Events as they happen, without end; a broken connection is taken up after the last one, which `lines` knows."""
        lines = lines or Lines()
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
