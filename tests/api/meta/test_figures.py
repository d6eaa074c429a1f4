"""What `/metrics` tells of the installation moves with it, and nothing of any tenant is in it."""

import asyncio
import re

import asyncpg
import httpx
from pooler import CACHE

from api.figures import NAMES, Installation
from api.services import Services
from domain.database import Database
from world import World


async def read(services: Services) -> dict[str, float]:
    """The figures as they are now, whatever was read before."""
    text = (await Installation(services.db).text()).decode()
    return {name: float(value) for name, value in re.findall(r"^(\w+) ([\d.e+-]+)$", text, re.MULTILINE)}


async def test_the_answer_has_both_kinds(http: httpx.AsyncClient) -> None:
    text = (await http.get("/metrics")).text
    for name in [*(name for name, _ in NAMES.values()), "jembatan_database_up", "jembatan_requests_total"]:
        assert f"\n# TYPE {name.removesuffix('_total')}" in text, name
    assert not re.search(r"\b[a-z]{3}_[0-9a-f]{32}\b", text), "an id of some tenant's"
    names = [line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")]
    assert len(names) == len(set(names))
    assert re.search(r'^jembatan_info\{revision="\d{4}"\} 1$', text, re.MULTILINE)


async def test_an_rfq_that_nobody_closes_is_seen(world: World, services: Services) -> None:
    rfq = await world.rfq(await world.party())
    before = await read(services)
    await world.pass_deadline(rfq, ago=86_400 * 2)
    after = await read(services)
    assert after["jembatan_clock_lag_seconds"] >= 86_400 * 2 > before["jembatan_clock_lag_seconds"]


async def test_an_event_behind_a_transaction_under_way_is_seen(
    world: World, services: Services, owner_dsn: str
) -> None:
    buyer = await world.party()
    held = await asyncpg.connect(owner_dsn)
    try:
        await held.execute("BEGIN; SELECT pg_current_xact_id()")
        await world.draft(buyer)
        await asyncio.sleep(0.05)
        seen = await read(services)
        assert seen["jembatan_feed_lag_seconds"] >= 0.05
    finally:
        await held.close()


async def test_webhooks_that_wait_are_seen(world: World, services: Services) -> None:
    buyer = await world.party()
    before = await read(services)
    await buyer.done("POST", "/v1/webhook-endpoints", {"url": "http://127.0.0.1:9999/hook", "description": "figures"})
    await world.draft(buyer)
    await world.feed(buyer)  # no transaction elsewhere holds the feed back any more
    seen = await read(services)
    assert seen["jembatan_webhook_endpoints_behind"] > before["jembatan_webhook_endpoints_behind"]
    await world.owner.execute(
        "UPDATE webhook_endpoint SET state = 'disabled', disabled_reason = 'failing' WHERE id = "
        "(SELECT id FROM webhook_endpoint WHERE organisation_id = $1)",
        buyer.organisation_id,
    )
    after = await read(services)
    assert after["jembatan_webhook_endpoints_dead"] == before["jembatan_webhook_endpoints_dead"] + 1


async def test_without_a_database_the_rest_is_told(app_dsn: str) -> None:
    db = await Database.connect(app_dsn, role="jembatan_api", application="test", size=1, statement_cache=CACHE)
    await db.close()
    text = (await Installation(db).text()).decode()
    assert "jembatan_database_up 0\n" in text
    assert "jembatan_webhook_pending" not in text
