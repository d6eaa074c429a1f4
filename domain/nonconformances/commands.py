"""What can be done about nonconformances. Each command locks the order first; quantities follow in its transaction."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.actors import Actor
from domain.database import Database, Tx
from domain.deliveries import sql as receipts
from domain.errors import NotFound
from domain.ids import new_id, show
from domain.inspection_plans import commands as plans
from domain.ledger import record
from domain.lifecycle import NONCONFORMANCE, RETURN_SHIPMENT, Arrow, Expected, advance, require_version
from domain.nonconformances import rules, sql
from domain.nonconformances.model import (
    ZERO,
    ComplaintDraft,
    Decided,
    Detail,
    Disposition,
    Nonconformance,
    Origin,
    Report,
    Response,
    ReturnDraft,
    ReturnShipment,
    Step,
)
from domain.orders import commands as order_commands
from domain.orders import rules as order_rules
from domain.orders import sql as orders
from domain.orders.model import Move, Order
from domain.quality import corrections
from domain.quality import sql as inspections
from domain.quality.model import Defect, Finding, Inspection


async def open_for_rejection(
    tx: Tx, actor: Actor, order: Order, inspection: Inspection, line: Finding, now: datetime
) -> None:
    """One nonconformance for what one recording rejects of one lot; in the transaction of the recording."""
    place, quantity = (line.line_no, line.lot), line.rejected
    arrow = NONCONFORMANCE["open"]
    await _open(tx, actor, order, inspection, arrow, "rejection", place, quantity, line.defects, (), now)


async def complain(db: Database, actor: Actor, order_id: UUID, draft: ComplaintDraft) -> Nonconformance:
    """The buyer found accepted pieces bad: they are rejected from now on, and a completed order goes on."""
    async with db.transaction(actor) as tx:
        order = await orders.lock(tx, order_id)
        order_rules.sides(order, actor)
        receipt = await receipts.get_receipt(tx, draft.receipt_id)
        if receipt.order_id != order.id:
            raise NotFound("receipt")
        inspection = await inspections.inspection_of(tx, receipt.id)
        known = (await orders.characteristics(tx, order.id)).get(draft.line_no, frozenset())
        arrow = rules.decide_open(order, inspection, draft, actor, known)
        if inspection is None:
            raise NotFound("inspection")
        now = await tx.now()
        place = (draft.line_no, draft.lot)
        note = Step(action=arrow.action, at=now, by=actor.name, disposition=None, note=draft.note)
        steps = () if draft.note is None else (note,)
        thing = await _open(
            tx, actor, order, inspection, arrow, "complaint", place, draft.quantity, draft.defects, steps, now
        )
        order = await corrections.correct(
            tx,
            actor,
            order,
            inspection,
            now,
            place=place,
            accepted=-draft.quantity,
            rejected=draft.quantity,
            because=thing.id,
        )
        await plans.on_complaint(tx, actor, order, draft.line_no, draft.lot, now)
    return thing


async def _open(
    tx: Tx,
    actor: Actor,
    order: Order,
    inspection: Inspection,
    arrow: Arrow,
    origin: Origin,
    place: tuple[int, str],
    quantity: Decimal,
    defects: tuple[Defect, ...],
    steps: tuple[Step, ...],
    now: datetime,
) -> Nonconformance:
    line_no, lot = place
    thing = Nonconformance(
        id=new_id(),
        order_id=order.id,
        inspection_id=inspection.id,
        buyer_id=order.buyer_id,
        supplier_id=order.supplier_id,
        origin=origin,
        state=arrow.leads_to(""),
        version=1,
        line_no=line_no,
        lot=lot,
        quantity=quantity,
        detail=Detail(defects=defects, steps=steps),
        disposition=None,
        dispositions=(),
        reworked=ZERO,
        conceded=ZERO,
        returned=ZERO,
        replaced=ZERO,
        created_at=now,
        updated_at=now,
    )
    await sql.insert(tx, thing)
    told = {
        "receipt_id": show("receipt", inspection.receipt_id),
        "inspection_id": show("inspection", inspection.id),
        "characteristics": sorted({one.characteristic_no for one in defects if one.characteristic_no is not None}),
    }
    await _record(tx, arrow, actor, order, None, thing, now, told)
    return thing


async def respond(
    db: Database,
    actor: Actor,
    order_id: UUID,
    nonconformance_id: UUID,
    response: Response,
    note: str,
    report: Report,
    *,
    expected: Expected,
) -> Nonconformance:
    """The supplier reports the next step: what was done, and the disciplines of its 8D report."""
    async with db.transaction(actor) as tx:
        order, before = await _locked(tx, actor, order_id, nonconformance_id, expected)
        arrow = rules.decide_respond(before, response, actor)
        return await _step(tx, actor, order, before, arrow, await tx.now(), note=note, report=report)


async def send_back(
    db: Database, actor: Actor, order_id: UUID, nonconformance_id: UUID, note: str, *, expected: Expected
) -> Nonconformance:
    """The buyer does not take the last answer and says why: the supplier answers anew."""
    async with db.transaction(actor) as tx:
        order, before = await _locked(tx, actor, order_id, nonconformance_id, expected)
        arrow = rules.decide_send_back(before, actor)
        return await _step(tx, actor, order, before, arrow, await tx.now(), note=note)


async def decide(
    db: Database,
    actor: Actor,
    order_id: UUID,
    nonconformance_id: UUID,
    whole: Disposition | None,
    reference: str | None,
    parts: tuple[Decided, ...],
    note: str | None,
    *,
    expected: Expected,
) -> Nonconformance:
    """The buyer says what becomes of the pieces: of the `whole` quantity, or of its `parts`.

    Rework and concession are carried out at once: what is reworked awaits inspection again, what is used as it is counts as
    accepted.
    """
    async with db.transaction(actor) as tx:
        order, before = await _locked(tx, actor, order_id, nonconformance_id, expected)
        dispositions = (
            parts if whole is None else (Decided(disposition=whole, quantity=before.quantity, reference=reference),)
        )
        arrow = rules.decide_disposition(before, order, dispositions, actor)
        now = await tx.now()
        more = rules.to_carry_out(before, dispositions)
        only = dispositions[0].disposition if len(dispositions) == 1 else None
        after = await _step(
            tx,
            actor,
            order,
            before,
            arrow,
            now,
            note=note,
            dispositions=dispositions,
            disposition=only,
            reworked=before.reworked + more["rework"],
            conceded=before.conceded + more["use_as_is"],
        )
        for accepted, rejected in (
            (ZERO, -more["rework"]),
            (more["use_as_is"], -more["use_as_is"]),
        ):
            if rejected != 0:
                inspection = await _inspection(tx, order, before)
                order = await corrections.correct(
                    tx,
                    actor,
                    order,
                    inspection,
                    now,
                    place=(before.line_no, before.lot),
                    accepted=accepted,
                    rejected=rejected,
                    because=before.id,
                )
    return after


async def _inspection(tx: Tx, order: Order, thing: Nonconformance) -> Inspection:
    receipt_id = await inspections.receipt_of(tx, thing.inspection_id)
    found = await inspections.inspection_of(tx, receipt_id)
    if found is None or found.order_id != order.id:
        raise NotFound("inspection")
    return found


async def record_return(
    db: Database, actor: Actor, order_id: UUID, nonconformance_id: UUID, draft: ReturnDraft, *, expected: Expected
) -> ReturnShipment:
    """The buyer sends rejected pieces back."""
    async with db.transaction(actor) as tx:
        order, before = await _locked(tx, actor, order_id, nonconformance_id, expected)
        line = order.line(before.line_no)
        if line is None:
            raise NotFound("line")
        arrow = rules.decide_return(before, line, draft, actor)
        now = await tx.now()
        shipment = ReturnShipment(
            id=new_id(),
            order_id=order.id,
            nonconformance_id=before.id,
            buyer_id=order.buyer_id,
            supplier_id=order.supplier_id,
            state="sent",
            version=1,
            reference=draft.reference,
            quantity=draft.quantity,
            note=draft.note,
            created_at=now,
            updated_at=now,
        )
        await sql.insert_return(tx, shipment)
        await _record_return(tx, RETURN_SHIPMENT["send"], actor, order, before, None, shipment, now)
        await _step(tx, actor, order, before, arrow, now, note=draft.note, returned=before.returned + draft.quantity)
        cause = {
            "return_id": show("return_shipment", shipment.id),
            "nonconformance_id": show("nonconformance", before.id),
        }
        moves = [Move(line_no=line.line_no, returned=draft.quantity)]
        await order_commands.move(tx, actor, order, "correct", moves, now, because=cause)
    return shipment


async def confirm_return(
    db: Database, actor: Actor, order_id: UUID, shipment_id: UUID, *, expected: Expected
) -> ReturnShipment:
    """The supplier has the pieces back."""
    async with db.transaction(actor) as tx:
        order = await orders.lock(tx, order_id)
        order_rules.sides(order, actor)
        before = await sql.get_return(tx, order_id, shipment_id)
        require_version(before.version, expected)
        arrow = rules.decide_confirm(before, actor)
        now = await tx.now()
        after = advance(before, arrow, now)
        await sql.save_return(tx, before, after)
        about = await sql.get(tx, order_id, before.nonconformance_id)
        await _record_return(tx, arrow, actor, order, about, before, after, now)
    return after


async def replace(
    tx: Tx, actor: Actor, order: Order, nonconformance_id: UUID, sent: dict[int, Decimal], now: datetime
) -> None:
    """A despatch sends pieces in place of rejected ones; in its transaction, `sent` by line number."""
    before = await sql.get(tx, order.id, nonconformance_id)
    quantity = rules.decide_replace(before, sent)
    arrow = NONCONFORMANCE["replace"]
    await _step(tx, actor, order, before, arrow, now, note=None, replaced=before.replaced + quantity)


async def take_back_replacement(
    tx: Tx, actor: Actor, order: Order, nonconformance_id: UUID, quantity: Decimal, now: datetime
) -> None:
    """A despatch that replaced rejected pieces is cancelled; in its transaction. A closed claim stays as it is."""
    before = await sql.get(tx, order.id, nonconformance_id)
    if before.state != "closed":
        arrow = NONCONFORMANCE["take_back_replacement"]
        await _step(tx, actor, order, before, arrow, now, note=None, replaced=before.replaced - quantity)


async def close(
    db: Database, actor: Actor, order_id: UUID, nonconformance_id: UUID, *, expected: Expected
) -> Nonconformance:
    """The buyer closes what is corrected, decided and carried out."""
    async with db.transaction(actor) as tx:
        order, before = await _locked(tx, actor, order_id, nonconformance_id, expected)
        lots = (await _inspection(tx, order, before)).lots if before.reworked > 0 else ()
        waits = any(lot.open > 0 for lot in lots if (lot.line_no, lot.lot) == (before.line_no, before.lot))
        arrow = rules.decide_close(before, actor, awaits_inspection=waits)
        return await _step(tx, actor, order, before, arrow, await tx.now(), note=None)


async def _locked(
    tx: Tx, actor: Actor, order_id: UUID, nonconformance_id: UUID, expected: Expected
) -> tuple[Order, Nonconformance]:
    order = await orders.lock(tx, order_id)
    order_rules.sides(order, actor)
    before = await sql.get(tx, order_id, nonconformance_id)
    require_version(before.version, expected)
    return order, before


async def _step(
    tx: Tx,
    actor: Actor,
    order: Order,
    before: Nonconformance,
    arrow: Arrow,
    now: datetime,
    *,
    note: str | None,
    report: Report | None = None,
    **changes: Any,
) -> Nonconformance:
    """Write one step and what was said with it; the words are for the two parties to read, not for the event."""
    written = Step(
        action=arrow.action,
        at=now,
        by=actor.name,
        disposition=changes.get("disposition"),
        note=note,
        report=report,
        dispositions=changes.get("dispositions", ()),
    )
    detail = Detail(defects=before.detail.defects, steps=(*before.detail.steps, written))
    after = advance(before, arrow, now, detail=detail, **changes)
    await sql.save(tx, before, after)
    await _record(tx, arrow, actor, order, before, after, now, {})
    return after


async def _record(
    tx: Tx,
    arrow: Arrow,
    actor: Actor,
    order: Order,
    before: Nonconformance | None,
    after: Nonconformance,
    now: datetime,
    more: dict[str, Any],
) -> None:
    data: dict[str, Any] = {
        "order_id": show("order", after.order_id),
        "rfq_id": show("rfq", order.rfq_id),
        "line_no": after.line_no,
        "lot": after.lot,
        "quantity": format(after.quantity, "f"),
        "origin": after.origin,
        "disposition": after.disposition,
        "dispositions": [
            {"disposition": item.disposition, "quantity": format(item.quantity, "f")} for item in after.dispositions
        ],
        "returned": format(after.returned, "f"),
        "replaced": format(after.replaced, "f"),
        **more,
    }
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=order.parties, data=data)


async def _record_return(
    tx: Tx,
    arrow: Arrow,
    actor: Actor,
    order: Order,
    about: Nonconformance,
    before: ReturnShipment | None,
    after: ReturnShipment,
    now: datetime,
) -> None:
    data: dict[str, Any] = {
        "order_id": show("order", order.id),
        "rfq_id": show("rfq", order.rfq_id),
        "nonconformance_id": show("nonconformance", after.nonconformance_id),
        "line_no": about.line_no,
        "lot": about.lot,
        "reference": after.reference,
        "quantity": format(after.quantity, "f"),
    }
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=order.parties, data=data)
