"""Money: exact decimals, never floats. Prices exclude PPN (VAT)."""

from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from iso4217 import Currency

MINOR_UNITS: dict[str, int] = {"IDR": 0}
"""Where practice differs from ISO 4217: rupiah totals are whole, though the standard still lists sen."""

PPN_RATE = Decimal("0.12")
PPN_BASE = Decimal(11) / Decimal(12)


def minor_unit(currency: str) -> int:
    """Decimals of a total in `currency`. ValueError when ISO 4217 does not know the code."""
    if currency in MINOR_UNITS:
        return MINOR_UNITS[currency]
    exponent = Currency(currency).exponent
    return 0 if exponent is None else int(exponent)


def is_currency(code: str) -> bool:
    """Whether ISO 4217 knows `code`."""
    try:
        Currency(code)
    except ValueError:
        return False
    return True


PRICE_DECIMALS = 4
MAX_PRICE = Decimal("99999999999999.9999")


def price(value: Decimal) -> Decimal:
    """A unit price with its 4 decimals, as it is stored and shown. The caller has checked it with `price_fault`."""
    return value.quantize(Decimal("0.0001"))


def price_fault(value: Decimal) -> str | None:
    """What is wrong with a unit price, or None."""
    if not value.is_finite() or value < 0 or value > MAX_PRICE:
        return f"A price lies between 0 and {MAX_PRICE}."
    if value != value.quantize(Decimal("0.0001")):
        return "A unit price has 4 decimals at most."
    return None


def total(amount: Decimal, currency: str) -> Decimal:
    """`amount` rounded half-even to the currency's minor unit."""
    return amount.quantize(Decimal(1).scaleb(-minor_unit(currency)), rounding=ROUND_HALF_EVEN)


def ppn(base: Decimal) -> Decimal:
    """PPN in rupiah: floor(base x 12 % x 11/12), `base` unrounded (PMK 131/2024: other value as tax base)."""
    return (base * 12 * 11 / (12 * 100)).to_integral_value(rounding=ROUND_FLOOR)
