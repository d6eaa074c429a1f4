"""Ranking workshops for an RFQ. Pure: capabilities and lines in, candidates out."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

import msgspec

from domain.matching.materials import kinship
from domain.matching.model import Candidate, Note
from domain.organisations.model import Capabilities, MachineEnvelope, MachineTool, Organisation
from domain.rfqs.model import Envelope, Line, LineSpec
from domain.vocabularies import entry, is_code, process_closure

SHAPING = frozenset("123")
"""Main groups of DIN 8580 in which the machine limits the size of the part: primary shaping, forming, cutting. Joining,
coating and heat treatment are not judged by it."""
T = TypeVar("T")
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
    lines: Sequence[Line], workshops: Iterable[Organisation], buyer_region: str | None, *, today: date
) -> list[Candidate]:
    """Candidates, best first (see `place`)."""
    found = [
        candidate
        for workshop in workshops
        if workshop.capabilities is not None
        for candidate in [_candidate(lines, workshop, workshop.capabilities, buyer_region, today)]
        if candidate is not None
    ]
    return sorted(found, key=place)


def place(candidate: Candidate) -> tuple[bool, Decimal, UUID]:
    """Where a candidate stands: single firms before those that buy operations in, then by score, then the older."""
    return candidate.coverage != "single", -candidate.score, candidate.organisation_id


def _candidate(
    lines: Sequence[Line], workshop: Organisation, said: Capabilities, buyer_region: str | None, today: date
) -> Candidate | None:
    operations = needed(lines)
    able = process_closure(said.processes)
    held = _held(said, today)
    missing: list[Note] = []
    why: list[Note] = []
    covered = []
    for process in operations:
        if process not in able:
            missing.append(Note(code="process", subject=process))
        elif process.startswith(PLATING) and PERMIT not in held:
            # Plating without a permit for hazardous waste is not offered to a buyer at all.
            missing.append(Note(code="permit", subject=PERMIT))
        elif not _takes(lines, process, said, missing):
            continue
        else:
            covered.append(process)
    if not covered:
        return None
    why += [Note(code="process", subject=process) for process in covered]
    bonus = _bonus(lines, workshop, said, held, buyer_region, why, missing)
    share = Decimal(len(covered)) / len(operations)
    first = Decimal(15) if operations[0] in covered else Decimal(0)
    return Candidate(
        organisation_id=workshop.id,
        name=workshop.name,
        region_code=workshop.profile.region_code,
        coverage="single" if len(covered) == len(operations) else "with_outside_operations",
        score=(share * 60 + first + bonus).quantize(Decimal("0.1")),
        covered_processes=tuple(covered),
        outside_processes=tuple(process for process in operations if process not in covered),
        why=tuple(why),
        missing=tuple(dict.fromkeys(missing)),
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


def _takes(lines: Sequence[Line], process: str, said: Capabilities, missing: list[Note]) -> bool:
    """Whether some machine takes each part; a machine of unknown size is given the benefit of the doubt."""
    groups: tuple[str, ...] = _attribute("processes", process, "din8580", tuple[str, ...], ())
    if not any(group[:1] in SHAPING for group in groups):
        return True
    serving = [machine for machine in said.machines if process in process_closure(machine.processes)]
    for line in lines:
        if process in line.spec.processes and serving and not any(fits(line.spec, machine) for machine in serving):
            missing.append(Note(code="envelope", subject=process))
            return False
    return True


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
