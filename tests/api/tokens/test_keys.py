"""The keys behind the tokens: published, replaced with an overlap or at once, made once; and how often one may ask."""

import asyncio
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import httpx
import msgspec
import pytest
from joserfc import jws
from joserfc.jwk import KeySet
from pooler import CACHE
from tokens import PATH, ask, bearer, parts

from api.app import create_app
from api.services import Services
from domain.tokens import commands
from world import Party, World

JWKS = "/.well-known/jwks.json"
ROOT = Path(__file__).parents[3]


async def published(world: World) -> list[str]:
    """The kids that anybody can read."""
    answer = await world.http.get(JWKS)
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert all("d" not in key for key in answer.json()["keys"])
    return [key["kid"] for key in answer.json()["keys"]]


async def status(party: Party) -> int:
    return (await party.get("/v1/me")).status_code


def node(services: Services) -> httpx.AsyncClient:
    """Another worker: its memory of keys is empty."""
    parts = Services(services.settings, services.db, services.sealer, services.blobs, services.clock)
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=cast("Any", create_app(parts))), base_url="http://jembatan.test"
    )


async def test_anybody_can_verify_a_token_with_what_is_published(world: World) -> None:
    token = (await bearer(world, await world.party("buyer"))).secret
    keys = KeySet.import_key_set((await world.http.get(JWKS)).json())
    assert jws.deserialize_compact(token.encode(), keys, algorithms=["Ed25519"]).payload
    assert parts(token)[0]["kid"] == (await published(world))[0]


async def test_a_replaced_key_verifies_until_its_last_token_has_expired(world: World, services: Services) -> None:
    party = await world.party("buyer")
    old = await bearer(world, party)
    before = parts(old.secret)[0]["kid"]
    made = await commands.rotate(services.db, services.sealer, at_once=False)
    new = await bearer(world, party)
    assert parts(new.secret)[0]["kid"] == made.kid != before
    assert (await published(world))[:2] == [made.kid, before]
    async with node(services) as other:
        for acting in (old, new):
            assert await status(acting) == 200
            assert await status(Party(other, acting.secret, party.organisation_id, party.name)) == 200
    row = await world.owner.fetchrow("SELECT * FROM signing_key WHERE kid = $1", before)
    assert row is not None
    assert row["sealed_private_key"] is None, "nobody signs with it again"
    assert row["ends_at"] - made.created_at == timedelta(minutes=16)
    await world.owner.execute("UPDATE signing_key SET ends_at = clock_timestamp() WHERE kid = $1", before)
    assert before not in await published(world)
    assert [await status(old), await status(new)] == [401, 200]


async def test_a_stolen_key_ends_at_once_where_it_was_known_too(world: World, services: Services) -> None:
    party = await world.party("buyer")
    earlier = await bearer(world, party)
    await commands.rotate(services.db, services.sealer, at_once=False)
    old = await bearer(world, party)
    async with node(services) as other:
        elsewhere = [Party(other, acting.secret, party.organisation_id, party.name) for acting in (earlier, old)]
        assert [await status(acting) for acting in (earlier, old, *elsewhere)] == [200] * 4
        made = await commands.rotate(services.db, services.sealer, at_once=True)
        assert [await status(acting) for acting in (earlier, old, *elsewhere)] == [401] * 4
    assert await published(world) == [made.kid]
    assert await status(await bearer(world, party)) == 200


async def test_many_who_ask_first_make_one_key(world: World) -> None:
    party = await world.party("buyer")
    await world.owner.execute("DELETE FROM signing_key")
    assert await published(world) == []
    answers = await asyncio.gather(*(ask(world, party) for _ in range(8)))
    kids = {parts(answer.json()["access_token"])[0]["kid"] for answer in answers}
    assert kids == set(await published(world))
    assert len(kids) == 1


async def test_two_who_replace_it_at_once_leave_one_that_signs(world: World, services: Services) -> None:
    await asyncio.gather(*(commands.rotate(services.db, services.sealer, at_once=False) for _ in range(4)))
    assert await world.owner.fetchval("SELECT count(*) FROM signing_key WHERE ends_at IS NULL") == 1
    assert await status(await bearer(world, await world.party("buyer"))) == 200


@pytest.mark.slow
async def test_the_command_line_replaces_it(world: World, services: Services, app_dsn: str) -> None:
    party = await world.party("buyer")
    old = await bearer(world, party)
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "api", "keys", "rotate"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": app_dsn,
            "JEMBATAN_HOME": str(services.settings.home),
            "JEMBATAN_STATEMENT_CACHE": str(CACHE),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    kid = parts((await bearer(world, party)).secret)[0]["kid"]
    assert done.stdout == f"tokens are signed with {kid} from now on\n"
    assert await status(old) == 200


async def test_the_token_endpoint_is_counted_by_address(world: World, services: Services) -> None:
    party = await world.party("buyer")
    # Whoever asked from this address in other tests is forgotten.
    await world.owner.execute("DELETE FROM rate_limit WHERE subject LIKE 'ip:%'")
    known = msgspec.structs.replace(services.settings, expensive_per_minute=1, expensive_burst=3)
    limited = Services(known, services.db, services.sealer, services.blobs, services.clock)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=cast("Any", create_app(limited))), base_url="http://jembatan.test"
    ) as http:
        there = Party(http, party.secret, party.organisation_id, party.name)
        answers = [await ask(world, there, client_secret="guess") for _ in range(3)]
        answers.append(await ask(world, there))
        assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
        assert int(answers[-1].headers["retry-after"]) > 1
        assert (answers[-1].json()["code"], answers[-1].json()["error"]) == ("rate_limited", "temporarily_unavailable")
        assert answers[0].headers["ratelimit-policy"] == '"expensive";q=3;w=180'
    await world.owner.execute("DELETE FROM rate_limit WHERE subject LIKE 'ip:%'")


async def test_the_document_tells_of_the_scheme_and_every_scope(world: World) -> None:
    document = (await world.http.get("/openapi.json")).json()
    scheme = document["components"]["securitySchemes"]["oauth2"]
    flow = scheme["flows"]["clientCredentials"]
    scopes = (await (await world.party("buyer")).done("GET", "/v1/meta/vocabularies/scopes"))["entries"]
    assert set(flow["scopes"]) == {entry["code"] for entry in scopes}
    assert flow["tokenUrl"] == PATH
    for item in document["paths"].values():
        for operation in item.values():
            needed = operation["security"]
            assert needed == [] or needed == [{"apiKey": needed[0]["apiKey"]}, {"oauth2": needed[0]["apiKey"]}]
            assert needed == [] or set(needed[0]["apiKey"]) <= set(flow["scopes"])
