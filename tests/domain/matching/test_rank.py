"""What makes a workshop fit a line, and what puts one before another."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import pytest

from domain.matching.materials import kinship
from domain.matching.model import Candidate, Note
from domain.matching.rules import fits, needed, place, rank
from domain.organisations.model import (
    Capabilities,
    HeldCertificate,
    MachineEnvelope,
    MachineTool,
    Organisation,
    Policy,
    Profile,
)
from domain.rfqs.model import Approval, Envelope, Line, LineSpec, Name

NOW = datetime(2026, 11, 24, tzinfo=UTC)
TODAY = date(2026, 11, 24)
SPEC = LineSpec(
    part_number="P-1",
    drawing_revision=None,
    name=Name(id="Poros", en=None),
    specification=None,
    material=None,
    processes=("turning",),
    general_tolerance=None,
    it_grade=None,
    surface=None,
    heat_treatment=None,
    envelope=None,
    mass_kg=None,
    lot_size=None,
    schedule=(),
    standards=(),
    certificates=(),
    approval=Approval(),
    quantity_breaks=(),
    allow_alternates=False,
    characteristics=(),
    target_price=None,
    target_price_shown=False,
    baseline=None,
)
NOTHING = Capabilities(
    processes=(),
    machines=(),
    materials=(),
    best_it_grade=None,
    tolerance_note=None,
    certificates=(),
    quality_equipment=(),
    capacity=(),
)


def spec(**changes: Any) -> LineSpec:
    return msgspec.structs.replace(SPEC, **changes)


def line(number: int = 1, **changes: Any) -> Line:
    return Line(
        id=UUID(int=number),
        line_no=number,
        quantity=Decimal(1),
        unit="H87",
        awarded=Decimal(0),
        digest="",
        spec=spec(**changes),
    )


def shop(number: int = 1, region: str | None = None, **changes: Any) -> Organisation:
    return Organisation(
        id=UUID(int=number),
        state="verified",
        version=1,
        name=f"CV {number}",
        roles=("supplier",),
        profile=Profile(region_code=region),
        policy=Policy(),
        capabilities=msgspec.structs.replace(NOTHING, **changes),
        state_reason=None,
        verified_at=NOW,
        created_at=NOW,
        updated_at=NOW,
    )


def machine(*processes: str, mass: str | None = None, **sizes: str) -> MachineTool:
    names = ("diameter", "length", "width", "height")
    known = {f"{name}_mm": Decimal(sizes[name]) if name in sizes else None for name in names}
    return MachineTool(
        name="machine",
        count=1,
        processes=processes or ("turning",),
        envelope=MachineEnvelope(**known) if sizes else None,
        force_t=None,
        max_mass_kg=None if mass is None else Decimal(mass),
        note=None,
    )


def held(code: str, state: Any = "valid", until: date | None = None) -> HeldCertificate:
    return HeldCertificate(code=code, number=None, valid_until=until, state=state)


def part(**sizes: str) -> Envelope:
    return Envelope(**{f"{name}_mm": Decimal(size) for name, size in sizes.items()})


def only(lines: list[Line], workshop: Organisation, region: str | None = None) -> Candidate:
    (candidate,) = rank(lines, [workshop], region, today=TODAY)
    return candidate


def codes(notes: tuple[Note, ...]) -> set[tuple[str, str | None]]:
    return {(note.code, note.subject) for note in notes}


@pytest.mark.parametrize(
    ("sizes", "tool", "expected"),
    [
        # Turned parts: diameter against diameter, length against length.
        (part(diameter="40", length="500"), machine(diameter="40", length="500"), True),
        (part(diameter="40.1", length="500"), machine(diameter="40", length="500"), False),
        (part(diameter="40", length="501"), machine(diameter="40", length="500"), False),
        (part(diameter="40", length="9000"), machine(diameter="42"), True),
        (part(diameter="43"), machine(diameter="42"), False),
        (part(diameter="40", height="600"), machine(diameter="42", length="500"), False),
        # A turned part on a table lies in any way.
        (part(diameter="130", length="24"), machine(length="800", width="500", height="500"), True),
        (part(diameter="600", length="24"), machine(length="800", width="500", height="500"), False),
        # Boxes in any orientation, as far as both are known.
        (part(length="10", width="700", height="400"), machine(length="800", width="500", height="100"), True),
        (part(length="110", width="700", height="400"), machine(length="800", width="500", height="100"), False),
        (part(length="500", width="400", height="9"), machine(length="600", width="450"), True),
        (part(length="500", width="460", height="9"), machine(length="600", width="450"), False),
        # A box in a lathe or a furnace: it swings.
        (part(length="300", width="40", height="30"), machine(diameter="50", length="300"), True),
        (part(length="300", width="41", height="30"), machine(diameter="50", length="300"), False),
        (part(length="290", width="60", height="313"), machine(diameter="50.8"), True),
        # What is not known counts for the workshop.
        (None, machine(diameter="1"), True),
        (part(diameter="9999"), machine(), True),
        (part(), machine(length="1"), True),
    ],
)
def test_the_part_fits_the_machine(sizes: Envelope | None, tool: MachineTool, expected: bool) -> None:
    assert fits(spec(envelope=sizes), tool) is expected


@pytest.mark.parametrize(
    ("mass", "limit", "expected"), [("12", "12", True), ("12.1", "12", False), (None, "1", True), ("9999", None, True)]
)
def test_the_machine_carries_the_part(mass: str | None, limit: str | None, expected: bool) -> None:
    assert fits(spec(mass_kg=None if mass is None else Decimal(mass)), machine(mass=limit)) is expected


def test_a_part_too_large_for_every_machine_is_a_process_to_buy_in() -> None:
    asked = [line(processes=("turning", "drilling"), envelope=part(diameter="500", length="100"))]
    able: dict[str, Any] = {"processes": ("turning", "drilling")}
    small = only(asked, shop(**able, machines=(machine(diameter="400", length="1000"),)))
    assert (small.covered_processes, small.outside_processes) == (("drilling",), ("turning",))
    assert ("envelope", "turning") in codes(small.missing)
    one_large = only(asked, shop(**able, machines=(machine(diameter="400"), machine(diameter="600"))))
    assert one_large.coverage == "single"
    unknown = only(asked, shop(**able, machines=(machine(diameter="400"), machine())))
    assert unknown.coverage == "single"


def test_a_machine_serves_what_its_processes_imply() -> None:
    asked = [line(processes=("milling",), envelope=part(length="900", width="1", height="1"))]
    tool = machine("machining_center", length="800", width="500", height="500")
    assert rank(asked, [shop(processes=("machining_center",), machines=(tool,))], None, today=TODAY) == []


def test_the_size_of_a_tank_is_not_judged() -> None:
    asked = [line(processes=("powder_coating",), envelope=part(length="9000", width="1", height="1"))]
    tool = machine("powder_coating", length="2000", width="1000", height="1000")
    assert only(asked, shop(processes=("powder_coating",), machines=(tool,))).coverage == "single"


@pytest.mark.parametrize(
    ("certificates", "plates"),
    [
        ((held("lb3_permit"),), True),
        ((held("lb3_permit", until=TODAY),), True),
        ((held("lb3_permit", until=date(2026, 11, 23)),), False),
        ((held("lb3_permit", "missing"),), False),
        ((held("lb3_permit", "in_process"),), False),
        ((), False),
    ],
)
def test_nobody_plates_without_a_permit_in_date(certificates: tuple[HeldCertificate, ...], plates: bool) -> None:
    asked = [line(processes=("plating_zinc",))]
    found = rank(asked, [shop(processes=("plating_zinc",), certificates=certificates)], None, today=TODAY)
    assert bool(found) is plates
    more = only([line(processes=("turning", "plating_zinc"))], shop(
        processes=("turning", "plating_zinc"), certificates=certificates
    ))  # fmt: skip
    assert (more.coverage == "single") is plates
    assert (("permit", "lb3_permit") in codes(more.missing)) is not plates


def test_certificates_include_others_and_end() -> None:
    asked = [line(certificates=("iso_9001", "mill_certificate"))]
    able: dict[str, Any] = {"processes": ("turning",)}
    assert ("certificate", "iso_9001") in codes(only(asked, shop(**able, certificates=(held("iatf_16949"),))).why)
    for certificates in ((), (held("iatf_16949", "in_process"),), (held("iso_9001", until=date(2026, 11, 23)),)):
        lacking = only(asked, shop(**able, certificates=certificates))
        # What comes with a delivery is nobody's lack beforehand.
        assert {note for note in codes(lacking.missing) if note[0] == "certificate"} == {("certificate", "iso_9001")}


@pytest.mark.parametrize(
    ("declared", "asked", "expected"),
    [
        (["SPCC"], "SPCC 2.3 mm", "same"),
        (["SCMNH2"], "SCMnH2 (Hadfield)", "same"),
        (["spcc sheets", "SGCC"], "SPCC 2.3 mm", "family"),
        (["SGCC"], "SPCC 2.3 mm", "family"),
        (["SNB16"], "ASTM A193 B16", "family"),
        (["STKM11A"], "SPHC 4.5 + STKM11A", "same"),
        (["SPCC"], "SPHC 4.5 + STKM11A", "family"),
        (["STEEL"], "S45C cold drawn", "family"),
        (["BRASS"], "C3771", "family"),
        (["BRASS"], "S45C", None),
        (["ADC12"], "S45C", None),
        (["SUP9"], "SUS304-WPB", None),
        (["S"], "S45C", None),
        (["Monel 400"], "Monel 400 bar", "same"),
        (["STEEL"], "unobtainium", None),
        ([], "S45C", None),
        (["..."], "S45C", None),
    ],
)
def test_materials_are_related(declared: list[str], asked: str, expected: str | None) -> None:
    assert kinship(declared, asked) == expected


def test_the_same_material_counts_more_than_its_family() -> None:
    asked = [line(material="S45C", it_grade=7)]
    able: dict[str, Any] = {"processes": ("turning",), "best_it_grade": 7}
    same, family, none = (
        only(asked, shop(**able, materials=materials)) for materials in (("S45C",), ("SS400",), ("ADC12",))
    )
    assert same.score > family.score > none.score
    assert ("material", "S45C") in codes(same.why)
    assert ("material_family", "S45C") in codes(family.why)
    assert ("material", "S45C") in codes(none.missing)


@pytest.mark.parametrize(("best", "good"), [(6, True), (7, True), (8, False), (None, False)])
def test_the_finest_grade_of_all_lines_decides(best: int | None, good: bool) -> None:
    asked = [line(1, it_grade=9), line(2, it_grade=7)]
    candidate = only(asked, shop(processes=("turning",), best_it_grade=best))
    assert (("it_grade", "IT7") not in codes(candidate.missing)) is good


def test_near_is_better() -> None:
    near, far = shop(2, "35.15.18.2004", processes=("turning",)), shop(1, "35.14", processes=("turning",))
    ranked = rank([line()], [far, near], "35.15.07", today=TODAY)
    assert [candidate.organisation_id for candidate in ranked] == [near.id, far.id]
    assert ("same_regency", "35.15") in codes(ranked[0].why)


def test_single_firms_come_first_then_the_first_operation_then_the_share() -> None:
    asked = [line(1, processes=("turning", "drilling")), line(2, processes=("drilling", "polishing"))]
    assert needed(asked) == ("turning", "drilling", "polishing")
    workshops = [
        shop(1, processes=("polishing",)),
        shop(2, processes=("drilling", "polishing")),
        shop(3, processes=("turning",)),
        shop(4, processes=("turning_cnc", "drilling")),
        shop(5, processes=("polishing", "drilling", "turning")),
        shop(6, processes=("welding_spot",)),
        shop(7, processes=("turning", "drilling", "polishing")),
    ]
    ranked = rank(asked, workshops, None, today=TODAY)
    assert [candidate.organisation_id.int for candidate in ranked] == [5, 7, 4, 2, 3, 1]
    assert [candidate.coverage == "single" for candidate in ranked] == [True, True, False, False, False, False]
    assert sorted(map(place, ranked)) == [place(candidate) for candidate in ranked]
    assert all(0 <= candidate.score <= 100 for candidate in ranked)
    assert {note.subject for note in ranked[2].missing if note.code == "process"} == {"polishing"}


def test_who_has_said_nothing_is_no_candidate() -> None:
    silent = msgspec.structs.replace(shop(), capabilities=None)
    assert rank([line()], [silent], None, today=TODAY) == []
    assert rank([line(processes=())], [shop(processes=("turning",))], None, today=TODAY) == []
