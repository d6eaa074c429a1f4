"""Who sees which row in which state, asked of the database directly as the role that the program acts as.

The program itself is left out: each cell is one `SELECT count(*)` that forgets to ask whose rows it reads.
"""

import asyncpg
import pytest

from domain.ids import read
from world import Party, World

COLUMNS = ("buyer", "other_buyer", "invited", "uninvited", "winner", "loser", "facilitator", "nobody")
"""`winner` and `loser` were invited too and have quoted from `closed` on. `invited` never answers."""

# Rows of one RFQ's story that each column sees; a letter or digit for each column. Rows of quotes say no price: prices are in
# quote_opened, and sealed in quote_submission.
TABLE = """
state      table                  buyer other_buyer invited uninvited winner loser facilitator nobody
draft      rfq                    1     0           0       0         0      0     0           0
draft      rfq_line               1     0           0       0         0      0     0           0
open       rfq                    1     1           1       1         1      1     1           0
open       rfq_line               1     1           1       1         1      1     1           0
open       rfq_key                1     1           1       1         1      1     1           0
open       participation          3     0           1       0         1      1     0           0
published  rfq                    1     0           1       0         1      1     0           0
published  rfq_line               1     0           1       0         1      1     0           0
published  participation          3     0           1       0         1      1     0           0
published  quote                  0     0           0       0         0      0     0           0
closed     rfq                    1     0           1       0         1      1     0           0
closed     quote                  2     0           0       0         1      1     0           0
closed     quote_submission       0     0           0       0         1      1     0           0
closed     quote_priced           2     0           0       0         1      1     0           0
closed     quote_opened           0     0           0       0         0      0     0           0
closed     opening                0     0           0       0         0      0     0           0
opened     quote                  2     0           0       0         1      1     0           0
opened     quote_submission       0     0           0       0         1      1     0           0
opened     quote_opened           2     0           0       0         1      1     0           0
opened     opening                1     0           1       0         1      1     0           0
proposed   award                  1     0           0       0         0      0     0           0
proposed   award_line             1     0           0       0         0      0     0           0
issued     award                  1     0           0       0         1      0     0           0
issued     award_line             1     0           0       0         1      0     0           0
issued     purchase_order         0     0           0       0         0      0     0           0
awarded    rfq                    1     0           1       0         1      1     0           0
awarded    award                  1     0           0       0         1      0     0           0
awarded    quote                  2     0           0       0         1      1     0           0
awarded    quote_opened           2     0           0       0         1      1     0           0
awarded    purchase_order         1     0           0       0         1      0     0           0
awarded    order_line             1     0           0       0         1      0     0           0
awarded    despatch               1     0           0       0         1      0     0           0
awarded    despatch_line          1     0           0       0         1      0     0           0
awarded    receipt                1     0           0       0         1      0     0           0
awarded    receipt_line           1     0           0       0         1      0     0           0
awarded    credential             1     1           1       1         1      1     1           0
"""
EXPECTED = {
    (row.split()[0], row.split()[1]): dict(zip(COLUMNS, map(int, row.split()[2:]), strict=True))
    for row in TABLE.strip().splitlines()[1:]
}
STATES = tuple(dict.fromkeys(state for state, _ in EXPECTED))

# How a table's rows of one story are told from those of other tests: a column, and its values, which are looked up by the owner
# so that nothing of a parent's policy hides what a child's does not.
OF_STORY = {
    "rfq": ("id", "SELECT $1::uuid"),
    "order_line": ("order_id", "SELECT id FROM purchase_order WHERE rfq_id = $1"),
    "despatch": ("order_id", "SELECT id FROM purchase_order WHERE rfq_id = $1"),
    "receipt": ("order_id", "SELECT id FROM purchase_order WHERE rfq_id = $1"),
    "despatch_line": (
        "despatch_id",
        "SELECT d.id FROM despatch d JOIN purchase_order o ON o.id = d.order_id WHERE o.rfq_id = $1",
    ),
    "receipt_line": (
        "receipt_id",
        "SELECT d.id FROM receipt d JOIN purchase_order o ON o.id = d.order_id WHERE o.rfq_id = $1",
    ),
    "award_line": ("award_id", "SELECT id FROM award WHERE rfq_id = $1"),
    **dict.fromkeys(
        ("quote_submission", "quote_priced", "quote_opened"), ("quote_id", "SELECT id FROM quote WHERE rfq_id = $1")
    ),
    # Everybody's own, of all that there are.
    "credential": ("id", "SELECT id FROM credential WHERE $1::uuid IS NOT NULL"),
}


async def _seen(connection: "asyncpg.Connection[asyncpg.Record]", table: str, rfq_id: object, who: Party | None) -> int:
    """How many rows of the story the organisation sees."""
    column, keys = OF_STORY.get(table, ("rfq_id", "SELECT $1::uuid"))
    known = [row[0] for row in await connection.fetch(keys, rfq_id)]
    async with connection.transaction():
        told = "" if who is None else str(who.organisation_id)
        await connection.execute(f"SET LOCAL ROLE jembatan_api; SET LOCAL jembatan.organisation = '{told}'")
        found: int = await connection.fetchval(f"SELECT count(*) FROM {table} WHERE {column} = ANY ($1)", known)
        return found


async def _check(world: World, state: str, rfq: dict[str, str], parties: dict[str, Party]) -> None:
    wrong = []
    for (when, table), expected in EXPECTED.items():
        if when != state:
            continue
        for column in COLUMNS:
            seen = await _seen(world.owner, table, read("rfq", rfq["id"]), parties.get(column))
            if seen != expected[column]:
                wrong.append(f"{state}: {column} sees {seen} of {table}, not {expected[column]}")
    assert wrong == []


@pytest.mark.slow
async def test_each_sees_exactly_its_own_in_every_state(world: World) -> None:
    """One story from the draft to the receipt, looked at by everybody at each step, and an RFQ that is open to all."""
    buyer, other = await world.parties("buyer", "buyer")
    names = ("invited", "uninvited", "winner", "loser", "facilitator")
    roles = ("supplier", "supplier", "supplier", "supplier", "facilitator")
    parties = {"buyer": buyer, "other_buyer": other, **dict(zip(names, await world.parties(*roles), strict=True))}
    asked = {"supplier_ids": [parties[name].id for name in ("invited", "winner", "loser")]}
    looked = []

    async def look(state: str, rfq: dict[str, str]) -> None:
        looked.append(state)
        await _check(world, state, rfq, parties)

    public = await world.rfq(buyer)
    await buyer.done("POST", f"/v1/rfqs/{public['id']}/invitations", asked)
    await look("open", public)

    draft = await world.draft(buyer, visibility="invited")
    await look("draft", draft)
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/invitations", asked)
    rfq = await buyer.done("GET", f"/v1/rfqs/{draft['id']}")
    await look("published", rfq)
    quote = await world.quote(parties["winner"], rfq, "90")
    await world.quote(parties["loser"], rfq, "100")
    await world.pass_deadline(rfq, ago=0)
    await look("closed", rfq)
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/open-quotes")
    await look("opened", rfq)
    line = {"line_no": 1, "quantity": "100", "reason": "lowest_total_cost"}
    award = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/awards", {"quote_id": quote["id"], "lines": [line]})
    await look("proposed", rfq)
    award = await buyer.done("POST", f"/v1/awards/{award['id']}/issue", etag=award["etag"])
    await look("issued", rfq)
    award = await parties["winner"].done("POST", f"/v1/awards/{award['id']}/accept", etag=award["etag"])
    path = f"/v1/orders/{award['order_id']}"
    promises = [{"line_no": 1, "promised_on": "2030-01-01"}]
    order = await parties["winner"].done("POST", f"{path}/acknowledge", {"lines": promises})
    despatch = await world.despatch(parties["winner"], order, (1, "LOT", "100"))
    await world.receipt(buyer, despatch)
    await look("awarded", rfq)
    assert set(looked) == set(STATES)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rfq SET title = 'mine' WHERE id = $1",
        "UPDATE rfq_line SET quantity = 1 WHERE rfq_id = $1",
        "DELETE FROM rfq WHERE id = $1",
        """INSERT INTO rfq_document (id, rfq_id, file_id, kind, confidential, attached_at)
           VALUES (gen_random_uuid(), $1, gen_random_uuid(), 'drawing', false, now())""",
        """INSERT INTO event_audience (organisation_id, xid, position, masked)
           SELECT acting(), xid, position, false FROM event WHERE subject_id = $1""",
    ],
)
async def test_what_is_seen_is_not_therefore_written(world: World, statement: str) -> None:
    """An RFQ that is open to all is changed by its buyer alone, whatever a statement says; nobody is told afterwards."""
    buyer, stranger = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    written = 0
    async with world.owner.transaction():
        await world.owner.execute(
            f"SET LOCAL ROLE jembatan_api; SET LOCAL jembatan.organisation = '{stranger.organisation_id}'"
        )
        try:
            async with world.owner.transaction():
                tag = await world.owner.execute(statement, read("rfq", rfq["id"]))
                written = int(tag.rpartition(" ")[2])
        except asyncpg.InsufficientPrivilegeError:
            pass
    assert written == 0
