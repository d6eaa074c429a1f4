"""What the marketplace is made of: who the caller is, the state machines, the vocabularies."""

import hashlib
from typing import Annotated, Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter
from msgspec import Meta

from api.call import Call, View
from api.contract import Api
from api.wire import ETag, Id, Out, Page, Text40, Text80, Text200, Text2000
from domain import vocabularies
from domain.actors import SCOPES, Actor
from domain.errors import NotFound
from domain.ids import show_optional
from domain.lifecycle import EVENTS, MACHINES, Machine
from domain.organisations import queries as organisations
from domain.vocabularies import UnknownVocabulary, state_label

TAGS = ["Meta"]


class Me(Out):
    """Who the caller is."""

    organisation_id: Id
    organisation_name: Text200
    organisation_state: Text40
    roles: Annotated[list[Text40], Meta(max_length=4)]
    credential_id: Id
    credential_name: Text80
    person: Annotated[str, Meta(max_length=120)] | None
    scopes: Annotated[list[Text80], Meta(max_length=60)]


@get("/v1/me", tags=TAGS, opt={"api": Api()})
async def get_me(call: NamedDependency[Call]) -> Response[Me]:
    """Tell who the caller is.

    The organisation, the credential and its scopes.
    """
    actor: Actor = call.actor
    if actor.organisation_id is None or actor.credential_id is None:
        raise NotFound("organisation")

    def shown(organisation: Any, _: View) -> Me:
        return Me(
            organisation_id=show_optional("organisation", actor.organisation_id) or "",
            organisation_name=organisation.name,
            organisation_state=organisation.state,
            roles=sorted(actor.roles),
            credential_id=show_optional("credential", actor.credential_id) or "",
            credential_name=actor.name,
            person=actor.person,
            scopes=sorted(actor.scopes),
        )

    return await call.read(organisations.get(call.db, actor, actor.organisation_id), shown)


class MachineState(Out):
    """One state with its labels; nothing leaves an end."""

    state: Text40
    label_id: Text80
    label_en: Text80
    is_end: bool


class MachineArrow(Out):
    """One permitted change. No source: it creates the thing. No target: the state stays."""

    action: Text80
    from_states: Annotated[list[Text40], Meta(max_length=20)]
    to_state: Text40 | None
    by: Annotated[list[Text40], Meta(max_length=8)]
    event: Text80
    operation: Text80 | None


class StateMachine(Out):
    """One state machine, as the code enforces it."""

    name: Text40
    states: Annotated[list[MachineState], Meta(max_length=30)]
    arrows: Annotated[list[MachineArrow], Meta(max_length=60)]


class StateMachineList(Out):
    """All state machines."""

    etag: ETag
    items: Annotated[list[StateMachine], Meta(max_length=60)]


def _machine(machine: Machine) -> StateMachine:
    return StateMachine(
        name=machine.name,
        states=[
            MachineState(
                state=state,
                label_id=state_label(machine.name, state, "id"),
                label_en=state_label(machine.name, state, "en"),
                is_end=state in machine.ends,
            )
            for state in machine.states
        ],
        arrows=[
            MachineArrow(
                action=arrow.action,
                from_states=list(arrow.source),
                to_state=arrow.target,
                by=[str(side) for side in arrow.by],
                event=arrow.event,
                operation=arrow.operation,
            )
            for arrow in machine.arrows.values()
        ],
    )


@get("/v1/meta/state-machines", tags=TAGS, opt={"api": Api(etag=True)})
async def list_state_machines(call: NamedDependency[Call]) -> Response[StateMachineList]:
    """List the state machines.

    States with labels in Indonesian and English, and every arrow: who may take it, by which operation, with which event.
    """

    async def found() -> list[StateMachine]:
        return [_machine(machine) for machine in MACHINES.values()]

    return await call.read(found(), lambda items, _: StateMachineList(etag=_content_tag(items), items=items))


class VocabularyEntry(Out):
    """One code with its labels; `attributes` holds what else is known of it."""

    code: Text80
    id: Text200
    en: Text200
    attributes: Annotated[dict[str, Any], Meta(max_length=40)]


class Vocabulary(Out):
    """One list of codes."""

    name: Text80
    label_id: Text200
    label_en: Text200
    source: Text2000
    etag: ETag
    entries: Annotated[list[VocabularyEntry], Meta(max_length=5000)]


class VocabularyName(Out):
    """A vocabulary without its entries."""

    name: Text80
    label_id: Text200
    label_en: Text200


class VocabularyPage(Page[VocabularyName]):
    """The vocabularies by name; there is only one page."""


OWN: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "scopes": ("Hak akses", "Scopes of credentials", SCOPES),
    "event_types": ("Jenis peristiwa", "Types of events", EVENTS),
}
"""Vocabularies that are part of the program."""


@get("/v1/meta/vocabularies", tags=TAGS, opt={"api": Api()})
async def list_vocabularies(call: NamedDependency[Call]) -> Response[VocabularyPage]:
    """List the vocabularies.

    Every code that a body takes is in one of them.
    """

    async def found() -> list[VocabularyName]:
        known = [vocabularies.vocabulary(name) for name in vocabularies.names()]
        listed = [VocabularyName(name=item.name, label_id=item.id, label_en=item.en) for item in known]
        listed += [VocabularyName(name=name, label_id=row[0], label_en=row[1]) for name, row in OWN.items()]
        return sorted(listed, key=lambda item: item.name)

    return await call.read(found(), lambda items, _: VocabularyPage(items=items, next_cursor=None))


@get("/v1/meta/vocabularies/{name:str}", tags=TAGS, opt={"api": Api(etag=True)})
async def get_vocabulary(
    call: NamedDependency[Call],
    name: Annotated[str, PathParameter(description="Name of the vocabulary.")],
) -> Response[Vocabulary]:
    """Read one vocabulary.

    Codes with labels in Indonesian and English.
    """

    async def found() -> Vocabulary:
        if name in OWN:
            label_id, label_en, codes = OWN[name]
            entries = [VocabularyEntry(code=code, id=code, en=code, attributes={}) for code in codes]
            source = "Part of this program."
        else:
            try:
                known = vocabularies.vocabulary(name)
            except UnknownVocabulary as error:
                raise NotFound("vocabulary") from error
            label_id, label_en, source = known.id, known.en, known.source
            entries = [
                VocabularyEntry(code=item.code, id=item.id, en=item.en, attributes=dict(item.attributes))
                for item in known.entries
            ]
        return Vocabulary(
            name=name,
            label_id=label_id,
            label_en=label_en,
            source=source,
            etag=_content_tag(entries),
            entries=entries,
        )

    return await call.read(found(), lambda item, _: item)


def _content_tag(content: object) -> str:
    return f'"{hashlib.sha256(msgspec.json.encode(content)).hexdigest()[:32]}"'


HANDLERS = [get_me, list_state_machines, list_vocabularies, get_vocabulary]
