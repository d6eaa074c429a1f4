"""Solving a scenario, and keeping it. Two steps: no transaction is open while the solver works."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from uuid import UUID

import msgspec

from domain.actors import Actor
from domain.counter_offers import sql as counter_offers
from domain.database import Database
from domain.errors import StaleVersion
from domain.ids import new_id, show
from domain.ledger import record
from domain.quotes import envelope
from domain.quotes import sql as quotes
from domain.quotes.amendments import in_force
from domain.quotes.queries import visible_rfq
from domain.rfqs import sql as rfqs
from domain.scenarios import rules, sql
from domain.scenarios.answers import answer
from domain.scenarios.model import Content, Scenario, Seen, Wish
from domain.scenarios.offers import Bid, Case, build
from domain.scenarios.process import Solvers
from domain.sealing import canonical

MAX_BIDS = 500


class Solved(msgspec.Struct, frozen=True, kw_only=True):
    """An answer, and the versions of what it rests on."""

    rfq_id: UUID
    rfq_version: int
    quote_versions: Mapping[UUID, int]
    content: Content


async def solve(db: Database, actor: Actor, solvers: Solvers, rfq_id: UUID, ask: Callable[[str], Wish]) -> Solved:
    """Read, then solve outside of any transaction. `ask` makes the wish, given the RFQ's own currency.

    Raises what `decide_solve` raises, Invalid where the request does not fit the RFQ, SolverUnavailable.
    """
    async with db.read(actor) as tx:
        rfq = await visible_rfq(tx, actor, rfq_id)
        rules.decide_solve(rfq, actor)
        versions = await sql.versions(tx, rfq_id)
        live = await sql.live(tx, rfq_id)
        found = await quotes.opened_of_rfq(tx, rfq_id, after=None, limit=MAX_BIDS)
        amendments = await counter_offers.amendments(tx, [one.quote.id for one in found])
        now = await tx.now()
    wish = ask(rfq.terms.currency)

    def prepare() -> Case:
        bids = [
            Bid(
                quote=one.quote,
                supplier_name=one.supplier_name,
                content=in_force(envelope.decode(one.content), amendments.get(one.quote.id, ())),
            )
            for one in found
            if one.content is not None
        ]
        return build(rfq, bids, live, wish, now=now)

    # Hundreds of lines times quotes take a while, and other requests wait for this loop.
    case = await asyncio.to_thread(prepare)
    outcome = await solvers.solve(case.problem)
    told = await asyncio.to_thread(answer, case, outcome)
    return Solved(
        rfq_id=rfq_id,
        rfq_version=rfq.version,
        quote_versions=versions,
        content=Content(wish=wish, answer=told),
    )


async def keep(db: Database, actor: Actor, solved: Solved) -> Seen:
    """Put the run on record, if what it rests on is still so. Raises StaleVersion when it is not."""
    async with db.transaction(actor) as tx:
        rfq = await rfqs.share(tx, solved.rfq_id)
        arrow = rules.decide_solve(rfq, actor)
        if rfq.version != solved.rfq_version or await sql.versions(tx, rfq.id) != solved.quote_versions:
            raise StaleVersion
        now = await tx.now()
        raw = canonical(solved.content)
        found = solved.content.answer
        scenario = Scenario(
            id=new_id(),
            rfq_id=rfq.id,
            buyer_id=rfq.buyer_id,
            state=arrow.leads_to(""),
            version=1,
            rfq_version=rfq.version,
            outcome=found.status,
            currency=found.currency,
            total=found.total,
            digest=hashlib.sha256(raw).hexdigest(),
            solved_by=actor.identity,
            created_at=now,
        )
        await sql.insert(tx, scenario, raw)
        await record(
            tx,
            arrow,
            actor,
            before=None,
            after=scenario,
            at=now,
            audience=[rfq.buyer_id],
            data={
                "rfq_id": show("rfq", rfq.id),
                "outcome": found.status,
                "suppliers": len(found.shares),
                "lines_left_out": len(found.left_out),
            },
        )
    return Seen(scenario=scenario, content=solved.content)
