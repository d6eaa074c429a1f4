from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.opening_event import OpeningEvent


T = TypeVar("T", bound="OpeningChain")


@_attrs_define
class OpeningChain:
    """The events of the RFQ, or of a quote that the reader may see: from the first to the opening."""

    subject_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    events: list[OpeningEvent]
    """ The events, oldest first. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        subject_id = self.subject_id

        events = []
        for events_item_data in self.events:
            events_item = events_item_data.to_dict()
            events.append(events_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "subject_id": subject_id,
                "events": events,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.opening_event import OpeningEvent  # noqa: PLC0415

        d = dict(src_dict)
        subject_id = d.pop("subject_id")

        events = []
        _events = d.pop("events")
        for events_item_data in _events:
            events_item = OpeningEvent.from_dict(events_item_data)

            events.append(events_item)

        built_ = cls(
            subject_id=subject_id,
            events=events,
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
