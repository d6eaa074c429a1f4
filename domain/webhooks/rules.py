"""When an endpoint may be made, changed, tested. All pure."""

from collections.abc import Sequence

from domain.actors import Actor, Side
from domain.errors import Fault, Invalid, LimitReached, NotFound, NotVerified, WrongState
from domain.lifecycle import EVENTS, WEBHOOK_ENDPOINT, Arrow, operations, step
from domain.webhooks.model import MAX_ENDPOINTS, Endpoint
from domain.webhooks.targets import TargetRefused, read_url


def sides(endpoint: Endpoint, actor: Actor) -> tuple[Side, ...]:
    """Whoever is not of the owning organisation does not learn that it exists, nor that it did once it is deleted."""
    if actor.system is not None:
        return (actor.system,)
    if not actor.is_organisation(endpoint.organisation_id) or endpoint.state == "deleted":
        raise NotFound("webhook_endpoint")
    return (Side.OWNER,)


def checked(url: str, event_types: Sequence[str], *, loopback: bool) -> tuple[str, ...]:
    """The event types, sorted and each once. Raises Invalid with a pointer to what cannot be."""
    faults = [
        Fault(f"/event_types/{place}", f"{name!r} is no event type; GET /v1/meta/vocabularies/event_types lists them.")
        for place, name in enumerate(event_types)
        if name not in EVENTS
    ]
    try:
        read_url(url, loopback=loopback)
    except TargetRefused as error:
        faults.insert(0, Fault("/url", str(error)))
    if faults:
        raise Invalid("The endpoint cannot be set up like this.", faults=faults)
    return tuple(sorted(set(event_types)))


def decide_create(actor: Actor, present: int) -> Arrow:
    """A verified organisation, and no more than 20 endpoints."""
    if not actor.verified:
        raise NotVerified("Your organisation is not verified yet. A facilitator or the operator has to verify it.")
    if present >= MAX_ENDPOINTS:
        raise LimitReached(f"An organisation has {MAX_ENDPOINTS} webhook endpoints at most. Delete one first.")
    return WEBHOOK_ENDPOINT["create"]


def decide(action: str, endpoint: Endpoint, actor: Actor) -> Arrow:
    """Update, rotate, enable, disable, delete: whatever state admits it."""
    return step(WEBHOOK_ENDPOINT[action], endpoint.state, sides(endpoint, actor))


def decide_test(endpoint: Endpoint, actor: Actor, waiting: int) -> None:
    """One test at a time, and only where messages go."""
    found = sides(endpoint, actor)
    if endpoint.state != "active":
        raise WrongState(
            f"Cannot test while the webhook_endpoint is {endpoint.state}; it has to be active.",
            state=endpoint.state,
            allowed=operations(WEBHOOK_ENDPOINT, endpoint.state, found),
        )
    if waiting:
        raise LimitReached("A test of this endpoint is on its way already. Wait for it to end.")


def available(endpoint: Endpoint, actor: Actor) -> list[str]:
    """What the caller can do with it now; nothing here depends on more than the state."""
    found = operations(WEBHOOK_ENDPOINT, endpoint.state, sides(endpoint, actor))
    return [*found, *(["test_webhook_endpoint"] if endpoint.state == "active" else []), "redeliver"]
