"""Reads that follow a thing through all its nouns, for the two parties of its order."""

from datetime import UTC, datetime
from uuid import UUID

from domain.actors import Actor
from domain.database import Database
from domain.first_articles import sql as first_articles
from domain.ledger import sql as ledger
from domain.ledger.model import Event
from domain.orders import rules as orders
from domain.orders import sql as order_sql
from domain.traceability import rules, sql
from domain.traceability.model import MAX_LOTS, History, LotHistory

START = (datetime(1970, 1, 1, tzinfo=UTC), 0)
"""Before everything that happened."""


async def timeline(
    db: Database, actor: Actor, order_id: UUID, *, after: tuple[datetime, int], limit: int
) -> list[Event]:
    """Up to `limit` events of an order and what belongs to it behind `after` (instant, position), oldest first.

    Raises NotFound for an order that is not the actor's.
    """
    async with db.read(actor) as tx:
        order = await order_sql.get(tx, order_id)
        orders.sides(order, actor)
        if actor.organisation_id is None:
            return []
        subjects = await sql.hanging(tx, order_id)
        return await ledger.of_subjects(tx, actor.organisation_id, subjects, after=after, limit=limit)


async def characteristic(
    db: Database, actor: Actor, order_id: UUID, no: int, *, line_no: int | None, lot: str | None
) -> History:
    """What is known of characteristic `no` of a line, over the newest lots or the one that `lot` names.

    Raises NotFound for an order that is not the actor's and for a characteristic that its line does not have, Invalid
    where it has several lines and none is named, LimitReached.
    """
    async with db.read(actor) as tx:
        order = await order_sql.get(tx, order_id)
        orders.sides(order, actor)
        line = rules.line_of(order, line_no)
        spec = (await order_sql.specs(tx, order_id))[line.line_no]
        sent, in_all = await sql.lots(tx, order_id, line.line_no, lot=lot, limit=MAX_LOTS)
        despatches = list(dict.fromkeys(item.despatch_id for item in sent))
        found = await sql.found(tx, order_id, line.line_no, no, despatches, lot=lot)
        claims = await sql.claims(tx, order_id, line.line_no, no, despatches, lot=lot)
        history = History(
            order_id=order_id,
            line=line,
            no=no,
            requirement=next((item for item in spec.characteristics if item.no == no), None),
            quote_id=await sql.quote_of(tx, order_id),
            promise=(await first_articles.promises(tx, order_id, line.line_no)).get(no),
            first_articles=tuple(await first_articles.measured(tx, order_id, line.line_no, no)),
            deliveries=rules.delivered(sent, found, claims, no),
            older_lots=in_all - len(sent),
        )
    return rules.require_known(history, names_characteristics=bool(spec.characteristics))


async def lot_history(db: Database, actor: Actor, order_id: UUID, lot: str, *, line_no: int | None) -> LotHistory:
    """What became of one lot of a line, from its first article to returns and replacements.

    Raises NotFound for an order that is not the actor's and for a lot that its line does not have, Invalid where it has
    several lines and none is named, LimitReached.
    """
    async with db.read(actor) as tx:
        order = await order_sql.get(tx, order_id)
        orders.sides(order, actor)
        line = rules.line_of(order, line_no)
        sent, in_all = await sql.lots(tx, order_id, line.line_no, lot=lot, limit=MAX_LOTS)
        despatches = [item.despatch_id for item in sent]
        counted = await sql.counted(tx, order_id, line.line_no, lot)
        found = await sql.found(tx, order_id, line.line_no, None, despatches, lot=lot)
        claims = await sql.claims(tx, order_id, line.line_no, None, despatches, lot=lot)
        claimed = [item.nonconformance_id for item in claims]
        history = LotHistory(
            order_id=order_id,
            line=line,
            lot=lot,
            first_articles=tuple(await sql.sampled(tx, order_id, line.line_no, lot)),
            deliveries=rules.lot_delivered(sent, counted, found, claims),
            returns=tuple(await sql.returned(tx, claimed)),
            replacements=tuple(await sql.replacements(tx, claimed)),
        )
    return rules.require_lot(history, in_all, len(found), len(claims), len(counted))
