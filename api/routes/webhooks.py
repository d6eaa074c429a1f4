"""Webhooks: where events are sent, how that went, and once more."""

from typing import Annotated, Any

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import UNSET

from api.call import Call
from api.contract import Api
from api.paging import After, Limit, place_of
from api.routes.webhooks_wire import (
    DeliveryState,
    Redelivery,
    WebhookDelivery,
    WebhookDeliveryPage,
    WebhookEndpoint,
    WebhookEndpointCreate,
    WebhookEndpointPage,
    WebhookEndpointPatch,
    WebhookSecret,
)
from api.wire import Id
from domain.ids import read, show
from domain.webhooks import commands, queries

TAGS = ["Webhooks"]
WRITE = ("webhooks:write", "events:read")
"""Who chooses where events go reads them: a key that may not read the feed must not be able to have it sent."""


@post(
    "/v1/webhook-endpoints",
    status_code=201,
    tags=TAGS,
    opt={"api": Api(scopes=WRITE, idempotent=True, etag=True, codes=("limit_reached", "organisation_not_verified"))},
)
async def create_webhook_endpoint(
    call: NamedDependency[Call], data: JSONBody[WebhookEndpointCreate]
) -> Response[WebhookSecret]:
    """Have events sent to a URL.

    It gets every event that `list_events` shows your organisation from now on, with the same ids, at least once, and those
    about one subject in their order. Messages follow Standard Webhooks 1.0: verify them with one of its libraries and the
    secret, which is shown this once. Answer with 2xx within 15 seconds; anything else, a redirect too, is tried again after
    5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and 410 disables the endpoint. An organisation has 20 at most.
    """
    return await call.change(
        lambda db: commands.create(
            db,
            call.services.sealer,
            call.actor,
            url=data.url,
            description=data.description,
            event_types=data.event_types,
            body_format=data.body_format.value,
            loopback=call.services.settings.webhook_loopback,
        ),
        WebhookSecret.of,
        status=201,
        sealed=True,
    )


@get("/v1/webhook-endpoints", tags=TAGS, opt={"api": Api(scopes=("webhooks:read",))})
async def list_webhook_endpoints(
    call: NamedDependency[Call], limit: Limit = 50, after: After = None
) -> Response[WebhookEndpointPage]:
    """List the organisation's webhook endpoints, oldest first.

    Each with whether it accepts what is sent: `failing_since` and `disabled_reason` tell a dead one.
    """
    filters = ["webhook_endpoints"]
    place = place_of(after, filters, 1)
    found = await queries.list_own(
        call.db, call.actor, after=None if place is None else read("webhook_endpoint", str(place[0])), limit=limit + 1
    )
    return call.page(
        found,
        WebhookEndpoint.of,
        WebhookEndpointPage,
        limit=limit,
        filters=filters,
        place=lambda item: [show("webhook_endpoint", item[0].id)],
    )


@patch(
    "/v1/webhook-endpoints/{webhook_endpoint_id:str}",
    tags=TAGS,
    opt={"api": Api(scopes=WRITE, if_match="required", etag=True)},
)
async def update_webhook_endpoint(
    call: NamedDependency[Call], webhook_endpoint_id: FromPath[str], data: JSONBody[WebhookEndpointPatch]
) -> Response[WebhookEndpoint]:
    """Change an endpoint, disable it or enable it again.

    What happens while it is disabled waits, and is sent once it is enabled. After that, or with a new URL, everything that
    waits is tried at once with a full set of attempts. Another `body_format` holds for what happens from then on. To leave out
    what happened meanwhile, see `redeliver`.
    """
    key = read("webhook_endpoint", webhook_endpoint_id)
    return await call.change(
        lambda db: commands.update(
            db,
            call.actor,
            key,
            changes=data.changes(),
            enabled=None if data.enabled is UNSET else data.enabled,
            loopback=call.services.settings.webhook_loopback,
            expected=call.expected,
        ),
        WebhookEndpoint.of,
    )


@delete(
    "/v1/webhook-endpoints/{webhook_endpoint_id:str}",
    status_code=204,
    tags=TAGS,
    opt={"api": Api(scopes=("webhooks:write",), if_match="required")},
)
async def delete_webhook_endpoint(call: NamedDependency[Call], webhook_endpoint_id: FromPath[str]) -> Response[None]:
    """Delete an endpoint.

    Nothing is sent to it any more, not even what waits; its secrets are forgotten.
    """
    key = read("webhook_endpoint", webhook_endpoint_id)
    response: Response[Any] = await call.change(
        lambda db: commands.delete(db, call.actor, key, expected=call.expected), None
    )
    return response


@post(
    "/v1/webhook-endpoints/{webhook_endpoint_id:str}/rotate-secret",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("webhooks:write",), transition=True, etag=True)},
)
async def rotate_webhook_secret(
    call: NamedDependency[Call], webhook_endpoint_id: FromPath[str]
) -> Response[WebhookSecret]:
    """Give an endpoint a new secret.

    For 24 hours every message has two signatures, one with each secret, so that nothing is refused while it is exchanged.
    """
    key = read("webhook_endpoint", webhook_endpoint_id)
    return await call.change(
        lambda db: commands.rotate(db, call.services.sealer, call.actor, key, expected=call.expected),
        WebhookSecret.of,
        sealed=True,
    )


@post(
    "/v1/webhook-endpoints/{webhook_endpoint_id:str}/test",
    status_code=201,
    tags=TAGS,
    opt={"api": Api(scopes=("webhooks:write",), idempotent=True, codes=("wrong_state", "limit_reached"))},
)
async def test_webhook_endpoint(
    call: NamedDependency[Call], webhook_endpoint_id: FromPath[str]
) -> Response[WebhookDelivery]:
    """Send an endpoint a message of type `webhook.test`.

    It has an id of its own, is signed like any other, and is sent once; `list_webhook_deliveries` tells how it went.
    """
    key = read("webhook_endpoint", webhook_endpoint_id)
    return await call.change(lambda db: commands.test(db, call.actor, key), WebhookDelivery.of, status=201)


@get(
    "/v1/webhook-endpoints/{webhook_endpoint_id:str}/deliveries",
    tags=TAGS,
    opt={"api": Api(scopes=("webhooks:read",))},
)
async def list_webhook_deliveries(
    call: NamedDependency[Call],
    webhook_endpoint_id: FromPath[str],
    limit: Limit = 50,
    after: After = None,
    delivery_state: Annotated[
        DeliveryState | None, QueryParameter(name="state", description="Only those in this state.")
    ] = None,
) -> Response[WebhookDeliveryPage]:
    """List what was sent to an endpoint or waits for it, newest first, each with how its attempts ended.

    Those that ended are shown for 30 days.
    """
    key = read("webhook_endpoint", webhook_endpoint_id)
    wanted = None if delivery_state is None else delivery_state.value
    filters = ["webhook_deliveries", webhook_endpoint_id, wanted]
    place = place_of(after, filters, 1)
    found = await queries.list_deliveries(
        call.db,
        call.actor,
        key,
        after=None if place is None else read("webhook_delivery", str(place[0])),
        state=wanted,
        limit=limit + 1,
    )
    return call.page(
        found,
        WebhookDelivery.of,
        WebhookDeliveryPage,
        limit=limit,
        filters=filters,
        place=lambda item: [show("webhook_delivery", item.id)],
    )


def _optional(kind: str, text: Id | None) -> Any:
    return None if text is None else read(kind, text)


@post(
    "/v1/webhook-endpoints/{webhook_endpoint_id:str}/redeliver",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=WRITE, idempotent=True, etag=True)},
)
async def redeliver(
    call: NamedDependency[Call], webhook_endpoint_id: FromPath[str], data: JSONBody[Redelivery]
) -> Response[WebhookEndpoint]:
    """Send once more: one delivery, or everything from an event on.

    `from_event_id` sets where the endpoint stands in the feed: that event and all after it are sent, also those accepted
    before, with the same ids. An event later than where it stands leaves out those between. What waits is tried at once.
    """
    key = read("webhook_endpoint", webhook_endpoint_id)
    delivery_id, event_id = _optional("webhook_delivery", data.delivery_id), _optional("event", data.from_event_id)
    return await call.change(
        lambda db: commands.redeliver(db, call.actor, key, delivery_id=delivery_id, from_event_id=event_id),
        WebhookEndpoint.of,
    )


HANDLERS = [
    create_webhook_endpoint,
    list_webhook_endpoints,
    update_webhook_endpoint,
    delete_webhook_endpoint,
    rotate_webhook_secret,
    test_webhook_endpoint,
    list_webhook_deliveries,
    redeliver,
]
