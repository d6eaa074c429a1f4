"""The table of states is whole, and the database says the same."""

import re

import asyncpg
import pytest

from domain.lifecycle import EVENTS, MACHINES, Machine
from domain.vocabularies import state_label

TABLES = {"order": "purchase_order"}
EACH = [pytest.param(machine, id=name) for name, machine in MACHINES.items()]


@pytest.mark.parametrize("machine", EACH)
def test_every_state_is_reached_and_left(machine: Machine) -> None:
    starts = [arrow.target for arrow in machine.arrows.values() if not arrow.source]
    assert starts, "nothing creates it"
    reached, todo = set(), list(starts)
    while todo:
        state = todo.pop()
        if state is None or state in reached:
            continue
        reached.add(state)
        todo += [arrow.target for arrow in machine.arrows.values() if state in arrow.source]
    assert reached == set(machine.states)
    left = {
        source for arrow in machine.arrows.values() for source in arrow.source if arrow.target not in {None, source}
    }
    assert set(machine.states) - left == set(machine.ends), "a state that nothing leaves is an end, and only that"


@pytest.mark.parametrize("machine", EACH)
def test_arrows_name_only_known_states(machine: Machine) -> None:
    for arrow in machine.arrows.values():
        assert set(arrow.source) <= set(machine.states), arrow.action
        assert arrow.target is None or arrow.target in machine.states, arrow.action
        assert arrow.by, arrow.action
        assert arrow.event in EVENTS


@pytest.mark.parametrize("machine", EACH)
def test_every_state_has_a_label_in_both_languages(machine: Machine) -> None:
    for state in machine.states:
        assert state_label(machine.name, state, "id")
        assert state_label(machine.name, state, "en")


@pytest.mark.parametrize("machine", EACH)
async def test_the_database_checks_the_same_states(
    machine: Machine, owner: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    table = TABLES.get(machine.name, machine.name)
    checks = await owner.fetch(
        "SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conrelid = $1::text::regclass "
        "AND contype = 'c'",
        table,
    )
    of_state = [
        row["definition"] for row in checks if re.match(r"CHECK \(\(+state = (ANY|'\w+'::text\)+$)", row["definition"])
    ]
    assert len(of_state) == 1, of_state
    assert set(re.findall(r"'(\w+)'::text", of_state[0])) == set(machine.states)
