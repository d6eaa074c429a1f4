"""When a credential may be made, rotated, revoked."""

from collections.abc import Callable, Iterable
from datetime import datetime

from domain import actions
from domain.actors import SCOPES, Actor, Side
from domain.credentials.model import MAX_ACTIVE, MAX_LIFE, ROTATION_OVERLAP, Credential
from domain.errors import Fault, Forbidden, Invalid, LimitReached, NotFound, Refusal, WrongState
from domain.lifecycle import CREDENTIAL, Arrow, step


def sides(credential: Credential, actor: Actor) -> tuple[Side, ...]:
    """Whoever is not of the owning organisation does not learn that the credential exists."""
    if actor.system is not None:
        return (actor.system,)
    if not actor.is_organisation(credential.organisation_id):
        raise NotFound("credential")
    return (Side.OWNER,)


def decide_create(actor: Actor, scopes: Iterable[str], expires_at: datetime, active: int, *, now: datetime) -> Arrow:
    """Only scopes that the maker holds, an end within 366 days, and no more than 100 active ones."""
    faults = [
        Fault(f"/scopes/{place}", f"{scope!r} is not a scope; GET /v1/meta/vocabularies/scopes lists them.")
        for place, scope in enumerate(scopes)
        if scope not in SCOPES
    ]
    if expires_at <= now:
        faults.append(Fault("/expires_at", "The end lies in the past."))
    if expires_at > now + MAX_LIFE:
        faults.append(Fault("/expires_at", f"A credential lives {MAX_LIFE.days} days at most."))
    if faults:
        raise Invalid("The credential cannot be made like this.", faults=faults)
    missing = [scope for scope in scopes if actor.system is None and scope not in actor.scopes]
    if missing:
        raise Forbidden(f"You cannot give scopes that your own credential lacks: {', '.join(missing)}.")
    if active >= MAX_ACTIVE:
        raise LimitReached(f"An organisation has {MAX_ACTIVE} active credentials at most. Revoke one first.")
    return CREDENTIAL["create"]


def decide_rotate(credential: Credential, actor: Actor, *, now: datetime) -> Arrow:
    """The owner gets a new secret while the old one is in force; an expired key stays what it is."""
    arrow = step(CREDENTIAL["rotate"], credential.state, sides(credential, actor))
    if is_expired(credential, now=now):
        raise WrongState(
            "Cannot rotate a credential that has expired; make a new one.",
            state="expired",
            allowed=["revoke_credential"],
        )
    return arrow


def is_expired(credential: Credential, *, now: datetime) -> bool:
    """Whether it ended by itself. At the instant itself it has."""
    return credential.state == "active" and credential.expires_at <= now


def overlap_ends(credential: Credential, *, now: datetime) -> datetime:
    """Until when the secret that a rotation replaces works on: 24 hours, but never beyond its own end."""
    return min(now + ROTATION_OVERLAP, credential.expires_at)


def decide_revoke(credential: Credential, actor: Actor) -> Arrow:
    """The owner ends it, at once and for ever."""
    return step(CREDENTIAL["revoke"], credential.state, sides(credential, actor))


GUARDS: dict[str, Callable[[Credential, Actor, datetime], object]] = {
    "rotate_credential": lambda credential, actor, now: decide_rotate(credential, actor, now=now),
}


def available(credential: Credential, actor: Actor, *, now: datetime) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    return actions.available(CREDENTIAL, credential, sides(credential, actor), GUARDS, actor, now)
