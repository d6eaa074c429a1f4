"""Which line is meant, what is a characteristic of it, and what belongs to which delivery. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from domain.errors import Invalid, LimitReached, NotFound
from domain.orders.model import Order, OrderLine
from domain.quality.model import Defect
from domain.traceability.model import (
    MAX_CLAIMS,
    MAX_COUNTED,
    MAX_FINDINGS,
    Claim,
    Counted,
    Delivered,
    Found,
    History,
    LotDelivered,
    LotHistory,
    Sent,
)


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


def lot_delivered(
    lots: Sequence[Sent], counted: Sequence[Counted], found: Sequence[Found], claims: Sequence[Claim]
) -> tuple[LotDelivered, ...]:
    """The lot in each of its despatches, with what belongs to that despatch."""
    return tuple(
        LotDelivered(
            sent=lot,
            counted=tuple(item for item in counted if item.despatch_id == lot.despatch_id),
            found=tuple(item for item in found if item.despatch_id == lot.despatch_id),
            claims=tuple(item for item in claims if item.despatch_id == lot.despatch_id),
        )
        for lot in lots
    )


def require_lot(history: LotHistory, in_all: int, found: int, claims: int, counted: int) -> LotHistory:
    """The history of a lot. Raises NotFound for a lot that nobody sent or measured, LimitReached for more than it shows.

    `in_all` counts the despatches that hold the lot; `found`, `claims` and `counted` what was read of it.
    """
    if not history.deliveries and not history.first_articles:
        raise NotFound("lot of the line")
    most = max(counted, len(history.returns), len(history.replacements))
    if in_all > len(history.deliveries) or found > MAX_FINDINGS or claims > MAX_CLAIMS or most > MAX_COUNTED:
        raise LimitReached("More belongs to this lot than one answer holds: read its despatches and receipts instead.")
    return history
