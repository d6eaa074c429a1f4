"""Reads about openings: the bundle that proves one, and refused attempts to see what was sealed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from domain.actors import SYSTEM, Actor, Role
from domain.database import Database, Tx
from domain.errors import LimitReached, NotFound
from domain.ledger import sql as ledger
from domain.openings import proof, rules, sql
from domain.openings.model import MAX_CONTENT, MAX_EVENTS, Attempt, Bundle, Chain, Entry, Opening, Sent
from domain.participations import sql as participations
from domain.quotes import envelope
from domain.quotes import sql as quotes
from domain.rfqs import rules as rfq_rules
from domain.rfqs import sql as rfqs
from domain.rfqs.model import Rfq
from domain.sealing import Sealer


async def bundle(db: Database, actor: Actor, sealer: Sealer, rfq_id: UUID, *, round_no: int | None) -> Bundle:
    """What the caller needs to check the opening of that round, or of the newest that is opened.

    Raises NotFound to whoever takes no part, StillSealed before the opening, LimitReached where it would be too large.
    """
    async with db.read(actor) as tx:
        rfq = await rfqs.get(tx, rfq_id)
        reader = actor.organisation_id
        if reader is None:
            raise NotFound("rfq")
        part = await participations.find(tx, rfq_id, reader)
        rfq_rules.may_read(rfq, actor, participates=part is not None)
        rules.may_verify(rfq, actor, participates=part is not None)
        opening = await sql.opening(tx, rfq_id, round_no)
        if opening is None:
            raise rules.no_opening(rfq, round_no)
        # The set holds what everybody submitted: as much of it as each may know is chosen below.
        async with tx.as_system():
            if await sql.content_size(tx, rfq_id, opening.round, reader) > MAX_CONTENT:
                raise LimitReached("The contents are more than one bundle holds. Read the quotes one by one.")
            inside = rules.ordered(
                await sql.sent(tx, rfq_id, opening.round), msgspec.structs.replace(rfq, round=opening.round)
            )
            known = {one.quote_id for one in inside if actor.is_organisation(rfq.buyer_id) or reader == one.supplier_id}
            contents = await _contents(tx, sealer, rfq, reader, [one for one in inside if one.quote_id in known])
            chained = sorted(known.union(await sql.own_quotes(tx, rfq_id, opening.round, reader)))
            return Bundle(
                opening=opening,
                entries=_entries(opening, inside, known, contents),
                chains=await _chains(tx, opening, reader, chained),
            )


async def _contents(
    tx: Tx, sealer: Sealer, rfq: Rfq, reader: UUID, visible: Sequence[Sent]
) -> dict[tuple[UUID, int], tuple[dict[str, Any], str]]:
    """By quote and number, (content, nonce): what was opened to the buyer; all that a supplier submitted itself."""
    if reader == rfq.buyer_id:
        counting = {one.quote_id: one.number for one in visible if one.counts}
        found = await sql.revealed(tx, list(counting))
        return {(key, counting[key]): (msgspec.json.decode(text), nonce) for key, (text, nonce) in found.items()}
    own = {}
    for quote_id in {one.quote_id for one in visible}:
        for submission in await quotes.submissions(tx, quote_id, after=0, limit=len(visible)):
            raw, nonce = envelope.own(sealer, reader, submission)
            own[quote_id, submission.number] = (msgspec.json.decode(raw), nonce)
    return own


def _entries(
    opening: Opening,
    inside: Sequence[Sent],
    known: set[UUID],
    contents: dict[tuple[UUID, int], tuple[dict[str, Any], str]],
) -> list[Entry]:
    entries = []
    for one, leaf in rules.aligned(opening, inside):
        content, nonce = contents.get((one.quote_id, one.number), (None, None))
        entries.append(
            Entry(
                quote=proof.name_of(opening.rfq_id, opening.round, one.quote_id),
                number=one.number,
                submitted_at=one.submitted_at,
                commitment=one.commitment,
                state=one.state,
                leaf=leaf,
                quote_id=one.quote_id if one.quote_id in known else None,
                content=content,
                nonce=nonce,
            )
        )
    return entries


async def _chains(tx: Tx, opening: Opening, reader: UUID, quote_ids: Sequence[UUID]) -> list[Chain]:
    found = await ledger.chains(
        tx, [opening.rfq_id, *quote_ids], until=opening.opened_at, reader=reader, limit=MAX_EVENTS + 1
    )
    if sum(map(len, found.values())) > MAX_EVENTS:
        raise LimitReached("There are more events than one bundle holds. Read them from the feed.")
    return [
        rules.chain(
            "rfq" if subject_id == opening.rfq_id else "quote", links, sealed_parts=subject_id != opening.rfq_id
        )
        for subject_id, links in found.items()
        if links
    ]


async def attempts(db: Database, actor: Actor, rfq_id: UUID, *, after: UUID | None, limit: int) -> list[Attempt]:
    """Refused attempts on one RFQ, newest first: for its buyer and the operator. Raises NotFound and Forbidden."""
    async with db.read(SYSTEM if Role.OPERATOR in actor.roles else actor) as tx:
        rfq = await rfqs.get(tx, rfq_id)
        if Role.OPERATOR not in actor.roles:
            own = (
                None if actor.organisation_id is None else await participations.find(tx, rfq_id, actor.organisation_id)
            )
            rfq_rules.may_read(rfq, actor, participates=own is not None)
        rules.may_see_attempts(rfq, actor)
        return await sql.attempts(tx, rfq_id, after=after, limit=limit)
