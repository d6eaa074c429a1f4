"""What both parties may do with pieces, in any order: the quantities of an order are those of a plain dictionary.

Hypothesis plays both parties against one order at a time. Whatever they try, the answer is what the dictionary says,
refusals too, and the order on the wire shows its numbers after each step.
"""

import asyncio
import os
import uuid
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

import asyncpg
import httpx
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from api.app import create_app
from api.blobs import open_blobs
from api.services import Clock, Services
from api.settings import Settings
from domain.actors import SYSTEM
from domain.database import Database
from domain.ids import read
from domain.orders import sql as orders
from domain.sealing import Sealer
from world import Party, World

pytestmark = pytest.mark.slow

T = TypeVar("T")
Lot = tuple[int, str]
Numbers = dict[str, int]
Held = tuple[str, dict[Lot, Numbers]]
"""A despatch or a receipt: its id, and the numbers of each of its lots."""
ORDERED, TOLERANCE = {1: 20, 2: 7}, {1: 2, 2: 0}
"""At the start: a change order that both sides sign changes both."""
RUNNING = ("despatched", "short", "received", "accepted", "rejected", "returned")
DISPOSITIONS = st.sampled_from(["use_as_is", "rework", "return", "replace", "scrap"])
RUNS, STEPS = int(os.environ.get("QUANTITY_RUNS", "60")), 30

LOTS = st.lists(st.sampled_from([(1, "A"), (1, "B"), (2, "A")]), min_size=1, max_size=3, unique=True)
WHICH, MOSTLY = st.integers(0, 99), 80
WHOLE = 100
PERCENT = st.sampled_from([100, 100, 100, 100, 100, 60, 30, 130])
"""Of what is left; more than all of it is refused."""
SHARE = st.sampled_from([30, 0, 0, 100])
"""Of a quantity that is lost on the way, or no good."""
TWICE = st.booleans()
CLAIMS = 90
"""The list that the model reads shows a hundred."""


class Stage:
    """One application and two parties on a loop of their own: Hypothesis calls without one."""

    def __init__(self, runner: asyncio.Runner, world: World, buyer: Party, supplier: Party) -> None:
        self.runner, self.world, self.buyer, self.supplier = runner, world, buyer, supplier

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Wait for it."""
        return self.runner.run(coroutine)


@contextmanager
def staged(owner_dsn: str, app_dsn: str, home: Path) -> Iterator[Stage]:
    """A stage with pools of its own. The factory keeps the loop of the session's tests in its place."""
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        opener = runner.run(Database.connect(app_dsn, role="jembatan_opener", application="model", size=2))
        db = runner.run(Database.connect(app_dsn, role="jembatan_api", application="model", size=4, opener=opener))
        owner = runner.run(asyncpg.connect(owner_dsn))
        known = Settings(home=home, in_flight=100, soon=0, rate_per_minute=0)
        Sealer.create(known.keys_folder)
        sealer = Sealer.load(known.keys_folder, opening=True)
        services = Services(known, db, sealer, open_blobs(known.storage_url), Clock())
        transport = httpx.ASGITransport(app=cast("Any", create_app(services)))
        http = httpx.AsyncClient(transport=transport, base_url="http://jembatan.test", timeout=30)
        try:
            world = World(http, owner, services)
            yield Stage(runner, world, *runner.run(_parties(world)))
        finally:
            runner.run(http.aclose())
            runner.run(owner.close())
            runner.run(db.close())


async def _parties(world: World) -> tuple[Party, Party]:
    return await world.party("buyer"), await world.party("supplier")


def pick(likely: list[Held], things: list[Held], which: int) -> Held:
    """Mostly a likely one, for otherwise most tries would be refused."""
    among = likely if likely and which < MOSTLY else things
    return among[which % len(among)]


def is_open(thing: Held) -> bool:
    """Whether something of it is left to count, or to inspect."""
    return any(outstanding(lot) for lot in thing[1].values())


def outstanding(lot: Numbers) -> int:
    """Of a despatch what no receipt accounts for, of a receipt what has yet to be inspected."""
    if "quantity" in lot:
        return lot["quantity"] - lot["received"] - lot["short"]
    return lot["received"] - lot["accepted"] - lot["rejected"]


def on_the_wire(counted: dict[Lot, Numbers]) -> list[dict[str, Any]]:
    """Lines of a body."""
    return [
        {"line_no": no, "lot": lot, **{name: str(value) for name, value in numbers.items()}}
        for (no, lot), numbers in counted.items()
    ]


def part(whole: int, share: int) -> int:
    """Rounded up, so that a part of one piece is the piece."""
    return -(-whole * share // WHOLE)


def amount(left: int, percent: int) -> int:
    """At least one: a quantity of nothing is another test's business."""
    return max(1, left * percent // 100)


class Play(RuleBasedStateMachine):
    """Both parties of one order, and what it should say."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        quantities = tuple(str(ordered) for ordered in ORDERED.values())
        self.order = stage.run(
            stage.world.order(
                stage.buyer, stage.supplier, quantities=quantities, acknowledged=False, over_delivery_percent="10"
            )
        )
        self.path = f"/v1/orders/{self.order['id']}"
        self.state = "issued"
        self.held = False
        self.ordered, self.tolerance = dict(ORDERED), dict(TOLERANCE)
        self.lines: dict[int, Numbers] = {line_no: dict.fromkeys(RUNNING, 0) for line_no in ORDERED}
        self.despatches: list[Held] = []
        self.receipts: list[Held] = []
        self.cancelled: set[str] = set()
        self.rejections: list[int] = []
        self.claims: dict[str, dict[str, Any]] = {}

    def send(self, party: Party, path: str, body: Any, refusal: str | None, *, twice: bool) -> Any:
        """One change, answered as the model says; with `twice` retried with its key, which must change nothing."""
        key = str(uuid.uuid4())
        answer = self.stage.run(party.post(path, body, key=key))
        if twice:
            again = self.stage.run(party.post(path, body, key=key))
            assert again.content == answer.content
            assert again.headers["idempotent-replayed"] == "true"
        assert (None if answer.is_success else answer.json()["code"]) == refusal, answer.text
        return answer.json()

    def may_despatch(self, line_no: int) -> int:
        line = self.lines[line_no]
        return self.ordered[line_no] + self.tolerance[line_no] + line["short"] + line["rejected"] - line["despatched"]

    @initialize(twice=TWICE)
    def acknowledge(self, *, twice: bool) -> None:
        early = {"number": f"SJ-{uuid.uuid4().hex[:20]}", "lines": [{"line_no": 1, "lot": "A", "quantity": "1"}]}
        self.send(self.stage.supplier, f"{self.path}/despatches", early, "wrong_state", twice=twice)
        promises = {"lines": [{"line_no": line_no, "promised_on": "2030-01-01"} for line_no in ORDERED]}
        for refusal in (None, "wrong_state"):
            self.send(self.stage.supplier, f"{self.path}/acknowledge", promises, refusal, twice=twice)
        self.state = "acknowledged"

    @precondition(lambda self: self.state == "completed")
    @rule(which=WHICH)
    def leave_it(self, which: int) -> None:
        """A completed order takes no more despatches; mostly it is left in peace."""
        if which >= MOSTLY:
            self.try_despatch({(1, "Z"): 1}, twice=False)

    @precondition(lambda self: self.state != "completed" and any(self.may_despatch(no) > 0 for no in ORDERED))
    @rule(lots=LOTS, percent=PERCENT, twice=TWICE)
    def despatch(self, lots: list[Lot], percent: int, *, twice: bool) -> None:
        left = {no: self.may_despatch(no) for no in ORDERED}
        sent: dict[Lot, int] = {}
        for no, lot in lots:
            if left[no] > 0 or percent > WHOLE or not sent:  # something is sent, even where nothing is left
                sent[no, lot] = amount(left[no], percent)
                left[no] -= sent[no, lot]
        self.try_despatch(sent, twice=twice)

    def try_despatch(self, sent: dict[Lot, int], *, twice: bool) -> None:
        total = {no: sum(quantity for (of, _), quantity in sent.items() if of == no) for no in ORDERED}
        refusal = None
        if self.state == "completed" or self.held:
            refusal = "wrong_state"
        elif any(total[no] > max(0, self.may_despatch(no)) for no in ORDERED):
            refusal = "over_despatch"
        lines = [{"line_no": no, "lot": lot, "quantity": str(quantity)} for (no, lot), quantity in sent.items()]
        body = {"number": f"SJ-{uuid.uuid4().hex[:20]}", "lines": lines}
        made = self.send(self.stage.supplier, f"{self.path}/despatches", body, refusal, twice=twice)
        if refusal is None:
            self.state = "in_progress"
            held = {lot: {"quantity": quantity, "received": 0, "short": 0} for lot, quantity in sent.items()}
            self.despatches.append((made["id"], held))
            for no in ORDERED:
                self.lines[no]["despatched"] += total[no]

    def under_way(self) -> list[Held]:
        return [thing for thing in self.despatches if thing[0] not in self.cancelled and is_open(thing)]

    def uninspected(self) -> list[Held]:
        return [thing for thing in self.receipts if is_open(thing)]

    @precondition(lambda self: self.under_way())
    @rule(which=WHICH, twice=TWICE)
    def cancel(self, which: int, *, twice: bool) -> None:
        key, lots = pick(self.under_way(), self.despatches, which)
        touched = any(outstanding(lot) < lot["quantity"] for lot in lots.values())
        refusal = "wrong_state" if key in self.cancelled or touched else None
        self.send(self.stage.supplier, f"/v1/despatches/{key}/cancel", None, refusal, twice=twice)
        if refusal is None:
            self.cancelled.add(key)
            for (no, _), lot in lots.items():
                self.lines[no]["despatched"] -= lot["quantity"]

    @precondition(lambda self: self.under_way())
    @rule(which=WHICH, percent=PERCENT, share=SHARE, one=st.booleans(), twice=TWICE)
    def receive(self, which: int, percent: int, share: int, *, one: bool, twice: bool) -> None:
        key, lots = pick(self.under_way(), self.despatches, which)
        chosen = [place for place in lots if outstanding(lots[place])] or list(lots)
        counted: dict[Lot, Numbers] = {}
        for place in chosen[:1] if one else chosen:
            whole = amount(outstanding(lots[place]), percent)
            short = part(whole, share)
            counted[place] = {"received": whole - short, "short": short, "damaged": (whole - short) // 2}
        self.try_receive(key, lots, counted, twice=twice)

    def try_receive(self, key: str, lots: dict[Lot, Numbers], counted: dict[Lot, Numbers], *, twice: bool) -> None:
        refusal = None
        if key in self.cancelled or not is_open((key, lots)):
            refusal = "wrong_state"
        elif any(lot["received"] + lot["short"] > outstanding(lots[place]) for place, lot in counted.items()):
            refusal = "over_receipt"
        body = {"despatch_id": key, "lines": on_the_wire(counted)}
        made = self.send(self.stage.buyer, f"{self.path}/receipts", body, refusal, twice=twice)
        if refusal is None:
            for (no, lot), numbers in counted.items():
                for name in ("received", "short"):
                    lots[no, lot][name] += numbers[name]
                    self.lines[no][name] += numbers[name]
            held = {
                place: {"received": numbers["received"], "accepted": 0, "rejected": 0}
                for place, numbers in counted.items()
                if numbers["received"]
            }
            assert (made["inspection_id"] is None) == (not held)
            self.receipts.append((made["id"], held))

    @precondition(lambda self: self.uninspected())
    @rule(which=WHICH, percent=PERCENT, share=SHARE, one=st.booleans(), twice=TWICE)
    def inspect(self, which: int, percent: int, share: int, *, one: bool, twice: bool) -> None:
        key, lots = pick(self.uninspected(), self.receipts, which)
        chosen = [place for place in lots if outstanding(lots[place])] or list(lots) or [(1, "A")]
        found: dict[Lot, Numbers] = {}
        for place in chosen[:1] if one else chosen:
            whole = amount(outstanding(lots[place]) if lots else 0, percent)
            rejected = part(whole, share)
            found[place] = {"accepted": whole - rejected, "rejected": rejected}
        self.try_inspect(key, lots, found, twice=twice)

    def try_inspect(self, key: str, lots: dict[Lot, Numbers], found: dict[Lot, Numbers], *, twice: bool) -> None:
        refusal = None
        if not lots:
            refusal = "over_inspection"
        elif not is_open((key, lots)):
            refusal = "wrong_state"
        elif any(lot["accepted"] + lot["rejected"] > outstanding(lots[place]) for place, lot in found.items()):
            refusal = "over_inspection"
        path = f"/v1/receipts/{key}/inspections"
        made = self.send(self.stage.buyer, path, {"lines": on_the_wire(found)}, refusal, twice=twice)
        if refusal is None:
            for (no, lot), numbers in found.items():
                for name, value in numbers.items():
                    lots[no, lot][name] += value
                    self.lines[no][name] += value
            self.rejections += [numbers["rejected"] for numbers in found.values() if numbers["rejected"]]
            for place, numbers in found.items():
                if numbers["rejected"]:
                    self.claimed(place, lots[place], numbers["rejected"])
            assert made["state"] == ("pending" if is_open((key, lots)) else "done")
            self.complete_if_due()

    @precondition(
        lambda self: self.state != "completed" and not self.held and any(self.may_despatch(no) > 0 for no in ORDERED)
    )
    @rule(no=st.sampled_from(list(ORDERED)), lost=SHARE, bad=SHARE)
    def deliver(self, no: int, lost: int, bad: int) -> None:
        """All that may be sent of a line is sent, counted and inspected: the way to a completed order."""
        quantity = self.may_despatch(no)
        if quantity > 0:
            self.try_despatch({(no, "D"): quantity}, twice=False)
            short = part(quantity, lost)
            counted = {(no, "D"): {"received": quantity - short, "short": short, "damaged": 0}}
            self.try_receive(*self.despatches[-1], counted, twice=False)
            key, lots = self.receipts[-1]
            if lots:
                rejected = part(quantity - short, bad)
                found = {(no, "D"): {"accepted": quantity - short - rejected, "rejected": rejected}}
                self.try_inspect(key, lots, found, twice=False)

    def claimed(self, place: Lot, lot: Numbers, quantity: int) -> None:
        """One more nonconformance about a lot, which the buyer's list shows."""
        listed = self.stage.run(self.stage.buyer.done("GET", f"{self.path}/nonconformances?limit=100"))["items"]
        [new] = [
            item
            for item in listed
            if item["id"] not in self.claims
            and (item["line_no"], item["lot"], item["quantity"]) == (*place, str(quantity))
        ][:1]
        self.claims[new["id"]] = {"no": place[0], "lot": lot, "quantity": quantity, "returned": 0, "disposition": None}

    def pieces_to_complain_of(self) -> list[tuple[str, Lot, Numbers]]:
        return [(key, place, lot) for key, lots in self.receipts for place, lot in lots.items() if lot["accepted"]]

    @precondition(lambda self: self.pieces_to_complain_of() and len(self.claims) < CLAIMS)
    @rule(which=WHICH, percent=st.sampled_from([10, 30, 100, 130]), twice=TWICE)
    def complain(self, which: int, percent: int, *, twice: bool) -> None:
        """Accepted pieces turn out bad: they are rejected, and a completed order goes on."""
        among = self.pieces_to_complain_of()
        key, (no, name), lot = among[which % len(among)]
        quantity = amount(lot["accepted"], percent)
        refusal = "quantity_exceeded" if quantity > lot["accepted"] else None
        defects = [{"code": "crack", "quantity": str(quantity)}]
        body = {"receipt_id": key, "line_no": no, "lot": name, "quantity": str(quantity), "defects": defects}
        self.send(self.stage.buyer, f"{self.path}/nonconformances", body, refusal, twice=twice)
        if refusal is None:
            self.judge_anew(no, lot, accepted=-quantity, rejected=quantity)
            self.rejections.append(quantity)
            self.claimed((no, name), lot, quantity)

    def judge_anew(self, no: int, lot: Numbers, *, accepted: int, rejected: int) -> None:
        for numbers in (lot, self.lines[no]):
            numbers["accepted"] += accepted
            numbers["rejected"] += rejected
        if self.state == "completed" and self.lines[no]["accepted"] < self.ordered[no]:
            self.state = "in_progress"
        self.complete_if_due()

    def undecided(self) -> list[str]:
        return [key for key, claim in self.claims.items() if claim["disposition"] is None]

    @precondition(lambda self: self.undecided())
    @rule(which=WHICH, disposition=DISPOSITIONS, twice=TWICE)
    def decide(self, which: int, disposition: str, *, twice: bool) -> None:
        """What becomes of rejected pieces: used or reworked they are no more to be sent again."""
        among = self.undecided()
        key = among[which % len(among)]
        claim = self.claims[key]
        freed = disposition in {"use_as_is", "rework"}
        refusal = "over_despatch" if freed and claim["quantity"] > max(0, self.may_despatch(claim["no"])) else None
        body = {"disposition": disposition, "reference": "K-1" if disposition == "use_as_is" else None}
        self.send(self.stage.buyer, f"{self.path}/nonconformances/{key}/decide", body, refusal, twice=twice)
        if refusal is None:
            claim["disposition"] = disposition
            used = claim["quantity"] if disposition == "use_as_is" else 0
            if freed:
                self.judge_anew(claim["no"], claim["lot"], accepted=used, rejected=-claim["quantity"])

    @precondition(lambda self: any(claim["disposition"] in {"return", "replace"} for claim in self.claims.values()))
    @rule(which=WHICH, percent=PERCENT, twice=TWICE)
    def send_back(self, which: int, percent: int, *, twice: bool) -> None:
        """Pieces go back, no more than are decided to."""
        among = [key for key, claim in self.claims.items() if claim["disposition"] in {"return", "replace"}]
        key = among[which % len(among)]
        claim = self.claims[key]
        left = claim["quantity"] - claim["returned"]
        quantity = amount(left, percent)
        refusal = "over_return" if quantity > left else None
        body = {"reference": f"RT-{uuid.uuid4().hex[:20]}", "quantity": str(quantity)}
        self.send(self.stage.buyer, f"{self.path}/nonconformances/{key}/returns", body, refusal, twice=twice)
        if refusal is None:
            claim["returned"] += quantity
            self.lines[claim["no"]]["returned"] += quantity

    def complete_if_due(self) -> None:
        """A held order completes when it goes on."""
        whole = all(self.lines[no]["accepted"] >= self.ordered[no] for no in ORDERED)
        if whole and self.state == "in_progress" and not self.held:
            self.state = "completed"

    @precondition(lambda self: self.state != "completed")
    @rule(no=st.sampled_from(list(ORDERED)), quantity=st.integers(0, 30), buyer=st.booleans(), twice=TWICE)
    def agree(self, no: int, quantity: int, *, buyer: bool, twice: bool) -> None:
        """One side proposes another quantity of a line and the other signs."""
        line, ordered = self.lines[no], self.ordered[no]
        sent = line["despatched"] - line["short"] - line["rejected"]
        others = sum(self.ordered.values()) - ordered
        refusal = None
        if quantity < ordered and quantity < sent:
            refusal = "below_despatched"
        elif quantity + others == 0:
            refusal = "invalid"
        elif quantity == ordered:
            refusal = "nothing_changed"
        one, other = self.stage.buyer, self.stage.supplier
        if not buyer:
            one, other = other, one
        body = {"reason": "demand_changed", "lines": [{"line_no": no, "quantity": str(quantity)}]}
        made = self.send(one, f"{self.path}/changes", body, refusal, twice=twice)
        if refusal is None:
            accept = f"{self.path}/changes/{made['id']}/accept"
            self.stage.run(other.done("POST", accept, etag=made["etag"]))
            self.ordered[no], self.tolerance[no] = quantity, quantity // 10
            self.complete_if_due()

    @precondition(lambda self: self.state != "completed")
    @rule(which=WHICH, twice=TWICE)
    def hold_and_go_on(self, which: int, *, twice: bool) -> None:
        """The buyer holds the order, now and then, and lets it go on."""
        if self.held:
            self.send(self.stage.buyer, f"{self.path}/resume", None, None, twice=twice)
            self.held = False
            self.complete_if_due()
        elif which >= MOSTLY:
            self.send(self.stage.buyer, f"{self.path}/hold", {"reason": "other"}, None, twice=twice)
            self.held = True

    @invariant()
    def the_order_says_what_the_model_says(self) -> None:
        seen = self.stage.run(self.stage.buyer.done("GET", self.path))
        assert (seen["state"], seen["held_from"]) == (("on_hold", self.state) if self.held else (self.state, None))
        for line in seen["lines"]:
            no, numbers = line["line_no"], self.lines[line["line_no"]]
            assert {name: line[name] for name in RUNNING} == {name: str(numbers[name]) for name in RUNNING}
            assert line["open"] == str(max(0, self.ordered[no] - numbers["accepted"]))
            assert line["despatchable"] == str(max(0, self.may_despatch(no)))

    def teardown(self) -> None:
        """What the events tell adds up to the same, and gives the row."""
        self.stage.run(self._history())

    async def _history(self) -> None:
        world = self.stage.world
        async with world.services.db.read(SYSTEM) as tx:
            await world.replays(await orders.get(tx, read("order", self.order["id"])))
        accepted = dict.fromkeys(ORDERED, 0)
        inspections = [f"inspection.{verb}" for verb in ("recorded", "finished", "corrected", "reopened")]
        for event in await world.feed(self.stage.buyer, types=inspections):
            if event.data["order_id"] == self.order["id"]:
                for line in event.data["lines"]:
                    accepted[line["line_no"]] += int(line["accepted"])
        assert accepted == {no: numbers["accepted"] for no, numbers in self.lines.items()}
        claims = await self.stage.supplier.done("GET", f"{self.path}/nonconformances?limit=100")
        assert sorted(int(claim["quantity"]) for claim in claims["items"]) == sorted(self.rejections)


@pytest.mark.parametrize("share", range(4))
def test_the_quantities_are_those_of_the_model(owner_dsn: str, app_dsn: str, tmp_path: Path, share: int) -> None:
    """A quarter of the runs each, so that two processes share them."""
    with staged(owner_dsn, app_dsn, tmp_path) as stage:

        class Staged(Play):
            """On this stage."""

            def __init__(self) -> None:
                super().__init__(stage)

        run_state_machine_as_test(
            Staged,
            settings=settings(
                max_examples=RUNS // 4,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                # No shrinking: over HTTP it takes minutes, and 30 steps can be read as they are.
                phases=(Phase.generate,),
                print_blob=True,
                suppress_health_check=list(HealthCheck),
            ),
        )
