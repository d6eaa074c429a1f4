"""What a mapping may not say, and what it makes of lines. It is asked only where a vocabulary lacks the code."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from msgspec.structs import replace

from domain.actors import Actor, Side
from domain.code_mappings.model import MAX_MAPPINGS, VOCABULARY_OF, CodeMapping, CodeMappings, MappedKind
from domain.errors import Fault, Invalid, NotFound
from domain.lifecycle import CODE_MAPPING, Arrow, step
from domain.rfqs.model import LineDraft
from domain.vocabularies import is_code

Table = Mapping[tuple[MappedKind, str], str]


def require_own(organisation_id: UUID, actor: Actor) -> None:
    """What an organisation calls things is nobody else's business. Raises NotFound."""
    if not actor.is_organisation(organisation_id):
        raise NotFound("organisation")


def decide_put(before: CodeMappings | None, mappings: Sequence[CodeMapping]) -> Arrow:
    """The organisation writes all of its mappings anew. Raises Invalid with every fault."""
    faults = list(_faults(mappings))
    if faults:
        raise Invalid("The mappings contain what cannot be applied.", faults=faults)
    return CODE_MAPPING["create"] if before is None else step(CODE_MAPPING["update"], before.state, (Side.OWNER,))


def _faults(mappings: Sequence[CodeMapping]) -> Iterator[Fault]:
    if len(mappings) > MAX_MAPPINGS:
        yield Fault("/mappings", f"{MAX_MAPPINGS} mappings at most.")
    meant: dict[tuple[MappedKind, str], CodeMapping] = {}
    seen: set[tuple[str, MappedKind, str]] = set()
    for place, mapping in enumerate(mappings):
        vocabulary = VOCABULARY_OF[mapping.kind]
        if not is_code(vocabulary, mapping.code):
            yield Fault(
                f"/mappings/{place}/code", f"{mapping.code!r} is not in GET /v1/meta/vocabularies/{vocabulary}."
            )
        if is_code(vocabulary, mapping.external):
            yield Fault(
                f"/mappings/{place}/external",
                f"{mapping.external!r} is a code of GET /v1/meta/vocabularies/{vocabulary} itself and keeps its meaning.",
            )
        if mapping.external != mapping.external.strip():
            yield Fault(f"/mappings/{place}/external", "Leave the blanks before and behind it away.")
        if (mapping.system, mapping.kind, mapping.external) in seen:
            yield Fault(f"/mappings/{place}", "This code of this system is mapped twice.")
        seen.add((mapping.system, mapping.kind, mapping.external))
        first = meant.setdefault((mapping.kind, mapping.external), mapping)
        if first.code != mapping.code:
            yield Fault(
                f"/mappings/{place}/code",
                f"In {first.system} it means {first.code}. A document does not say which system it comes from, so one "
                "code has one meaning.",
            )


def table_of(mappings: Sequence[CodeMapping]) -> Table:
    """Our code by kind and external code."""
    return {(mapping.kind, mapping.external): mapping.code for mapping in mappings}


def is_foreign(line: LineDraft) -> bool:
    """Whether the line has a code that the vocabularies lack: only then is a mapping looked for."""
    spec = line.spec
    return (
        not is_code("units", line.unit)
        or any(not is_code("processes", code) for code in spec.processes)
        or any(not is_code("certificates", code) for code in spec.certificates)
        or (spec.material is not None and not is_code("materials", spec.material))
    )


def translated(line: LineDraft, table: Table) -> LineDraft:
    """The line in our codes. What is in no mapping stays, for the rules of RFQs to refuse."""
    if not is_foreign(line):
        return line
    spec = line.spec
    return replace(
        line,
        unit=ours("unit", line.unit, table),
        spec=replace(
            spec,
            processes=tuple(ours("process", code, table) for code in spec.processes),
            certificates=tuple(ours("certificate", code, table) for code in spec.certificates),
            material=None if spec.material is None else ours("material", spec.material, table),
        ),
    )


def ours(kind: MappedKind, code: str, table: Table) -> str:
    """Our code for `code`: itself where the vocabulary has it, or where nothing maps it."""
    return code if is_code(VOCABULARY_OF[kind], code) else table.get((kind, code), code)
