"""Quotes are opened whatever opening key their RFQ was published under, while keys are replaced; without it they stay sealed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, cast

import asyncpg
import httpx
import pytest
from joserfc.jwk import OKPKey
from msgspec.structs import replace

from api.app import create_app
from api.services import Services
from domain.database import Tx
from domain.doctor import seals
from domain.ids import read
from domain.opening_keys import commands, files
from domain.sealing import OPENING_PRIVATE, KeysMissing, Sealer, sealed_to
from world import Party, World

Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


class Node(NamedTuple):
    """One server process: it read the keys when it started."""

    sealer: Sealer
    http: httpx.AsyncClient

    def of(self, party: Party) -> Party:
        """`party`, whose requests go to this node."""
        return Party(self.http, party.secret, party.organisation_id, party.name)


class Place:
    """An installation with keys of its own, whose nodes come and go."""

    def __init__(self, world: World, folder: Path, stack: AsyncExitStack) -> None:
        self.world, self.folder, self._stack = world, folder, stack

    async def node(self, *, opens: bool = True) -> Node:
        """Another process."""
        shared = self.world.services
        sealer = Sealer.load(self.folder, opening=opens)
        parts = Services(replace(shared.settings, opens=opens), shared.db, sealer, shared.blobs, shared.clock)
        transport = httpx.ASGITransport(app=cast("Any", create_app(parts)))
        http = httpx.AsyncClient(transport=transport, base_url="http://jembatan.test")
        return Node(sealer, await self._stack.enter_async_context(http))

    async def sealed_at(self, node: Node, buyer: Party, supplier: Party) -> Any:
        """An RFQ that `node` published, with a quote, after its deadline."""
        rfq = await self.world.rfq(node.of(buyer))
        await self.world.quote(node.of(supplier), rfq)
        await self.world.pass_deadline(rfq)
        return rfq

    async def sealed_to(self, rfq: Any) -> str | None:
        """The opening key that its key is sealed to."""
        statement = "SELECT sealed_private_key FROM rfq_key WHERE rfq_id = $1"
        return sealed_to(await self.world.owner.fetchval(statement, read("rfq", rfq["id"])))

    async def rewrap(self, sealer: Sealer, limit: int = 500) -> set[Any]:
        """All of it, as the command does; the RFQs whose keys were left."""
        left, after = set(), commands.START
        while True:
            async with self.world.owner.transaction():
                portion = await commands.rewrap(Tx(self.world.owner), sealer, after=after, limit=limit)
            left |= {rfq_id for rfq_id, _ in portion.left}
            if portion.last is None:
                return left
            after = portion.last


@pytest.fixture
async def place(world: World, tmp_path: Path) -> AsyncIterator[Place]:
    Sealer.create(tmp_path / "keys")
    async with AsyncExitStack() as stack:
        yield Place(world, tmp_path / "keys", stack)


async def open_at(node: Node, buyer: Party, rfq: Any, key: str | None = None) -> httpx.Response:
    return await node.of(buyer).post(f"/v1/rfqs/{rfq['id']}/open-quotes", key=key)


async def test_quotes_are_opened_before_between_and_after(world: World, place: Place) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    first = await place.node()
    old = first.sealer.newest
    rfqs = [await place.sealed_at(first, buyer, supplier) for _ in range(3)]
    new = files.add(place.folder)
    second = await place.node()
    assert second.sealer.held == {old, new}
    assert second.sealer.newest == new
    rfqs += [await place.sealed_at(second, buyer, supplier) for _ in range(2)]
    # A process that nobody started again seals to the old key still.
    rfqs.append(await place.sealed_at(first, buyer, supplier))
    assert [await place.sealed_to(rfq) for rfq in rfqs] == [old, old, old, new, new, old]
    for node, rfq in ((second, rfqs[0]), (first, rfqs[3])):
        answer = await open_at(node, buyer, rfq)
        assert (answer.status_code, answer.json()["state"]) == (200, "evaluating"), answer.text
    ours = {read("rfq", rfq["id"]) for rfq in rfqs}
    left = await place.rewrap(second.sealer, limit=2)
    assert not ours & left
    assert [await place.sealed_to(rfq) for rfq in rfqs] == [new] * 6
    retired = files.retire(place.folder, old)
    assert retired.exists()
    third = await place.node()
    assert third.sealer.held == {new}
    for node, rfq in ((third, rfqs[1]), (third, rfqs[4]), (first, rfqs[2]), (second, rfqs[5])):
        answer = await open_at(node, buyer, rfq)
        assert (answer.status_code, answer.json()["state"]) == (200, "evaluating"), answer.text


async def test_keys_of_other_installations_are_left_as_they_are(world: World, place: Place, owner: Owner) -> None:
    buyer = await world.party("buyer")
    foreign = await world.rfq(buyer)
    mine = read("rfq", foreign["id"])
    statement = "SELECT sealed_private_key FROM rfq_key WHERE rfq_id = $1"
    before = await owner.fetchval(statement, mine)
    assert mine in await place.rewrap((await place.node()).sealer)
    assert await owner.fetchval(statement, mine) == before


async def test_what_was_sealed_before_keys_had_ids_is_opened_and_gets_one(
    world: World, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    first = await place.node()
    with monkeypatch.context() as patch:
        lock = Sealer.lock
        # As the release before made them: without `kid`.
        patch.setattr("domain.sealing._ASYMMETRIC", {"alg": "ECDH-ES", "enc": "A256GCM"})
        patch.setattr(Sealer, "lock", lambda sealer, pair: _without_kid(lock, sealer, pair))
        rfqs = [await place.sealed_at(first, buyer, supplier) for _ in range(2)]
    assert [await place.sealed_to(rfq) for rfq in rfqs] == [None, None]
    new = files.add(place.folder)
    second = await place.node()
    assert (await open_at(second, buyer, rfqs[0])).status_code == 200
    await place.rewrap(second.sealer)
    assert [await place.sealed_to(rfq) for rfq in rfqs] == [new, new]
    assert (await open_at(second, buyer, rfqs[1])).status_code == 200


def _without_kid(lock: Any, sealer: Sealer, pair: OKPKey) -> str:
    from domain import sealing

    private = sealing.canonical(pair.as_dict(private=True))
    return sealing._encrypt(sealing._ASYMMETRIC, private, sealer._public)


async def test_without_its_key_an_rfq_stays_sealed_until_the_key_is_back(
    world: World, place: Place, owner: Owner
) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    first = await place.node()
    old = first.sealer.newest
    rfq = await place.sealed_at(first, buyer, supplier)
    files.add(place.folder)
    hidden = files.retire(place.folder, old)
    second = await place.node()
    answer = await open_at(second, buyer, rfq, key="once")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"] == "1"
    assert "opening key" in answer.json()["detail"]
    assert old not in answer.text, "which key it is, is the operator's"
    shown = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}")
    assert shown["opened_at"] is None
    said = [place.said for place in await seals.unheld(Tx(owner), second.sealer) if old in place.subject]
    assert said == ["the keys of 1 RFQs are sealed to it, and it is not held"]
    # Put back, it is found without a start; the refusal was not kept under the key of the request.
    hidden.rename(place.folder / hidden.name)
    assert (await open_at(second, buyer, rfq, key="once")).status_code == 200


async def test_a_node_without_opening_keys_answers_503_to_openings_alone(world: World, place: Place) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    (place.folder / OPENING_PRIVATE).rename(place.folder / "elsewhere")
    with pytest.raises(KeysMissing, match="cannot read the key file"):
        await place.node()
    node = await place.node(opens=False)
    assert node.sealer.held == frozenset()
    rfq = await place.sealed_at(node, buyer, supplier)
    answer = await open_at(node, buyer, rfq, key="once")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["content-type"] == "application/problem+json"
    assert "does not open quotes" in answer.json()["detail"]
    (place.folder / "elsewhere").rename(place.folder / OPENING_PRIVATE)
    assert (await open_at(await place.node(), buyer, rfq, key="once")).status_code == 200


ROLES = ("jembatan_api", "jembatan_system", "jembatan_dispatcher")


@pytest.mark.parametrize("role", ROLES)
async def test_only_the_opener_reads_a_sealed_private_key(world: World, owner: Owner, role: str) -> None:
    buyer = await world.party("buyer")
    rfq = read("rfq", (await world.rfq(buyer))["id"])
    for statement in (
        "SELECT sealed_private_key FROM rfq_key",
        "SELECT * FROM rfq_key",
        "SELECT rfq_id FROM rfq_key WHERE sealed_private_key LIKE 'a%'",
        "UPDATE rfq_key SET sealed_private_key = ''",
        "DELETE FROM rfq_key",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with owner.transaction():
                await owner.execute(f"SET LOCAL ROLE {role}")
                await owner.execute(statement)
    async with owner.transaction():
        await owner.execute("SET LOCAL ROLE jembatan_opener")
        await owner.execute("SELECT set_config('jembatan.organisation', $1, true)", str(buyer.organisation_id))
        assert await owner.fetchval("SELECT sealed_private_key FROM rfq_key WHERE rfq_id = $1", rfq)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with owner.transaction():
            await owner.execute("SET LOCAL ROLE jembatan_opener")
            await owner.execute("UPDATE rfq_key SET sealed_private_key = ''")


async def test_two_runs_at_once_do_each_key_once(world: World, place: Place, owner_dsn: str) -> None:
    buyer = await world.party("buyer")
    first = await place.node()
    rfqs = [await world.rfq(first.of(buyer)) for _ in range(4)]
    new = files.add(place.folder)
    sealer = Sealer.load(place.folder, opening=True)
    connections = [await asyncpg.connect(owner_dsn) for _ in range(2)]

    async def run(connection: Owner) -> int:
        async with connection.transaction():
            return (await commands.rewrap(Tx(connection), sealer, after=commands.START, limit=1_000_000)).done

    try:
        assert sum(await asyncio.gather(*map(run, connections))) == len(rfqs)
    finally:
        for connection in connections:
            await connection.close()
    assert {await place.sealed_to(rfq) for rfq in rfqs} == {new}
    assert len({key.thumbprint() for key in map(sealer.unlock, await _sealed(world, rfqs))}) == len(rfqs)


async def _sealed(world: World, rfqs: list[Any]) -> list[str]:
    ids = [read("rfq", rfq["id"]) for rfq in rfqs]
    rows = await world.owner.fetch("SELECT sealed_private_key FROM rfq_key WHERE rfq_id = ANY ($1)", ids)
    return [row[0] for row in rows]
