"""What a change order differs in from its order: by member, and in words. Pure."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from domain import money
from domain.change_orders.model import Content, Difference, LineChange
from domain.orders.model import ZERO, Order, OrderLine
from domain.quantity import plain


class Sentence(NamedTuple):
    """The same in Indonesian and in English."""

    id: str
    en: str


LINE_MEMBERS = {
    "ordered": Sentence("jumlah", "quantity"),
    "unit_price": Sentence("harga satuan", "unit price"),
    "tooling": Sentence("biaya perkakas", "tooling"),
    "due_on": Sentence("tanggal diminta", "due date"),
    "promised_on": Sentence("tanggal dijanjikan", "promised date"),
}
TERMS_MEMBERS = {
    "incoterm": Sentence("Incoterm", "Incoterm"),
    "delivery_place": Sentence("tempat penyerahan", "place of delivery"),
    "payment_days": Sentence("tempo pembayaran (hari)", "days of payment"),
    "frozen_days": Sentence("jadwal dibekukan (hari)", "frozen horizon (days)"),
}
CANCELLED = Sentence(
    "Order dibatalkan; yang sudah dikirim tetap diterima, diperiksa, dan dibayar.",
    "The order is cancelled; what was sent is still received, inspected and owed.",
)
NOTHING = Sentence("tidak ada", "none")


def difference(order: Order, content: Content, *, every: bool = False) -> tuple[Difference, ...]:
    """Member by member, in the order of the lines; with `every` also what is proposed to be as it is."""
    if content.cancels:
        return (Difference(pointer="/state", before=order.state, after="cancelled"),)
    return tuple(item for item in _members(order, content) if every or item.before != item.after)


def _members(order: Order, content: Content) -> Iterator[Difference]:
    wanted = {line.line_no: line for line in content.lines}
    for place, line in enumerate(order.lines):
        change = wanted.get(line.line_no)
        if change is None:
            continue
        pairs = (
            ("ordered", _quantity(line.ordered), _quantity(change.quantity)),
            ("unit_price", _price(line.unit_price), _price(change.unit_price)),
            ("tooling", _price(line.detail.tooling), _price(ZERO) if drops_tooling(line, change) else None),
            ("due_on", _day(line.detail.due_on), _day(change.due_on)),
            ("promised_on", _day(line.promised_on), _day(change.promised_on)),
        )
        for member, before, after in pairs:
            if after is not None:
                yield Difference(pointer=f"/lines/{place}/{member}", before=before, after=after)
    terms = content.terms
    if terms is None:
        return
    for member in TERMS_MEMBERS:
        value = getattr(terms, member)
        if value is not None:
            before = getattr(order.terms, member)
            yield Difference(pointer=f"/{member}", before=None if before is None else str(before), after=str(value))


def sentence(item: Difference, order: Order) -> Sentence:
    """One difference in words, as both sides sign it."""
    if item.pointer == "/state":
        return CANCELLED
    before = Sentence(item.before, item.before) if item.before is not None else NOTHING
    place = item.pointer.split("/")[1:]
    if len(place) == 1:
        name = TERMS_MEMBERS[place[0]]
        return Sentence(
            f"{_capital(name.id)} dari {before.id} menjadi {item.after}.",
            f"{_capital(name.en)} from {before.en} to {item.after}.",
        )
    line, name = order.lines[int(place[1])], LINE_MEMBERS[place[2]]
    unit = {"ordered": f" {line.unit}", "unit_price": f" {order.currency}", "tooling": f" {order.currency}"}.get(
        place[2], ""
    )
    if place[2] == "ordered" and item.after == "0":
        return Sentence(
            f"Baris {line.line_no} ({line.detail.part_number}): tidak dipesan lagi (semula {before.id}{unit}).",
            f"Line {line.line_no} ({line.detail.part_number}): no longer ordered (it was {before.en}{unit}).",
        )
    return Sentence(
        f"Baris {line.line_no} ({line.detail.part_number}): {name.id} dari {before.id} menjadi {item.after}{unit}.",
        f"Line {line.line_no} ({line.detail.part_number}): {name.en} from {before.en} to {item.after}{unit}.",
    )


def drops_tooling(line: OrderLine, change: LineChange) -> bool:
    """A line that both sides drop takes the cost of its tooling with it."""
    return change.quantity == 0 and line.ordered > 0 and line.detail.tooling > 0


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quantity(value: Decimal | None) -> str | None:
    return None if value is None else format(plain(value), "f")


def _price(value: Decimal | None) -> str | None:
    return None if value is None else format(money.price(value), "f")


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
