"""Which line is meant, what is a characteristic of it, and what belongs to which delivery. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from domain.errors import Invalid, LimitReached, NotFound
from domain.orders.model import Order, OrderLine
from domain.quality.model import Defect
from domain.traceability.model import MAX_CLAIMS, MAX_FINDINGS, Claim, Delivered, Found, History, Sent


def line_of(order: Order, line_no: int | None) -> OrderLine:
    """The line asked for; without a number the only one. Raises NotFound, Invalid where there are several."""
    if line_no is None:
        if len(order.lines) > 1:
            raise Invalid(f"The order has {len(order.lines)} lines: say with `line_no` which one you mean.")
        return order.lines[0]
    line = order.line(line_no)
    if line is None:
        raise NotFound("line of the order")
    return line


def require_known(history: History, *, names_characteristics: bool) -> History:
    """The history. Raises NotFound for a number that the line does not have.

    A line that names no characteristics has those that somebody wrote of.
    """
    if history.requirement is not None:
        return history
    spoken_of = history.promise, history.first_articles, any(item.failed or item.claims for item in history.deliveries)
    if names_characteristics or not any(spoken_of):
        raise NotFound("characteristic of the line")
    return history


def failed(defects: Iterable[Defect], no: int) -> Decimal:
    """How many units were rejected for characteristic `no`."""
    return sum((defect.quantity for defect in defects if defect.characteristic_no == no), Decimal(0))


def delivered(lots: Sequence[Sent], found: Sequence[Found], claims: Sequence[Claim], no: int) -> tuple[Delivered, ...]:
    """Each lot with what was found and claimed of it, in the order of `lots`. Raises LimitReached for too much of either."""
    if len(found) > MAX_FINDINGS or len(claims) > MAX_CLAIMS:
        raise LimitReached("More was recorded of these lots than one answer holds: ask for one of them with `lot`.")
    findings: defaultdict[tuple[UUID, str], list[Found]] = defaultdict(list)
    for item in found:
        findings[item.despatch_id, item.lot].append(item)
    claimed: defaultdict[tuple[UUID, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        claimed[claim.despatch_id, claim.lot].append(claim)
    return tuple(
        _delivered(lot, findings[lot.despatch_id, lot.lot], claimed[lot.despatch_id, lot.lot], no) for lot in lots
    )


def _delivered(lot: Sent, found: Sequence[Found], claims: Sequence[Claim], no: int) -> Delivered:
    """What a rejection says of defects is in its recording already; what a complaint says is not."""
    rejected = sum((failed(item.defects, no) for item in found), Decimal(0))
    complained = sum((failed(item.defects, no) for item in claims if item.origin == "complaint"), Decimal(0))
    results = [item.result for item in found if item.result is not None]
    bad = rejected + complained > 0 or any(result.nonconforming for result in results)
    return Delivered(
        sent=lot,
        failed=rejected + complained,
        conforms=False if bad else True if results else None,
        found=tuple(found),
        claims=tuple(claims),
    )
