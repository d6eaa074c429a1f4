"""Ranking workshops for an RFQ. Pure: capabilities and lines in, candidates out."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from domain.matching.model import Candidate, Note
from domain.organisations.model import Capabilities, MachineTool, Organisation
from domain.rfqs.model import Envelope, Line
from domain.vocabularies import process_closure

SHAPING = (
    "turning",
    "machining",
    "milling",
    "grinding",
    "forging",
    "casting",
    "die_casting",
    "stamping",
    "deep_drawing",
    "fine_blanking",
    "gear",
    "edm",
    "tube",
    "bending",
    "spinning",
    "laser",
)
"""Beginnings of process codes whose machine limits the size of the part: joining and finishing are not judged by it."""
PLATING = "plating"
PERMIT = "lb3_permit"
REGENCY = 5
"""Length of a regency's code, `35.15`."""


def needed(lines: Iterable[Line]) -> tuple[str, ...]:
    """Every operation that the lines name, in their order."""
    return tuple(dict.fromkeys(process for line in lines for process in line.spec.processes))


def rank(
    lines: Sequence[Line], workshops: Iterable[Organisation], buyer_region: str | None, *, today: date
) -> list[Candidate]:
    """Candidates, best first: single firms before those that buy operations in, then by score and name."""
    found = [
        candidate
        for workshop in workshops
        if workshop.capabilities is not None
        for candidate in [_candidate(lines, workshop, workshop.capabilities, buyer_region, today)]
        if candidate is not None
    ]
    return sorted(found, key=lambda item: (item.coverage != "single", -item.score, item.name, item.organisation_id))


def _candidate(
    lines: Sequence[Line], workshop: Organisation, said: Capabilities, buyer_region: str | None, today: date
) -> Candidate | None:
    operations = needed(lines)
    able = process_closure(said.processes)
    held = {
        item.code
        for item in said.certificates
        if item.state == "valid" and (item.valid_until is None or item.valid_until >= today)
    }
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


def _bonus(
    lines: Sequence[Line],
    workshop: Organisation,
    said: Capabilities,
    held: set[str],
    buyer_region: str | None,
    why: list[Note],
    missing: list[Note],
) -> Decimal:
    """Up to 25: 8 for material, 7 for the IT grade, 6 for certificates, 4 for the same regency."""
    bonus = Decimal(0)
    materials = [line.spec.material for line in lines if line.spec.material]
    known = [item.casefold() for item in said.materials]
    fitting = [text for text in materials if any(item in text.casefold() for item in known)]
    if len(fitting) == len(materials):
        bonus += 8
        why.append(Note(code="material", subject=None))
    else:
        missing += [Note(code="material", subject=text) for text in materials if text not in fitting]
    grades = [line.spec.it_grade for line in lines if line.spec.it_grade is not None]
    if not grades or (said.best_it_grade is not None and said.best_it_grade <= min(grades)):
        bonus += 7
        why.append(Note(code="it_grade", subject=None))
    else:
        missing.append(Note(code="it_grade", subject=f"IT{min(grades)}"))
    asked = {code for line in lines for code in line.spec.certificates}
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
    """Whether some machine takes the part; where no machine's size is known it is given the benefit of the doubt."""
    if not process.startswith(SHAPING):
        return True
    serving = [machine for machine in said.machines if process in process_closure(machine.processes)]
    sizes = [machine for machine in serving if machine.envelope is not None]
    # One machine of unknown size may be the one that takes it.
    if not sizes or len(sizes) < len(serving):
        return True
    for line in lines:
        part = line.spec.envelope
        if process not in line.spec.processes or part is None:
            continue
        if not any(_fits(part, line.spec.mass_kg, machine) for machine in sizes):
            missing.append(Note(code="envelope", subject=process))
            return False
    return True


def _fits(part: Envelope, mass_kg: Decimal | None, machine: MachineTool) -> bool:
    envelope = machine.envelope
    if envelope is None:
        return True
    if machine.max_mass_kg is not None and mass_kg is not None and mass_kg > machine.max_mass_kg:
        return False
    if part.diameter_mm is not None:
        if envelope.diameter_mm is not None and part.diameter_mm > envelope.diameter_mm:
            return False
        return part.length_mm is None or envelope.length_mm is None or part.length_mm <= envelope.length_mm
    sizes = sorted((size for size in (part.length_mm, part.width_mm, part.height_mm) if size is not None), reverse=True)
    room = sorted(
        (size for size in (envelope.length_mm, envelope.width_mm, envelope.height_mm) if size is not None), reverse=True
    )
    # In any orientation: the longest side against the longest, as far as both are known.
    return all(size <= space for size, space in zip(sizes, room, strict=False))
