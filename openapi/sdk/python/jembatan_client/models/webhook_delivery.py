from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.webhook_attempt import WebhookAttempt


T = TypeVar("T", bound="WebhookDelivery")


@_attrs_define
class WebhookDelivery:
    """One message to one endpoint."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    event_id: None | str
    """ The `webhook-id` and the event's id in the feed; null for a test. """
    type_: str
    """ Type of the event, `<thing>.<what happened>`. """
    state: str
    """ Whether a message still waits, was accepted, or was given up.

    Known values: pending, succeeded, dead. """
    attempts: int
    """ Tries to deliver so far. """
    passed_over: bool
    """ Refused so often that later messages about its subject go first. """
    last_status: int | None
    """ The HTTP status of the answer, if there was one. """
    last_error: None | str
    """ Why it failed: `status`, `redirect`, `timeout`, `name_not_found`, `target_refused`, `connection_failed`,
    `tls_failed`, `connection_broken`, `not_signed`; null when it was accepted. """
    response_ms: int | None
    """ How long the last attempt took, in milliseconds. """
    last_attempt_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    next_attempt_at: datetime.datetime | None
    """ Not before this; null when there is no next one. """
    finished_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    history: list[WebhookAttempt]
    """ Its attempts, oldest first, of earlier deliveries of the same message too; the newest 50 are kept. One that
    was cut off because our process ended is not among them. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        event_id: None | str
        event_id = self.event_id

        type_ = self.type_

        state = self.state

        attempts = self.attempts

        passed_over = self.passed_over

        last_status: int | None
        last_status = self.last_status

        last_error: None | str
        last_error = self.last_error

        response_ms: int | None
        response_ms = self.response_ms

        last_attempt_at: None | str
        if isinstance(self.last_attempt_at, datetime.datetime):
            last_attempt_at = self.last_attempt_at.isoformat()
        else:
            last_attempt_at = self.last_attempt_at

        next_attempt_at: None | str
        if isinstance(self.next_attempt_at, datetime.datetime):
            next_attempt_at = self.next_attempt_at.isoformat()
        else:
            next_attempt_at = self.next_attempt_at

        finished_at: None | str
        if isinstance(self.finished_at, datetime.datetime):
            finished_at = self.finished_at.isoformat()
        else:
            finished_at = self.finished_at

        created_at = self.created_at.isoformat()

        history = []
        for history_item_data in self.history:
            history_item = history_item_data.to_dict()
            history.append(history_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "event_id": event_id,
                "type": type_,
                "state": state,
                "attempts": attempts,
                "passed_over": passed_over,
                "last_status": last_status,
                "last_error": last_error,
                "response_ms": response_ms,
                "last_attempt_at": last_attempt_at,
                "next_attempt_at": next_attempt_at,
                "finished_at": finished_at,
                "created_at": created_at,
                "history": history,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.webhook_attempt import WebhookAttempt  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        def _parse_event_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        event_id = _parse_event_id(d.pop("event_id"))

        type_ = d.pop("type")

        state = d.pop("state")

        attempts = d.pop("attempts")

        passed_over = d.pop("passed_over")

        def _parse_last_status(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        last_status = _parse_last_status(d.pop("last_status"))

        def _parse_last_error(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        last_error = _parse_last_error(d.pop("last_error"))

        def _parse_response_ms(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        response_ms = _parse_response_ms(d.pop("response_ms"))

        def _parse_last_attempt_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                last_attempt_at_type_0 = datetime.datetime.fromisoformat(data)

                return last_attempt_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        last_attempt_at = _parse_last_attempt_at(d.pop("last_attempt_at"))

        def _parse_next_attempt_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                next_attempt_at_type_0 = datetime.datetime.fromisoformat(data)

                return next_attempt_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        next_attempt_at = _parse_next_attempt_at(d.pop("next_attempt_at"))

        def _parse_finished_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                finished_at_type_0 = datetime.datetime.fromisoformat(data)

                return finished_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        finished_at = _parse_finished_at(d.pop("finished_at"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        history = []
        _history = d.pop("history")
        for history_item_data in _history:
            history_item = WebhookAttempt.from_dict(history_item_data)

            history.append(history_item)

        built_ = cls(
            id=id,
            event_id=event_id,
            type_=type_,
            state=state,
            attempts=attempts,
            passed_over=passed_over,
            last_status=last_status,
            last_error=last_error,
            response_ms=response_ms,
            last_attempt_at=last_attempt_at,
            next_attempt_at=next_attempt_at,
            finished_at=finished_at,
            created_at=created_at,
            history=history,
        )

        built_.additional_properties = d
        return built_

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
