"""Quantities: decimals with a UN/ECE Rec 20 unit; what is counted in pieces or sets is whole."""

from decimal import Decimal

from domain.vocabularies import entry, is_code

MAX_QUANTITY = Decimal(999999999999)


def plain(value: Decimal) -> Decimal:
    """`value` without trailing zeros and without an exponent: one form for what is typed and what is stored."""
    text = str(value)
    if "E" not in text and (text[-1] != "0" or "." not in text):
        return value  # as most are
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short


def fault(quantity: Decimal, unit: str) -> str | None:
    """What is wrong with `quantity` of `unit`, or None."""
    if not is_code("units", unit):
        return f"{unit!r} is not a unit code of GET /v1/meta/vocabularies/units."
    if quantity <= 0 or quantity > MAX_QUANTITY:
        return f"A quantity lies above 0 and is at most {MAX_QUANTITY}."
    if entry("units", unit).attributes["whole"] and quantity != quantity.to_integral_value():
        return f"A quantity in {unit} is whole."
    return None
