"""Builders: organisations with keys, RFQs in every state. They act through the API as the parties would."""

import asyncio
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import httpx
import msgspec

from api.services import Services
from domain.actors import SCOPES, SYSTEM
from domain.credentials.secrets import digest, hint, new_secret
from domain.ids import new_id, read, show
from domain.ledger import sql as ledger
from domain.ledger.model import START, Event, Place, Tracked
from domain.ledger.record import builtins, replay


class Party:
    """One organisation acting through one key: the verbs of HTTP with its Authorization."""

    def __init__(self, http: httpx.AsyncClient, secret: str, organisation_id: uuid.UUID, name: str) -> None:
        self.http, self.secret, self.organisation_id, self.name = http, secret, organisation_id, name
        self.id = show("organisation", organisation_id)

    async def request(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        key: str | None = None,
        etag: str | None = None,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> httpx.Response:
        """One request; a POST gets a fresh Idempotency-Key unless `key` is given ('' sends none)."""
        sent = {"authorization": f"Bearer {self.secret}", **(headers or {})}
        if method == "POST" and key != "":
            sent["idempotency-key"] = key or str(uuid.uuid4())
        if etag is not None:
            sent["if-match"] = etag
        if body is not None:
            more["content"] = body if isinstance(body, bytes) else msgspec.json.encode(body)
            sent.setdefault("content-type", "application/json")
        return await self.http.request(method, path, headers=sent, **more)

    async def get(self, path: str, **more: Any) -> httpx.Response:
        """GET."""
        return await self.request("GET", path, **more)

    async def post(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        """POST."""
        return await self.request("POST", path, body=body, **more)

    async def done(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """A request that has to succeed: its JSON."""
        response = await self.request(method, path, body=body, **more)
        assert response.is_success, f"{method} {path}: {response.status_code} {response.text}"
        return response.json() if response.content else None


class World:
    """Everything a test needs in one line."""

    def __init__(
        self, http: httpx.AsyncClient, owner: "asyncpg.Connection[asyncpg.Record]", services: Services
    ) -> None:
        self.http, self.owner, self.services = http, owner, services

    async def party(
        self,
        *roles: str,
        name: str | None = None,
        state: str = "verified",
        scopes: Sequence[str] = SCOPES,
        person: str | None = None,
        policy: dict[str, Any] | None = None,
    ) -> Party:
        """A new organisation with these roles (buyer by default), and a key with all scopes."""
        organisation_id = new_id()
        shown = name or f"PT {organisation_id.hex[-6:]}"
        await self.owner.execute(
            "INSERT INTO organisation (id, state, version, name, roles, profile, policy, created_at, updated_at) "
            "VALUES ($1, $2, 1, $3, $4, '{}', $5, now(), now())",
            organisation_id,
            state,
            shown,
            list(roles or ("buyer",)),
            msgspec.json.encode(policy or {}).decode(),
        )
        return await self.key(organisation_id, shown, scopes=scopes, person=person)

    async def parties(self, *roles: str) -> list[Party]:
        """One verified organisation for each role."""
        return [await self.party(role) for role in roles]

    async def key(
        self,
        organisation_id: uuid.UUID,
        name: str,
        *,
        scopes: Sequence[str] = SCOPES,
        person: str | None = None,
        expires_in: timedelta = timedelta(days=1),
    ) -> Party:
        """A further key of an organisation."""
        secret = new_secret()
        await self.owner.execute(
            "INSERT INTO credential (id, organisation_id, state, version, name, person, scopes, hint, secret_hash, "
            "expires_at, created_at, updated_at) VALUES ($1, $2, 'active', 1, $3, $4, $5, $6, $7, now() + $8, now(), now())",
            new_id(),
            organisation_id,
            name,
            person,
            list(scopes),
            hint(secret),
            digest(secret),
            expires_in,
        )
        return Party(self.http, secret, organisation_id, name)

    @staticmethod
    def line(line_no: int = 1, **changes: Any) -> dict[str, Any]:
        """A line that can be published without a drawing."""
        return {
            "line_no": line_no,
            "part_number": f"P-{line_no:03}",
            "name": {"id": "Poros", "en": "Shaft"},
            "specification": "Turn to the sizes in the characteristics.",
            "material": "S45C",
            "processes": ["turning_cnc"],
            "quantity": "100",
            "unit": "H87",
            **changes,
        }

    def rfq_body(self, *, lines: int | list[Any] = 1, closes_in: float = 3600, **changes: Any) -> dict[str, Any]:
        """A body for `create_rfq` that can be published."""
        closes = datetime.now(UTC) + timedelta(seconds=closes_in)
        return {
            "title": "Shafts",
            "visibility": "open",
            "quotes_close_at": closes.isoformat(),
            "lines": lines if isinstance(lines, list) else [self.line(number) for number in range(1, lines + 1)],
            **changes,
        }

    async def draft(self, buyer: Party, **changes: Any) -> Any:
        """A draft RFQ."""
        return await buyer.done("POST", "/v1/rfqs", self.rfq_body(**changes))

    async def rfq(self, buyer: Party, **changes: Any) -> Any:
        """A published RFQ."""
        draft = await self.draft(buyer, **changes)
        return await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")

    @staticmethod
    def quote_body(rfq: Any, price: str = "100", **changes: Any) -> dict[str, Any]:
        """A body for `create_quote` that can be submitted: every line at one price."""
        return {
            "currency": "IDR",
            "valid_until": (datetime.now(UTC) + timedelta(days=60)).date().isoformat(),
            "lines": [
                {
                    "line_no": line["line_no"],
                    "breaks": [{"min_quantity": "1", "unit_price": price}],
                    "lead_time_days": 14,
                }
                for line in rfq["lines"]
            ],
            **changes,
        }

    async def quote(self, supplier: Party, rfq: Any, price: str = "100", **changes: Any) -> Any:
        """A submitted quote."""
        draft = await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", self.quote_body(rfq, price, **changes))
        return await supplier.done("POST", f"/v1/quotes/{draft['id']}/submit")

    async def pass_deadline(self, rfq: Any, *, ago: float = 1) -> None:
        """Let the deadline of an RFQ have passed a second ago, behind the back of the rule that forbids it.

        With `ago=0` it is now, and so behind everything that was submitted.
        """
        async with self.owner.transaction():
            await self.owner.execute("SET LOCAL session_replication_role = replica")  # no triggers
            await self.owner.execute(
                "UPDATE rfq SET quotes_close_at = clock_timestamp() - $2::interval, questions_close_at = NULL "
                "WHERE id = $1",
                read("rfq", rfq["id"]),
                timedelta(seconds=ago),
            )

    async def pass_standstill(self, award: Any) -> None:
        """Let the standstill of an issued award have ended a second ago."""
        await self.owner.execute(
            "UPDATE award SET standstill_until = clock_timestamp() - interval '1 second' WHERE id = $1",
            read("award", award["id"]),
        )

    async def pass_acceptance(self, award: Any, *, within: float = -1) -> None:
        """Let the time to accept an issued award end `within` seconds, a second ago unless told otherwise."""
        await self.owner.execute(
            "UPDATE award SET standstill_until = clock_timestamp() - interval '1 hour', "
            "accept_by = clock_timestamp() + make_interval(secs => $2) WHERE id = $1",
            read("award", award["id"]),
            within,
        )

    async def opened(self, buyer: Party, rfq: Any, *, ago: float = 1) -> Any:
        """The RFQ after its deadline, with its quotes opened."""
        await self.pass_deadline(rfq, ago=ago)
        return await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/open-quotes")

    async def order(
        self,
        buyer: Party,
        supplier: Party,
        *,
        quantities: Sequence[str] = ("100",),
        price: str = "100",
        acknowledged: bool = True,
        line: dict[str, Any] | None = None,
        **changes: Any,
    ) -> Any:
        """An order with one line for each of `quantities`; `line` changes every line, `changes` the RFQ."""
        lines = [self.line(no, quantity=item, **(line or {})) for no, item in enumerate(quantities, 1)]
        draft = await buyer.done("POST", "/v1/rfqs", self.rfq_body() | {"lines": lines, **changes})
        rfq = await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
        quote = await self.quote(supplier, rfq, price)
        await self.opened(buyer, rfq)
        awarded = [
            {"line_no": no, "quantity": item, "reason": "lowest_total_cost"} for no, item in enumerate(quantities, 1)
        ]
        body = {"quote_id": quote["id"], "lines": awarded}
        award = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/awards", body)
        issued = await buyer.done("POST", f"/v1/awards/{award['id']}/issue", etag=award["etag"])
        accepted = await supplier.done("POST", f"/v1/awards/{award['id']}/accept", etag=issued["etag"])
        path = f"/v1/orders/{accepted['order_id']}"
        if not acknowledged:
            return await supplier.done("GET", path)
        promises = [{"line_no": no, "promised_on": "2030-01-01"} for no in range(1, len(quantities) + 1)]
        return await supplier.done("POST", f"{path}/acknowledge", {"lines": promises})

    async def despatch(self, supplier: Party, order: Any, *lots: tuple[int, str, str]) -> Any:
        """A despatch of (line_no, lot, quantity)."""
        lines = [{"line_no": line_no, "lot": lot, "quantity": quantity} for line_no, lot, quantity in lots]
        body = {"number": f"SJ-{uuid.uuid4().hex[:12]}", "lines": lines}
        return await supplier.done("POST", f"/v1/orders/{order['id']}/despatches", body)

    async def receipt(self, buyer: Party, despatch: Any) -> Any:
        """A receipt of everything that a despatch holds."""
        lines = [
            {"line_no": line["line_no"], "lot": line["lot"], "received": line["quantity"]} for line in despatch["lines"]
        ]
        body = {"despatch_id": despatch["id"], "lines": lines}
        return await buyer.done("POST", f"/v1/orders/{despatch['order_id']}/receipts", body)

    async def feed(self, party: Party, **filters: Any) -> list[Event]:
        """All events that the party may see. Waits for transactions elsewhere on the server that hold the feed back."""
        newest = await self.owner.fetchval("SELECT coalesce(max(xid::text::bigint), 0) FROM event")
        while newest >= await self.owner.fetchval("SELECT feed_bound()::text::bigint"):
            await asyncio.sleep(0.005)
        found: list[Event] = []
        while True:
            place = Place(found[-1].xid, found[-1].position) if found else START
            async with self.services.db.read(SYSTEM) as tx:
                page = await ledger.feed(tx, party.organisation_id, after=place, limit=500, **filters)
            if not page:
                return found
            found += page

    async def replays(self, thing: Tracked, *, besides: Sequence[str] = ()) -> None:
        """Assert that the events of an aggregate, one for each version, fold to its row.

        `besides`: what a test changed behind the back of the rules.
        """
        async with self.services.db.read(SYSTEM) as tx:
            changes = await ledger.changes(tx, thing.id)
        assert len(changes) == thing.version
        folded, row = replay(changes), builtins(thing)
        differing = {name for name in row if folded.get(name) != row[name]} | (folded.keys() - row.keys())
        assert differing <= set(besides), {name: (folded.get(name), row.get(name)) for name in differing}
