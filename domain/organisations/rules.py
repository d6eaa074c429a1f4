"""When an organisation may be registered, changed, verified; what its data may not contain."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec

from domain import actions, identity
from domain.actors import SCOPES, Actor, Role, Side
from domain.errors import Fault, Forbidden, Invalid, NotFound, Refusal
from domain.lifecycle import ORGANISATION, Arrow, step
from domain.organisations.model import MAX_MACHINES, MAX_NAME, Capabilities, MachineTool, Organisation, Profile
from domain.vocabularies import is_code, process_closure

VERIFIERS = (Role.FACILITATOR, Role.OPERATOR)
VOUCHED = ("legal_form", "nib", "npwp")
"""What of a profile, with the name, is vouched for by a verification."""
SCOPES_OF_ROLE: dict[str, frozenset[str]] = {
    "buyer": frozenset(SCOPES) - {"organisations:verify", "quotes:write", "quotes:submit", "awards:accept"},
    "supplier": frozenset(SCOPES)
    - {
        "organisations:verify",
        "rfqs:write",
        "rfqs:publish",
        "rfqs:open",
        "quotes:score",
        "awards:propose",
        "awards:issue",
    },
    "facilitator": frozenset(
        {
            "organisations:read",
            "organisations:write",
            "organisations:verify",
            "credentials:read",
            "credentials:write",
            "rfqs:read",
            "events:read",
            "reports:read",
            "webhooks:read",
            "webhooks:write",
        }
    ),
}
SCOPES_OF_ROLE["operator"] = SCOPES_OF_ROLE["facilitator"]


def scopes_of(roles: Sequence[str]) -> list[str]:
    """What the first key of an organisation with these roles may do."""
    wanted = frozenset[str]().union(*(SCOPES_OF_ROLE[role] for role in roles))
    return [scope for scope in SCOPES if scope in wanted]


def sides(organisation: Organisation, actor: Actor) -> tuple[Side, ...]:
    """Own, facilitator or operator; everybody else does not learn that it exists."""
    if actor.system is not None:
        return (actor.system,)
    found = [Side.OWNER] if actor.is_organisation(organisation.id) else []
    if actor.verified:
        found += [Side(role) for role in VERIFIERS if role in actor.roles]
    if not found:
        raise NotFound("organisation")
    return tuple(found)


def checked_profile(profile: Profile, at: str = "/profile") -> tuple[Profile, list[str]]:
    """(profile with its numbers in canonical form, warnings). Raises Invalid with a pointer to each place."""
    faults: list[Fault] = []
    warnings: list[str] = []
    values: dict[str, Any] = {}

    def parsed(name: str, parse: Callable[[str], object]) -> object:
        text = getattr(profile, name)
        if text is None:
            return None
        try:
            return parse(text)
        except identity.IdentityRefused as refused:
            faults.append(Fault(f"{at}/{name}", refused.detail))
            return None

    values["nib"] = parsed("nib", identity.parse_nib)
    npwp = parsed("npwp", identity.parse_npwp)
    if isinstance(npwp, identity.Npwp):
        values["npwp"] = npwp.digits
        warnings += npwp.warnings
    region = parsed("region_code", identity.parse_region)
    values["region_code"] = region.code if isinstance(region, identity.Region) else None
    values["postal_code"] = parsed("postal_code", identity.parse_postal_code)
    codes: list[str] = []
    for place, code in enumerate(profile.kbli):
        try:
            codes.append(identity.parse_kbli(code))
        except identity.IdentityRefused as refused:
            faults.append(Fault(f"{at}/kbli/{place}", refused.detail))
    values["kbli"] = tuple(dict.fromkeys(codes))
    if faults:
        raise Invalid("The profile contains numbers that cannot be right.", faults=faults)
    return msgspec.structs.replace(profile, **values), warnings


def decide_register(roles: Sequence[str]) -> Arrow:
    """Anybody may ask to join, but not as the operator."""
    if "operator" in roles:
        raise Invalid(
            "An operator is not registered.", faults=[Fault("/roles", "Choose buyer, supplier or facilitator.")]
        )
    if len(set(roles)) != len(roles) or not roles:
        raise Invalid("The roles make no sense.", faults=[Fault("/roles", "Name each role once, and at least one.")])
    return ORGANISATION["register"]


def decide_initialise(name: str) -> None:
    """The operator has a name that fits."""
    if not 1 <= len(name) <= MAX_NAME:
        raise Invalid(
            f"The name of the operator has 1 to {MAX_NAME} characters.", faults=[Fault("/name", "Choose another name.")]
        )


def decide_update(before: Organisation, name: str, profile: Profile, actor: Actor) -> Arrow:
    """The organisation itself, or the operator, corrects its data.

    What a verification vouched for stays while it is verified: a firm that could rename itself, or take a number it
    was never asked about, would carry somebody else's good name. The operator corrects it.
    """
    arrow = step(ORGANISATION["update"], before.state, sides(before, actor))
    if before.state != "verified" or Role.OPERATOR in actor.roles or actor.system is not None:
        return arrow
    faults = [] if name == before.name else [Fault("/name", "It was verified; ask the operator to correct it.")]
    faults += [
        Fault(f"/profile/{field}", "It was verified; ask the operator to correct it.")
        for field in VOUCHED
        if getattr(profile, field) != getattr(before.profile, field)
    ]
    if faults:
        raise Forbidden("What was verified is changed by the operator only.", faults=faults)
    return arrow


def decide_verify(organisation: Organisation, actor: Actor) -> Arrow:
    """A facilitator or the operator vouches for it; for a facilitator only the operator does."""
    return _judge("verify", organisation, actor)


def decide_suspend(organisation: Organisation, actor: Actor, reason: str) -> Arrow:
    """A facilitator or the operator stops it, with a coded reason; none of its keys works from then on."""
    arrow = _judge("suspend", organisation, actor)
    if not is_code("suspend_reasons", reason):
        raise Invalid(
            "The reason is not a known code.",
            faults=[Fault("/reason", "GET /v1/meta/vocabularies/suspend_reasons lists the codes.")],
        )
    return arrow


def _suspendable(organisation: Organisation, actor: Actor, _: datetime) -> Arrow:
    return _judge("suspend", organisation, actor)


def _judge(action: str, organisation: Organisation, actor: Actor) -> Arrow:
    arrow = step(ORGANISATION[action], organisation.state, sides(organisation, actor))
    if actor.is_organisation(organisation.id):
        raise Forbidden("Nobody judges itself.")
    if {"facilitator", "operator"} & set(organisation.roles) and Role.OPERATOR not in actor.roles:
        raise Forbidden("Only the operator may do this to a facilitator.")
    return arrow


def decide_put_capabilities(organisation: Organisation, capabilities: Capabilities, actor: Actor) -> Arrow:
    """A supplier says what it can make, in the codes of the vocabularies."""
    arrow = _may_have_capabilities(organisation, actor)
    faults = list(_faults(capabilities))
    if faults:
        raise Invalid("The capabilities contain values that make no sense.", faults=faults)
    return arrow


def _may_have_capabilities(organisation: Organisation, actor: Actor) -> Arrow:
    arrow = step(ORGANISATION["put_capabilities"], organisation.state, sides(organisation, actor))
    if "supplier" not in organisation.roles:
        raise Forbidden("Only a supplier has capabilities.")
    return arrow


GUARDS: dict[str, Callable[[Organisation, Actor, datetime], object]] = {
    "verify_organisation": lambda organisation, actor, _: decide_verify(organisation, actor),
    "suspend_organisation": _suspendable,
    "put_capabilities": lambda organisation, actor, _: _may_have_capabilities(organisation, actor),
}


def available(
    organisation: Organisation, actor: Actor, *, now: datetime
) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    return actions.available(ORGANISATION, organisation, sides(organisation, actor), GUARDS, actor, now)


def _faults(capabilities: Capabilities) -> Iterator[Fault]:
    known = process_closure(capabilities.processes)
    for place, process in enumerate(capabilities.processes):
        if not is_code("processes", process):
            yield Fault(f"/processes/{place}", f"{process!r} is not in GET /v1/meta/vocabularies/processes.")
    if len(capabilities.machines) > MAX_MACHINES:
        yield Fault("/machines", f"Name {MAX_MACHINES} machines at most.")
    for place, machine in enumerate(capabilities.machines):
        yield from _faults_of_machine(machine, known, f"/machines/{place}")
    for place, certificate in enumerate(capabilities.certificates):
        if not is_code("certificates", certificate.code):
            yield Fault(
                f"/certificates/{place}/code", f"{certificate.code!r} is not in GET /v1/meta/vocabularies/certificates."
            )
    for place, capacity in enumerate(capabilities.capacity):
        if not is_code("units", capacity.unit):
            yield Fault(f"/capacity/{place}/unit", f"{capacity.unit!r} is not in GET /v1/meta/vocabularies/units.")
        if capacity.quantity <= 0:
            yield Fault(f"/capacity/{place}/quantity", "A capacity lies above 0.")


def _faults_of_machine(machine: MachineTool, known: frozenset[str], at: str) -> Iterator[Fault]:
    for place, process in enumerate(machine.processes):
        if process not in known:
            yield Fault(f"{at}/processes/{place}", "A machine serves processes that /processes names or implies.")
    sizes = {} if machine.envelope is None else msgspec.structs.asdict(machine.envelope)
    for name, size in sizes.items():
        if size is not None and size <= 0:
            yield Fault(f"{at}/envelope/{name}", "A size lies above 0; leave out what is not known.")
    for name in ("force_t", "max_mass_kg"):
        value = getattr(machine, name)
        if value is not None and value <= 0:
            yield Fault(f"{at}/{name}", "It lies above 0; leave out what is not known.")
