from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="WebhookEndpointCreate")


@_attrs_define
class WebhookEndpointCreate:
    """Where events are to be sent, and which."""

    url: str
    """ https, on port 443 or one from 1024, at a public address. """
    description: None | str | Unset = UNSET
    """ Free text; null when there is none. """
    event_types: list[str] | Unset = UNSET
    """ Types of `list_events`; an empty list means all. """
    body_format: str | Unset = UNSET
    """ How a body is written: `type`, `timestamp` and `data` as Standard Webhooks has it, or a CloudEvent
    (structured mode).

    Known values: standard, cloudevents. """

    def to_dict(self) -> dict[str, Any]:
        url = self.url

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        event_types: list[str] | Unset = UNSET
        if not isinstance(self.event_types, Unset):
            event_types = self.event_types

        body_format = self.body_format

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "url": url,
            }
        )
        if description is not UNSET:
            field_dict["description"] = description
        if event_types is not UNSET:
            field_dict["event_types"] = event_types
        if body_format is not UNSET:
            field_dict["body_format"] = body_format

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        url = d.pop("url")

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        event_types = cast(list[str], d.pop("event_types", UNSET))

        body_format = d.pop("body_format", UNSET)

        built_ = cls(
            url=url,
            description=description,
            event_types=event_types,
            body_format=body_format,
        )

        return built_
