"""A caller is remembered between requests, and what changed of it counts from the very next one, whatever that one asks."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pooler
import pytest
from tokens import Forge, bearer, client_id, with_token

from api.app import create_app
from api.services import Services
from domain.credentials.secrets import digest
from domain.database import Database
from domain.tokens import commands as tokens
from world import Party, World

Ask = Callable[[World, Party], Awaitable[httpx.Response]]


async def listed(_: World, party: Party) -> httpx.Response:
    return await party.get("/v1/rfqs")


async def looked_at(world: World, party: Party) -> httpx.Response:
    """One RFQ of somebody else, in one statement."""
    return await party.get(f"/v1/rfqs/{(await _published(world))['id']}")


async def unchanged(world: World, party: Party) -> httpx.Response:
    rfq = await _published(world)
    return await party.get(f"/v1/rfqs/{rfq['id']}", headers={"if-none-match": rfq["etag"]})


async def followed(_: World, party: Party) -> httpx.Response:
    return await party.get("/v1/events")


async def told_who(_: World, party: Party) -> httpx.Response:
    return await party.get("/v1/me")


async def written(world: World, party: Party) -> httpx.Response:
    return await party.post("/v1/rfqs", world.rfq_body())


async def refused_parameter(_: World, party: Party) -> httpx.Response:
    """Refused before anything asks the database."""
    return await party.get("/v1/rfqs?colour=red")


async def refused_body(_: World, party: Party) -> httpx.Response:
    return await party.post("/v1/rfqs", {"title": 7})


async def refused_scope(_: World, party: Party) -> httpx.Response:
    return await party.get("/v1/credentials")


async def refused_id(_: World, party: Party) -> httpx.Response:
    return await party.get("/v1/rfqs/rfq_nothing")


async def streamed(_: World, party: Party) -> httpx.Response:
    """It begins before the database is asked for anything; only its refusal can be read as a whole here."""
    return await party.get("/v1/events/stream")


async def uploaded(_: World, party: Party) -> httpx.Response:
    return await party.request(
        "POST",
        "/v1/files?name=a.pdf",
        key=str(uuid.uuid4()),
        content=b"%PDF-1.7\n",
        headers={"content-type": "application/octet-stream"},
    )


ASKED = [
    listed,
    looked_at,
    unchanged,
    followed,
    told_who,
    written,
    refused_parameter,
    refused_body,
    refused_scope,
    refused_id,
    streamed,
    uploaded,
]


async def _published(world: World) -> Any:
    if not hasattr(world, "shown"):
        world.shown = await world.rfq(await world.party("buyer"))  # type: ignore[attr-defined]
    return world.shown  # type: ignore[attr-defined]


async def known(world: World, *roles: str, **more: Any) -> Party:
    """A party whose key the application has seen a moment ago."""
    scopes = "rfqs:read rfqs:write events:read files:write organisations:read".split()
    party = await world.party(*(roles or ("buyer",)), **{"scopes": scopes, **more})
    await _published(world)
    assert (await party.get("/v1/rfqs")).status_code == 200
    assert world.services is not None
    return party


def is_remembered(world: World, party: Party) -> bool:
    return world.services.remembered.find(digest(party.secret)) is not None


async def revoked(world: World, party: Party) -> None:
    """By another key of the same organisation, as people do."""
    owner = await world.key(party.organisation_id, "owner")
    path = f"/v1/credentials/{await client_id(world, party)}"
    await owner.done("POST", f"{path}/revoke")


async def suspended(world: World, party: Party) -> None:
    office = await world.party("facilitator")
    path = f"/v1/organisations/{party.id}"
    await office.done("POST", f"{path}/suspend", {"reason": "permit_revoked"})


async def expired(world: World, party: Party) -> None:
    await world.owner.execute(
        "UPDATE credential SET expires_at = clock_timestamp() WHERE secret_hash = $1", digest(party.secret)
    )


async def revoked_by_hand(world: World, party: Party) -> None:
    """In the database, without a version or an event: whatever the row says counts."""
    await world.owner.execute("UPDATE credential SET state = 'revoked' WHERE secret_hash = $1", digest(party.secret))


@pytest.mark.parametrize("ask", ASKED)
async def test_a_revoked_key_is_refused_with_the_next_request(world: World, ask: Ask) -> None:
    party = await known(world)
    assert is_remembered(world, party)
    await revoked(world, party)
    assert is_remembered(world, party), "nobody told this process"
    answer = await ask(world, party)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), answer.text
    assert not is_remembered(world, party)


@pytest.mark.parametrize("end", [suspended, expired, revoked_by_hand])
@pytest.mark.parametrize("ask", [listed, written, refused_parameter])
async def test_so_is_a_key_that_ended_otherwise(
    world: World, end: Callable[[World, Party], Awaitable[None]], ask: Ask
) -> None:
    party = await known(world)
    await end(world, party)
    assert (await ask(world, party)).status_code == 401


async def until_refused(ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
    """The first answer that is no success; ten seconds at most."""
    async with asyncio.timeout(10):
        while (answer := await ask()).is_success:
            await asyncio.sleep(0.02)
    return answer


@pytest.mark.parametrize("ask", [listed, written, told_who])
async def test_a_key_expires_by_the_clock_alone(world: World, ask: Ask) -> None:
    """No row changes at that moment."""
    owner = await world.party("buyer")
    party = await world.key(owner.organisation_id, "short", expires_in=timedelta(seconds=0.5))
    assert (await party.get("/v1/rfqs")).status_code == 200
    assert (await until_refused(lambda: ask(world, party))).status_code == 401
    assert await world.owner.fetchval(
        "SELECT expires_at <= clock_timestamp() FROM credential WHERE secret_hash = $1", digest(party.secret)
    )


async def test_a_rotated_key_works_until_its_overlap_ends_by_the_clock(world: World) -> None:
    party = await known(world)
    owner = await world.key(party.organisation_id, "owner")
    path = f"/v1/credentials/{await client_id(world, party)}"
    fresh = with_token(party, (await owner.done("POST", f"{path}/rotate", {}))["secret"])
    assert (await party.get("/v1/rfqs")).status_code == 200
    await world.owner.execute(
        "UPDATE credential SET previous_until = clock_timestamp() + interval '0.5 seconds' WHERE previous_hash = $1",
        digest(party.secret),
    )
    assert (await party.get("/v1/rfqs")).status_code == 200
    assert is_remembered(world, party)
    assert (await until_refused(lambda: listed(world, party))).status_code == 401
    assert (await fresh.get("/v1/rfqs")).status_code == 200


async def test_scopes_taken_away_are_missing_at_once(world: World) -> None:
    party = await known(world)
    await world.owner.execute(
        "UPDATE credential SET scopes = ARRAY['events:read'] WHERE secret_hash = $1", digest(party.secret)
    )
    answer = await party.get("/v1/rfqs")
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    assert (await party.get("/v1/events")).status_code == 200
    given = await known(world, scopes=["rfqs:read"])
    await world.owner.execute(
        "UPDATE credential SET scopes = ARRAY['events:read'] WHERE secret_hash = $1", digest(given.secret)
    )
    assert (await given.get("/v1/events")).status_code == 200, "refused by what was remembered, it is looked up"


async def test_a_verification_counts_at_once_and_nothing_is_done_twice(world: World) -> None:
    """The whole request is begun anew, body and all, and its idempotency key is used once."""
    party = await known(world, state="registered")
    body = world.rfq_body(title="Behind a change")
    assert (await party.post("/v1/rfqs", body)).json()["code"] == "organisation_not_verified"
    await world.owner.execute("UPDATE organisation SET state = 'verified' WHERE id = $1", party.organisation_id)
    assert is_remembered(world, party)
    key = str(uuid.uuid4())
    first = await party.post("/v1/rfqs", body, key=key)
    await world.owner.execute("UPDATE organisation SET name = name || '!' WHERE id = $1", party.organisation_id)
    again = await party.post("/v1/rfqs", body, key=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers["idempotent-replayed"] == "true"
    assert first.content == again.content
    count = "SELECT count(*) FROM rfq WHERE buyer_id = $1 AND title = 'Behind a change'"
    assert await world.owner.fetchval(count, party.organisation_id) == 1


async def test_a_token_ends_with_its_credential_its_key_and_its_time(world: World) -> None:
    """A token is remembered as a key is, its signature with it."""
    party = await known(world, scopes=["rfqs:read", "organisations:read", "credentials:read"])
    token = await bearer(world, party)
    assert (await token.get("/v1/rfqs")).status_code == 200
    assert is_remembered(world, token)
    await revoked(world, party)
    assert (await listed(world, token)).json()["code"] == "unauthenticated"

    other = await known(world)
    token = await bearer(world, other)
    assert (await token.get("/v1/rfqs")).status_code == 200
    await tokens.rotate(world.services.db, world.services.sealer, at_once=True)
    assert (await token.get("/v1/rfqs")).status_code == 401

    last = await known(world)
    forge = await Forge.open(world, last)
    now = int(await world.owner.fetchval("SELECT extract(epoch FROM clock_timestamp())"))
    token = with_token(last, forge.token(iat=now - 10, exp=now + 2))
    assert (await token.get("/v1/rfqs")).status_code == 200
    assert is_remembered(world, token)
    assert (await until_refused(lambda: listed(world, token))).status_code == 401


@pytest.fixture
async def counted(app_dsn: str, services: Services) -> AsyncIterator[tuple[httpx.AsyncClient, list[str]]]:
    """An application of its own, and every message that it sends to the database."""
    said: list[str] = []
    db = await Database.connect(
        app_dsn,
        role="jembatan_api",
        application="test",
        size=2,
        statement_cache=pooler.CACHE,
        observe=lambda record: said.append(record.query),
    )
    parts = Services(services.settings, db, services.sealer, services.blobs, services.clock)
    transport = httpx.ASGITransport(app=create_app(parts))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://jembatan.test") as client:
        yield client, said
    await db.close()


async def turns() -> None:
    """The driver tells of a statement in a later turn of the loop."""
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.mark.parametrize("ask", [listed, looked_at, unchanged, followed, refused_parameter])
async def test_a_read_is_one_message(world: World, counted: tuple[httpx.AsyncClient, list[str]], ask: Ask) -> None:
    """Who asks, whether that still counts, and what is asked for."""
    client, said = counted
    party = await known(world, "supplier")
    mine = Party(client, party.secret, party.organisation_id, party.name)
    await ask(world, mine)
    await turns()
    said.clear()
    await ask(world, mine)
    await turns()
    # Behind a pooler a session is nobody's: a transaction is begun and told.
    assert len(said) == (3 if pooler.BINARY else 1), said
    assert "let_in" in said[0]


async def test_a_change_says_who_asks_where_it_begins(
    world: World, counted: tuple[httpx.AsyncClient, list[str]]
) -> None:
    client, said = counted
    party = await known(world)
    mine = Party(client, party.secret, party.organisation_id, party.name)
    await mine.done("POST", "/v1/rfqs", world.rfq_body())
    await turns()
    said.clear()
    await mine.done("POST", "/v1/rfqs", world.rfq_body())
    await turns()
    assert "let_in" in said[0]
    assert said[0].startswith("BEGIN;")
    assert not [statement for statement in said if "bearer_of" in statement]


async def test_nothing_is_shown_where_the_database_does_not_answer(world: World, services: Services) -> None:
    """An answer that asked for nothing waits for the database too, and says so when there is none."""
    party = await known(world)
    db = await Database.connect(
        services.db.dsn, role="jembatan_api", application="test", size=1, statement_cache=pooler.CACHE
    )
    parts = Services(services.settings, db, services.sealer, services.blobs, services.clock)
    transport = httpx.ASGITransport(app=create_app(parts))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://jembatan.test") as client:
        mine = Party(client, party.secret, party.organisation_id, party.name)
        assert (await mine.get("/v1/rfqs?colour=red")).status_code == 400
        async with db.bare():
            answer = await mine.get("/v1/rfqs?colour=red")
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert (await mine.get("/v1/rfqs?colour=red")).status_code == 400
    await db.close()
