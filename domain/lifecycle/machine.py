"""What a state machine is made of, and how one is written down."""

import msgspec

from domain.actors import Side


class Arrow(msgspec.Struct, frozen=True, kw_only=True):
    """One permitted change of one machine."""

    machine: str
    action: str
    source: tuple[str, ...]
    target: str | None
    by: tuple[Side, ...]
    event: str
    operation: str | None
    """The operation that takes it; None when it is a consequence, or the clock's."""

    def leads_to(self, state: str) -> str:
        """The state after the arrow, coming from `state`."""
        return state if self.target is None else self.target


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """One state machine: its states in reading order, and its arrows by action."""

    name: str
    states: tuple[str, ...]
    ends: frozenset[str]
    """States that nothing leaves."""
    arrows: dict[str, Arrow]

    def __getitem__(self, action: str) -> Arrow:
        return self.arrows[action]


def machine(name: str, states: str, ends: str, *arrows: tuple[str, str, str, str, str | None, str]) -> Machine:
    """`arrows`: (action, sources, target, sides, operation, event verb); '-' for no source and '=' for no move."""
    table: dict[str, Arrow] = {}
    for action, sources, target, sides, operation, verb in arrows:
        table[action] = Arrow(
            machine=name,
            action=action,
            source=() if sources == "-" else tuple(sources.split()),
            target=None if target == "=" else target,
            by=tuple(Side(side) for side in sides.split()),
            event=f"{name}.{verb}",
            operation=operation,
        )
    return Machine(name=name, states=tuple(states.split()), ends=frozenset(ends.split()), arrows=table)
