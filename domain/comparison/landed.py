"""What the import costs that a quote would replace. Pure; in whole rupiah.

Duty is charged on the CIF value. PPN is charged on the import value (CIF and duty) at 12 % of 11/12 of it (PMK 131/2024).
PPh article 22 on the import value is 2.5 % for an importer with an API and 7.5 % for one without (PMK
34/PMK.010/2017, as amended by PMK 110/PMK.010/2018 and PMK 41/PMK.010/2022, which list goods with rates of their own:
for those the buyer states `pph22_percent`).
"""

from decimal import ROUND_HALF_EVEN, Decimal

from domain import money
from domain.comparison.cost import EXACT, HUNDRED, ZERO, Assumptions
from domain.comparison.model import ImportReference
from domain.rfqs.model import Baseline

PPH22_WITH_API = Decimal("2.5")
PPH22_WITHOUT_API = Decimal("7.5")
RUPIAH = "IDR"
WHOLE = Decimal(1)
FOUR = Decimal("0.0001")


def pph22_percent(settled: Assumptions) -> Decimal:
    """The rate of PPh article 22 that applies."""
    if settled.pph22_percent is not None:
        return settled.pph22_percent
    return PPH22_WITH_API if settled.has_api else PPH22_WITHOUT_API


def landed_unit(baseline: Baseline | None, handling_percent: Decimal = ZERO) -> Decimal | None:
    """What one imported unit costs in rupiah with duty and handling, 4 decimals; None when the line is no import."""
    value = None if baseline is None else baseline.idr_unit_value
    if baseline is None or value is None:
        return None
    share = HUNDRED + (baseline.duty_percent or ZERO) + handling_percent
    return EXACT.divide(EXACT.multiply(value, share), HUNDRED).quantize(FOUR, ROUND_HALF_EVEN, EXACT)


def import_reference(baseline: Baseline | None, quantity: Decimal, settled: Assumptions) -> ImportReference | None:
    """The import of `quantity` units; None when the line is no import.

    cif = CIF price x rupiah rate x quantity; duty = cif x duty %; handling = cif x handling %;
    ppn = floor((cif + duty) x 12 % x 11/12) and pph22 = (cif + duty) x rate, both from the unrounded import value.
    """
    unit = landed_unit(baseline, settled.handling_percent)
    if baseline is None or unit is None or baseline.cif_unit_price is None or baseline.idr_rate is None:
        return None
    cif = EXACT.multiply(EXACT.multiply(baseline.cif_unit_price, baseline.idr_rate), quantity)
    duty_percent = baseline.duty_percent or ZERO
    duty = _percent(cif, duty_percent)
    import_value = EXACT.add(cif, duty)
    paid = [_whole(part) for part in (cif, duty, _percent(cif, settled.handling_percent))]
    ppn, pph22 = money.ppn(import_value), _whole(_percent(import_value, pph22_percent(settled)))
    return ImportReference(
        quantity=quantity,
        currency=baseline.currency or RUPIAH,
        cif_price=baseline.cif_unit_price,
        idr_rate=baseline.idr_rate,
        idr_rate_on=baseline.idr_rate_on,
        duty_percent=duty_percent,
        cif=paid[0],
        duty=paid[1],
        handling=paid[2],
        landed_cost=sum(paid, ZERO),
        landed_unit_price=unit,
        ppn=ppn,
        pph22=pph22,
        cash_out=sum(paid, ZERO) + ppn + pph22,
    )


def _percent(amount: Decimal, percent: Decimal) -> Decimal:
    return EXACT.divide(EXACT.multiply(amount, percent), HUNDRED)


def _whole(amount: Decimal) -> Decimal:
    return amount.quantize(WHOLE, ROUND_HALF_EVEN, EXACT)
