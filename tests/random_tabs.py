"""Random comparisons: quotes of every kind under random assumptions, drawn from a `random.Random`."""

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from samples import content, line, priced, rfq

from domain.comparison.cost import Assumptions, Rate
from domain.comparison.model import Bid
from domain.quotes.content import with_digests
from domain.quotes.model import Alternate, CharacteristicAnswer, LocalContent, PriceBreak, QuoteLine, Tooling
from domain.rfqs.model import Baseline, Delivery, Line, Rfq

D = Decimal
T = TypeVar("T")
CURRENCIES = ("IDR", "IDR", "IDR", "USD", "JPY", "SGD")
DAY = date(2026, 11, 20)


def _some(draw: random.Random, *values: T) -> T:
    """One of them, the first more often than any other."""
    return values[0] if draw.random() < 0.4 else draw.choice(values)


def _amount(draw: random.Random, most: int, decimals: int) -> Decimal:
    """Above 0, with up to so many decimals, trailing zeros kept as people write them; many end in a half, for rounding."""
    if decimals and draw.random() < 0.3:
        return D(draw.randint(0, most)) + D("0.5")
    places = draw.randint(0, decimals)
    return D(draw.randint(1, most * 10**places)).scaleb(-places)


def _line(draw: random.Random, number: int) -> Line:
    unit = _some(draw, "H87", "KGM")
    quantity = D(draw.randint(1, 5000)) if unit == "H87" else _amount(draw, 900, 6)
    return line(
        number,
        quantity=quantity,
        unit=unit,
        mass_kg=_some(draw, None, _amount(draw, 40, 3)),
        schedule=_some(draw, (), (Delivery(due_on=DAY, quantity=quantity, certainty="firm"),)),
        baseline=_some(
            draw,
            None,
            Baseline(
                kind="import",
                currency="USD",
                cif_unit_price=_amount(draw, 90, 4),
                duty_percent=_some(draw, None, _amount(draw, 30, 2)),
                idr_rate=D(16813),
                idr_rate_on=DAY,
            ),
        ),
    )


def _answer(draw: random.Random, of: Line) -> QuoteLine:
    if draw.random() < 0.05:
        return priced(of.line_no, answer="declined", breaks=(), decline_reason="capacity_full")
    least, price = D(draw.choice((1, 1, 50, 2000))), _amount(draw, 90_000, 4)
    breaks = [PriceBreak(min_quantity=least, unit_price=price)]
    for _ in range(draw.randint(0, 3)):
        least += D(draw.randint(1, 900))
        breaks.append(PriceBreak(min_quantity=least, unit_price=_amount(draw, 90_000, 4)))
    more: dict[str, Any] = {}
    if draw.random() < 0.3:
        more["tooling"] = Tooling(
            cost=_amount(draw, 9_000_000, 2),
            ownership="buyer",
            life_pieces=None,
            amortised_over_pieces=_some(draw, None, draw.randint(1, 9000)),
        )
    if draw.random() < 0.3:
        more["characteristics"] = tuple(
            CharacteristicAnswer(no=no, answer=draw.choice(("comply", "comply", "deviate", "cannot")), note=None)
            for no in range(1, 4)
        )
    if draw.random() < 0.1:
        more["alternates"] = (
            Alternate(
                no=1,
                material="S45C",
                processes=("forging",),
                description=None,
                breaks=tuple(breaks),
                lead_time_days=None,
                note="Stronger.",
            ),
        )
    return priced(
        of.line_no,
        breaks=tuple(breaks),
        line_digest=_some(draw, "", "", "", "00" * 32),
        minimum_order_quantity=_some(draw, None, D(draw.randint(1, 4000))),
        lead_time_days=_some(draw, None, draw.randint(0, 200)),
        capacity_per_month=_some(draw, None, _amount(draw, 7000, 2)),
        local_content=_some(
            draw, None, LocalContent(basis="self_declared", percent=_amount(draw, 100, 2), certificate_no=None)
        ),
        **more,
    )


def _assumptions(draw: random.Random) -> Assumptions:
    how = draw.choice(("none", "percent", "per_kg"))
    rates = {code: Rate(rate=_some(draw, _amount(draw, 20_000, 10), D(1)), on=DAY) for code in ("USD", "JPY", "SGD")}
    return Assumptions(
        rates=_some(draw, {}, rates),
        tooling_over=_some(draw, None, draw.randint(1, 20_000)),
        freight_percent=_amount(draw, 30, 2) if how == "percent" else None,
        freight_per_kg=_amount(draw, 9000, 4) if how == "per_kg" else None,
        capital_rate_percent=_some(draw, D(0), _amount(draw, 20, 2)),
        reference_payment_days=_some(draw, None, draw.randint(0, 90)),
        handling_percent=_some(draw, D(0), _amount(draw, 9, 2)),
    )


def random_tab(seed: int) -> tuple[Rfq, Sequence[Bid], Decimal | None, Assumptions]:
    """What `compare` takes: an RFQ, its quotes, the quantity asked (None: each line's own) and what is assumed."""
    draw = random.Random(seed)  # noqa: S311  no secret
    asked = rfq(lines=tuple(_line(draw, number) for number in range(1, draw.randint(2, 4))))
    bids = []
    for number in range(1, draw.randint(2, 7)):
        answers = [_answer(draw, of) for of in asked.lines if draw.random() < 0.95]
        given = content(
            *answers,
            currency=draw.choice(CURRENCIES),
            incoterm=_some(draw, "DAP", "FCA", None),
            payment_days=_some(draw, None, draw.randint(0, 120)),
        )
        bids.append(
            Bid(
                quote_id=UUID(int=number),
                supplier_id=UUID(int=100 + number),
                supplier_name=f"CV {number}",
                state=_some(draw, "opened", "opened", "disqualified"),
                content=with_digests(given, asked),
            )
        )
    return asked, bids, _some(draw, None, None, D(draw.randint(1, 6000))), _assumptions(draw)
