"""Two walls: what statements ask, and row policies. One of them is enough; without both this test sees what is another's."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
import walls_off

from domain.ids import show
from world import Party, World

LISTS = ("orders", "awards", "invoices", "credentials", "webhook-endpoints", "memberships", "events")


@pytest.fixture
async def fallen(owner: "asyncpg.Connection[asyncpg.Record]") -> AsyncIterator[None]:
    """Row policies are down during this test."""
    await walls_off.set_policies(owner, on=False)
    yield
    await walls_off.set_policies(owner, on=walls_off.OFF not in {"policies", "both"})


async def _leaks(world: World) -> list[str]:
    """Lists in which a newcomer finds something of others, by asking."""
    buyer, supplier = await world.parties("buyer", "supplier")
    await world.order(buyer, supplier)
    stranger: Party = await world.party("buyer", "supplier")
    own = {show("credential", row["id"]) for row in await world.owner.fetch(
        "SELECT id FROM credential WHERE organisation_id = $1", stranger.organisation_id
    )}  # fmt: skip
    found = []
    for name in LISTS:
        answer = await stranger.get(f"/v1/{name}")
        if answer.status_code != 200:
            found.append(f"{name}: {answer.status_code}")
            continue
        if name == "events":
            # What is told to everybody is nobody's secret.
            told = [item for item in answer.json()["items"] if not await _is_public(world, item["id"])]
        else:
            told = [item for item in answer.json()["items"] if item["id"] not in own]
        if told:
            found.append(name)
    return found


async def _is_public(world: World, event_id: str) -> bool:
    found: bool = await world.owner.fetchval(
        "SELECT EXISTS (SELECT FROM event e JOIN event_audience a ON a.xid = e.xid AND a.position = e.position"
        " WHERE e.id = $1 AND a.organisation_id = '00000000-0000-0000-0000-000000000000')",
        event_id_of(event_id),
    )
    return found


def event_id_of(shown: str) -> str:
    """The UUID in an event's id as shown."""
    return str(UUID(shown.rpartition("_")[2]))


async def test_with_both_walls_nobody_sees_anothers(world: World) -> None:
    assert await _leaks(world) == []


async def test_policies_alone_suffice(world: World) -> None:
    with walls_off.statements_off():
        assert await _leaks(world) == []


@pytest.mark.usefixtures("fallen")
async def test_statements_alone_suffice(world: World) -> None:
    assert await _leaks(world) == []


@pytest.mark.usefixtures("fallen")
async def test_the_check_can_fail(world: World) -> None:
    """Without both, the very same question finds orders, awards and events of others."""
    with walls_off.statements_off():
        leaks = await _leaks(world)
    assert {"orders", "awards", "events"} <= set(leaks)


def test_marks_are_found_and_replaced() -> None:
    """Parameters stay where they were, so that their types do."""
    asked = "SELECT id FROM t WHERE /* tenant */ (a = $1 OR b IN ($1, $2)) AND c = $3"
    assert walls_off.forgetful(asked) == "SELECT id FROM t WHERE (TRUE OR (a = $1 OR b IN ($1, $2))) AND c = $3"
    # Each mark that there is can be read so.
    texts = [path.read_text() for path in (Path(__file__).parents[3] / "domain").glob("*/sql.py")]
    assert sum(walls_off.forgetful(text).count("(TRUE OR (") for text in texts) == sum(
        text.count("/* tenant */") for text in texts
    )
