"""The API against a model of plain dictionaries: whatever parties do in whatever order, it answers what the model expects.

Every write may be sent once more under its key, and every version may be stale. STATE_EXAMPLES makes it longer.
"""

import asyncio
import inspect
import os
import uuid
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from world import Party, World

T = TypeVar("T")
EXAMPLES = int(os.environ.get("STATE_EXAMPLES", "6"))
STEPS = 25
ASKED = 100
Run = Callable[[Coroutine[Any, Any, T]], T]


class Trade(RuleBasedStateMachine):
    """One buyer, two suppliers and a stranger on a handful of RFQs. `world` and `run` are set before it starts."""

    world: World
    run: Run[Any]
    acts: Counter[tuple[str, str | None]]
    """What was done or refused, over all examples."""

    @initialize(begun=st.sampled_from(["nothing", "quoted", "opened"]))
    def arrive(self, begun: str) -> None:
        async def parties() -> list[Party]:
            return [await self.world.party(role) for role in ("buyer", "supplier", "supplier", "supplier")]

        self.buyer, *self.suppliers, self.stranger = self.run(parties())
        self.rfqs: list[dict[str, Any]] = []
        if begun == "nothing":
            return
        # Far along the road, where few random walks would come.
        self.create("x", again=False)
        self.publish(0, stale=False, again=False)
        for who in range(2):
            self.quote(0, who, 100 + who, again=False)
            self.move(0, who, "submit", stale=False, again=False)
        if begun == "opened":
            self.deadline(0)
            self.open(0, again=False)

    # -- sending

    def send(
        self, who: Party, method: str, path: str, body: Any = None, *, etag: str | None = None, again: bool = False
    ) -> httpx.Response:
        """A write; with `again` once more under its key, which has to give the same."""
        key = str(uuid.uuid4())
        headers = {"idempotency-key": key}
        first: httpx.Response = self.run(who.request(method, path, body=body, key="", headers=headers, etag=etag))
        if again:
            second = self.run(who.request(method, path, body=body, key="", headers=headers, etag=etag))
            assert second.status_code == first.status_code, (path, first.text, second.text)
            if first.status_code not in {400, 412, 428}:
                assert second.content == first.content
        return first

    def expect(self, answer: httpx.Response, wanted: str | None) -> Any:
        """The body of what succeeds; `wanted` is the code of what has to be refused instead."""
        code = None if answer.is_success else answer.json()["code"]
        assert code == wanted, (str(answer.request.url), answer.text)
        self.acts[inspect.stack()[1].function, code] += 1
        return answer.json() if answer.is_success else None

    def any_rfq(self, number: int, *states: str) -> dict[str, Any] | None:
        fitting = [rfq for rfq in self.rfqs if not states or rfq["state"] in states]
        return fitting[number % len(fitting)] if fitting else None

    # -- the buyer

    @precondition(lambda self: len(self.rfqs) < 4)
    @rule(title=st.text("abcäß ", min_size=1, max_size=8).filter(str.strip), again=st.booleans())
    def create(self, title: str, again: bool) -> None:
        body = self.world.rfq_body(title=f"T{title}")
        made = self.expect(self.send(self.buyer, "POST", "/v1/rfqs", body, again=again), None)
        self.rfqs.append(
            {"id": made["id"], "state": "draft", "version": 1, "title": f"T{title}", "quotes": {}, "awards": [],
             "awarded": 0, "closes": made["quotes_close_at"], "shown": made}
        )  # fmt: skip

    @rule(number=st.integers(0, 9), title=st.sampled_from(["A", "B", "C"]), stale=st.booleans(), again=st.booleans())
    def change(self, number: int, title: str, stale: bool, again: bool) -> None:
        rfq = self.any_rfq(number)
        if rfq is None:
            return
        version = rfq["version"] + 7 if stale else rfq["version"]
        path = f"/v1/rfqs/{rfq['id']}"
        answer = self.send(self.buyer, "PATCH", path, {"title": title}, etag=f'"{version}"', again=again)
        wanted = "stale_version" if stale else None if rfq["state"] == "draft" else "wrong_state"
        if self.expect(answer, wanted) is not None:
            rfq["title"] = title
            rfq["version"] += 1

    @rule(number=st.integers(0, 9), stale=st.booleans(), again=st.booleans())
    def publish(self, number: int, stale: bool, again: bool) -> None:
        rfq = self.any_rfq(number, "draft", "open", "evaluating")
        if rfq is None:
            return
        etag = f'"{rfq["version"] + 7}"' if stale else None
        answer = self.send(self.buyer, "POST", f"/v1/rfqs/{rfq['id']}/publish", etag=etag, again=again)
        wanted = "stale_version" if stale else None if rfq["state"] == "draft" else "wrong_state"
        if self.expect(answer, wanted) is not None:
            rfq["state"] = "open"
            rfq["version"] += 1

    @rule(number=st.integers(0, 9))
    def deadline(self, number: int) -> None:
        """It passes; nothing else happens by itself, as no clock runs here."""
        rfq = self.any_rfq(number, "open")
        if rfq is not None and not rfq.get("over"):
            self.run(self.world.pass_deadline(rfq, ago=0))
            rfq["over"] = True

    @rule(number=st.integers(0, 9), again=st.booleans())
    def open(self, number: int, again: bool) -> None:
        rfq = self.any_rfq(number, "open", "evaluating", "draft")
        if rfq is None:
            return
        answer = self.send(self.buyer, "POST", f"/v1/rfqs/{rfq['id']}/open-quotes", again=again)
        wanted = "wrong_state" if rfq["state"] != "open" else None if rfq.get("over") else "deadline_not_reached"
        if self.expect(answer, wanted) is None:
            return
        rfq["state"] = "evaluating"
        rfq["version"] += 2  # closed, then opened
        for quote in rfq["quotes"].values():
            quote["state"] = "opened" if quote["state"] == "submitted" else "lapsed"
            quote["version"] += 1

    # -- suppliers

    @rule(number=st.integers(0, 9), who=st.integers(0, 1), price=st.integers(1, 999), again=st.booleans())
    def quote(self, number: int, who: int, price: int, again: bool) -> None:
        rfq = self.any_rfq(number)
        if rfq is None:
            return
        body = self.world.quote_body(rfq["shown"], str(price))
        answer = self.send(self.suppliers[who], "POST", f"/v1/rfqs/{rfq['id']}/quotes", body, again=again)
        if rfq["state"] == "draft":
            wanted: str | None = "not_found"
        elif rfq.get("over"):
            wanted = "deadline_passed"
        else:
            wanted = "duplicate" if who in rfq["quotes"] else None
        made = self.expect(answer, wanted)
        if made is not None:
            rfq["quotes"][who] = {"id": made["id"], "state": "draft", "version": 1, "submission": 0}

    @rule(
        number=st.integers(0, 9), who=st.integers(0, 1), act=st.sampled_from(["submit", "withdraw"]),
        stale=st.booleans(), again=st.booleans(),
    )  # fmt: skip
    def move(self, number: int, who: int, act: str, stale: bool, again: bool) -> None:
        rfq = self.any_rfq(number)
        quote = rfq["quotes"].get(who) if rfq else None
        if rfq is None or quote is None:
            return
        etag = f'"{quote["version"] + 7}"' if stale else None
        answer = self.send(self.suppliers[who], "POST", f"/v1/quotes/{quote['id']}/{act}", etag=etag, again=again)
        if rfq.get("over"):
            wanted: str | None = "deadline_passed"
        elif stale:
            wanted = "stale_version"
        else:
            wanted = None if act == "submit" or quote["state"] == "submitted" else "wrong_state"
        if self.expect(answer, wanted) is not None:
            quote["state"] = "submitted" if act == "submit" else "withdrawn"
            quote["version"] += 1
            quote["submission"] += act == "submit"

    # -- awards

    @rule(number=st.integers(0, 9), who=st.integers(0, 1), quantity=st.integers(1, 140), again=st.booleans())
    def award(self, number: int, who: int, quantity: int, again: bool) -> None:
        rfq = self.any_rfq(number, "evaluating")
        quote = rfq["quotes"].get(who) if rfq else None
        if rfq is None or quote is None or quote["state"] != "opened":
            return
        lines = [{"line_no": 1, "quantity": str(quantity), "reason": "lowest_total_cost"}]
        body = {"quote_id": quote["id"], "lines": lines}
        answer = self.send(self.buyer, "POST", f"/v1/rfqs/{rfq['id']}/awards", body, again=again)
        made = self.expect(answer, "quantity_exceeded" if quantity > ASKED - rfq["awarded"] else None)
        if made is not None:
            rfq["awards"].append({"id": made["id"], "state": "proposed", "who": who, "quantity": quantity})

    @rule(number=st.integers(0, 9), place=st.integers(0, 9), again=st.booleans())
    def issue(self, number: int, place: int, again: bool) -> None:
        rfq = self.any_rfq(number, "evaluating")
        if rfq is None or not rfq["awards"]:
            return
        award = rfq["awards"][place % len(rfq["awards"])]
        shown = self.run(self.buyer.done("GET", f"/v1/awards/{award['id']}"))
        assert shown["state"] == award["state"]
        answer = self.send(self.buyer, "POST", f"/v1/awards/{award['id']}/issue", etag=shown["etag"], again=again)
        live = [other["who"] for other in rfq["awards"] if other["state"] == "issued"]
        if award["state"] != "proposed":
            wanted: str | None = "wrong_state"
        elif award["who"] in live:
            wanted = "duplicate"
        else:
            wanted = "quantity_exceeded" if rfq["awarded"] + award["quantity"] > ASKED else None
        if answer.is_success or wanted is None or award["who"] not in live:
            done = self.expect(answer, wanted)
        else:
            # Two bounds forbid it; which of them is named first is not promised.
            assert answer.json()["code"] in {"duplicate", "quantity_exceeded", "wrong_state"}, answer.text
            done = None
        if done is not None:
            award["state"] = "issued"
            rfq["awarded"] += award["quantity"]
            rfq["version"] += 1

    @rule(number=st.integers(0, 9), place=st.integers(0, 9), again=st.booleans())
    def take_back(self, number: int, place: int, again: bool) -> None:
        rfq = self.any_rfq(number, "evaluating")
        if rfq is None or not rfq["awards"]:
            return
        award = rfq["awards"][place % len(rfq["awards"])]
        body = {"reason": "entered_in_error"}
        answer = self.send(self.buyer, "POST", f"/v1/awards/{award['id']}/cancel", body, again=again)
        if self.expect(answer, None if award["state"] in {"proposed", "issued"} else "wrong_state") is not None:
            if award["state"] == "issued":
                rfq["awarded"] -= award["quantity"]
                rfq["version"] += 1
            award["state"] = "cancelled"

    # -- what holds after every step

    @invariant()
    def buyer_sees_the_model(self) -> None:
        for rfq in getattr(self, "rfqs", [])[-2:]:
            shown = self.run(self.buyer.done("GET", f"/v1/rfqs/{rfq['id']}"))
            seen = (shown["state"], shown["title"], shown["etag"])
            assert seen == (rfq["state"], rfq["title"], f'"{rfq["version"]}"'), rfq
            page = self.run(self.buyer.done("GET", f"/v1/rfqs/{rfq['id']}/quotes"))
            if rfq["state"] == "evaluating":
                states = sorted(quote["state"] for quote in rfq["quotes"].values() if quote["state"] == "opened")
                assert [item["state"] for item in page["items"]] == states
            else:
                submitted = sum(quote["state"] == "submitted" for quote in rfq["quotes"].values())
                assert (page["items"], page["count"]) == ([], submitted)

    @invariant()
    def suppliers_see_their_own_alone(self) -> None:
        for rfq in getattr(self, "rfqs", [])[-1:]:
            for who, quote in rfq["quotes"].items():
                path = f"/v1/quotes/{quote['id']}"
                shown = self.run(self.suppliers[who].done("GET", path))
                assert (shown["state"], shown["etag"]) == (quote["state"], f'"{quote["version"]}"')
                for other in (self.suppliers[1 - who], self.stranger):
                    assert self.run(other.get(path)).status_code == 404


@pytest.mark.slow
async def test_the_api_does_what_the_model_says(world: World) -> None:
    loop = asyncio.get_running_loop()

    def run(work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(60)

    acts: Counter[tuple[str, str | None]] = Counter()
    machine = type("TradeHere", (Trade,), {"world": world, "run": staticmethod(run), "acts": acts})
    bounds = settings(
        max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, database=None, print_blob=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    await asyncio.to_thread(run_state_machine_as_test, machine, settings=bounds)
    print(dict(acts))  # noqa: T201  with -rP pytest shows it
    done = {act for act, code in acts if code is None}
    if EXAMPLES >= 100:  # a few short walks may end anywhere
        assert done >= {"create", "change", "publish", "quote", "move", "open", "award"}, "the walks did not come far"
