"""What is sent: the body, and the headers of Standard Webhooks 1.0 that sign it."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.routes.events_wire import Event, EventOut
from api.wire import Id, Out, Timestamp, utc
from domain.ids import show
from domain.ledger import model
from domain.outbox.model import MAX_BODY, Claimed
from domain.webhooks.model import BodyFormat
from domain.webhooks.secrets import key_of

MEDIA_TYPES: dict[BodyFormat, str] = {"standard": "application/json", "cloudevents": "application/cloudevents+json"}
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


class CloudAttributes(Out):
    """The attributes of CloudEvents 1.0 in structured mode.

    `subject` is the id of the thing; it is left out where the event is only announced.
    """

    specversion: Annotated[str, Meta(max_length=3)]
    id: Id
    source: Annotated[str, Meta(max_length=500, description="The installation: JEMBATAN_PUBLIC_URL, or a URN.")]
    type: Annotated[str, Meta(max_length=80)]
    time: Timestamp
    subject: Id | UnsetType
    datacontenttype: Annotated[str, Meta(max_length=40)]


class CloudEvent(CloudAttributes):
    """One event as a CloudEvent, for an endpoint that asked for them; `data` is the same as in the other form."""

    data: Event


class CloudTest(CloudAttributes):
    """A test as a CloudEvent."""

    data: WebhookTestData


def render(event: model.Event, body_format: BodyFormat, source: str) -> str:
    """The body for an event, under 20 kB: one that says too much says `truncated`, and the feed has the rest."""
    shown = EventOut.of(event)
    body = _body(shown, body_format, source)
    if len(body) >= MAX_BODY:
        body = _body(msgspec.structs.replace(shown, data={"truncated": True}), body_format, source)
    return body.decode()


def _body(event: EventOut, body_format: BodyFormat, source: str) -> bytes:
    if body_format == "standard":
        return msgspec.json.encode(WebhookMessage(type=event.type, timestamp=event.at, data=event))
    subject = UNSET if event.subject_id is None else event.subject_id
    attributes = _attributes(source, event.id, event.type, event.at, subject)
    return msgspec.json.encode(CloudEvent(**attributes, data=event))


def _attributes(source: str, id_: str, type_: str, at: datetime, subject: str | UnsetType) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": id_,
        "source": source,
        "type": type_,
        "time": at,
        "subject": subject,
        "datacontenttype": "application/json",
    }


def body_of(delivery: Claimed, source: str) -> bytes:
    """The bytes to send, the same at every attempt."""
    if delivery.body is not None:
        return delivery.body.encode()
    endpoint, at = show("webhook_endpoint", delivery.endpoint_id), utc(delivery.created_at)
    data = WebhookTestData(endpoint_id=endpoint)
    if delivery.body_format == "standard":
        return msgspec.json.encode(WebhookTest(type=delivery.type, timestamp=at, data=data))
    attributes = _attributes(source, id_of(delivery), delivery.type, at, endpoint)
    return msgspec.json.encode(CloudTest(**attributes, data=data))


def id_of(delivery: Claimed) -> str:
    """The event's id, the same on every retry and in the feed; a test has its delivery's."""
    if delivery.event_id is None:
        return show("webhook_delivery", delivery.id)
    return show("event", delivery.event_id)


def headers_of(
    message_id: str, body: bytes, secrets: Iterable[str], at: datetime, body_format: BodyFormat = "standard"
) -> dict[str, str]:
    """The headers of one attempt, with a signature for each secret."""
    timestamp = str(int(at.timestamp()))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return {
        "content-type": MEDIA_TYPES[body_format],
        "user-agent": USER_AGENT,
        "accept-encoding": "identity",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(_signature(secret, signed) for secret in secrets),
    }


def _signature(secret: str, signed: bytes) -> str:
    digest = hmac.new(key_of(secret), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"
