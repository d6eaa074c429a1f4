"""stream_events: the feed over one connection, cut and resumed."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from event_streams import Stream

from api import event_stream
from api.app import create_app
from api.event_stream import Streams
from api.services import Services
from domain.ids import read
from world import World


def _app(services: Services, **settings: Any) -> tuple[Any, Streams]:
    """An application of its own, so that its streams are counted apart."""
    chosen = msgspec.structs.replace(services.settings, **settings)
    apart = Services(chosen, services.db, services.sealer, services.blobs, services.clock)
    return create_app(apart), apart.streams


async def _until(holds: Callable[[], bool]) -> None:
    """Wait for a condition, 5 s at most."""
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0.01)


async def test_it_tells_what_the_list_tells_and_goes_on_from_either_cursor(world: World) -> None:
    buyer = await world.party("buyer")
    await world.draft(buyer)
    await world.feed(buyer)
    app, streams = _app(world.services, stream_seconds=0.3)
    stream = await Stream(app, buyer).read(9, types="rfq.created")
    assert stream.status == 200
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert stream.text.startswith("retry: 2000\n\n")
    told = list(stream.events())
    page = await buyer.done("GET", "/v1/events?types=rfq.created&limit=100")
    assert [data for _, _, data in told] == page["items"]
    assert told[-1][0] == page["next_cursor"]
    assert {type_ for _, type_, _ in told} == {"rfq.created"}
    assert streams.count == 0
    draft = await world.draft(buyer)
    await world.feed(buyer)
    for query in ({"after": page["next_cursor"]}, {"last": page["next_cursor"]}):
        again = await Stream(app, buyer).read(9, types="rfq.created", **query)
        assert [data["subject_id"] for _, _, data in again.events()] == [draft["id"]]
    other = await Stream(app, buyer).read(9, after=page["next_cursor"], types="rfq.updated")
    assert (other.status, json.loads(other.text)["code"]) == (400, "invalid_parameter")


async def test_what_happens_while_it_is_open_comes_at_once(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    await world.feed(buyer)
    app, _ = _app(world.services, stream_seconds=1.0)
    stream = Stream(app, buyer)
    reading = asyncio.create_task(stream.read(9, subject=draft["id"]))
    await _until(lambda: "rfq.created" in stream.text)
    await buyer.done("PATCH", f"/v1/rfqs/{draft['id']}", {"title": "B"}, etag=draft["etag"])
    told = list((await reading).events())
    assert [type_ for _, type_, _ in told] == ["rfq.created", "rfq.updated"]


async def test_one_more_than_the_limit_is_refused(world: World) -> None:
    buyer, other = await world.party("buyer"), await world.party("buyer")
    app, streams = _app(world.services, stream_seconds=1, streams_per_credential=1, streams=1)
    reading = asyncio.create_task(Stream(app, buyer).read(9))
    await _until(lambda: streams.count == 1)
    refused = [await Stream(app, party).read(9) for party in (buyer, other)]
    found = [(one.status, json.loads(one.text)["code"], one.headers["retry-after"]) for one in refused]
    assert found == [(429, "too_many_streams", "5"), (503, "unavailable", "1")]
    assert (await reading).status == 200
    assert (await Stream(app, other).read(0.1)).status == 200


async def test_of_many_at_once_no_more_than_the_limit_last(world: World) -> None:
    buyer = await world.party("buyer")
    app, streams = _app(world.services, stream_seconds=1, streams_per_credential=2)
    seconds = []

    async def follow() -> None:
        began = time.monotonic()
        assert (await Stream(app, buyer).read(9)).status in {200, 429}
        seconds.append(time.monotonic() - began)

    await asyncio.gather(*(follow() for _ in range(12)))
    assert sum(one >= 1 for one in seconds) == 2, sorted(seconds)
    assert streams.count == 0


async def test_it_ends_with_its_credential_and_with_its_server(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "CHECK_SECONDS", 0.1)
    buyer = await world.party("buyer")
    app, streams = _app(world.services, stream_seconds=60)
    stream = Stream(app, buyer)
    reading = asyncio.create_task(stream.read(60))
    await _until(lambda: ": still here" in stream.text)
    assert not reading.done()
    await world.owner.execute(
        "UPDATE credential SET state = 'revoked' WHERE organisation_id = $1", read("organisation", buyer.id)
    )
    async with asyncio.timeout(5):
        await reading
    assert (await Stream(app, buyer).read(9)).status == 401
    other = await world.party("buyer")
    reading = asyncio.create_task(Stream(app, other).read(60))
    await _until(lambda: streams.count == 1)
    await streams.close()
    async with asyncio.timeout(5):
        assert (await reading).status == 200
    assert (await Stream(app, other).read(9)).status == 503


async def test_it_needs_the_scope(world: World) -> None:
    buyer = await world.party("buyer", scopes=("rfqs:read",))
    assert (await buyer.get("/v1/events/stream")).status_code == 403
