"""Ranking workshops for an RFQ. Pure: capabilities and lines in, candidates out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar, get_args
from uuid import UUID

import msgspec

from domain.matching.capacity import capacity_notes, declared
from domain.matching.materials import kinship
from domain.matching.model import Candidate, Coverage, Fit, MemberPart, Note
from domain.organisations.model import (
    Capabilities,
    Capacity,
    HeldCertificate,
    MachineEnvelope,
    MachineTool,
    Organisation,
)
from domain.rfqs.model import Envelope, Line, LineSpec
from domain.vocabularies import entry, is_code, process_closure

SHAPING = frozenset("123")
"""Main groups of DIN 8580 in which the machine limits the size of the part: primary shaping, forming, cutting. Joining,
coating and heat treatment are not judged by it."""
T = TypeVar("T")
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
"""Of a workshop that has not said yet what it can make."""
PLATING = "plating"
PERMIT = "lb3_permit"
SIDES = 3
"""Of a box."""
REGENCY = 5
"""Length of a regency's code, `35.15`."""


def needed(lines: Iterable[Line]) -> tuple[str, ...]:
    """Every operation that the lines name, in their order."""
    return tuple(dict.fromkeys(process for line in lines for process in line.spec.processes))


def rank(
    lines: Sequence[Line],
    workshops: Iterable[Organisation],
    buyer_region: str | None,
    *,
    today: date,
    members: Mapping[UUID, Sequence[Organisation]] | None = None,
) -> list[Candidate]:
    """Candidates, best first (see `place`). `members`: the confirmed ones of cooperatives, by the cooperative's id."""
    operations = needed(lines)
    known = members or {}
    found = [
        candidate
        for workshop in workshops
        for candidate in [_candidate(lines, operations, workshop, known.get(workshop.id, ()), buyer_region, today)]
        if candidate is not None
    ]
    return sorted(found, key=place)


def place(candidate: Candidate) -> tuple[int, Decimal, int, UUID]:
    """Where a candidate stands.

    Single firms, then cooperatives with their members, then those that buy operations in; by score; of equals who has
    the capacity before who does not say, and both before who has too little; then the older.
    """
    order = get_args(Coverage)
    return order.index(candidate.coverage), -candidate.score, _capacity_place(candidate), candidate.organisation_id


def place_of_fit(fit: Fit) -> tuple[int, Decimal, int, int]:
    """Where an RFQ stands for one workshop: as the workshop would among others for it; of equals the newer first."""
    coverage, score, capacity, _ = place(fit.candidate)
    return coverage, score, capacity, -fit.card.id.int


def _capacity_place(candidate: Candidate) -> int:
    if any(note.code == "capacity" for note in candidate.missing):
        return 2
    return 0 if any(note.code == "capacity" for note in candidate.why) else 1


def _candidate(
    lines: Sequence[Line],
    operations: Sequence[str],
    workshop: Organisation,
    members: Sequence[Organisation],
    buyer_region: str | None,
    today: date,
) -> Candidate | None:
    own, lacking = _reach(lines, operations, workshop, today)
    taken = _taken(lines, [process for process in operations if process not in own], members, today)
    helped = {process for processes in taken.values() for process in processes}
    covered = [process for process in operations if process in own or process in helped]
    if not covered:
        return None
    helpers = [member for member in members if member.id in taken]
    said = _together([workshop, *helpers] if own else helpers, today) if helpers else workshop.capabilities or NOTHING
    missing = list(dict.fromkeys(note for process, note in lacking.items() if process not in helped))
    why = [Note(code="process", subject=process) for process in covered]
    bonus = _bonus(lines, workshop, said, _held(said, today), buyer_region, why, missing)
    for enough, note in capacity_notes(lines, said):
        (why if enough else missing).append(note)
    share = Decimal(len(covered)) / len(operations)
    first = Decimal(15) if operations[0] in covered else Decimal(0)
    coverage: Coverage = "with_outside_operations"
    if len(covered) == len(operations):
        coverage = "cooperative" if helpers else "single"
    return Candidate(
        organisation_id=workshop.id,
        name=workshop.name,
        region_code=workshop.profile.region_code,
        coverage=coverage,
        score=(share * 60 + first + bonus).quantize(Decimal("0.1")),
        covered_processes=tuple(covered),
        outside_processes=tuple(process for process in operations if process not in covered),
        members=tuple(
            MemberPart(organisation_id=member.id, name=member.name, processes=tuple(taken[member.id]))
            for member in helpers
        ),
        why=tuple(why),
        missing=tuple(dict.fromkeys(missing)),
    )


def _reach(
    lines: Sequence[Line], operations: Sequence[str], workshop: Organisation, today: date
) -> tuple[list[str], dict[str, Note]]:
    """(operations that the workshop can do, for each other one what it lacks)."""
    said = workshop.capabilities or NOTHING
    able, held = process_closure(said.processes), _held(said, today)
    covered: list[str] = []
    lacking: dict[str, Note] = {}
    for process in operations:
        if process not in able:
            lacking[process] = Note(code="process", subject=process)
        elif process.startswith(PLATING) and PERMIT not in held:
            # Plating without a permit for hazardous waste is not offered to a buyer at all.
            lacking[process] = Note(code="permit", subject=PERMIT)
        elif not _takes(lines, process, said):
            lacking[process] = Note(code="envelope", subject=process)
        else:
            covered.append(process)
    return covered, lacking


def _taken(
    lines: Sequence[Line], open_: Sequence[str], members: Sequence[Organisation], today: date
) -> dict[UUID, list[str]]:
    """Which member does which of the operations that are `open_`: each time the one that can do most of the rest.

    Few hands: a part that travels less is dearer to nobody. The order of `members` decides between equals.
    """
    able = {member.id: _reach(lines, open_, member, today)[0] for member in members}
    rest = list(open_)
    taken: dict[UUID, list[str]] = {}
    while rest:
        best = max(able, key=lambda member_id: sum(process in able[member_id] for process in rest), default=None)
        mine = [] if best is None else [process for process in rest if process in able[best]]
        if best is None or not mine:
            break
        taken[best] = mine
        rest = [process for process in rest if process not in mine]
    return taken


def _together(firms: Sequence[Organisation], today: date) -> Capabilities:
    """What firms that work on one part can say together.

    Materials of any, the finest grade of any, certificates that each holds, and a month's capacity of the slowest.
    """
    said = [firm.capabilities or NOTHING for firm in firms]
    held = set.intersection(*(_held(item, today) for item in said))
    grades = [item.best_it_grade for item in said if item.best_it_grade is not None]
    monthly = [declared(item) for item in said]
    return msgspec.structs.replace(
        NOTHING,
        materials=tuple(dict.fromkeys(material for item in said for material in item.materials)),
        best_it_grade=min(grades, default=None),
        certificates=tuple(
            HeldCertificate(code=code, number=None, valid_until=None, state="valid") for code in sorted(held)
        ),
        capacity=tuple(
            Capacity(quantity=min(item[unit] for item in monthly if unit in item), unit=unit, note=None)
            for unit in sorted({unit for item in monthly for unit in item})
        ),
    )


def _held(said: Capabilities, today: date) -> set[str]:
    """Certificates in date, and those that they include: IATF 16949 is an ISO 9001 too."""
    held: set[str] = set()
    waiting = [
        item.code
        for item in said.certificates
        if item.state == "valid" and (item.valid_until is None or item.valid_until >= today)
    ]
    while waiting:
        code = waiting.pop()
        if code not in held:
            held.add(code)
            waiting += _attribute("certificates", code, "implies", tuple[str, ...], ())
    return held


def _asked(lines: Sequence[Line]) -> set[str]:
    """Certificates that a workshop can hold beforehand: what comes with each delivery says nothing of who can make it."""
    asked = {code for line in lines for code in line.spec.certificates}
    return {code for code in asked if _attribute("certificates", code, "scope", str, "") != "delivery"}


def _attribute(vocabulary: str, code: str, name: str, type_: type[T], default: T) -> T:
    """What the vocabulary tells of a code; `default` of a code that it no longer has."""
    if not is_code(vocabulary, code):
        return default
    return msgspec.convert(entry(vocabulary, code).attributes.get(name, default), type_)


def _bonus(
    lines: Sequence[Line],
    workshop: Organisation,
    said: Capabilities,
    held: set[str],
    buyer_region: str | None,
    why: list[Note],
    missing: list[Note],
) -> Decimal:
    """Up to 25: 8 for the material (4 for one of its family), 7 for the IT grade, 6 for certificates, 4 for nearness."""
    bonus = Decimal(0)
    materials = dict.fromkeys(line.spec.material for line in lines if line.spec.material)
    related = {text: kinship(said.materials, text) for text in materials}
    if None in related.values():
        missing += [Note(code="material", subject=text) for text, relation in related.items() if relation is None]
    else:
        bonus += 4 if "family" in related.values() else 8
    for text, relation in related.items():
        if relation is not None:
            why.append(Note(code="material" if relation == "same" else "material_family", subject=text))
    grades = [line.spec.it_grade for line in lines if line.spec.it_grade is not None]
    if not grades or (said.best_it_grade is not None and said.best_it_grade <= min(grades)):
        bonus += 7
        why.append(Note(code="it_grade", subject=None))
    else:
        missing.append(Note(code="it_grade", subject=f"IT{min(grades)}"))
    asked = _asked(lines)
    if asked <= held:
        bonus += 6
        if asked:
            why += [Note(code="certificate", subject=code) for code in sorted(asked)]
    else:
        missing += [Note(code="certificate", subject=code) for code in sorted(asked - held)]
    region = workshop.profile.region_code
    if region is not None and buyer_region is not None and region[:REGENCY] == buyer_region[:REGENCY]:
        bonus += 4
        why.append(Note(code="same_regency", subject=region[:REGENCY]))
    return bonus


def _takes(lines: Sequence[Line], process: str, said: Capabilities) -> bool:
    """Whether some machine takes each part; a machine of unknown size is given the benefit of the doubt."""
    groups: tuple[str, ...] = _attribute("processes", process, "din8580", tuple[str, ...], ())
    if not any(group[:1] in SHAPING for group in groups):
        return True
    serving = [machine for machine in said.machines if process in process_closure(machine.processes)]
    return not any(
        process in line.spec.processes and serving and not any(fits(line.spec, machine) for machine in serving)
        for line in lines
    )


def fits(part: LineSpec, machine: MachineTool) -> bool:
    """Whether the machine takes the part, as far as size and mass of both are known. Millimetres, kilograms."""
    if machine.max_mass_kg is not None and part.mass_kg is not None and part.mass_kg > machine.max_mass_kg:
        return False
    if part.envelope is None or machine.envelope is None:
        return True
    room = machine.envelope
    box = _known(room.length_mm, room.width_mm, room.height_mm)
    if part.envelope.diameter_mm is not None:
        return _turned_fits(part.envelope, part.envelope.diameter_mm, room, box)
    sides = _known(part.envelope.length_mm, part.envelope.width_mm, part.envelope.height_mm)
    if room.diameter_mm is None:
        return _box_fits(sides, box)
    return _box_swings(sides, room.diameter_mm, room.length_mm)


def _turned_fits(part: Envelope, diameter: Decimal, room: MachineEnvelope, box: list[Decimal]) -> bool:
    """Diameter against diameter and length against length; on a bed or table the part is as wide and high as it is thick."""
    length = part.length_mm if part.length_mm is not None else part.height_mm
    if room.diameter_mm is not None:
        return diameter <= room.diameter_mm and (length is None or room.length_mm is None or length <= room.length_mm)
    return _box_fits(_known(diameter, diameter, length), box)


def _box_fits(sides: list[Decimal], room: list[Decimal]) -> bool:
    """In any orientation: the longest side against the longest, as far as both are known."""
    return all(side <= space for side, space in zip(sides, room, strict=False))


def _box_swings(sides: list[Decimal], diameter: Decimal, length: Decimal | None) -> bool:
    """Whether a box goes into a cylinder, along one of its sides.

    A machine that tells a diameter alone may mean something else by it (a tube bender means the tube), so it says
    nothing of a box.
    """
    if length is None or len(sides) < SIDES:
        return True
    return any(
        sides[along] <= length and sum(side**2 for place, side in enumerate(sides) if place != along) <= diameter**2
        for along in range(len(sides))
    )


def _known(*sizes: Decimal | None) -> list[Decimal]:
    return sorted((size for size in sizes if size is not None), reverse=True)
