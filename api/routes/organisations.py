"""Organisations: registration, verification, profile and capabilities."""

from decimal import Decimal
from typing import Annotated, Any

from litestar import Response, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import UNSET, Struct

from api.call import Call, View
from api.contract import Api
from api.paging import After, Limit
from api.routes.capabilities_wire import Capabilities, CapabilitiesWrite
from api.routes.organisations_wire import (
    Organisation,
    OrganisationPage,
    OrganisationPatch,
    OrganisationSuspend,
    PolicyPatch,
    Registration,
    RegistrationCreate,
)
from api.wire import utc
from domain.actors import Actor
from domain.credentials.model import Credential
from domain.ids import read, show
from domain.organisations import commands, model, queries
from domain.quantity import plain

TAGS = ["Organisations"]


@post(
    "/v1/registrations",
    status_code=201,
    tags=["Registrations"],
    opt={"api": Api(public=True, expensive=True, idempotent=True, location=True, errors=(409,))},
)
async def register_organisation(
    call: NamedDependency[Call], data: JSONBody[RegistrationCreate]
) -> Response[Registration]:
    """Ask to join.

    The answer carries the first key, once. It works at once for the organisation's own data; taking part in RFQs waits
    until a facilitator or the operator has verified the organisation. Doubtful check digits are warnings.
    """

    def shown(result: tuple[model.Organisation, Credential, str, list[str]], view: View) -> Registration:
        organisation, credential, secret, warnings = result
        own = Actor(credential_id=credential.id, organisation_id=organisation.id, name=credential.name)
        return Registration(
            organisation=Organisation.of(organisation, View(actor=own, now=view.now, language=view.language)),
            credential_id=show("credential", credential.id),
            secret=secret,
            scopes=list(credential.scopes),
            expires_at=utc(credential.expires_at),
            warnings=warnings,
        )

    return await call.change(
        lambda db: commands.register(
            db, name=data.name, roles=data.roles, profile=data.profile.model(), person=data.person
        ),
        shown,
        status=201,
        location=lambda result: f"/v1/organisations/{show('organisation', result[0].id)}",
        sealed=True,
    )


@get("/v1/organisations", tags=TAGS, opt={"api": Api(scopes=("organisations:read",))})
async def list_organisations(
    call: NamedDependency[Call],
    limit: Limit = 50,
    after: After = None,
    organisation_state: Annotated[
        str | None, QueryParameter(name="state", max_length=40, description="Only this state.")
    ] = None,
    role: Annotated[str | None, QueryParameter(max_length=40, description="Only those with this role.")] = None,
) -> Response[OrganisationPage]:
    """List organisations, oldest first.

    A facilitator or the operator sees all, everybody else its own.
    """
    return await call.listed(
        lambda behind, count: queries.list_visible(
            call.db, call.actor, after=behind, limit=count, state=organisation_state, role=role
        ),
        Organisation.of,
        OrganisationPage,
        kind="organisation",
        after=after,
        limit=limit,
        filters=["organisations", organisation_state, role],
    )


@get("/v1/organisations/{organisation_id:str}", tags=TAGS, opt={"api": Api(scopes=("organisations:read",), etag=True)})
async def get_organisation(call: NamedDependency[Call], organisation_id: FromPath[str]) -> Response[Organisation]:
    """Read an organisation.

    One's own; any for a facilitator or the operator.
    """
    return await call.read(queries.get(call.db, call.actor, read("organisation", organisation_id)), Organisation.of)


@patch(
    "/v1/organisations/{organisation_id:str}",
    tags=TAGS,
    opt={"api": Api(scopes=("organisations:write",), if_match="required", etag=True)},
)
async def update_organisation(
    call: NamedDependency[Call], organisation_id: FromPath[str], data: JSONBody[OrganisationPatch]
) -> Response[Organisation]:
    """Correct an organisation's name, profile or own rules.

    What is absent stays, null clears. The size class follows from the figures.
    """
    key = read("organisation", organisation_id)
    profile = _given(data.profile)
    if "kbli" in profile:
        profile["kbli"] = tuple(profile["kbli"])
    return await call.change(
        lambda db: commands.update(
            db,
            call.actor,
            key,
            name=None if data.name is UNSET else data.name,
            profile=profile,
            policy=_policy(data.policy),
            expected=call.expected,
        ),
        Organisation.of,
    )


@post(
    "/v1/organisations/{organisation_id:str}/verify",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("organisations:verify",), transition=True, etag=True, codes=("duplicate",))},
)
async def verify_organisation(call: NamedDependency[Call], organisation_id: FromPath[str]) -> Response[Organisation]:
    """Vouch for an organisation.

    From now on it takes part. One verified organisation holds a NIB; for a facilitator only the operator vouches.
    """
    key = read("organisation", organisation_id)
    return await call.change(lambda db: commands.verify(db, call.actor, key, expected=call.expected), Organisation.of)


@post(
    "/v1/organisations/{organisation_id:str}/suspend",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("organisations:verify",), transition=True, etag=True)},
)
async def suspend_organisation(
    call: NamedDependency[Call], organisation_id: FromPath[str], data: JSONBody[OrganisationSuspend]
) -> Response[Organisation]:
    """Stop an organisation.

    None of its keys works until it is verified again.
    """
    key = read("organisation", organisation_id)
    return await call.change(
        lambda db: commands.suspend(db, call.actor, key, data.reason, expected=call.expected), Organisation.of
    )


@get(
    "/v1/organisations/{organisation_id:str}/capabilities",
    tags=["Capabilities"],
    opt={"api": Api(scopes=("organisations:read",), etag=True)},
)
async def get_capabilities(call: NamedDependency[Call], organisation_id: FromPath[str]) -> Response[Capabilities]:
    """Read what a workshop can make.

    One's own; any for a facilitator or the operator. Buyers see it as matches of their RFQs.
    """
    return await call.read(queries.get(call.db, call.actor, read("organisation", organisation_id)), Capabilities.of)


@put(
    "/v1/organisations/{organisation_id:str}/capabilities",
    tags=["Capabilities"],
    opt={"api": Api(scopes=("organisations:write",), if_match="required", etag=True)},
)
async def put_capabilities(
    call: NamedDependency[Call], organisation_id: FromPath[str], data: JSONBody[CapabilitiesWrite]
) -> Response[Capabilities]:
    """Say anew what a workshop can make.

    Replaces everything said before. Processes, certificates and units are codes of the vocabularies.
    """
    key = read("organisation", organisation_id)
    return await call.change(
        lambda db: commands.put_capabilities(db, call.actor, key, data.model(), expected=call.expected),
        Capabilities.of,
    )


def _given(patched: Struct) -> dict[str, Any]:
    values = {name: getattr(patched, name) for name in patched.__struct_fields__}
    return {name: value for name, value in values.items() if value is not UNSET}


def _policy(patched: PolicyPatch) -> dict[str, Any]:
    values = _given(patched)
    if "price_tolerance_percent" in values:
        values["price_tolerance_percent"] = plain(Decimal(values["price_tolerance_percent"]))
    return values


HANDLERS = [
    register_organisation,
    list_organisations,
    get_organisation,
    update_organisation,
    verify_organisation,
    suspend_organisation,
    get_capabilities,
    put_capabilities,
]
