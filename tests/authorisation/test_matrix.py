"""Every operation as every kind of caller: what `matrix.csv` says, row by row, and nothing leaks or changes besides.

A row is one operation on one object of the stage. Its words: `ok` (2xx), `state` (409 or 422, which only who may do it
at another time is told), `hidden` (404), `forbidden` (403), `unauthenticated` (401). The rows were judged against
domain.md; a new operation has none, and so fails until somebody has judged it.
"""

import csv
import json
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from authorisation.calls import OPERATIONS, Request, request, scopes_of
from authorisation.stage import BUYER, PARTIES, SECRETS, Stage
from event_streams import Stream
from litestar import get

from api.contract import Api
from api.generated import openapi_document
from api.routes import HANDLERS
from domain.actors import SCOPES
from domain.credentials.secrets import digest, new_secret
from domain.ids import show
from world import Party, World

pytestmark = pytest.mark.slow

WITHOUT = ("no_key", "expired_key", "revoked_key", "suspended", "wrong_scope")
CALLERS = (*PARTIES, *WITHOUT)
OK = 200
DENIED = ("hidden", "forbidden", "unauthenticated")
WORDS = {
    404: "hidden",
    403: "forbidden",
    401: "unauthenticated",
    409: "state",
    410: "state",
    412: "state",
    422: "state",
}
HIDDEN = frozenset({"discover_uploads", "get_docs", "get_docs_viewer", "get_openapi"})
FILE = Path(__file__).with_name("matrix.csv")


class Row(NamedTuple):
    """One operation on one object."""

    operation: str
    on: str
    expected: dict[str, str]

    @property
    def entitled(self) -> str:
        """Who may do it, the owner where nobody may: whose expired, revoked and narrow keys are tried."""
        return next((name for name in PARTIES if self.expected[name] in {"ok", "state"}), BUYER)


def rows() -> list[Row]:
    """The table."""
    with FILE.open(newline="") as file:
        return [Row(line.pop("operation"), line.pop("on"), dict(line)) for line in csv.DictReader(file)]


ROWS = rows()


def word(status: int) -> str:
    """The class of an answer."""
    return "ok" if 200 <= status < 300 else WORDS.get(status, str(status))


async def caller(stage: Stage, row: Row, name: str) -> Party | None:
    """Who asks."""
    if name in PARTIES:
        return stage.party(name)
    if name == "no_key":
        return None
    whose = stage.party(row.entitled)
    scopes = tuple(scope for scope in SCOPES if scope not in scopes_of(row.operation))
    made = await stage.world.key(whose.organisation_id, name, scopes=scopes if name == "wrong_scope" else SCOPES)
    if name == "expired_key":
        await stage.world.owner.execute(
            "UPDATE credential SET expires_at = now() - interval '1 second' WHERE organisation_id = $1 AND name = $2",
            whose.organisation_id, name,
        )  # fmt: skip
    if name == "revoked_key":
        await stage.world.owner.execute(
            "UPDATE credential SET state = 'revoked' WHERE organisation_id = $1 AND name = $2",
            whose.organisation_id, name,
        )  # fmt: skip
    return made


@asynccontextmanager
async def suspended(stage: Stage, party: Party) -> AsyncIterator[None]:
    """Within the block the organisation is suspended; with a key of its own that worked before."""
    owner = stage.world.owner
    before = await owner.fetchval("SELECT state FROM organisation WHERE id = $1", party.organisation_id)
    await owner.execute("UPDATE organisation SET state = 'suspended' WHERE id = $1", party.organisation_id)
    try:
        yield
    finally:
        await owner.execute("UPDATE organisation SET state = $2 WHERE id = $1", party.organisation_id, before)


async def asked(stage: Stage, row: Row, sent: Request, name: str, *, dry: bool) -> tuple[int, str]:
    """As `answer`, by a caller of that kind."""
    party = await caller(stage, row, name)
    if name != "suspended":
        return await answer(stage, row, sent, party, dry=dry)
    assert party is not None
    # Known to the server by now, should it keep keys: being suspended counts from the next request.
    assert (await party.get("/v1/me")).status_code == OK
    async with suspended(stage, stage.party(row.entitled)):
        return await answer(stage, row, sent, party, dry=dry)


async def answer(stage: Stage, row: Row, sent: Request, party: Party | None, *, dry: bool) -> tuple[int, str]:
    """(status, what was said: header fields, a blank line, body)."""
    if row.operation == "issueToken":
        return await token_for(stage, party)
    if row.operation == "streamEvents" and party is not None:
        read = await Stream(stage.app, party).read(0.05)
        return read.status, f"{read.headers}\n\n{read.text}"
    response = await sent.by(stage.world, party, dry=dry)
    return response.status_code, f"{response.headers}\n\n{response.text}"


async def token_for(stage: Stage, party: Party | None) -> tuple[int, str]:
    """What `issueToken` answers to the credential of a caller; without one, to a secret that nobody has."""
    found = await stage.world.owner.fetchval(
        "SELECT id FROM credential WHERE secret_hash = $1", digest(party.secret if party else "")
    )
    form = {
        "grant_type": "client_credentials",
        "client_id": show("credential", found) if found else stage.ids["credential_id"],
        "client_secret": party.secret if party else new_secret(),
    }
    response = await stage.world.http.post("/v1/oauth/token", data=form)
    return response.status_code, f"\n\n{response.text}"


def leaks(sent: Request, name: str, said: str) -> list[str]:
    """Which secrets of others the answer holds."""
    flat = said.replace(".", "")
    asked = f"{sent.path}{sent.content or b''!r}"
    return [
        secret
        for secret, known_to in SECRETS.items()
        if name not in known_to and (secret in said or secret in flat) and secret not in asked
    ]


STORED = """
SELECT table_name FROM information_schema.tables
 WHERE table_schema = 'public' AND table_name NOT IN ('idempotency', 'credential', 'alembic_version', 'rate_limit')
   AND table_type = 'BASE TABLE'
 ORDER BY table_name
"""


async def everything(world: World) -> dict[str, str]:
    """A digest of each table but those of keys and of answers that are kept for a retry."""
    names = [row["table_name"] for row in await world.owner.fetch(STORED)]
    parts = [f"SELECT '{name}' AS name, sum(hashtextextended(t::text, 0)) AS digest FROM {name} t" for name in names]
    return {row["name"]: row["digest"] for row in await world.owner.fetch(" UNION ALL ".join(parts))}


def unjudged(operations: Iterable[str]) -> set[str]:
    """Operations without a row, and rows without an operation."""
    return {row.operation for row in ROWS} ^ set(operations)


def test_every_operation_has_a_row_and_no_row_is_idle() -> None:
    assert unjudged(OPERATIONS) == set(), f"judge who may do it, and add the rows to {FILE.name}"
    pairs = [(row.operation, row.on) for row in ROWS]
    assert len(pairs) == len(set(pairs))
    assert {word for row in ROWS for word in row.expected.values()} == {"ok", "state", *DENIED}


def test_a_new_route_fails_until_it_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    @get("/v1/peeks", tags=["Meta"], opt={"api": Api()})
    async def peek_at_all() -> dict[str, str]:
        """Peek.

        At everything.
        """
        return {}

    monkeypatch.setattr("api.app.HANDLERS", (*HANDLERS, peek_at_all))
    document = msgspec.json.decode(openapi_document.__wrapped__())
    found = [spec["operationId"] for item in document["paths"].values() for spec in item.values()]
    assert unjudged(found) == {"peekAtAll"}


def test_what_the_document_leaves_out_is_known() -> None:
    """The table is made from the document, so what is not in it is judged here.

    None of it reads anything of a party's.
    """
    hidden = {handler.handler_name for handler in HANDLERS if handler.include_in_schema is False}
    assert hidden == HIDDEN


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row.operation}-{row.on}") for row in ROWS])
async def test_each_caller_is_answered_as_the_table_says(row: Row, stage: Stage) -> None:
    sent = await request(stage, row.operation, row.on)
    found, told = {}, []
    before = await everything(stage.world)
    denied = [name for name in CALLERS if row.expected[name] in DENIED]
    for name in denied:
        status, said = await asked(stage, row, sent, name, dry=False)
        found[name] = word(status)
        told += [f"{name}: {status} {said[-300:]}"] * (found[name] != row.expected[name])
        assert leaks(sent, row.entitled if name == "wrong_scope" else name, said) == [], f"{name} was told: {said}"
        if name in PARTIES:
            for unreal, of in ((sent.of_nothing(), "any"), (sent.of_no_such(), "last")):
                other = await answer(stage, row, unreal, stage.party(name), dry=False)
                alike = essence(said) == essence(other[1]) or name in readers(row, of)
                assert alike, f"{name} learns that it exists: {said} against {other[1]}"
    after = await everything(stage.world)
    changed = {table for table in after if after[table] != before[table]}
    assert not changed, f"somebody of {denied} changed something"
    for name in [name for name in CALLERS if name not in denied]:
        status, said = await asked(stage, row, sent, name, dry=True)
        found[name] = word(status)
        told += [f"{name}: {status} {said[-300:]}"] * (found[name] != row.expected[name])
        assert leaks(sent, row.entitled if name == "wrong_scope" else name, said) == [], f"{name} was told: {said}"
        SEEN.update((name, secret) for secret in SECRETS if secret in said or secret in said.replace(".", ""))
    line = f"{row.operation},{row.on},{','.join(found[name] for name in CALLERS)}"
    assert found == row.expected, f"{line}\n" + "\n".join(told)


SEEN: set[tuple[str, str]] = set()
"""(caller, secret) of the rows that were played."""


def test_who_may_know_a_secret_was_told_it_by_some_operation() -> None:
    """Otherwise the search for it elsewhere would say nothing. Needs the rows above to have been played."""
    due = {(name, secret) for secret, known_to in SECRETS.items() for name in known_to}
    assert SEEN, "play it with the rows above"
    assert due - SEEN == set()


SHOWN_IN = {
    "document_id": "listDocuments",
    "file_id": "listDocuments",
    "payment_id": "getInvoice",
    "return_id": "listReturns",
    "schedule_line_id": "getSchedule",
}
"""What has no operation of its own to read it, and the one that shows it."""


def readers(row: Row, of: str) -> set[str]:
    """Who may know of the `last` thing that the path of the row names, or of `any` of them."""
    named = ids_in(row.operation)
    return {
        name
        for other in ROWS
        if other.on == row.on and OPERATIONS[other.operation][0] == "GET"
        if SHOWN_IN.get(named[-1]) == other.operation
        or ids_in(other.operation)[-1:] == named[-1:]
        or (of == "any" and set(ids_in(other.operation)) & set(named))
        for name in PARTIES
        if other.expected[name] in {"ok", "state"}
    }


def ids_in(operation: str) -> list[str]:
    """The names of the ids in its path."""
    return re.findall(r"\{([a-z_]+_id)\}", OPERATIONS[operation][1])


def essence(said: str) -> list[Any]:
    """What a problem says of the matter, without what differs between any two requests."""
    body = said.partition("\n\n")[2]
    if not body:  # of HEAD
        return []
    problem = json.loads(body)
    return [problem[name] for name in ("status", "code", "detail", "state", "allowed_actions", "errors")]
