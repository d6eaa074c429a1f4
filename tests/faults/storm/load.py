"""The load: buyers and suppliers who do business with each other, in a hurry, around deadlines a few seconds ahead."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

from faults.storm.clients import Answer, Unanswered, User

QUANTITY = 100
FAR = "2099-01-01"


class Deal:
    """One RFQ as those who do business on it know it."""

    def __init__(self, rfq: Any, buyer: User, closes: float) -> None:
        self.rfq, self.buyer, self.closes = rfq, buyer, closes
        self.id: str = rfq["id"]
        self.path = f"/v1/rfqs/{self.id}"
        self.quotes: dict[str, tuple[User, str]] = {}
        """Acknowledged quotes, by id, with their supplier."""
        self.over = asyncio.Event()
        """Quoting has ended: everybody was told so."""
        self.quoting = 0


class Market:
    """Where deals are found."""

    def __init__(self, buyers: list[User], suppliers: list[User]) -> None:
        self.buyers, self.suppliers = buyers, suppliers
        self.deals: list[Deal] = []
        self.finished = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Everybody at once until `stop`; each one's last deal is played to its end."""
        async with asyncio.TaskGroup() as group:
            for buyer in self.buyers:
                group.create_task(self._keep_doing(buyer, self.buy, stop))
            for supplier in self.suppliers:
                group.create_task(self._keep_doing(supplier, self.supply, stop))

    async def _keep_doing(
        self, user: User, act: Callable[[User], Coroutine[Any, Any, None]], stop: asyncio.Event
    ) -> None:
        while not stop.is_set():
            try:
                await act(user)
            except Unanswered as error:
                user.journal.judge("P11", holds=False, says=str(error))
            await asyncio.sleep(user.dice.uniform(0, 0.05))

    async def buy(self, buyer: User) -> None:
        """One RFQ from its draft to its orders."""
        closes = time.time() + buyer.dice.uniform(2.5, 6)
        deal = await self._publish(buyer, closes)
        if deal is None:
            return
        self.deals.append(deal)
        try:
            opened = await self._attempt_early(deal)
            await asyncio.sleep(max(0.0, closes - time.time()))
            opened = opened or await self._open(deal)
        finally:
            deal.over.set()
            self.deals.remove(deal)
        if opened:
            await self._award(deal)
        self.finished += 1

    async def _publish(self, buyer: User, closes: float) -> Deal | None:
        title = f"Poros {buyer.dice.getrandbits(64):016x}"
        buyer.journal.titles.add(title)
        body = {
            "title": title,
            "visibility": "open",
            "quotes_close_at": datetime.fromtimestamp(closes, UTC).isoformat(),
            "lines": [_line(1), _line(2)],
        }
        made = await buyer.write("POST", "/v1/rfqs", body)
        if not made.is_done:
            _odd(buyer, "create_rfq", made)
            return None
        rfq, path = made.body, f"/v1/rfqs/{made.body['id']}"
        changed = await buyer.write("PATCH", path, {"external_reference": title}, etag=rfq["etag"])
        if not changed.is_done:
            _odd(buyer, "update_rfq", changed)
            return None
        stale = await buyer.write("PATCH", path, {"title": "lost update"}, etag=rfq["etag"])
        buyer.journal.judge("P2", holds=stale.status == 412, says=f"a stale ETag was answered with {stale.status}")
        published = await buyer.write("POST", f"{path}/publish", etag=changed.body["etag"])
        if published.code in {"incomplete", "deadline_passed"}:
            return None  # the fault lasted longer than the time for quoting
        if not published.is_done:
            _odd(buyer, "publish_rfq", published)
            return None
        return Deal(published.body, buyer, closes)

    async def _attempt_early(self, deal: Deal) -> bool:
        """Ask for the opening too early; True when a fault held the request up until it was not too early any more."""
        opened = False
        if deal.buyer.dice.random() < 0.5 and time.time() < deal.closes - 1:
            early = await deal.buyer.write("POST", f"{deal.path}/open-quotes")
            if early.code == "deadline_not_reached":
                deal.buyer.journal.early[deal.id] += 1
            elif time.time() > deal.closes:
                opened = early.is_done
            else:
                deal.buyer.journal.judge("P3", holds=False, says=f"{deal.id} opened early: {early.status} {early.code}")
        for supplier in self.suppliers[:1]:
            rival = await supplier.read(f"{deal.path}/comparison")
            deal.buyer.journal.judge(
                "P7", holds=rival.status in {403, 404, 409}, says=f"a supplier read the comparison of {deal.id}"
            )
        return opened

    async def _open(self, deal: Deal) -> bool:
        for _ in range(50):
            answer = await deal.buyer.write("POST", f"{deal.path}/open-quotes")
            if answer.is_done:
                return True
            if answer.code != "deadline_not_reached":
                _odd(deal.buyer, "open_quotes", answer)
                return False
            await asyncio.sleep(0.1)
        deal.buyer.journal.judge("P11", holds=False, says=f"{deal.id} cannot be opened after its deadline")
        return False

    async def _award(self, deal: Deal) -> None:
        """Seventy of a hundred to each of two at once: one of them is one too many."""
        listed = await deal.buyer.read(f"{deal.path}/quotes")
        quotes = [quote for quote in (listed.body or {}).get("items", []) if quote["state"] == "opened"]
        proposed = []
        for quote in quotes[:2]:
            lines = [{"line_no": 1, "quantity": "70", "reason": "lowest_total_cost"}]
            award = await deal.buyer.write("POST", f"{deal.path}/awards", {"quote_id": quote["id"], "lines": lines})
            if award.is_done:
                proposed.append(award.body)
        issuing = [deal.buyer.write("POST", f"/v1/awards/{item['id']}/issue", etag=item["etag"]) for item in proposed]
        issued = [answer.body for answer in await asyncio.gather(*issuing) if answer.is_done]
        for award in issued:
            deal.buyer.journal.issued[deal.id, 1] += 70
            await self._order(deal, award)
        if len(proposed) > 1:
            deal.buyer.journal.judge("P5", holds=len(issued) <= 1, says=f"140 of 100 were awarded of {deal.id}")

    async def _order(self, deal: Deal, award: Any) -> None:
        supplier = next((one for one in self.suppliers if one.organisation == award["supplier_id"]), None)
        if supplier is None:
            return
        accepted = await supplier.write("POST", f"/v1/awards/{award['id']}/accept", etag=award["etag"])
        if not accepted.is_done:
            _odd(supplier, "accept_award", accepted)
            return
        path = f"/v1/orders/{accepted.body['order_id']}"
        stranger = next(one for one in self.suppliers if one is not supplier)
        peeked = await stranger.read(path)
        stranger.journal.judge("P7", holds=peeked.status == 404, says=f"a stranger read {path}: {peeked.status}")
        promised = [{"line_no": 1, "promised_on": "2030-01-01"}]
        await supplier.write("POST", f"{path}/acknowledge", {"lines": promised})
        number = f"SJ-{supplier.dice.getrandbits(48):012x}"
        sent = {"number": number, "lines": [{"line_no": 1, "lot": "A", "quantity": "40"}]}
        despatches = await asyncio.gather(
            supplier.write("POST", f"{path}/despatches", sent),
            supplier.write("POST", f"{path}/despatches", {**sent, "number": f"{number}b"}),
        )
        done = [answer.body for answer in despatches if answer.is_done]
        supplier.journal.judge("P5", holds=len(done) <= 1, says=f"80 of 70 were despatched of {path}")
        for despatch in done:
            lines = [{"line_no": 1, "lot": "A", "received": "40"}]
            await deal.buyer.write("POST", f"{path}/receipts", {"despatch_id": despatch["id"], "lines": lines})

    async def supply(self, supplier: User) -> None:
        """Quote on one of the open RFQs, better the offer until it is too late; sometimes take it back."""
        deal = self._choose(supplier)
        if deal is None:
            await self.upload(supplier)
            await asyncio.sleep(0.1)
            return
        made = await supplier.write("POST", f"{deal.path}/quotes", self._quote(supplier, deal))
        if not made.is_done:
            if made.code not in {"deadline_passed", "wrong_state", "duplicate"}:
                _odd(supplier, "create_quote", made)
            return
        path, etag = f"/v1/quotes/{made.body['id']}", made.body["etag"]
        deal.quotes[made.body["id"]] = (supplier, path)
        if supplier.dice.random() < 0.2:
            await self.upload(supplier)
        rival = next(one for one in self.suppliers if one is not supplier)
        peeked = await rival.read(path)
        rival.journal.judge("P7", holds=peeked.status in {403, 404}, says=f"a rival read {path}: {peeked.status}")
        while True:
            submitted = await supplier.write("POST", f"{path}/submit", etag=etag)
            if not submitted.is_done:
                break
            etag = submitted.body["etag"]
            if supplier.dice.random() < 0.2:
                withdrawn = await supplier.write("POST", f"{path}/withdraw", etag=etag)
                if not withdrawn.is_done:
                    break
                etag = withdrawn.body["etag"]
            better = await supplier.write("PATCH", path, self._quote(supplier, deal), etag=etag)
            if not better.is_done:
                break
            etag = better.body["etag"]
            await asyncio.sleep(supplier.dice.uniform(0.1, 0.6))
        await deal.over.wait()

    def _choose(self, supplier: User) -> Deal | None:
        quoted = {deal.id for deal in self.deals for user, _ in deal.quotes.values() if user is supplier}
        fresh = [deal for deal in self.deals if deal.id not in quoted and deal.closes > time.time() + 0.3]
        return supplier.dice.choice(fresh) if fresh else None

    def _quote(self, supplier: User, deal: Deal) -> dict[str, Any]:
        price = str(supplier.dice.randrange(10_000_000, 99_999_999))
        supplier.journal.prices[price] = deal.id
        lines = [
            {"line_no": number, "breaks": [{"min_quantity": "1", "unit_price": price}], "lead_time_days": 14}
            for number in (1, 2)
        ]
        return {"currency": "IDR", "valid_until": FAR, "lines": lines}

    async def upload(self, supplier: User) -> None:
        """One file, and the same bytes back."""
        name = f"{supplier.dice.getrandbits(64):016x}.txt"
        supplier.journal.files.add(name)
        content = supplier.dice.randbytes(8).hex().encode() * 512
        kept = await supplier.write("POST", "/v1/files", raw=content, query=f"?name={name}")
        if not kept.is_done:
            _odd(supplier, "upload_file", kept)
            return
        back = await supplier.read(f"/v1/files/{kept.body['id']}/content")
        supplier.journal.judge("P9", holds=back.raw == content, says=f"{name} came back as {back.status}")


def _line(number: int) -> dict[str, Any]:
    return {
        "line_no": number,
        "part_number": f"P-{number:03}",
        "name": {"id": "Poros", "en": "Shaft"},
        "specification": "Turn to the sizes in the characteristics.",
        "material": "S45C",
        "processes": ["turning_cnc"],
        "quantity": str(QUANTITY),
        "unit": "H87",
    }


def _odd(user: User, what: str, answer: Answer) -> None:
    """A refusal that the load does not expect: somebody's promise was broken, or the load is wrong."""
    user.journal.judge("P11", holds=False, says=f"{what} was refused: {answer.status} {answer.raw[:300]!r}")
