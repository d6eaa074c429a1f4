"""Scoring. Each evaluator writes a sheet of his own while he holds the RFQ against its opening and its awards."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from domain.actors import Actor
from domain.database import Database, Tx
from domain.errors import LimitReached, NotFound, StaleVersion, VersionRequired
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import Arrow, Expected, advance, require_version
from domain.quantity import plain
from domain.rfqs import access
from domain.rfqs import sql as rfqs
from domain.rfqs.model import Rfq
from domain.scores import rules, sql
from domain.scores.model import MAX_EVALUATORS, Score, ScoreSheet, SeenSheet


async def score(db: Database, actor: Actor, rfq_id: UUID, scores: Sequence[Score], *, expected: Expected) -> SeenSheet:
    """Write the caller's sheet: the first time a new one, later in place of what it said.

    The same scores again change nothing; others need the version that was read, else VersionRequired.
    """
    async with db.transaction(actor) as tx:
        rfq, before, standing, now = await _hold(tx, actor, rfq_id, expected)
        arrow = rules.decide_score(rfq, before, standing, scores, actor)
        ordered = tuple(
            msgspec.structs.replace(one, score=plain(one.score))
            for one in sorted(scores, key=lambda one: (one.quote_id, one.criterion))
        )
        if before is None:
            if len(await sql.of_round(tx, rfq.id, rfq.round)) >= MAX_EVALUATORS:
                raise LimitReached(f"A round has {MAX_EVALUATORS} evaluators at most.")
            after = _new(rfq, actor, arrow, ordered, now)
            await sql.insert(tx, after)
        elif before.scores == ordered:
            return SeenSheet(sheet=before, rfq=rfq)
        elif expected is None:
            raise VersionRequired
        else:
            after = advance(before, arrow, now, scores=ordered)
            await sql.save(tx, before, after)
            await sql.replace_scores(tx, after)
        await _record(tx, arrow, actor, before, after, now)
    return SeenSheet(sheet=after, rfq=rfq)


async def submit(db: Database, actor: Actor, rfq_id: UUID, *, expected: Expected) -> SeenSheet:
    """Hand the caller's sheet in: from now on it counts and never changes, and he sees those of the others."""
    async with db.transaction(actor) as tx:
        rfq, before, standing, now = await _hold(tx, actor, rfq_id, expected)
        arrow = rules.decide_submit(rfq, before, standing, actor)
        if before is None:
            raise NotFound("score sheet")
        after = advance(before, arrow, now, submitted_at=now)
        await sql.save(tx, before, after)
        await _record(tx, arrow, actor, before, after, now)
    return SeenSheet(sheet=after, rfq=rfq)


async def close(db: Database, actor: Actor, rfq_id: UUID, *, expected: Expected) -> Rfq:
    """End scoring: what is handed in counts, and the whole organisation sees it."""
    async with db.transaction(actor) as tx:
        before = await access.lock(tx, actor, rfq_id)
        require_version(before.version, expected)
        arrow = rules.decide_close(before, actor)
        now = await tx.now()
        after = advance(before, arrow, now, scores_closed_at=now)
        await rfqs.save(tx, before, after)
        await record(
            tx,
            arrow,
            actor,
            before=before,
            after=after,
            at=now,
            audience=[before.buyer_id],
            data={"scores_closed_at": now},
        )
    return after


async def _hold(
    tx: Tx, actor: Actor, rfq_id: UUID, expected: Expected
) -> tuple[Rfq, ScoreSheet | None, Sequence[UUID], datetime]:
    """(RFQ, held against change, the caller's sheet, the quotes in the running, the clock). Raises NotFound."""
    rfq = await rfqs.share(tx, rfq_id)
    await access.require_visible(tx, actor, rfq)
    rules.require_buyer(rfq, actor)
    before = await sql.lock_own(tx, rfq.id, rfq.round, actor.identity)
    if before is not None:
        require_version(before.version, expected)
    elif expected is not None:
        raise StaleVersion
    return rfq, before, await sql.standing(tx, rfq.id, rfq.round), await tx.now()


def _new(rfq: Rfq, actor: Actor, arrow: Arrow, scores: tuple[Score, ...], now: datetime) -> ScoreSheet:
    return ScoreSheet(
        id=new_id(),
        rfq_id=rfq.id,
        buyer_id=rfq.buyer_id,
        round=rfq.round,
        evaluator=actor.identity,
        evaluator_name=actor.person or actor.name,
        state=arrow.leads_to(""),
        version=1,
        submitted_at=None,
        created_at=now,
        updated_at=now,
        scores=scores,
    )


async def _record(
    tx: Tx, arrow: Arrow, actor: Actor, before: ScoreSheet | None, after: ScoreSheet, now: datetime
) -> None:
    """That somebody scored, never how: the others have to judge by themselves."""
    await record(
        tx,
        arrow,
        actor,
        before=before,
        after=after,
        at=now,
        audience=[after.buyer_id],
        data={"rfq_id": show("rfq", after.rfq_id), "round": after.round},
    )
