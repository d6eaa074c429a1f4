"""Reading the candidates for an RFQ, and the RFQs for a candidate."""

from collections.abc import Iterator
from uuid import UUID

from domain.actors import Actor, Role
from domain.database import Database, Tx
from domain.errors import Forbidden, Incomplete
from domain.matching import rules, sql
from domain.matching.model import Candidate, Coverage, Fit, Offer
from domain.memberships import rules as memberships
from domain.organisations import sql as organisations
from domain.organisations.model import Organisation
from domain.participations import sql as participations
from domain.quotes.model import WIB
from domain.rfqs import sql as rfqs
from domain.rfqs.rules import may_read

MAX_CANDIDATES = 2000
"""Workshops looked at for one RFQ: of more than that, those that can do most of its operations. Members likewise."""
MAX_RFQS = 300
"""RFQs scored for one supplier, the newest ones."""
MAX_LINES = 5000
"""Their lines all together: an RFQ has 500 at most, and nobody waits for 150,000 to be read."""


async def match_suppliers(
    db: Database, actor: Actor, rfq_id: UUID, *, coverage: Coverage | None = None
) -> list[Candidate]:
    """Verified workshops that can do at least one operation of the RFQ, best first; for its buyer alone.

    A cooperative stands there with its confirmed members. Raises NotFound for whoever may not see the RFQ, Forbidden
    for others who are not its buyer.
    """
    async with db.read(actor) as tx:
        rfq = await rfqs.get(tx, rfq_id)
        own = None if actor.organisation_id is None else await participations.find(tx, rfq_id, actor.organisation_id)
        may_read(rfq, actor, participates=own is not None)
        if not actor.is_organisation(rfq.buyer_id):
            raise Forbidden("Only the buyer sees which workshops match.")
        buyer = await organisations.get(tx, rfq.buyer_id)
        found, members = await _candidates(tx, list(rules.needed(rfq.lines)))
        today = (await tx.now()).astimezone(WIB).date()
    others = [workshop for workshop in found if workshop.id != rfq.buyer_id]
    known = {key: _without(some, rfq.buyer_id) for key, some in members.items()}
    ranked = rules.rank(rfq.lines, others, buyer.profile.region_code, today=today, members=known)
    return [candidate for candidate in ranked if coverage is None or candidate.coverage == coverage]


async def _candidates(tx: Tx, processes: list[str]) -> tuple[list[Organisation], dict[UUID, list[Organisation]]]:
    """(workshops that can do something, members of the cooperatives among them): cooperatives by their members too."""
    found = await organisations.candidates(tx, processes, MAX_CANDIDATES)
    async with tx.as_system():  # who is whose member, of everybody
        members = await organisations.members(tx, processes, MAX_CANDIDATES)
    known = {workshop.id for workshop in found}
    found += await organisations.suppliers(tx, [key for key in members if key not in known])
    return found, memberships.counting(found, members)


async def fitting_rfqs(db: Database, actor: Actor) -> list[Fit]:
    """Open RFQs that the caller may see and can do something of, best first, by the rules of `match_suppliers`.

    Raises Forbidden for who is no supplier, Incomplete for one that has not said what it can make.
    """
    if actor.organisation_id is None or Role.SUPPLIER not in actor.roles:
        raise Forbidden("Only a supplier is matched with RFQs. Leave `fit` away.")
    async with db.read(actor) as tx:
        own = await organisations.get(tx, actor.organisation_id)
        offers = list(_bounded(await sql.open_to(tx, own.id, MAX_RFQS, open_too=actor.verified)))
        lines = await sql.lines_of(tx, [offer.card.id for offer in offers])
        asked = {process for some in lines.values() for process in rules.needed(some)}
        members = await _members(tx, own, sorted(asked))
        if not (own.capabilities and own.capabilities.processes) and members is None:
            raise Incomplete(
                "Say first what you can make: PUT /v1/organisations/{your id}/capabilities with your processes."
            )
        today = (await tx.now()).astimezone(WIB).date()
    fits = [
        Fit(card=offer.card, candidate=candidate)
        for offer in offers
        for candidate in rules.rank(
            lines.get(offer.card.id, []),
            [own],
            offer.buyer_region,
            today=today,
            members={own.id: _without(members or [], offer.card.buyer_id)},
        )
    ]
    return sorted(fits, key=rules.place_of_fit)


def _bounded(offers: list[Offer]) -> Iterator[Offer]:
    """The newest ones whose lines all together stay within the limit."""
    left = MAX_LINES
    for offer in offers:
        left -= offer.card.line_count
        if left < 0:
            return
        yield offer


async def _members(tx: Tx, own: Organisation, processes: list[str]) -> list[Organisation] | None:
    """The confirmed members of a cooperative that can do one of `processes`; None for a firm without members."""
    found = await organisations.members(tx, processes, MAX_CANDIDATES, cooperative_id=own.id)
    return memberships.counting([own], found).get(own.id)


def _without(workshops: list[Organisation], buyer_id: UUID) -> list[Organisation]:
    """Who buys does not work on its own RFQ, as a member of a cooperative neither."""
    return [workshop for workshop in workshops if workshop.id != buyer_id]
