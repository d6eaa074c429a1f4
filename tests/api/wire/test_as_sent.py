"""What is written without its Struct has every member of it, in its order, and nothing else."""

from typing import Any

import asyncpg
import msgspec
import pytest

from api.call import View
from api.routes.events_wire import EventOut
from api.routes.rfqs_wire import RfqCard
from domain.actors import Actor, Role
from domain.database import utc_now
from domain.ids import read
from domain.ledger import queries as ledger
from domain.ledger import sql as feed
from domain.ledger.model import START, Shown
from domain.rfq_views import sql as views
from domain.rfqs import queries as rfqs
from domain.rfqs.model import Card
from world import World


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        (views.LIST_OF_BUYER, Card),
        (views.LIST_OF_SUPPLIER, Card),
        (feed.FEED, Shown),
        (feed.FEED_OF_TYPES, Shown),
        (feed.FEED_OF_SUBJECT, Shown),
    ],
)
async def test_a_row_that_is_taken_by_place_has_its_columns_in_order(
    owner: "asyncpg.Connection[asyncpg.Record]", statement: str, row: Any
) -> None:
    prepared = await owner.prepare(statement)
    assert tuple(column.name for column in prepared.get_attributes()) == row._fields


async def test_cards_are_the_contract_s(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer, external_reference="PR-1")
    for party, role in ((buyer, "buyer"), (supplier, "supplier")):
        actor = Actor(
            credential_id=None,
            organisation_id=party.organisation_id,
            name="x",
            roles=frozenset([Role(role)]),
            verified=True,
        )
        cards = await rfqs.list_visible(world.services.db, actor, after=None, limit=5, state=None, reference=None)
        card = next(one for one in cards if one.id == read("rfq", rfq["id"]))
        sent = msgspec.json.encode(RfqCard.of(card, View(actor=actor, now=utc_now(), language="en")))
        decoded = msgspec.json.decode(sent, type=RfqCard)
        assert list(msgspec.json.decode(sent)) == list(RfqCard.__struct_fields__)
        assert msgspec.json.encode(decoded) == sent
        assert decoded.external_reference == ("PR-1" if party is buyer else None)


async def test_events_are_passed_on_as_they_are_written(world: World) -> None:
    """The two ways of showing an event say the same: to whoever it names, and masked."""
    buyer, supplier, rival = await world.parties("buyer", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    await world.quote(supplier, rfq)
    await rival.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq))
    for party in (buyer, supplier):
        actor = Actor(credential_id=None, organisation_id=party.organisation_id, name="x")
        await world.feed(party)  # what is held back is there then
        passed = await ledger.shown(world.services.db, actor, after=START, limit=100)
        events = await ledger.feed(world.services.db, actor, after=START, limit=len(passed))
        assert len(events) == len(passed) > 1
        for event, one in zip(events, passed, strict=True):
            sent = msgspec.json.encode(EventOut.passed_on(one))
            assert list(msgspec.json.decode(sent)) == list(EventOut.__struct_fields__)
            assert msgspec.json.decode(sent, type=EventOut) == EventOut.of(event)
