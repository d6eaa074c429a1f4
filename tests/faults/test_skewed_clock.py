"""A server whose clock is wrong decides as every other does: by the database's."""

import asyncio
import shutil
import uuid
from pathlib import Path

import httpx
import pytest
from faults.storm.servers import Api, environment_for, running

from api.services import Services
from world import Party, World

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not installed: no clock can be set wrong"),
]


async def _submit(party: Party, api: Api, quote_id: str) -> httpx.Response:
    """Through that server, as the party."""
    headers = {"authorization": f"Bearer {party.secret}", "idempotency-key": str(uuid.uuid4())}
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        return await client.post(f"{api.url}/v1/quotes/{quote_id}/submit", headers=headers)


async def test_deadlines_are_the_databases(world: World, services: Services, app_dsn: str, tmp_path: Path) -> None:
    """Thirty minutes left: an hour ahead it would be too late. Ten minutes over: an hour behind it would be in time."""
    buyer, supplier = await world.parties("buyer", "supplier")
    rfqs = [await world.rfq(buyer, closes_in=1800) for _ in range(2)]
    quotes = [await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq)) for rfq in rfqs]
    await world.pass_deadline(rfqs[1], ago=600)
    environment = environment_for(app_dsn, tmp_path, JEMBATAN_KEYS=str(services.settings.keys_folder))
    ahead, behind = [
        Api(name, home=tmp_path, environment=environment, workers=1, faketime=offset)
        for name, offset in (("ahead", "+1h"), ("behind", "-1h"))
    ]
    async with running(ahead, behind):
        in_time, late = await asyncio.gather(
            _submit(supplier, ahead, quotes[0]["id"]), _submit(supplier, behind, quotes[1]["id"])
        )
    assert (in_time.status_code, in_time.json()["state"]) == (200, "submitted"), in_time.text
    assert (late.status_code, late.json().get("code")) == (409, "deadline_passed"), late.text
