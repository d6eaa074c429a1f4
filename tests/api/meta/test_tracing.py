"""Traces over OTLP to a collector of the test's own: a span for the request, under the caller's, and its statements below."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import httpx
import pytest
from pooler import CACHE

from api.app import create_app
from api.services import Services
from api.tracing import WAITING, Tracer
from domain.database import Database
from world import Party, World

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


@asynccontextmanager
async def collector() -> AsyncIterator[tuple[str, list[Any], list[str]]]:
    """(its address, the spans that came, the heads of the requests)."""
    spans: list[Any] = []
    heads: list[str] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                length = int(head.split("content-length: ")[1].split("\r\n")[0])
                said = json.loads(await reader.readexactly(length))
                heads.append(head)
                for resource in said["resourceSpans"]:
                    assert resource["resource"]["attributes"][0]["value"] == {"stringValue": "jembatan"}
                    for scope in resource["scopeSpans"]:
                        spans.extend(scope["spans"])
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", spans, heads
    finally:
        server.close()


@asynccontextmanager
async def traced(services: Services, app_dsn: str, url: str) -> AsyncIterator[tuple[httpx.AsyncClient, Tracer]]:
    """The application with a tracer, over a pool that it observes."""
    tracer = Tracer(url, "x-team=steel%20works")
    db = await Database.connect(
        app_dsn,
        role="jembatan_api",
        application="test",
        size=2,
        statement_cache=CACHE,
        observe=tracer.observe,
    )
    parts = Services(services.settings, db, services.sealer, services.blobs, services.clock, tracer)
    transport = httpx.ASGITransport(app=cast("Any", create_app(parts)))
    async with tracer, httpx.AsyncClient(transport=transport, base_url="http://jembatan.test") as client:
        yield client, tracer
    await db.close()


def known(span: Any) -> dict[str, Any]:
    """The attributes of a span."""
    return {one["key"]: next(iter(one["value"].values())) for one in span["attributes"]}


async def test_a_request_and_its_statements_are_one_trace(world: World, services: Services, app_dsn: str) -> None:
    buyer = await world.party()
    async with collector() as (url, spans, heads):
        async with traced(services, app_dsn, url) as (client, tracer):
            party = Party(client, buyer.secret, buyer.organisation_id, "x")
            made = await party.post(
                "/v1/rfqs", world.rfq_body(title="Secret-4711"), headers={"traceparent": f"00-{TRACE}-{PARENT}-01"}
            )
            assert made.status_code == 201
            await asyncio.sleep(0)
            await tracer.flush()
        [request] = [span for span in spans if span["kind"] == 2]
        assert (request["name"], request["traceId"], request["parentSpanId"]) == ("create_rfq", TRACE, PARENT)
        assert known(request)["http.response.status_code"] == "201"
        assert known(request)["jembatan.request_id"] == made.headers["x-request-id"]
        statements = [span for span in spans if span["kind"] == 3]
        assert {span["traceId"] for span in statements} == {TRACE}
        assert {span["parentSpanId"] for span in statements} == {request["spanId"]}
        assert {"BEGIN", "INSERT", "SELECT", "COMMIT"} <= {span["name"] for span in statements}
        assert len({span["spanId"] for span in spans}) == len(spans)
        began, ended = int(request["startTimeUnixNano"]), int(request["endTimeUnixNano"])
        for span in statements:
            assert began - 10**8 <= int(span["startTimeUnixNano"]) <= int(span["endTimeUnixNano"]) <= ended + 10**8
        assert "Secret-4711" not in json.dumps(spans)
        assert str(buyer.organisation_id) not in json.dumps(spans), "not even in the statement that says who acts"
        assert all("x-team: steel works" in head for head in heads)


@pytest.mark.parametrize(
    ("traceparent", "recorded", "trace"),
    [
        (None, True, None),
        ("nonsense", True, None),
        (f"00-{'0' * 32}-{PARENT}-01", True, None),
        (f"00-{TRACE}-{PARENT}-zz", True, None),
        (f"00-{TRACE}-{PARENT}-03", True, TRACE),
        (f"00-{TRACE}-{PARENT}-00", False, None),
    ],
)
async def test_the_caller_decides_whether_it_is_recorded(
    world: World, services: Services, app_dsn: str, traceparent: str | None, recorded: bool, trace: str | None
) -> None:
    buyer = await world.party()
    async with collector() as (url, spans, _):
        async with traced(services, app_dsn, url) as (client, _):
            headers = {"authorization": f"Bearer {buyer.secret}"}
            headers |= {} if traceparent is None else {"traceparent": traceparent}
            assert (await client.get("/v1/me", headers=headers)).status_code == 200
            assert (await client.get("/health/live")).status_code == 200
        requests = [span for span in spans if span["kind"] == 2]
        assert [span["name"] for span in requests] == ["get_me"] * recorded
        if not recorded:
            assert spans == []
        elif trace is None:
            assert "parentSpanId" not in requests[0]
            assert requests[0]["traceId"] != TRACE
        else:
            assert requests[0]["traceId"] == trace


async def test_a_collector_that_is_gone_costs_nothing(world: World, services: Services, app_dsn: str) -> None:
    buyer = await world.party()
    async with traced(services, app_dsn, "http://127.0.0.1:1") as (client, tracer):
        for _ in range(3):
            answer = await client.get("/v1/me", headers={"authorization": f"Bearer {buyer.secret}"})
            assert answer.status_code == 200
        await tracer.flush()
        assert not tracer._waiting
        assert tracer._waiting.maxlen == WAITING
