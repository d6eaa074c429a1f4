"""The `webhooks` of the document: what we send, and what a receiver answers."""

from dataclasses import dataclass
from typing import Any

from api.contract.schemas import Schemas
from api.contract.shared import JSON, SCHEMAS

TAG = "WebhookEvents"
CLOUD_EVENT = "application/cloudevents+json"

_HEADERS = (
    ("webhook-id", "The event's id: the same at every attempt, and in the feed. Drop what you have had."),
    ("webhook-timestamp", "Seconds since 1970 of this attempt; refuse what is more than five minutes off."),
    ("webhook-signature", "Standard Webhooks 1.0: `v1,` and a base64 HMAC, one for each secret in force, by spaces."),
)


@dataclass(frozen=True)
class Webhook:
    """One kind of message."""

    name: str
    operation_id: str
    summary: str
    description: str
    body: Any
    """The type of the JSON body."""
    cloud_event: Any
    """The same as a CloudEvent, for an endpoint whose `body_format` says so."""


def write_webhooks(webhooks: tuple[Webhook, ...], schemas: Schemas) -> dict[str, Any]:
    """The `webhooks` object."""
    return {one.name: {"post": _write(one, schemas)} for one in webhooks}


def _content(one: Webhook, schemas: Schemas) -> dict[str, Any]:
    return {JSON: {"schema": schemas.of(one.body)}, CLOUD_EVENT: {"schema": schemas.of(one.cloud_event)}}


def _write(one: Webhook, schemas: Schemas) -> dict[str, Any]:
    return {
        "operationId": one.operation_id,
        "tags": [TAG],
        "summary": one.summary,
        "description": one.description,
        "parameters": [
            {
                "name": name,
                "in": "header",
                "required": True,
                "description": text,
                "schema": {"type": "string", "maxLength": 1000},
            }
            for name, text in _HEADERS
        ],
        "requestBody": {"required": True, "content": _content(one, schemas)},
        "responses": {
            "2XX": {"description": "Received. Answer at once, work later."},
            "4XX": {
                "description": "Not received: tried again, after `Retry-After` if there is one. 410 disables the endpoint.",
                "content": {"application/problem+json": {"schema": {"$ref": f"{SCHEMAS}Problem"}}},
            },
        },
        "security": [],
    }
