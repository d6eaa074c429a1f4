"""Each event type has an arm in the contract, and nothing is recorded that the contract does not show.

That what the suite really records decodes as its arm is checked when a worker's database is dropped (conftest.py).
"""

import json
from typing import Any

import msgspec
import pytest
from event_arms import DECODER, fault

from api.app import create_app
from api.routes.events_wire import ARMS
from domain.actors import Actor, Role
from domain.ids import new_id, read
from domain.ledger import catalogue, record
from domain.ledger.model import Event
from domain.lifecycle import EVENTS, RFQ, advance
from domain.rfqs import sql as rfqs
from world import World


def _sample(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """Something that a schema admits: everything is there."""
    if "$ref" in schema:
        return _sample(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "anyOf" in schema:
        return _sample(schema["anyOf"][0], schemas)
    kinds = schema["type"]
    kind = kinds[0] if isinstance(kinds, list) else kinds
    if kind == "object":
        return {name: _sample(member, schemas) for name, member in schema["properties"].items()}
    if kind == "array":
        return [_sample(schema["items"], schemas)]
    plain = {"integer": 1, "boolean": True, "string": "x"}[kind]
    return schema.get("const", schema.get("examples", [plain])[0])


@pytest.fixture(scope="module")
def schemas(services: Any) -> dict[str, Any]:
    """The components of the document."""
    from api.contract import document

    app: Any = create_app(services).app
    return dict(document(app)["components"]["schemas"])


def test_the_union_has_an_arm_for_every_type_of_the_catalogue(schemas: dict[str, Any]) -> None:
    union = schemas["Event"]
    assert set(union["discriminator"]["mapping"]) == set(EVENTS) == set(ARMS)
    assert len(union["oneOf"]) == len(EVENTS)
    assert schemas["EventPage"]["properties"]["items"]["items"] == {"$ref": "#/components/schemas/Event"}


@pytest.mark.parametrize("event", EVENTS)
def test_what_the_document_says_of_a_type_decodes_as_its_arm(event: str, schemas: dict[str, Any]) -> None:
    reference = schemas["Event"]["discriminator"]["mapping"][event]
    sent = _sample({"$ref": reference}, schemas)
    assert sent["type"] == event
    decoded: Any = DECODER.decode(json.dumps(sent))
    assert type(decoded) is ARMS[event]
    assert json.loads(msgspec.json.encode(decoded)) == sent


def test_a_member_that_the_arm_does_not_show_is_noticed() -> None:
    shown: dict[str, Any] = {
        "position": 1,
        "xid": 1,
        "id": new_id(),
        "type": "rfq.closed",
        "subject_type": "rfq",
        "subject_id": new_id(),
        "subject_version": 2,
        "from_state": "open",
        "to_state": "closed",
        "organisation_id": None,
        "actor_name": "clock",
        "at": "2026-11-24T09:30:00Z",
        "hash": bytes(32),
    }

    def of(**changes: Any) -> Event:
        return msgspec.convert({"data": {}, **shown, **changes}, Event)

    assert fault(of(data={"closed_at": "2026-11-24T09:30:00Z"})) is None
    assert "the contract shows" in (fault(of(data={"price": "7"})) or "")
    assert "Expected" in (fault(of(data={"closed_at": 7})) or "")
    lines = [{"line_no": 1, "quantity": "2", "unit": "H87"}]
    assert fault(of(type="rfq.published", data={"lines": lines})) is None
    assert "the contract shows" in (fault(of(type="rfq.published", data={"lines": [{**lines[0], "price": "7"}]})) or "")


async def test_what_is_not_in_the_catalogue_cannot_be_recorded(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    actor = Actor(credential_id=None, organisation_id=buyer.organisation_id, name="x", roles=frozenset({Role.BUYER}))
    arrow = RFQ["update"]
    unknown = msgspec.structs.replace(arrow, event="rfq.renamed")
    for wrong, data in ((unknown, {}), (arrow, {"price": "7"})):
        with pytest.raises(catalogue.NotInCatalogue, match=r"rfq\.renamed|price"):
            async with world.services.db.transaction(actor) as tx:
                before = await rfqs.lock(tx, read("rfq", draft["id"]))
                now = await tx.now()
                after = advance(before, arrow, now)
                await rfqs.save(tx, before, after)
                await record(
                    tx, wrong, actor, before=before, after=after, at=now, audience=[before.buyer_id], data=data
                )
    seen = await world.feed(buyer, subject_id=read("rfq", draft["id"]))
    assert [event.type for event in seen] == ["rfq.created"]


def test_a_row_for_an_event_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for row in (("rfq", "X", "renamed", ""), ("rfq", "X", "closed", "")):
        monkeypatch.setattr(catalogue, "_ROWS", (*catalogue._ROWS, row))
        with pytest.raises(catalogue.NotInCatalogue, match="is no event, or has two rows"):
            catalogue._catalogue()
