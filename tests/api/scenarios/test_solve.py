"""solve_award_scenario through HTTP: the split, its proposals, the record, and every refusal."""

import hashlib
from decimal import Decimal
from typing import Any

import pytest
from award_scene import Scene

from domain.actors import SCOPES, SYSTEM
from domain.ids import read
from domain.scenarios import process, sql
from domain.scenarios.model import Outcome, Problem
from domain.scenarios.process import Solvers
from domain.sealing import canonical
from world import Party, World

QUICK = {"time_limit_seconds": 5}


@pytest.fixture(autouse=True)
def _slots(world: World) -> None:
    """Tests of one process run one after the other, but each starts from a free solver."""
    world.services.solvers = Solvers(2)


async def scene_of(world: World, *offers: dict[str, Any], lines: int = 1, **change: Any) -> Scene:
    """One supplier for each of `offers`: members of each of its quote's lines, or `currency` of the quote."""
    buyer = await world.party("buyer")
    wanted = [world.line(number, **change) for number in range(1, lines + 1)]
    rfq = await world.rfq(buyer, lines=wanted)
    suppliers, quotes = [], []
    for offer in offers:
        supplier = await world.party("supplier")
        members = dict(offer)
        whole = {name: members.pop(name) for name in ("currency", "only") if name in members}
        numbers = whole.pop("only", None)
        quoted = [
            line | members for line in world.quote_body(rfq)["lines"] if numbers is None or line["line_no"] in numbers
        ]
        missing = [
            {"line_no": line["line_no"], "answer": "declined", "decline_reason": "capacity_full"}
            for line in rfq["lines"]
            if numbers is not None and line["line_no"] not in numbers
        ]
        suppliers.append(supplier)
        quotes.append(await world.quote(supplier, rfq, lines=quoted + missing, **whole))
    opened = await world.opened(buyer, rfq)
    return Scene(world=world, buyer=buyer, suppliers=suppliers, rfq=opened, quotes=quotes)


def priced(price: str, **members: Any) -> dict[str, Any]:
    return {"breaks": [{"min_quantity": "1", "unit_price": price}], **members}


def path(scene: Scene) -> str:
    return f"/v1/rfqs/{scene.rfq['id']}/award-scenarios"


async def solved(scene: Scene, **asked: Any) -> Any:
    return await scene.buyer.done("POST", path(scene), {**QUICK, **asked})


def split(scene: Scene, answer: Any) -> dict[tuple[int, int], str]:
    """(line, place of the supplier) -> quantity."""
    places = {quote["id"]: place for place, quote in enumerate(scene.quotes)}
    return {(part["line_no"], places[part["quote_id"]]): part["quantity"] for part in answer["allocations"]}


async def test_the_cheapest_split_and_what_a_second_source_costs(world: World) -> None:
    tooling = {"cost": "500", "ownership": "buyer"}
    scene = await scene_of(world, priced("90", tooling=tooling), priced("100"), priced("120"))
    free = await solved(scene)
    assert split(scene, free) == {(1, 0): "100"}
    assert (free["status"], free["total"], free["bound"], free["gap_percent"]) == ("optimal", "9500", "9500", "0.0000")
    assert free["comparisons"] == []
    assert free["allocations"][0] == {
        "line_no": 1,
        "quote_id": scene.quotes[0]["id"],
        "supplier_id": scene.suppliers[0].id,
        "quantity": "100",
        "unit_price": "90.0000",
        "tooling": "500.0000",
        "total": "9500",
    }
    asked = {
        "sources": [{"minimum": 2}],
        "shares": [{"basis": "quantity", "minimum_percent": "30"}],
    }
    two = await solved(scene, **asked)
    assert split(scene, two) == {(1, 0): "70", (1, 1): "30"}
    assert (two["status"], two["total"], two["is_tie_settled"]) == ("optimal", "9800", True)
    shares = [(one["total"], one["value"], one["percent"], one["line_count"]) for one in two["suppliers"]]
    assert shares == [("6800", "6800.0000", "69.39", 1), ("3000", "3000.0000", "30.61", 1)]
    costs = {one["without"]: (one["total"], one["difference"], one["difference_percent"]) for one in two["comparisons"]}
    # Without the second source 9500; without the minimum share 99 x 90 + 500 + 1 x 100 = 9510.
    assert costs == {
        None: ("9500", "300", "3.16"),
        "/sources/0": ("9500", "300", "3.16"),
        "/shares/0": ("9510", "290", "3.05"),
    }
    assert [one["pointer"] for one in two["assumptions"]["conditions"]] == ["/sources/0", "/shares/0"]


async def test_propose_award_takes_the_proposals_as_they_are(world: World) -> None:
    breaks = [{"min_quantity": "1", "unit_price": "120.5"}, {"min_quantity": "50", "unit_price": "99.25"}]
    amortised = {"cost": "777", "ownership": "supplier", "amortised_over_pieces": 40}
    scene = await scene_of(
        world, {"breaks": breaks}, priced("100", tooling=amortised), priced("101", capacity_per_month="15"), lines=3
    )
    answer = await solved(
        scene,
        capacity={"months": "2"},
        sources=[{"minimum": 2, "line_nos": [1, 3]}],
        forced=[{"supplier_id": scene.suppliers[1].id, "line_nos": [2]}],
        keep=[{"supplier_id": scene.suppliers[2].id}],
    )
    assert answer["status"] == "optimal"
    totals = {}
    for proposal in answer["proposals"]:
        award = await scene.buyer.done("POST", scene.path, proposal)
        totals[award["quote_id"]] = award["total"]
        parts = [part for part in answer["allocations"] if part["quote_id"] == award["quote_id"]]
        told = [(line["line_no"], line["quantity"], line["unit_price"], line["tooling"]) for line in award["lines"]]
        assert told == [(part["line_no"], part["quantity"], part["unit_price"], part["tooling"]) for part in parts]
    assert totals == {one["quote_id"]: one["total"] for one in answer["suppliers"]}
    assert Decimal(answer["total"]) == sum(Decimal(total) for total in totals.values())
    assert len(totals) == 3
    reasons = {line["reason"] for proposal in answer["proposals"] for line in proposal["lines"]}
    assert reasons == {"lowest_total_cost", "continuity_second_source"}


async def test_the_run_is_on_record_for_its_buyer(world: World) -> None:
    scene = await scene_of(world, priced("100"), priced("100"))
    response = await scene.buyer.post(path(scene), QUICK, key="once")
    answer = response.json()
    assert response.status_code == 201
    # Equal cost: one supplier rather than two, the older quote rather than the younger.
    assert split(scene, answer) == {(1, 0): "100"}
    assert response.headers["location"] == f"/v1/award-scenarios/{answer['id']}"
    assert response.headers["etag"] == answer["etag"] == '"1"'
    again = await scene.buyer.post(path(scene), QUICK, key="once")
    assert (again.status_code, again.content) == (201, response.content)
    assert again.headers["idempotent-replayed"] == "true"
    other = await scene.buyer.post(path(scene), {"compare": False}, key="once")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")

    assert await scene.buyer.done("GET", response.headers["location"]) == answer
    second = await solved(scene, maximum_suppliers=1)
    listed = await scene.buyer.done("GET", f"{path(scene)}?limit=1")
    assert [card["id"] for card in listed["items"]] == [second["id"]]
    rest = await scene.buyer.done("GET", f"{path(scene)}?limit=1&after={listed['next_cursor']}")
    assert [(card["id"], card["status"], card["total"]) for card in rest["items"]] == [
        (answer["id"], "optimal", "10000")
    ]

    async with world.services.db.read(SYSTEM) as tx:
        kept = await sql.get(tx, read("award_scenario", answer["id"]))
    await world.replays(kept.scenario)
    assert kept.scenario.digest == hashlib.sha256(canonical(kept.content)).hexdigest() == answer["digest"]
    events = [event for event in await world.feed(scene.buyer) if event.type == "award_scenario.solved"]
    assert [event.data["outcome"] for event in events] == ["optimal", "optimal"]
    assert set(events[0].data) == {"rfq_id", "outcome", "suppliers", "lines_left_out"}
    assert not [event for event in await world.feed(scene.suppliers[0]) if event.type == "award_scenario.solved"]


async def test_a_retry_does_not_solve_again(world: World) -> None:
    scene = await scene_of(world, priced("100"))
    first = await scene.buyer.post(path(scene), QUICK, key="once")

    async def never() -> None:
        raise AssertionError("solved again")

    world.services.solvers = Meddling([never])
    again = await scene.buyer.post(path(scene), QUICK, key="once")
    assert (again.status_code, again.content) == (201, first.content)


async def test_what_was_awarded_is_no_longer_split(world: World) -> None:
    scene = await scene_of(world, priced("90"), priced("100"))
    await scene.issued("40")
    answer = await solved(scene)
    assert split(scene, answer) == {(1, 1): "60"}
    assert [(one["quote_id"], one["line_no"], one["reason"]) for one in answer["excluded"]] == [
        (scene.quotes[0]["id"], 1, "already_awarded")
    ]
    await scene.issued("60", of=1)
    refused = await scene.buyer.post(path(scene), QUICK)
    assert (refused.status_code, refused.json()["code"]) == (409, "quantity_exceeded")


async def test_another_currency_needs_a_stated_rate(world: World) -> None:
    scene = await scene_of(world, {**priced("0.005"), "currency": "USD"}, priced("100"))
    without = await solved(scene)
    assert split(scene, without) == {(1, 1): "100"}
    assert [(one["line_no"], one["reason"]) for one in without["excluded"]] == [(None, "no_rate")]
    answer = await solved(scene, rates=[{"currency": "USD", "rate": "16000"}])
    assert split(scene, answer) == {(1, 0): "100"}
    assert (answer["total"], answer["suppliers"][0]["total"], answer["suppliers"][0]["currency"]) == (
        "8000",
        "0.50",
        "USD",
    )
    assert answer["assumptions"]["rates"] == [{"currency": "USD", "rate": "16000"}]


async def test_lines_without_a_quote_are_named_or_left_out(world: World) -> None:
    scene = await scene_of(world, priced("90", only=[1]), priced("100", only=[1]), lines=2)
    refused = await solved(scene)
    assert (refused["status"], refused["total"], refused["proposals"]) == ("infeasible", None, [])
    assert [(one["pointers"], one["line_nos"]) for one in refused["conflicts"]] == [([], [2])]
    answer = await solved(scene, allow_unallocated=True)
    assert (answer["status"], split(scene, answer)) == ("optimal", {(1, 0): "100"})
    assert [(one["line_no"], one["quantity"], one["reason"]) for one in answer["unallocated"]] == [
        (2, "100", "no_usable_quote")
    ]


CLASH = {
    "sources": [{"minimum": 2}],
    "maximum_suppliers": 1,
    "minimum_local_content_percent": "10",
}


async def test_a_clash_is_named_and_dissolved_by_any_of_its_members(world: World) -> None:
    local = {"basis": "self_declared", "percent": "40"}
    scene = await scene_of(world, *(priced("100", local_content=local) for _ in range(3)), lines=2)
    answer = await solved(scene, **CLASH)
    assert answer["status"] == "infeasible"
    (conflict,) = answer["conflicts"]
    assert conflict["pointers"] == ["/sources/0", "/maximum_suppliers"]
    assert conflict["is_minimal"]
    assert "at least 2 suppliers on every line" in conflict["detail"]
    for pointer in conflict["pointers"]:
        fewer = {name: value for name, value in CLASH.items() if not pointer.startswith(f"/{name}")}
        assert (await solved(scene, **fewer))["status"] == "optimal"


async def test_capacity_names_the_line_that_is_short(world: World) -> None:
    scene = await scene_of(world, priced("90", capacity_per_month="20"), lines=2)
    answer = await solved(scene, capacity={"months": "4.5"})
    assert [(one["pointers"], one["line_nos"]) for one in answer["conflicts"]] == [(["/capacity"], [1, 2])]
    assert answer["assumptions"]["capacity_months"] == [
        {"line_no": 1, "months": "4.5"},
        {"line_no": 2, "months": "4.5"},
    ]
    assert (await solved(scene, capacity={"months": "5"}))["status"] == "optimal"


async def test_capacity_counts_the_months_to_the_last_delivery(world: World) -> None:
    schedule = [{"due_on": "2036-01-01", "quantity": "100", "certainty": "firm"}]
    scene = await scene_of(world, priced("90", capacity_per_month="20"), schedule=schedule)
    answer = await solved(scene, capacity={})
    assert answer["status"] == "optimal"
    (window,) = answer["assumptions"]["capacity_months"]
    assert Decimal(100) < Decimal(window["months"]) < Decimal(140)


async def test_quantities_come_in_lots(world: World) -> None:
    scene = await scene_of(world, priced("90"), priced("100"))
    answer = await solved(
        scene,
        lots=[{"line_no": 1, "quantity": "25"}],
        shares=[{"basis": "quantity", "maximum_percent": "60"}],
    )
    assert split(scene, answer) == {(1, 0): "50", (1, 1): "50"}
    assert answer["assumptions"]["lots"] == [{"line_no": 1, "quantity": "25"}]


async def test_money_conditions_hold_to_the_rupiah(world: World) -> None:
    local = {"basis": "self_declared", "percent": "80"}
    scene = await scene_of(world, priced("90"), priced("100", local_content=local), lines=2)
    answer = await solved(
        scene,
        minimum_local_content_percent="40",
        shares=[{"basis": "value", "maximum_percent": "60"}],
        minimum_order_value="7000",
        excluded=[{"supplier_id": scene.suppliers[0].id, "line_nos": [2]}],
    )
    assert answer["status"] == "optimal"
    values = {one["supplier_id"]: Decimal(one["value"]) for one in answer["suppliers"]}
    first, second = values[scene.suppliers[0].id], values[scene.suppliers[1].id]
    assert min(first, second) >= 7000
    assert second * 80 >= (first + second) * 40
    assert max(first, second) * 100 <= (first + second) * 60
    assert (2, 0) not in split(scene, answer)


BAD: list[tuple[dict[str, Any], str]] = [
    ({"currency": "XYZ"}, "/currency"),
    ({"rates": [{"currency": "USD", "rate": "0"}]}, "/rates/0/rate"),
    ({"rates": [{"currency": "IDR", "rate": "1"}]}, "/rates"),
    ({"lots": [{"line_no": 9, "quantity": "5"}]}, "/lots/0/line_no"),
    ({"lots": [{"line_no": 1, "quantity": "1.5"}]}, "/lots/0/quantity"),
    ({"lots": [{"line_no": 1, "quantity": "30"}]}, "/lots/0/quantity"),
    ({"lots": [{"line_no": 1, "quantity": "5"}] * 2}, "/lots"),
    ({"capacity": {"months": "0"}}, "/capacity/months"),
    ({"sources": [{"minimum": 2, "line_nos": [7]}]}, "/sources/0/line_nos"),
    ({"shares": [{"basis": "quantity"}]}, "/shares/0"),
    ({"shares": [{"basis": "quantity", "minimum_percent": "101"}]}, "/shares/0/minimum_percent"),
    (
        {"shares": [{"basis": "quantity", "minimum_percent": "60", "maximum_percent": "40"}]},
        "/shares/0/minimum_percent",
    ),
    ({"shares": [{"basis": "value", "maximum_percent": "60", "line_nos": [1]}]}, "/shares/0/line_nos"),
    ({"shares": [{"basis": "value", "minimum_percent": "20"}]}, "/shares/0/supplier_id"),
    ({"keep": [{"supplier_id": f"org_{'0' * 32}"}]}, "/keep/0/supplier_id"),
    ({"minimum_local_content_percent": "100.1"}, "/minimum_local_content_percent"),
    ({"minimum_order_value": "-1"}, "/minimum_order_value"),
]


async def test_what_makes_no_sense_is_refused_with_its_place(world: World) -> None:
    scene = await scene_of(world, priced("100"))
    for asked, pointer in BAD:
        response = await scene.buyer.post(path(scene), asked)
        assert (response.status_code, response.json()["code"]) == (422, "invalid"), (asked, response.text)
        assert pointer in [error["pointer"] for error in response.json()["errors"]], response.text
    again = await scene.buyer.post(path(scene), BAD[0][0], key="bad")
    assert (await scene.buyer.post(path(scene), BAD[0][0], key="bad")).content == again.content


async def test_nobody_else_asks_and_nobody_before_the_opening(world: World) -> None:
    buyer, supplier, stranger = await world.parties("buyer", "supplier", "buyer")
    rfq = await world.rfq(buyer, visibility="invited")
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/invitations", {"supplier_ids": [supplier.id]})
    await world.quote(supplier, rfq)
    where = f"/v1/rfqs/{rfq['id']}/award-scenarios"
    for method, body in (("POST", {}), ("GET", None)):

        async def ask(who: Party, method: str = method, body: Any = body) -> tuple[int, str]:
            response = await who.request(method, where, body=body)
            return response.status_code, response.json()["code"]

        before = await attempts(world, rfq)
        assert await ask(buyer) == (409, "still_sealed")
        assert await attempts(world, rfq) == before + 1
        assert await ask(supplier) == (403, "forbidden")
        assert await ask(stranger) == (404, "not_found")
    await world.opened(buyer, rfq)
    answer = await buyer.done("POST", where, QUICK)
    for who in (supplier, stranger):
        assert (await who.get(f"/v1/award-scenarios/{answer['id']}")).status_code == 404
    assert (await supplier.post(where, {})).status_code == 403
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/close-without-award", {"reason": "demand_changed"})
    ended = await buyer.post(where, {})
    assert (ended.status_code, ended.json()["code"], ended.json()["state"]) == (409, "wrong_state", "not_awarded")


async def attempts(world: World, rfq: Any) -> int:
    found: int = await world.owner.fetchval(
        "SELECT count(*) FROM sealed_access_attempt WHERE rfq_id = $1", read("rfq", rfq["id"])
    )
    return found


async def test_a_busy_solver_says_when_to_come_back_and_the_key_stays_free(world: World) -> None:
    scene = await scene_of(world, priced("100"))
    world.services.solvers = Solvers(0)
    busy = await scene.buyer.post(path(scene), QUICK, key="later")
    assert (busy.status_code, busy.json()["code"]) == (503, "solver_unavailable")
    assert int(busy.headers["retry-after"]) > 0
    world.services.solvers = Solvers(1)
    assert (await scene.buyer.post(path(scene), QUICK, key="later")).status_code == 201


async def test_a_solver_that_hangs_is_ended(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await scene_of(world, priced("100"))
    monkeypatch.setattr(process, "MODULE", "this_module_sleeps")
    folder = world.services.settings.home
    (folder / "this_module_sleeps.py").write_text("import time\ntime.sleep(600)\n")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr(process, "GRACE_SECONDS", -0.5)
    hung = await scene.buyer.post(path(scene), {"time_limit_seconds": 1})
    assert (hung.status_code, hung.json()["code"]) == (503, "solver_unavailable")
    (folder / "this_module_sleeps.py").write_text("raise SystemExit(3)\n")
    monkeypatch.setattr(process, "GRACE_SECONDS", 5)
    assert (await scene.buyer.post(path(scene), QUICK)).status_code == 503


class Meddling(Solvers):
    """Something happens to the RFQ while the solver works."""

    def __init__(self, what: list[Any]) -> None:
        super().__init__(1)
        self.what = what

    async def solve(self, problem: Problem) -> Outcome:
        """As ever, after the next of `what`."""
        if self.what:
            await self.what.pop()()
        return await super().solve(problem)


async def test_an_answer_to_what_has_changed_is_worked_out_again_once(world: World) -> None:
    scene = await scene_of(world, priced("90"), priced("100"), priced("110"))

    async def lose(place: int) -> None:
        quote = await scene.buyer.get(f"/v1/quotes/{scene.quotes[place]['id']}")
        body = {"reason": "specification_not_met"}
        await scene.buyer.done(
            "POST", f"/v1/quotes/{scene.quotes[place]['id']}/disqualify", body, etag=quote.json()["etag"]
        )

    world.services.solvers = Meddling([lambda: lose(0)])
    assert split(scene, await solved(scene)) == {(1, 1): "100"}
    world.services.solvers = Meddling([lambda: lose(1), lambda: scene.issued("10", of=2)])
    stale = await scene.buyer.post(path(scene), QUICK)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")


async def test_no_transaction_is_open_while_the_solver_works(world: World) -> None:
    scene = await scene_of(world, priced("90"))
    seen: list[int] = []

    async def look() -> None:
        seen.append(
            await world.owner.fetchval(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'test%' "
                "AND state LIKE 'idle in transaction%'"
            )
        )

    world.services.solvers = Meddling([look])
    await solved(scene)
    assert seen == [0]


async def test_a_scenario_never_changes(world: World) -> None:
    scene = await scene_of(world, priced("90"))
    answer = await solved(scene)
    with pytest.raises(Exception, match="history"):
        await world.owner.execute(
            "UPDATE award_scenario SET total = 1 WHERE id = $1", read("award_scenario", answer["id"])
        )


async def test_the_scope_is_needed(world: World) -> None:
    scene = await scene_of(world, priced("90"))
    scopes = [scope for scope in SCOPES if scope != "awards:propose"]
    weak = await world.key(scene.buyer.organisation_id, "weak", scopes=scopes)
    assert (await weak.post(path(scene), {})).status_code == 403


def test_the_domain_starts_without_the_solver() -> None:
    """A server that never solves does not load it: 0.2 s and 60 MB."""
    import subprocess
    import sys

    told = subprocess.run(
        [sys.executable, "-c", "import sys, api.app; print([m for m in ('highspy', 'numpy') if m in sys.modules])"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip() == "[]"
