"""What is sent: the body, and the headers of Standard Webhooks 1.0 that sign it."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from api.routes.events_wire import Event, EventOut
from api.wire import Id, Out, Timestamp, utc
from domain.ids import show
from domain.ledger import model
from domain.outbox.model import MAX_BODY, Claimed
from domain.webhooks.secrets import key_of

USER_AGENT = "Jembatan-Webhooks/1"


class WebhookMessage(Out):
    """One event, as `list_events` shows it, but without what the ledger tells one organisation alone."""

    type: Annotated[str, Meta(max_length=80)]
    timestamp: Timestamp
    data: Event


class WebhookTestData(Out):
    """What a test says: which endpoint it is for."""

    endpoint_id: Id


class WebhookTest(Out):
    """A message to see whether messages arrive."""

    type: Annotated[str, Meta(max_length=80)]
    timestamp: Timestamp
    data: WebhookTestData


def render(event: model.Event) -> str:
    """The body for an event, under 20 kB: one that says too much says `truncated`, and the feed has the rest."""
    shown = EventOut.of(event)
    body = _body(shown)
    if len(body) >= MAX_BODY:
        body = _body(msgspec.structs.replace(shown, data={"truncated": True}))
    return body.decode()


def _body(event: EventOut) -> bytes:
    return msgspec.json.encode(WebhookMessage(type=event.type, timestamp=event.at, data=event))


def body_of(delivery: Claimed) -> bytes:
    """The bytes to send, the same at every attempt."""
    if delivery.body is not None:
        return delivery.body.encode()
    data = WebhookTestData(endpoint_id=show("webhook_endpoint", delivery.endpoint_id))
    return msgspec.json.encode(WebhookTest(type=delivery.type, timestamp=utc(delivery.created_at), data=data))


def id_of(delivery: Claimed) -> str:
    """The event's id, the same on every retry and in the feed; a test has its delivery's."""
    if delivery.event_id is None:
        return show("webhook_delivery", delivery.id)
    return show("event", delivery.event_id)


def headers_of(message_id: str, body: bytes, secrets: Iterable[str], at: datetime) -> dict[str, str]:
    """The headers of one attempt, with a signature for each secret."""
    timestamp = str(int(at.timestamp()))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return {
        "content-type": "application/json",
        "user-agent": USER_AGENT,
        "accept-encoding": "identity",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(_signature(secret, signed) for secret in secrets),
    }


def _signature(secret: str, signed: bytes) -> str:
    digest = hmac.new(key_of(secret), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"
