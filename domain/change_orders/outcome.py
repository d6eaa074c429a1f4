"""What the order's own steps do to change orders: an acknowledgement proposes one, the end of the order ends them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.actors import Actor
from domain.change_orders import rules, sql
from domain.change_orders.difference import difference
from domain.change_orders.model import MAX_OF_ORDER, ChangeOrder, Content, LineChange, Proposal
from domain.database import Tx
from domain.errors import LimitReached
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import Arrow, advance
from domain.orders.model import ZERO, Order, Promise


async def propose(tx: Tx, actor: Actor, order: Order, proposal: Proposal, arrow: Arrow, now: datetime) -> ChangeOrder:
    """Write a change order that the rules admit, and tell both sides; the order is locked."""
    number = 1 + await sql.count(tx, order.id)
    if number > MAX_OF_ORDER:
        raise LimitReached(f"An order has {MAX_OF_ORDER} change orders at most.")
    change = ChangeOrder(
        id=new_id(),
        order_id=order.id,
        rfq_id=order.rfq_id,
        buyer_id=order.buyer_id,
        supplier_id=order.supplier_id,
        number=number,
        side="buyer" if actor.is_organisation(order.buyer_id) else "supplier",
        state=arrow.leads_to(""),
        version=1,
        order_version=order.version,
        content=proposal.content,
        difference=difference(order, proposal.content),
        reason=proposal.reason,
        note=proposal.note,
        proposed_by=actor.name,
        answered_by=None,
        answered_side=None,
        answered_at=None,
        answer_note=None,
        revision=None,
        created_at=now,
        updated_at=now,
    )
    await sql.insert(tx, change)
    await announce(tx, arrow, actor, None, change, now)
    return change


async def propose_answers(
    tx: Tx, actor: Actor, order: Order, promises: Sequence[Promise], now: datetime
) -> ChangeOrder:
    """What the supplier did not accept of an order becomes its change order."""
    lines = tuple(_of_answer(order, promise) for promise in promises if promise.answer != "accepted")
    proposal = Proposal(content=Content(lines=lines, acknowledges=True), reason="acknowledged_with_changes", note=None)
    arrow = rules.decide_propose(order, proposal, actor, now=now)
    return await propose(tx, actor, order, proposal, arrow, now)


def _of_answer(order: Order, promise: Promise) -> LineChange:
    if promise.answer == "rejected":
        return LineChange(line_no=promise.line_no, quantity=ZERO, reason=promise.reason)
    asked = next(line.detail.due_on for line in order.lines if line.line_no == promise.line_no)
    return LineChange(
        line_no=promise.line_no,
        quantity=promise.quantity,
        # The day that the buyer asked for moves with what it agrees to; where it asked for none, none appears.
        due_on=promise.promised_on if asked is not None and asked != promise.promised_on else None,
        promised_on=promise.promised_on,
        reason=promise.reason,
    )


async def withdraw_open(tx: Tx, actor: Actor, order: Order, now: datetime, *, acknowledging: bool = False) -> None:
    """End what waits for an answer; with `acknowledging` only what came from the supplier's former answer."""
    for before in await sql.open_of(tx, order.id):
        if acknowledging and not before.content.acknowledges:
            continue
        arrow = rules.decide_end(before)
        after = advance(before, arrow, now, answered_by=actor.name, answered_side="system", answered_at=now)
        await sql.save(tx, before, after)
        await announce(tx, arrow, actor, before, after, now)


async def announce(
    tx: Tx, arrow: Arrow, actor: Actor, before: ChangeOrder | None, after: ChangeOrder, now: datetime
) -> None:
    """The event of one step, told to both parties: quantities and days, never a price."""
    content = after.content
    data: dict[str, Any] = {
        "order_id": show("order", after.order_id),
        "rfq_id": show("rfq", after.rfq_id),
        "number": after.number,
        "side": after.side,
        "reason": after.reason,
        "cancels": content.cancels,
        "acknowledges": content.acknowledges,
        "price_changed": any(line.unit_price is not None for line in content.lines),
        "terms_changed": content.terms is not None,
        "lines": [
            {
                "line_no": line.line_no,
                "ordered": None if line.quantity is None else rules.amount(line.quantity),
                "due_on": line.due_on,
                "promised_on": line.promised_on,
            }
            for line in content.lines
        ],
        "revision": after.revision,
    }
    audience = (after.buyer_id, after.supplier_id)
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=audience, data=data)
