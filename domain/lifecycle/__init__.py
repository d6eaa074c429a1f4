"""Every state, every arrow between states, who may take it and what it announces. Read this file first.

A machine is data: the rules, the database's CHECK constraints, the event catalogue, `GET /v1/meta/state-machines`
and the diagrams in `openapi/lifecycle.md` all follow from the arrows below. An arrow without a source creates the
thing; one without a target leaves the state as it is (the version still steps, and there is still one event).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from domain.actors import Side
from domain.errors import Forbidden, StaleVersion, WrongState
from domain.lifecycle import fulfilment, parties, sourcing
from domain.lifecycle.fulfilment import (
    CHANGE_ORDER,
    COST_CLAIM,
    DESPATCH,
    FIRST_ARTICLE,
    HEARTBEAT,
    INSPECTION,
    INSPECTION_PLAN,
    INVOICE,
    MARK,
    NONCONFORMANCE,
    ORDER,
    RECEIPT,
    RETURN_SHIPMENT,
    SCHEDULE_LINE,
)
from domain.lifecycle.machine import Arrow, Machine
from domain.lifecycle.parties import CODE_MAPPING, CREDENTIAL, FILE, MEMBERSHIP, ORGANISATION, WEBHOOK_ENDPOINT
from domain.lifecycle.sourcing import (
    AWARD,
    AWARD_SCENARIO,
    COUNTER_OFFER,
    OBJECTION,
    PARTICIPATION,
    QUESTION,
    QUOTE,
    RFQ,
    SCORE_SHEET,
)

__all__ = [
    "AWARD",
    "AWARD_SCENARIO",
    "CHANGE_ORDER",
    "CODE_MAPPING",
    "COST_CLAIM",
    "COUNTER_OFFER",
    "CREDENTIAL",
    "DELETED_DRAFT",
    "DESPATCH",
    "EVENTS",
    "FILE",
    "FIRST_ARTICLE",
    "HEARTBEAT",
    "INSPECTION",
    "INSPECTION_PLAN",
    "INVOICE",
    "MACHINES",
    "MARK",
    "MEMBERSHIP",
    "NONCONFORMANCE",
    "OBJECTION",
    "ORDER",
    "ORGANISATION",
    "PARTICIPATION",
    "QUESTION",
    "QUOTE",
    "RECEIPT",
    "RETURN_SHIPMENT",
    "RFQ",
    "SCHEDULE_LINE",
    "SCORE_SHEET",
    "WEBHOOK_ENDPOINT",
    "Arrow",
    "Expected",
    "Machine",
    "advance",
    "operations",
    "require_version",
    "step",
]

Expected = frozenset[int] | None
"""The versions that `If-Match` admits; None when the caller sent none."""

S = TypeVar("S", bound=msgspec.Struct)

MACHINES: dict[str, Machine] = {
    machine.name: machine for machine in (*parties.MACHINES, *sourcing.MACHINES, *fulfilment.MACHINES)
}

DELETED_DRAFT = "rfq.deleted"
"""The one event without an arrow: a draft that nobody else saw may be removed; its events stay."""

EVENTS: tuple[str, ...] = tuple(
    sorted({arrow.event for machine in MACHINES.values() for arrow in machine.arrows.values()} | {DELETED_DRAFT})
)
"""The catalogue: every event type that can be announced."""


def step(arrow: Arrow, state: str, sides: Iterable[Side]) -> Arrow:
    """`arrow` if an actor on `sides` may take it from `state`.

    Raises Forbidden when the arrow belongs to another side, WrongState when no such arrow leaves `state`.
    """
    sides = frozenset(sides)
    if not sides.intersection(arrow.by):
        raise Forbidden(
            f"Only the {' or the '.join(arrow.by)} may {arrow.action.replace('_', ' ')} this {arrow.machine}."
        )
    if state not in arrow.source:
        raise WrongState(
            f"Cannot {arrow.action.replace('_', ' ')} while the {arrow.machine} is {state}; "
            f"it has to be {' or '.join(arrow.source)}.",
            state=state,
            allowed=operations(MACHINES[arrow.machine], state, sides),
        )
    return arrow


def operations(machine: Machine, state: str, sides: Iterable[Side]) -> list[str]:
    """Operations that leave `state` (or change the thing within it) and belong to one of `sides`, in the table's order."""
    sides = frozenset(sides)
    found = (
        arrow.operation
        for arrow in machine.arrows.values()
        if arrow.operation is not None and state in arrow.source and sides.intersection(arrow.by)
    )
    return list(dict.fromkeys(found))


def require_version(version: int, expected: Expected) -> None:
    """Raise StaleVersion when the caller named versions and this is none of them."""
    if expected is not None and version not in expected:
        raise StaleVersion


def advance(thing: S, arrow: Arrow, at: datetime, **changes: Any) -> S:
    """`thing` after `arrow`: next state, next version, `updated_at`, and `changes` to its other fields."""
    current: Any = thing
    return msgspec.structs.replace(
        thing, state=arrow.leads_to(current.state), version=current.version + 1, updated_at=at, **changes
    )
