"""Each check of `jembatan doctor` is broken once, as an owner could break it, and finds exactly that."""

import uuid
from typing import TYPE_CHECKING, Any

import asyncpg
import httpx
import pytest
from gated_scene import file_of
from invoice_scene import Scene, payment

from api.services import Services
from domain.database import Tx
from domain.doctor.checks import BY_ID, CHECKS
from domain.doctor.model import Check
from domain.doctor.queries import examine
from domain.ids import read
from world import World

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]
Places = set[tuple[str, str, str]]

GHOST = "01900000-0000-7000-8000-000000000001"
FUTURE = "999999999999999"


async def found(connection: "Connection") -> tuple[Places, dict[str, int]]:
    """Every place that every SQL check shows, and the counts, which go beyond what is shown."""
    findings = await examine(Tx(connection), CHECKS)
    places = {(one.check.id, place.subject, place.said) for one in findings for place in one.places}
    return places, {one.check.id: one.count for one in findings}


BREAKS: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "awarded_within_quantity": (
        (
            "ALTER TABLE rfq_line DROP CONSTRAINT rfq_line_awarded_within_quantity",
            "UPDATE rfq_line SET quantity = awarded - 1 WHERE rfq_id = $rfq",
        ),
        set(),
    ),
    "awarded_is_sum_of_awards": (("UPDATE rfq_line SET awarded = awarded - 1 WHERE rfq_id = $rfq",), set()),
    "award_lines_live": (
        ("UPDATE award_line SET live = false WHERE award_id = $award",),
        {"awarded_is_sum_of_awards"},
    ),
    "award_has_order": (("UPDATE award SET order_id = NULL WHERE id = $award",), set()),
    "rfq_instants": (("UPDATE rfq SET closed_at = NULL WHERE id = $evaluating",), set()),
    "rfq_awarded_state": (
        ("UPDATE rfq SET state = 'partially_awarded' WHERE id = $rfq",),
        {"state_of_last_event"},
    ),
    "sealed_has_no_content": (("INSERT INTO quote_opened VALUES ($sealed, '{}', sha256('x'))",), set()),
    "opened_has_content": (("DELETE FROM quote_opened WHERE quote_id = $opened",), set()),
    "quote_instants": (
        ("UPDATE quote SET state = 'submitted' WHERE id = $opened",),
        {"state_of_last_event"},
    ),
    "submission_matches_quote": (("UPDATE quote SET commitment = sha256('x') WHERE id = $sealed",), set()),
    "line_count": (("UPDATE rfq SET line_count = line_count + 1 WHERE id = $open",), set()),
    "rfq_has_key": (("DELETE FROM rfq_key WHERE rfq_id = $open",), set()),
    "quote_of_participant": (("UPDATE quote SET buyer_id = $supplier WHERE id = $sealed",), set()),
    "clock_runs": (
        ("UPDATE rfq SET quotes_close_at = now() - interval '1 hour', questions_close_at = NULL WHERE id = $open",),
        set(),
    ),
    "order_of_award": (("UPDATE order_line SET unit_price = unit_price + 1 WHERE order_id = $order",), set()),
    "order_revision": (("UPDATE purchase_order SET revision = 7 WHERE id = $order",), set()),
    "order_despatched": (("UPDATE order_line SET despatched = despatched - 1 WHERE order_id = $order",), set()),
    "order_received": (("UPDATE order_line SET received = received - 1 WHERE order_id = $order",), set()),
    "despatch_received": (("UPDATE despatch_line SET received = received - 1 WHERE despatch_id = $despatch",), set()),
    "inspection_adds_up": (("UPDATE inspection SET results = '[]' WHERE receipt_id = $receipt",), set()),
    "nonconformance_adds_up": (("UPDATE nonconformance SET returned = 3 WHERE order_id = $order",), set()),
    "invoice_paid": (("UPDATE invoice SET paid = paid - 1 WHERE order_id = $order AND paid > 0",), set()),
    "order_invoiced": (("UPDATE order_line SET invoiced = invoiced - 1 WHERE order_id = $order",), set()),
    "order_instants": (("UPDATE purchase_order SET acknowledged_at = NULL WHERE id = $order",), set()),
    "schedule_within_order": (
        (
            (
                "INSERT INTO schedule_line (id, order_id, rfq_id, buyer_id, supplier_id, line_no, due_on, due_ends_at, quantity, "
                "state, version, created_at, updated_at) SELECT gen_random_uuid(), id, rfq_id, buyer_id, supplier_id, 1, "
                "current_date, now(), 1000, 'firm', 1, now(), now() FROM purchase_order WHERE id = $order"
            ),
        ),
        {"one_event_per_version"},
    ),
    "one_event_per_version": (("UPDATE rfq SET version = version + 1 WHERE id = $rfq",), set()),
    "versions_without_gap": (
        (
            (
                "DELETE FROM event_audience a USING event e "
                "WHERE e.subject_id = $rfq AND e.subject_version = 2 AND a.position = e.position"
            ),
            "DELETE FROM event WHERE subject_id = $rfq AND subject_version = 2",
        ),
        {"event_chain"},
    ),
    "state_of_last_event": (
        ("UPDATE webhook_endpoint SET state = 'disabled', disabled_reason = 'owner' WHERE id = $endpoint",),
        set(),
    ),
    "event_has_subject": (("DELETE FROM webhook_endpoint WHERE id = $endpoint",), set()),
    "event_chain": (("UPDATE event SET leaf = sha256('x') WHERE subject_id = $rfq AND subject_version = 2",), set()),
    "event_type_known": (
        ("UPDATE event SET type = 'rfq.exploded' WHERE subject_id = $rfq AND subject_version = 2",),
        set(),
    ),
    "feed_in_order": (
        (
            (
                "UPDATE event_audience a SET xid = '3' FROM event e "
                "WHERE e.subject_id = $rfq AND e.subject_version = 2 AND a.position = e.position"
            ),
            "UPDATE event SET xid = '3' WHERE subject_id = $rfq AND subject_version = 2",
        ),
        set(),
    ),
    "feed_shows_everything": (
        (
            f"UPDATE event_audience a SET xid = '{FUTURE}' FROM event e WHERE e.subject_id = $endpoint AND a.position = e.position",
            f"UPDATE event SET xid = '{FUTURE}' WHERE subject_id = $endpoint",
        ),
        set(),
    ),
    "audience_of_event": (("INSERT INTO event_audience VALUES ($supplier, '5', 999999999, false)",), set()),
    "event_in_the_past": (
        ("UPDATE event SET at = now() + interval '1 day' WHERE subject_id = $rfq AND subject_version = 2",),
        set(),
    ),
    "idempotency_subject": (
        (
            (
                "UPDATE idempotency SET headers = jsonb_set(headers, '{location}', to_jsonb('/v1/rfqs/rfq_' || repeat('0', 32))) "
                "WHERE organisation_id = $buyer AND headers ->> 'location' LIKE '/v1/rfqs/rfq\\_%'"
            ),
        ),
        set(),
    ),
    "idempotency_forgotten": (
        ("UPDATE idempotency SET created_at = now() - interval '9 days' WHERE organisation_id = $buyer",),
        set(),
    ),
    "lane_of_endpoint": (("DELETE FROM webhook_lane WHERE endpoint_id = $endpoint",), set()),
    "delivery_of_event": (
        (
            (
                "INSERT INTO webhook_delivery (id, endpoint_id, event_id, xid, position, subject_id, type, body, state, "
                f"next_attempt_at, created_at) VALUES (gen_random_uuid(), $endpoint, '{GHOST}', '5', 5, $rfq, 'rfq.closed', "
                "'{}', 'pending', now(), now())"
            ),
        ),
        set(),
    ),
    "outbox_moves": (
        ("UPDATE webhook_lane SET due_at = now() - interval '1 hour' WHERE endpoint_id = $endpoint",),
        set(),
    ),
    "endpoint_failing": (
        ("UPDATE webhook_lane SET failing_since = now() - interval '2 days' WHERE endpoint_id = $endpoint",),
        set(),
    ),
    "file_of_document": (
        ("UPDATE file SET state = 'scanning' WHERE id = $file",),
        {"state_of_last_event"},
    ),
    "upload_adds_up": (
        (
            (
                "INSERT INTO upload (id, organisation_id, actor_name, name, metadata, length, received, outcome, created_at, "
                "expires_at) VALUES (gen_random_uuid(), $buyer, 'x', 'x.pdf', '', 10, 5, 'receiving', now(), now())"
            ),
        ),
        set(),
    ),
    "roles": (("ALTER ROLE jembatan_dispatcher LOGIN",), set()),
    "opener_membership": (("REVOKE jembatan_api FROM jembatan_opener",), set()),
    "sealed_keys_closed": (("GRANT SELECT ON rfq_key TO jembatan_api",), set()),
    "history_is_append_only": (("GRANT UPDATE ON event TO jembatan_api",), set()),
    "triggers_enabled": (("ALTER TABLE event DISABLE TRIGGER event_is_history",), set()),
    "history_guarded": (("DROP TRIGGER event_is_history ON event",), set()),
    "constraints_valid": (("ALTER TABLE rfq ADD CONSTRAINT anything CHECK (true) NOT VALID",), set()),
    "row_policies_forced": (
        (
            "ALTER TABLE rate_limit ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE rate_limit NO FORCE ROW LEVEL SECURITY",
        ),
        set(),
    ),
}
"""By check: what an owner does, and which other checks have to notice it too."""


@pytest.fixture(scope="session")
async def scene(http: httpx.AsyncClient, owner: "Connection", services: Services) -> dict[str, uuid.UUID]:
    """Ids of things in every state that the checks look at."""
    world = World(http, owner, services)
    it = await Scene.set(world, accepted=None)
    buyer, supplier, order = it.buyer, it.supplier, it.order
    despatch = await world.despatch(supplier, order, (1, "A", "60"))
    await world.despatch(supplier, order, (1, "B", "10"))
    receipt = await world.receipt(buyer, despatch)
    judged = {"lines": [{"line_no": 1, "lot": "A", "accepted": "50", "rejected": "5"}]}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", judged)
    [claim] = (await buyer.done("GET", f"{it.path}/nonconformances"))["items"]
    await buyer.done("POST", f"{it.path}/nonconformances/{claim['id']}/decide", {"disposition": "return"})
    back = {"reference": f"RT-{uuid.uuid4().hex[:8]}", "quantity": "2"}
    await buyer.done("POST", f"{it.path}/nonconformances/{claim['id']}/returns", back)
    invoice = await it.matched("40")
    await buyer.done("POST", f"{it.invoices}/{invoice['id']}/payments", payment("1000"))
    evaluating = await world.rfq(buyer)
    opened = await world.quote(supplier, evaluating)
    await world.opened(buyer, evaluating)
    draft = await world.draft(buyer)
    file_id = await file_of(buyer)
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/documents", {"file_id": file_id, "kind": "drawing"})
    open_ = await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    sealed = await world.quote(supplier, open_)
    made = await buyer.done("POST", "/v1/webhook-endpoints", {"url": "http://127.0.0.1:9009/hook", "event_types": []})
    [award] = (await buyer.done("GET", f"/v1/awards?rfq_id={order['rfq_id']}"))["items"]
    return {
        "rfq": read("rfq", order["rfq_id"]),
        "award": read("award", award["id"]),
        "order": read("order", order["id"]),
        "despatch": read("despatch", despatch["id"]),
        "receipt": read("receipt", receipt["id"]),
        "evaluating": read("rfq", evaluating["id"]),
        "opened": read("quote", opened["id"]),
        "open": read("rfq", open_["id"]),
        "sealed": read("quote", sealed["id"]),
        "file": read("file", file_id),
        "endpoint": read("webhook_endpoint", made["webhook_endpoint"]["id"]),
        "buyer": buyer.organisation_id,
        "supplier": supplier.organisation_id,
    }


@pytest.fixture(scope="session")
async def before(scene: dict[str, uuid.UUID], owner: "Connection") -> tuple[Places, dict[str, int]]:
    """What is found without any break: other tests act behind the back of the rules, and leave it so."""
    return await found(owner)


def test_every_check_that_is_sql_is_broken_once() -> None:
    assert {check.id for check in CHECKS if check.sql is not None} == BREAKS.keys()


def test_ids_are_unique_and_every_check_says_what_to_do() -> None:
    assert len(BY_ID) == len(CHECKS)
    assert all(check.means.endswith(".") and check.remedy.endswith(".") for check in CHECKS)


@pytest.mark.parametrize("check", [check for check in CHECKS if check.sql is not None], ids=lambda check: check.id)
async def test_a_break_is_found_and_nothing_else(
    check: Check, scene: dict[str, uuid.UUID], before: tuple[Places, dict[str, int]], owner: "Connection"
) -> None:
    statements, besides = BREAKS[check.id]
    broken = owner.transaction()
    await broken.start()
    try:
        await owner.execute("SET LOCAL session_replication_role = replica")  # no trigger and no foreign key
        for statement in statements:
            for name, value in sorted(scene.items(), reverse=True):  # `$rfq_…` before `$rfq`
                statement = statement.replace(f"${name}", f"'{value}'")  # noqa: PLW2901
            await owner.execute(statement)
        after, counted = await found(owner)
    finally:
        await broken.rollback()
    differing = {name for name, _, _ in after - before[0]} | {
        name for name in counted if counted[name] != before[1].get(name, 0)
    }
    assert differing == {check.id} | besides
    assert counted[check.id] >= 1


async def test_work_under_way_is_no_finding(scene: dict[str, uuid.UUID], world: World, owner_dsn: str) -> None:
    """What is committed between two checks would look like a version without its event; the snapshot keeps it out."""
    connection = await asyncpg.connect(owner_dsn)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            before: Any = await found(connection)
            await world.rfq(await world.party("buyer"))
            assert await found(connection) == before
    finally:
        await connection.close()
