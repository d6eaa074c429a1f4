"""200 lines x 30 suppliers x 4 breaks, in the child process that the server uses."""

import random
import time
from decimal import Decimal
from uuid import UUID

import pytest
from samples import priced

from domain.quotes.model import PriceBreak, Tooling
from domain.scenarios import exact
from domain.scenarios.model import Condition, Need, Offer, Problem, Source
from domain.scenarios.offers import bands_of
from domain.scenarios.process import Solvers


def large(seconds: float, *conditions: Condition) -> Problem:
    """Prices about 40 % apart, discounts of 4 % a break, some tooling, capacities from a third to twice the need."""
    pick = random.Random(7)  # noqa: S311  not a secret: the same problem each time
    needs, offers = [], []
    for place in range(200):
        steps = pick.choice([200, 500, 1000, 2500, 5000, 12000])
        needs.append(Need(line_no=place + 1, unit="H87", step=Decimal(1), steps=steps))
        base = pick.uniform(5000, 400_000)
        for source in range(30):
            price = base * pick.uniform(0.85, 1.4)
            breaks = tuple(
                PriceBreak(
                    min_quantity=Decimal(first),
                    unit_price=Decimal(f"{price * (1 - 0.04 * step) * pick.uniform(0.99, 1.01):.4f}"),
                )
                for step, first in enumerate([1, steps // 10, steps // 3, steps * 4 // 5])
            )
            tooling = Tooling(
                cost=Decimal(round(base * steps * pick.uniform(0.01, 0.08))),
                ownership="buyer",
                life_pieces=None,
                amortised_over_pieces=pick.choice([None, None, steps // 2, steps * 3]),
            )
            answer = priced(
                place + 1,
                breaks=breaks,
                tooling=tooling if pick.random() < 0.4 else None,
                minimum_order_quantity=Decimal(steps // 20),
            )
            offers.append(
                Offer(
                    need=place,
                    source=source,
                    answer=answer,
                    bands=tuple(bands_of(answer, needs[-1])),
                    local_percent=Decimal(pick.choice([0, 25, 40, 60, 100])),
                    capacity=int(steps * pick.choice([0.3, 0.6, 1, 2])),
                )
            )
    sources = tuple(
        Source(
            quote_id=UUID(int=200 + place),
            supplier_id=UUID(int=100 + place),
            supplier_name=f"S{place}",
            version=1,
            currency="IDR",
            rate=Decimal(1),
            payment_days=None,
        )
        for place in range(30)
    )
    return Problem(
        currency="IDR",
        needs=tuple(needs),
        sources=sources,
        offers=tuple(offers),
        conditions=conditions,
        allow_unallocated=False,
        compare=False,
        seconds=seconds,
    )


CAPACITY = Condition(pointer="/capacity", kind="capacity", words="")
TWO = Condition(pointer="/sources/0", kind="sources", words="", minimum=Decimal(2))
TWENTY = Condition(pointer="/shares/0", kind="quantity_share", words="", minimum=Decimal(20))
TWELVE = Condition(pointer="/maximum_suppliers", kind="maximum_suppliers", words="", maximum=Decimal(12))
LOCAL = Condition(pointer="/minimum_local_content_percent", kind="local_content", words="", minimum=Decimal(60))
QUARTER = Condition(pointer="/shares/1", kind="value_share", words="", maximum=Decimal(25))
WORTH = Condition(pointer="/minimum_order_value", kind="order_value", words="", minimum=Decimal(500_000_000))
EACH = {
    "none": (),
    "lines": (CAPACITY, TWO, TWENTY),
    "suppliers": (TWELVE,),
    "money": (CAPACITY, LOCAL, QUARTER),
    "all": (CAPACITY, TWO, TWENTY, TWELVE, LOCAL, QUARTER, WORTH),
}


COUPLED = 6
"""A programme whose lines hang together gets this many times what the same one takes without conditions: 3 to 4 s on a quiet
machine with two cores, 6 s on the same one beside busy neighbours. A limit in seconds would test the neighbours."""


@pytest.fixture(scope="module")
async def uncoupled_seconds() -> float:
    """How long this machine takes now without conditions."""
    began = time.monotonic()
    found = await Solvers(1).solve(large(120.0))
    assert found.status == "optimal"
    return time.monotonic() - began


@pytest.mark.slow
@pytest.mark.parametrize("conditions", [pytest.param(value, id=name) for name, value in EACH.items()])
async def test_a_large_scenario_is_solved_or_bounded_in_time(
    uncoupled_seconds: float, conditions: tuple[Condition, ...]
) -> None:
    seconds = max(20.0, COUPLED * uncoupled_seconds)
    problem = large(seconds, *conditions)
    began = time.monotonic()
    found = await Solvers(1).solve(problem)
    took = time.monotonic() - began
    assert found.status in {"optimal", "bounded"}
    assert found.cost is not None
    assert found.bound is not None
    gap = float((found.cost - found.bound) / found.cost * 100)
    print(f"\n{len(problem.needs)} x {len(problem.sources)} x 4: {found.status} in {took:.1f} s, gap {gap:.4f} %")  # noqa: T201
    assert took < seconds * 1.5
    assert gap < 2
    taken = exact.evaluate(problem, dict(found.taken))
    assert exact.cost(taken) == found.cost
    assert exact.uncovered(problem, taken, ()) == []
    assert exact.broken(problem, taken, (), conditions) == []
