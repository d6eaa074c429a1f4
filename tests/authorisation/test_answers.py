"""The answers that the document shows are what the server answers today: played anew on a stage of their own, and compared."""

import copy
import json
import os
from collections.abc import Callable
from typing import Any

import pytest
from authorisation.answers import FOLDER, LONGEST, answers, answers_json, shape
from authorisation.calls import OPERATIONS
from authorisation.stage import Stage
from contract_stage import snake


def test_every_operation_that_answers_json_has_a_recorded_answer() -> None:
    """And each is in the document, which decodes it as what the operation says that it answers."""
    due = {snake(operation) for operation in OPERATIONS if answers_json(operation)}
    assert {path.stem for path in FOLDER.glob("*.json")} == due
    shown = {
        snake(operation)
        for operation, (_, _, spec) in OPERATIONS.items()
        for answer in spec["responses"].values()
        if "example" in answer.get("content", {}).get("application/json", {})
    }
    assert shown == due


def test_recorded_answers_are_short_and_show_something() -> None:
    for path in FOLDER.glob("*.json"):
        recorded = json.loads(path.read_bytes())
        assert len(json.dumps(recorded, separators=(",", ":"))) <= LONGEST, path.name
        assert recorded.get("items") != [], path.name
        assert "rahasia" not in path.read_text().lower(), f"{path.name}: add what the stage calls it to NAMES"


@pytest.mark.slow
async def test_each_recorded_answer_is_what_the_server_answers(stage: Stage) -> None:
    """`RECORD=1` writes them instead: byte for byte the same, unless what is answered has changed."""
    differing = []
    async for name, body in answers(stage):
        path = FOLDER / f"{name}.json"
        if os.environ.get("RECORD"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n")
        elif shape(json.loads(path.read_bytes())) != shape(body):
            differing.append(f"{name}: {json.dumps(body)[:400]}")
    assert not differing, "make examples records them anew:\n" + "\n".join(differing)


def _another(member: str, value: Any) -> Callable[[Any], Any]:
    return lambda it: it["lines"][0].update({member: value})


SPOILT: dict[str, Callable[[Any], Any]] = {
    "a member more": _another("more", 1),
    "a member less": lambda it: it.pop("id"),
    "another type": _another("no", "1"),
    "null of something": _another("note", "z"),
    "an item of another shape": lambda it: it["lines"].pop(),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_what_is_otherwise_has_another_shape(spoil: Callable[[Any], Any]) -> None:
    told: Any = {"id": "rfq_1", "lines": [{"no": 1, "note": None}, {"no": 2, "note": "x"}]}
    other = copy.deepcopy(told)
    spoil(other)
    assert shape(other) != shape(told)
    assert shape({"id": "rfq_2", "lines": [*told["lines"], {"no": 3, "note": "y"}]}) == shape(told)
