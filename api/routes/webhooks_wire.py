"""The wire shapes of webhook endpoints and deliveries."""

from typing import Annotated, Any, Self

from msgspec import UNSET, Meta, UnsetType

from api.call import View, etag_of
from api.wire import (
    Blocked,
    Count,
    ETag,
    Id,
    In,
    Int64,
    OpenEnum,
    Out,
    Page,
    Text40,
    Text80,
    Text200,
    Timestamp,
    utc,
)
from domain.ids import show, show_optional
from domain.vocabularies import state_label
from domain.webhooks import model, rules
from domain.webhooks.model import KEPT_ATTEMPTS, MAX_EVENT_TYPES
from domain.webhooks.targets import MAX_URL

Url = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=MAX_URL,
        description="https, on port 443 or one from 1024, at a public address.",
        examples=["https://erp.example.com/hooks/jembatan"],
    ),
]
EventTypes = Annotated[
    list[Text80], Meta(max_length=MAX_EVENT_TYPES, description="Types of `list_events`; an empty list means all.")
]


class WebhookBodyFormat(OpenEnum):
    """How a body is written: `type`, `timestamp` and `data` as Standard Webhooks has it, or a CloudEvent (structured mode)."""

    STANDARD = "standard"
    CLOUDEVENTS = "cloudevents"


class WebhookEndpointCreate(In, kw_only=True):
    """Where events are to be sent, and which."""

    url: Url
    description: Text200 | None = None
    event_types: EventTypes = []
    body_format: WebhookBodyFormat = WebhookBodyFormat.STANDARD


class WebhookEndpointPatch(In):
    """Absent keeps, null clears."""

    url: Url | UnsetType = UNSET
    description: Text200 | None | UnsetType = UNSET
    event_types: EventTypes | UnsetType = UNSET
    body_format: WebhookBodyFormat | UnsetType = UNSET
    enabled: Annotated[bool, Meta(description="False: nothing is sent, and what happens waits.")] | UnsetType = UNSET

    def changes(self) -> dict[str, Any]:
        """What is given, but for `enabled`, which is a step of its own."""
        names = ("url", "description", "event_types")
        given = {name: getattr(self, name) for name in names if getattr(self, name) is not UNSET}
        if "event_types" in given:
            given["event_types"] = tuple(given["event_types"])
        if not isinstance(self.body_format, UnsetType):
            given["body_format"] = self.body_format.value
        return given


class Redelivery(In):
    """Either one delivery once more, or everything from an event on."""

    delivery_id: Id | None = None
    from_event_id: Id | None = None


class WebhookEndpoint(Out):
    """Where events are sent, and how it has been answering."""

    id: Id
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=10)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=10)]
    etag: ETag
    url: Url
    description: Text200 | None
    event_types: EventTypes
    body_format: WebhookBodyFormat
    disabled_reason: Annotated[
        Text40 | None,
        Meta(
            description="`owner` disabled it, it answered 410 (`gone`), or it accepted nothing during all attempts for a "
            "message (`failing`); null while it is active."
        ),
    ]
    previous_secret_until: Timestamp | None
    failing_since: Annotated[Timestamp | None, Meta(description="Since when it has accepted nothing; null if it does.")]
    paused_until: Annotated[Timestamp | None, Meta(description="How long its `Retry-After` asks us to wait.")]
    last_success_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, known: tuple[model.Endpoint, model.Health], view: View) -> Self:
        """As its owner sees it."""
        endpoint, health = known
        paused = health.paused_until
        return cls(
            id=show("webhook_endpoint", endpoint.id),
            state=endpoint.state,
            state_label=state_label("webhook_endpoint", endpoint.state, view.language),
            allowed_actions=rules.available(endpoint, view.actor),
            blocked_actions=[],
            etag=etag_of(endpoint.version),
            url=endpoint.url,
            description=endpoint.description,
            event_types=list(endpoint.event_types),
            body_format=WebhookBodyFormat(endpoint.body_format),
            disabled_reason=endpoint.disabled_reason,
            previous_secret_until=None if endpoint.previous_until is None else utc(endpoint.previous_until),
            failing_since=None if health.failing_since is None else utc(health.failing_since),
            paused_until=None if paused is None or paused <= view.now else utc(paused),
            last_success_at=None if health.last_success_at is None else utc(health.last_success_at),
            created_at=utc(endpoint.created_at),
            updated_at=utc(endpoint.updated_at),
        )


class WebhookEndpointPage(Page[WebhookEndpoint]):
    """Endpoints, oldest first."""


class WebhookSecret(Out):
    """An endpoint with its secret, which is shown this once."""

    webhook_endpoint: WebhookEndpoint
    secret: Annotated[
        str, Meta(max_length=80, description="`whsec_` and base64: give it to a library of Standard Webhooks as it is.")
    ]
    etag: ETag

    @classmethod
    def of(cls, result: tuple[model.Endpoint, model.Health, str], view: View) -> Self:
        """After it was made or rotated."""
        endpoint, health, secret = result
        shown = WebhookEndpoint.of((endpoint, health), view)
        return cls(webhook_endpoint=shown, secret=secret, etag=shown.etag)


class DeliveryState(OpenEnum):
    """Whether a message still waits, was accepted, or was given up."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    DEAD = "dead"


AttemptError = Annotated[
    Text40 | None,
    Meta(
        description="Why it failed: `status`, `redirect`, `timeout`, `name_not_found`, `target_refused`, "
        "`connection_failed`, `tls_failed`, `connection_broken`, `not_signed`; null when it was accepted."
    ),
]
AttemptStatus = Annotated[Int64 | None, Meta(description="The HTTP status of the answer, if there was one.")]


class WebhookAttempt(Out):
    """How one attempt ended."""

    at: Annotated[Timestamp, Meta(description="When it began; `webhook-timestamp` is this in whole seconds.")]
    status: AttemptStatus
    error: AttemptError
    response_ms: Annotated[Int64, Meta(description="How long it took, in milliseconds.")]

    @classmethod
    def of(cls, tried: model.Tried) -> Self:
        """As its owner sees it."""
        return cls(at=utc(tried.at), status=tried.status, error=tried.error, response_ms=tried.response_ms)


class WebhookDelivery(Out):
    """One message to one endpoint."""

    id: Id
    event_id: Annotated[
        Id | None, Meta(description="The `webhook-id` and the event's id in the feed; null for a test.")
    ]
    type: Text80
    state: DeliveryState
    attempts: Count
    passed_over: Annotated[bool, Meta(description="Refused so often that later messages about its subject go first.")]
    last_status: AttemptStatus
    last_error: AttemptError
    response_ms: Annotated[Int64 | None, Meta(description="How long the last attempt took, in milliseconds.")]
    last_attempt_at: Timestamp | None
    next_attempt_at: Annotated[Timestamp | None, Meta(description="Not before this; null when there is no next one.")]
    finished_at: Timestamp | None
    created_at: Timestamp
    history: Annotated[
        list[WebhookAttempt],
        Meta(
            max_length=KEPT_ATTEMPTS,
            description="Its attempts, oldest first, of earlier deliveries of the same message too; the newest 50 are kept. "
            "One that was cut off because our process ended is not among them.",
        ),
    ]

    @classmethod
    def of(cls, delivery: model.Delivery, _: View) -> Self:
        """As its owner sees it."""
        return cls(
            id=show("webhook_delivery", delivery.id),
            event_id=show_optional("event", delivery.event_id),
            type=delivery.type,
            state=DeliveryState(delivery.state),
            attempts=delivery.attempts,
            passed_over=delivery.passed_over,
            last_status=delivery.last_status,
            last_error=delivery.last_error,
            response_ms=delivery.response_ms,
            last_attempt_at=None if delivery.last_attempt_at is None else utc(delivery.last_attempt_at),
            next_attempt_at=utc(delivery.next_attempt_at) if delivery.state == "pending" else None,
            finished_at=None if delivery.finished_at is None else utc(delivery.finished_at),
            created_at=utc(delivery.created_at),
            history=[WebhookAttempt.of(tried) for tried in delivery.history],
        )


class WebhookDeliveryPage(Page[WebhookDelivery]):
    """Deliveries, newest first."""
