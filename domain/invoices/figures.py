"""The arithmetic of an invoice. Pure: worked by hand in docs/invoices.md, where a test recomputes every figure."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from domain import money
from domain.invoices.model import DEFAULT_PAYMENT_DAYS, Item, Tooling

ZERO = Decimal(0)
TAXED_CURRENCY = "IDR"


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Amounts in the minor unit of the currency."""

    net: Decimal
    ppn: Decimal
    total: Decimal


def base(lines: Iterable[Item], tooling: Iterable[Tooling]) -> Decimal:
    """Sum of quantity x unit_price, and tooling, unrounded: what PPN is computed from."""
    return sum((item.quantity * item.unit_price for item in lines), ZERO) + sum((one.amount for one in tooling), ZERO)


def is_taxed(currency: str, *, pkp: bool) -> bool:
    """Whether PPN is charged: by who is registered for it (PKP), on what is billed in rupiah."""
    return pkp and currency == TAXED_CURRENCY


def ppn(unrounded: Decimal, currency: str, *, taxed: bool) -> Decimal:
    """floor(base x 12 % x 11/12) of the unrounded base, else 0."""
    return money.total(money.ppn(unrounded) if taxed else ZERO, currency)


def figures(
    lines: Iterable[Item], tooling: Iterable[Tooling], currency: str, *, taxed: bool, stated_ppn: Decimal | None = None
) -> Figures:
    """Net = base rounded half-even, PPN of the unrounded base (or as stated), total = net + PPN."""
    unrounded = base(lines, tooling)
    net = money.total(unrounded, currency)
    tax = ppn(unrounded, currency, taxed=taxed) if stated_ppn is None else money.total(stated_ppn, currency)
    return Figures(net=net, ppn=tax, total=net + tax)


def due_on(issued_on: date, payment_days: int | None) -> date:
    """The last day on which it is paid in time."""
    return issued_on + timedelta(days=DEFAULT_PAYMENT_DAYS if payment_days is None else payment_days)


def price_tolerance(agreed: Decimal, currency: str, percent: Decimal, minor_units: Decimal) -> Decimal:
    """By how much the amount of a line may differ from the agreed one.

    The greater of `percent` of it, and `minor_units` of the smallest unit of the currency (a rupiah, a cent).
    """
    return max(agreed * percent / 100, minor_units.scaleb(-money.minor_unit(currency)))
