"""Which actions a caller may take on a thing now, and why not the others."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from domain.actors import Actor, Side
from domain.errors import Refusal
from domain.ledger.model import Tracked
from domain.lifecycle import Machine, operations

T = TypeVar("T", bound=Tracked)


def available(
    machine: Machine,
    thing: T,
    sides: Iterable[Side],
    guards: Mapping[str, Callable[[T, Actor, datetime], object]],
    actor: Actor,
    now: datetime,
) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(operations that would be carried out, those that a guard refuses, each with the refusal).

    `guards` maps an operation to its decision function; one without has no condition beyond state and side.
    """
    allowed: list[str] = []
    blocked: list[tuple[str, Refusal]] = []
    for operation in operations(machine, thing.state, sides):
        guard = guards.get(operation)
        try:
            if guard is not None:
                guard(thing, actor, now)
        except Refusal as refusal:
            blocked.append((operation, refusal))
        else:
            allowed.append(operation)
    return allowed, blocked
