"""The seed's matching table: which workshops can make which of the 32 RFQs."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import pytest

from api.demo.cast import capabilities, load
from api.routes.capabilities_wire import CapabilitiesWrite
from domain.matching.model import Candidate
from domain.matching.rules import rank
from domain.organisations.model import Organisation, Policy, Profile
from domain.rfqs.model import Approval, Delivery, Envelope, Line, LineSpec, Name

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SINGLE: dict[str, set[int]] = {
    "A-01": {5}, "A-02": {2, 19, 39}, "A-05": {21}, "A-06": {28}, "A-09": {40}, "A-10": {38}, "A-11": {39},
    "A-12": {2, 19, 39}, "A-13": {38}, "A-14": {2, 8}, "B-01": {35}, "B-02": {35}, "B-03": {34, 28, 35}, "B-07": {40},
    "B-08": {40, 4, 28, 38}, "B-10": {28, 35}, "C-03": {19},
}  # fmt: skip
"""By process names closed over what each implies; every other RFQ has no single firm."""
EXACT: dict[str, set[int]] = {
    **{name: numbers for name, numbers in SINGLE.items() if name != "A-02"},
    "B-03": {34},
    "B-08": {40},
}
"""By process names alone."""
LATHES = {4, 5, 27, 28, 31, 38, 40}
FOUNDRIES = {23, 24, 26, 28, 32, 34, 35}
FIRST: dict[str, set[int]] = {
    "A-01": LATHES, "A-02": {2, 19, 39}, "A-03": {1, 17, 19}, "A-04": LATHES, "A-05": {21}, "A-06": {28},
    "A-07": FOUNDRIES, "A-08": {26, 30, 34, 37}, "A-09": LATHES, "A-10": {22, 38}, "A-11": {17, 39},
    "A-12": {2, 19, 39}, "A-13": {22, 38}, "A-14": {2, 8}, "B-01": FOUNDRIES, "B-02": FOUNDRIES, "B-03": FOUNDRIES,
    "B-04": set(), "B-05": {35}, "B-06": set(), "B-07": LATHES, "B-08": LATHES, "B-09": set(), "B-10": FOUNDRIES,
    "B-11": {31}, "B-12": FOUNDRIES, "C-01": {21}, "C-02": {1, 17, 19}, "C-03": {18, 19}, "C-04": {15}, "C-05": {37},
    "C-06": {1, 17, 19},
}  # fmt: skip
"""Who declares the first operation, by its name."""
TOO_SMALL: dict[str, set[int]] = {"B-07": {5}, "B-08": {5}}
"""Whose machines for the first operation do not take the part: a bar lathe of 42 mm, and parts of 64 and 109.7 mm."""
NOBODY = {"B-04": "forging_open_die", "B-06": "forging_open_die", "B-09": "forging_open_die"}
"""RFQs with an operation that no workshop has."""


def workshop(row: dict[str, Any]) -> Organisation:
    said = msgspec.convert(capabilities(row["capabilities"]), CapabilitiesWrite).model()
    return Organisation(
        id=UUID(int=int(row["id"][4:])),
        state="verified",
        version=1,
        name=row["name"],
        roles=("supplier",),
        profile=Profile(region_code=row["region_code"]),
        policy=Policy(),
        capabilities=said,
        state_reason=None,
        verified_at=NOW,
        created_at=NOW,
        updated_at=NOW,
    )


def line(row: dict[str, Any]) -> Line:
    given = row["line"]
    sizes = {name: None if value is None else Decimal(value) for name, value in (given["envelope"] or {}).items()}
    spec = LineSpec(
        part_number=given["part_number"],
        drawing_revision=None,
        name=Name(id=given["name"]["id"], en=None),
        specification=None,
        material=given["material"],
        processes=tuple(given["processes"]),
        general_tolerance=None,
        it_grade=given["it_grade"],
        surface=None,
        heat_treatment=None,
        envelope=Envelope(**sizes),
        mass_kg=Decimal(given["mass_kg"]),
        lot_size=None,
        schedule=(),
        standards=(),
        certificates=tuple(given["certificates"]),
        approval=Approval(),
        quantity_breaks=(),
        allow_alternates=False,
        characteristics=(),
        target_price=None,
        target_price_shown=False,
        baseline=None,
    )
    return Line(id=UUID(int=1), line_no=1, quantity=Decimal(1), unit="H87", awarded=Decimal(0), digest="", spec=spec)


WORKSHOPS = [workshop(row) for row in load("workshops")]
RFQS = {row["id"]: row for row in load("rfqs")}


def matches(name: str) -> dict[int, Candidate]:
    ranked = rank([line(RFQS[name])], WORKSHOPS, None, today=date(2026, 11, 24))
    return {candidate.organisation_id.int: candidate for candidate in ranked}


@pytest.mark.parametrize("name", sorted(RFQS))
def test_single_firms_are_those_of_the_table(name: str) -> None:
    single = {number for number, candidate in matches(name).items() if candidate.coverage == "single"}
    assert single == SINGLE.get(name, set())


def test_fifteen_rfqs_have_no_single_firm() -> None:
    assert len(RFQS) - len(SINGLE) == 15


@pytest.mark.parametrize("name", sorted(RFQS))
def test_the_table_by_process_names_alone(name: str) -> None:
    asked = RFQS[name]["line"]["processes"]
    said = {item.id.int: item.capabilities.processes for item in WORKSHOPS if item.capabilities is not None}
    assert {number for number, declared in said.items() if set(asked) <= set(declared)} == EXACT.get(name, set())
    assert {number for number, declared in said.items() if asked[0] in declared} == FIRST[name]
    nobody = [process for process in asked if not any(process in declared for declared in said.values())]
    assert nobody == [process for process in [NOBODY.get(name)] if process is not None]


def test_sixteen_rfqs_have_no_single_firm_by_process_names_alone() -> None:
    assert len(RFQS) - len(EXACT) == 16


@pytest.mark.parametrize("name", sorted(RFQS))
def test_whoever_has_the_first_operation_and_a_machine_for_it_is_offered(name: str) -> None:
    first = RFQS[name]["line"]["processes"][0]
    offered = {number for number, candidate in matches(name).items() if first in candidate.covered_processes}
    assert FIRST[name] - TOO_SMALL.get(name, set()) <= offered
    assert not offered & TOO_SMALL.get(name, set())


@pytest.mark.parametrize("name", sorted(RFQS))
def test_who_buys_operations_in_is_told_which(name: str) -> None:
    for candidate in matches(name).values():
        assert set(candidate.covered_processes) | set(candidate.outside_processes) == set(
            RFQS[name]["line"]["processes"]
        )
        if candidate.outside_processes:
            assert candidate.missing


@pytest.mark.parametrize("name", sorted(RFQS))
def test_each_miss_names_what_is_missing(name: str) -> None:
    for candidate in matches(name).values():
        for process in candidate.outside_processes:
            named = {(note.code, note.subject) for note in candidate.missing}
            permit = {("permit", "lb3_permit")} if process.startswith("plating") else set()
            assert named & ({("process", process), ("envelope", process)} | permit), process
        assert candidate.coverage != "cooperative", "the seed's cooperative has named no members"


@pytest.mark.parametrize("name", sorted(RFQS))
def test_capacity_moves_no_score_and_no_coverage(name: str) -> None:
    plain = line(RFQS[name])
    due = tuple(Delivery(due_on=date(2027, month, 1), quantity=Decimal(50_000), certainty="firm") for month in (1, 2))
    for unit in ("H87", "C62", "KGM", "HUR"):
        urgent = msgspec.structs.replace(
            plain, unit=unit, quantity=Decimal(100_000), spec=msgspec.structs.replace(plain.spec, schedule=due)
        )
        ranked = rank([urgent], WORKSHOPS, None, today=date(2026, 11, 24))
        assert {item.organisation_id.int: (item.coverage, item.score) for item in ranked} == {
            number: (item.coverage, item.score) for number, item in matches(name).items()
        }


def test_only_one_lathe_takes_the_long_shaft() -> None:
    turning = [number for number, candidate in matches("B-04").items() if "turning" in str(candidate.covered_processes)]
    assert turning == [36]


def test_a_plater_without_a_permit_is_not_offered() -> None:
    plating = [name for name in RFQS if any(code.startswith("plating") for code in RFQS[name]["line"]["processes"])]
    assert plating
    for name in plating:
        assert not any(
            code.startswith("plating") for code in (matches(name)[12].covered_processes if 12 in matches(name) else ())
        )
