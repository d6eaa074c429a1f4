"""Plain orders and what hangs on them, for rules that are tested without a database."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec.structs import replace
from samples import AFTER, BUYER, SUPPLIER, content, line, rfq

from domain.awards.model import Award, AwardLine
from domain.deliveries.model import Despatch, DespatchDetail, DespatchLine
from domain.nonconformances.model import Decided, Detail, Nonconformance
from domain.orders import rules
from domain.orders.model import Order
from domain.quality.model import Inspection, Lot

D = Decimal
PROMISED = date(2027, 3, 1)


def award(*quantities: str, price: str = "100", tooling: str = "0", **changes: Any) -> Award:
    """An accepted award with one line for each quantity."""
    lines = tuple(
        AwardLine(line_no=no, quantity=D(item), unit_price=D(price), tooling=D(tooling), reason="lowest_total_cost")
        for no, item in enumerate(quantities, 1)
    )
    made = Award(
        id=UUID(int=80),
        rfq_id=UUID(int=50),
        quote_id=UUID(int=70),
        buyer_id=BUYER,
        supplier_id=SUPPLIER,
        state="accepted",
        version=3,
        currency="IDR",
        total=sum((item.quantity * item.unit_price + item.tooling for item in lines), D(0)),
        note=None,
        proposed_by="key",
        issued_by="key",
        issued_at=AFTER,
        answered_at=AFTER,
        end_reason=None,
        end_note=None,
        order_id=None,
        standstill_until=None,
        accept_by=None,
        follows=None,
        reasons=(),
        created_at=AFTER,
        updated_at=AFTER,
        lines=lines,
    )
    return replace(made, **changes)


def order(*quantities: str, unit: str = "H87", percent: str = "0", state: str = "in_progress", **first: str) -> Order:
    """An order with one line for each quantity (100); `first` sets running quantities of the first line."""
    quantities = quantities or ("100",)
    asked = rfq(lines=tuple(line(no, quantity=D(item), unit=unit) for no, item in enumerate(quantities, 1)))
    asked = replace(asked, terms=replace(asked.terms, over_delivery_percent=D(percent)))
    made = rules.from_award(UUID(int=90), award(*quantities), asked, content(), now=AFTER)
    head, *rest = made.lines
    head = replace(head, **{name: D(value) for name, value in first.items()})
    return replace(made, state=state, lines=(head, *rest))


def despatch(*lots: tuple[int, str, str], state: str = "despatched", received: str = "0", short: str = "0") -> Despatch:
    """A despatch of (line_no, lot, quantity); `received` and `short` are of its first lot."""
    lines = [
        DespatchLine(line_no=no, lot=lot, heat_number=None, quantity=D(quantity), received=D(0), short=D(0))
        for no, lot, quantity in lots or ((1, "L1", "60"),)
    ]
    lines[0] = replace(lines[0], received=D(received), short=D(short))
    return Despatch(
        id=UUID(int=91),
        order_id=UUID(int=90),
        buyer_id=BUYER,
        supplier_id=SUPPLIER,
        number="SJ-1",
        kind="production",
        replaces=None,
        announced=True,
        state=state,
        version=1,
        detail=DespatchDetail(packages=None, carrier=None, vehicle=None, eta=None, note=None),
        despatched_at=AFTER,
        created_at=AFTER,
        updated_at=AFTER,
        lines=tuple(lines),
    )


def inspection(*lots: tuple[int, str, str], state: str = "pending") -> Inspection:
    """An inspection of which nothing is recorded, of (line_no, lot, received)."""
    return Inspection(
        id=UUID(int=93),
        receipt_id=UUID(int=92),
        order_id=UUID(int=90),
        buyer_id=BUYER,
        supplier_id=SUPPLIER,
        state=state,
        version=1,
        recordings=(),
        created_at=AFTER,
        updated_at=AFTER,
        lots=tuple(
            Lot(line_no=no, lot=lot, received=D(received), accepted=D(0), rejected=D(0))
            for no, lot, received in lots or ((1, "L1", "60"),)
        ),
    )


def claim(state: str = "open", **changes: Any) -> Nonconformance:
    """A claim about two pieces."""
    made = Nonconformance(
        id=UUID(int=94),
        order_id=UUID(int=90),
        inspection_id=UUID(int=93),
        buyer_id=BUYER,
        supplier_id=SUPPLIER,
        origin="rejection",
        state=state,
        version=1,
        line_no=1,
        lot="L1",
        quantity=D(2),
        detail=Detail(defects=(), steps=()),
        disposition=None,
        dispositions=(),
        reworked=D(0),
        conceded=D(0),
        returned=D(0),
        replaced=D(0),
        created_at=AFTER,
        updated_at=AFTER,
    )
    return replace(made, **changes)


def decided(**parts: str) -> tuple[Decided, ...]:
    """Dispositions by name; a concession has a reference."""
    return tuple(
        Decided(disposition=name, quantity=D(value), reference="K-1" if name == "use_as_is" else None)  # type: ignore[arg-type]  # a disposition
        for name, value in parts.items()
    )
