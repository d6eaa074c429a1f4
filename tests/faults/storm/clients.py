"""Clients as an ERP is one: each write has a key and is repeated under it until it is answered for good."""

import asyncio
import random
import time
import uuid
from typing import Any

import httpx
import msgspec
from faults.storm.journal import Acknowledged, Journal

PATIENCE = 60.0
"""Seconds until a write counts as never answered: far more than any fault lasts."""
AGAIN = frozenset({408, 429, 502, 503, 504})
TWICE = 0.2
"""Share of the writes that are sent twice at once."""
REQUEST_SECONDS = 12.0
"""Longer than the server's own limit: what fails first names the cause."""


class Unanswered(Exception):
    """A write was not answered for good in time."""


class Answer(msgspec.Struct, frozen=True):
    """What a request was answered with."""

    status: int
    body: Any
    raw: bytes
    etag: str | None

    @property
    def code(self) -> str | None:
        """Of a refusal."""
        return self.body.get("code") if isinstance(self.body, dict) else None

    @property
    def is_done(self) -> bool:
        """Whether it happened."""
        return self.status < 300


class Network:
    """Where the servers are; requests go to one of those that are in use."""

    def __init__(self, http: httpx.AsyncClient, journal: Journal, stop: asyncio.Event) -> None:
        self.http, self.journal, self.stop = http, journal, stop
        self.urls: list[str] = []


class User:
    """One organisation with one key."""

    def __init__(self, network: Network, secret: str, organisation: str, seed: int) -> None:
        self.network, self.secret, self.organisation = network, secret, organisation
        self.dice = random.Random(seed)  # noqa: S311  repeatable, not secret

    @property
    def journal(self) -> Journal:
        """What all clients saw."""
        return self.network.journal

    async def write(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        etag: str | None = None,
        raw: bytes | None = None,
        query: str = "",
    ) -> Answer:
        """Send until it is answered for good, sometimes twice at once. Raises Unanswered."""
        key = f"{uuid.UUID(int=self.dice.getrandbits(128))}"
        content = raw if raw is not None else None if body is None else msgspec.json.encode(body)
        headers = {"authorization": f"Bearer {self.secret}", "idempotency-key": key}
        if etag is not None:
            headers["if-match"] = etag
        if content is not None:
            headers["content-type"] = "application/json" if raw is None else "application/octet-stream"
        twice = self.dice.random() < TWICE
        copies = [self._until_answered(method, path, query, headers, content) for _ in range(1 + twice)]
        answers = await asyncio.gather(*copies)
        answer = answers[0]
        if twice:
            self.journal.duplicates += 1
            kept = answer.status not in {
                400,
                412,
                428,
            }  # what is not kept tells of the moment, with a request id of its own
            same = all(other.status == answer.status and (not kept or other.raw == answer.raw) for other in answers)
            said = " / ".join(f"{other.status} {other.raw[:80]!r}" for other in answers)
            self.journal.judge("P2", holds=same, says=f"{method} {path} was answered in two ways: {said}")
        if answer.status < 300 or answer.status in {403, 404, 409, 422}:
            self._note(f"{method} {path}", key, answer)
        return answer

    async def read(self, path: str) -> Answer:
        """GET, until it is answered."""
        return await self._until_answered("GET", path, "", {"authorization": f"Bearer {self.secret}"}, None)

    def _note(self, route: str, key: str, answer: Answer) -> None:
        body = answer.body if isinstance(answer.body, dict) and answer.is_done else {}
        version = int(body["etag"].strip('"')) if isinstance(body.get("etag"), str) else 0
        self.journal.acknowledged.append(
            Acknowledged(
                organisation=self.organisation,
                route=route,
                key=key,
                status=answer.status,
                subject=body.get("id") if version else None,
                version=version,
                state=body.get("state"),
            )
        )

    async def _until_answered(
        self, method: str, path: str, query: str, headers: dict[str, str], content: bytes | None
    ) -> Answer:
        ends = time.monotonic() + PATIENCE
        pause = 0.05
        said = "nothing"
        while time.monotonic() < ends:
            url = self.dice.choice(self.network.urls) + path + query
            try:
                response = await self.network.http.request(
                    method, url, headers=headers, content=content, timeout=REQUEST_SECONDS
                )
            except httpx.TransportError as error:
                said = type(error).__name__
                self.journal.statuses[said] += 1
            else:
                answer = _answer(response)
                said = f"{answer.status} {answer.code or ''}"
                self.journal.statuses[str(answer.status)] += 1
                if answer.status == httpx.codes.SERVICE_UNAVAILABLE:
                    waits = response.headers.get("retry-after", "")
                    self.journal.judge("P11", holds=waits.isdecimal(), says=f"503 without Retry-After: {method} {path}")
                elif answer.status >= 500:
                    self.journal.judge(
                        "P11", holds=False, says=f"{method} {path}: {answer.status} {answer.raw[:200]!r}"
                    )
                    return answer
                if answer.status not in AGAIN and answer.code != "idempotency_in_progress":
                    return answer
            self.journal.retries += 1
            await asyncio.sleep(pause * self.dice.uniform(0.5, 1.5))
            pause = min(pause * 1.6, 1.0)
        raise Unanswered(f"{method} {path}: {said} for {PATIENCE:.0f} s")


def _answer(response: httpx.Response) -> Answer:
    kind = response.headers.get("content-type", "")
    body = msgspec.json.decode(response.content) if "json" in kind and response.content else None
    return Answer(response.status_code, body, response.content, response.headers.get("etag"))
