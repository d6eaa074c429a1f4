"""What a buyer assumes in a comparison, as query parameters."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from litestar.params import QueryParameter

from api.refusals import InvalidParameter
from domain.comparison.cost import Assumptions, Rate
from domain.money import is_currency
from domain.quantity import plain

MAX_RATES = 40
PERCENT = r"^(0|[1-9][0-9]{0,2})(\.[0-9]{1,6})?\Z"
AMOUNT = r"^(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?\Z"
_RATE = re.compile(r"([A-Z]{3}):((?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,10})?):([0-9]{4}-[0-9]{2}-[0-9]{2})", re.ASCII)
CURRENCY = r"^[A-Z]{3}\Z"


async def stated(
    base_currency: Annotated[
        str | None,
        QueryParameter(
            pattern=CURRENCY, max_length=3, description="Compare totals in this currency; the RFQ's if absent."
        ),
    ] = None,
    rates: Annotated[
        str | None,
        QueryParameter(
            max_length=1200,
            description="What one unit of a currency is worth in the base currency, and on which day that was so: "
            "`USD:16813:2026-11-20`, several with commas between, 40 at most. A quote in a currency without a rate keeps its "
            "figures and has no rank.",
        ),
    ] = None,
    tooling_over: Annotated[
        int | None,
        QueryParameter(
            ge=1, le=1_000_000_000, description="Spread tooling over so many pieces where the supplier names none."
        ),
    ] = None,
    freight_percent: Annotated[
        str | None,
        QueryParameter(
            pattern=PERCENT,
            max_length=12,
            description="Freight in per cent of the goods, for quotes whose Incoterms rule leaves carriage to the buyer.",
        ),
    ] = None,
    freight_per_kg: Annotated[
        str | None,
        QueryParameter(
            pattern=AMOUNT,
            max_length=20,
            description="Freight of one kilogram in the base currency, by the mass of the line; instead of `freight_percent`.",
        ),
    ] = None,
    capital_rate_percent: Annotated[
        str, QueryParameter(pattern=PERCENT, max_length=12, description="What money costs in a year, in per cent.")
    ] = "0",
    reference_payment_days: Annotated[
        int | None,
        QueryParameter(ge=0, le=3650, description="Payment days that cost nothing; the RFQ's if absent, else 0."),
    ] = None,
    handling_percent: Annotated[
        str,
        QueryParameter(
            pattern=PERCENT, max_length=12, description="Handling of an import in per cent of its CIF value."
        ),
    ] = "0",
    pph22_percent: Annotated[
        str | None,
        QueryParameter(pattern=PERCENT, max_length=12, description="PPh 22 where the goods have a rate of their own."),
    ] = None,
    *,
    has_api: Annotated[
        bool,
        QueryParameter(
            description="Whether the importer has an API (import identification number): PPh 22 is 2.5 %, else 7.5 %."
        ),
    ] = True,
) -> Assumptions:
    """What the buyer states. Raises InvalidParameter for an unknown currency, a bad rate, or two kinds of freight."""
    if base_currency is not None and not is_currency(base_currency):
        raise InvalidParameter("`base_currency` is no currency of ISO 4217.")
    if freight_percent is not None and freight_per_kg is not None:
        raise InvalidParameter("Freight is assumed by `freight_percent` or by `freight_per_kg`, not by both.")
    return Assumptions(
        base_currency=base_currency,
        rates=read_rates(rates),
        tooling_over=tooling_over,
        freight_percent=_decimal(freight_percent),
        freight_per_kg=_decimal(freight_per_kg),
        capital_rate_percent=plain(Decimal(capital_rate_percent)),
        reference_payment_days=reference_payment_days,
        handling_percent=plain(Decimal(handling_percent)),
        has_api=has_api,
        pph22_percent=_decimal(pph22_percent),
    )


def read_rates(text: str | None) -> dict[str, Rate]:
    """`USD:16813:2026-11-20,EUR:…` by currency. Raises InvalidParameter."""
    if text is None:
        return {}
    parts = text.split(",")
    if len(parts) > MAX_RATES:
        raise InvalidParameter(f"`rates` takes {MAX_RATES} currencies at most.")
    found: dict[str, Rate] = {}
    for place, part in enumerate(parts, start=1):
        match = _RATE.fullmatch(part)
        if match is None:
            raise InvalidParameter(f"`rates`: number {place} is not of the form USD:16813:2026-11-20.")
        currency, rate, on = match[1], plain(Decimal(match[2])), match[3]
        if not is_currency(currency):
            raise InvalidParameter(f"`rates`: {currency} is no currency of ISO 4217.")
        if currency in found:
            raise InvalidParameter(f"`rates`: {currency} is given twice.")
        if rate == 0:
            raise InvalidParameter(f"`rates`: the rate of {currency} is above 0.")
        try:
            day = date.fromisoformat(on)
        except ValueError:
            raise InvalidParameter(f"`rates`: {on} is no day of the calendar.") from None
        found[currency] = Rate(rate=rate, on=day)
    return found


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else plain(Decimal(text))
