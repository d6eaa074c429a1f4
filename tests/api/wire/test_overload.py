"""More than a worker can do is refused at once, and it takes as many at once as it finishes soon."""

import asyncio
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry

from api.edge import LEAST_AT_ONCE, Allowance, Edge
from api.metrics import Metrics
from api.settings import Settings


def test_it_takes_fewer_while_requests_take_long_and_more_again_afterwards() -> None:
    allowance = Allowance(128, 0.5)
    for moment in range(100):
        allowance.learn(2.0, at=1.0 + moment)
    assert allowance.now == LEAST_AT_ONCE
    for moment in range(20_000):
        allowance.learn(0.01, at=200.0 + moment)
    assert allowance.now == 128


def test_one_bad_moment_is_one_sign() -> None:
    allowance = Allowance(100, 0.5)
    for _ in range(50):
        allowance.learn(2.0, at=5.0)
    assert allowance.now == 80


def test_without_a_time_the_number_stays() -> None:
    allowance = Allowance(100, 0)
    allowance.learn(60.0, at=5.0)
    assert allowance.now == 100


async def test_one_too_many_is_refused_in_both_languages_with_an_id_of_its_own() -> None:
    go_on = asyncio.Event()

    async def busy(scope: Any, receive: Any, send: Any) -> None:
        await go_on.wait()
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    metrics = Metrics(CollectorRegistry())
    edge = Edge(busy, metrics, Settings(home=Path("unused"), in_flight=1))

    async def ask(path: str = "/v1/rfqs", language: bytes = b"en") -> list[Any]:
        said: list[Any] = []

        async def send(message: Any) -> None:
            said.append(message)

        headers = [(b"accept-language", language)]
        await edge({"type": "http", "method": "GET", "path": path, "headers": headers}, None, send)  # type: ignore[arg-type]
        return said

    first = asyncio.create_task(ask())
    await asyncio.sleep(0)
    refused = [await ask(), await ask(), await ask(language=b"id")]
    streaming = asyncio.create_task(ask("/v1/events/stream"))
    await asyncio.sleep(0)
    assert not streaming.done(), "what takes long by its nature has limits of its own"
    go_on.set()
    assert [answers[0]["status"] for answers in (await first, await streaming)] == [204, 204]
    for start, body in refused:
        headers = dict(start["headers"])
        assert (start["status"], headers[b"content-type"]) == (503, b"application/problem+json")
        assert int(headers[b"retry-after"]) >= 1
        assert headers[b"x-request-id"] in body["body"]
        assert int(headers[b"content-length"]) == len(body["body"])
        assert b"unavailable" in body["body"]
    assert len({dict(start["headers"])[b"x-request-id"] for start, _ in refused}) == 3
    assert b"Layanan" in refused[2][1]["body"]
    assert (await ask())[0]["status"] == 204
    edge._say_shed()
    assert "jembatan_requests_shed_total 3.0" in metrics.text().decode()


async def test_a_client_that_drips_does_not_make_the_worker_look_busy() -> None:
    """Otherwise a few slow bodies would have everybody else refused."""

    async def reads(scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    edge = Edge(reads, Metrics(CollectorRegistry()), Settings(home=Path("unused"), in_flight=100, soon=0.05))

    async def drips() -> Any:
        await asyncio.sleep(0.2)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        pass

    headers = [(b"content-length", b"2")]
    await edge({"type": "http", "method": "POST", "path": "/v1/rfqs", "headers": headers}, drips, send)  # type: ignore[arg-type]
    assert edge._allowance.now == 100
