from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.event_data import EventData


T = TypeVar("T", bound="TimelineEvent")


@_attrs_define
class TimelineEvent:
    """One thing that happened to the order or to what belongs to it, as `GET /v1/events` has it, with a sentence."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    type_: str
    """ Type of the event, `<thing>.<what happened>`. """
    at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    sentence: str
    """ What happened, as a sentence in the language of `Accept-Language`. """
    actor_name: str
    """ Who acted: the person that the key names, else the key or the organisation; `system` for what the clock did.
    """
    organisation_id: None | str
    """ Whose credential it was; null for the clock. """
    subject_type: str
    """ Kind of the thing that the event is about. """
    subject_id: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    from_state: None | str
    """ The state before; null when nothing moved or there was none. """
    to_state: None | str
    """ The state after; null when nothing moved. """
    data: EventData
    """ What the event says besides: ids, states and quantities by its type. Never a price. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        type_ = self.type_

        at = self.at.isoformat()

        sentence = self.sentence

        actor_name = self.actor_name

        organisation_id: None | str
        organisation_id = self.organisation_id

        subject_type = self.subject_type

        subject_id: None | str
        subject_id = self.subject_id

        from_state: None | str
        from_state = self.from_state

        to_state: None | str
        to_state = self.to_state

        data = self.data.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "type": type_,
                "at": at,
                "sentence": sentence,
                "actor_name": actor_name,
                "organisation_id": organisation_id,
                "subject_type": subject_type,
                "subject_id": subject_id,
                "from_state": from_state,
                "to_state": to_state,
                "data": data,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.event_data import EventData  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        type_ = d.pop("type")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        sentence = d.pop("sentence")

        actor_name = d.pop("actor_name")

        def _parse_organisation_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        organisation_id = _parse_organisation_id(d.pop("organisation_id"))

        subject_type = d.pop("subject_type")

        def _parse_subject_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        subject_id = _parse_subject_id(d.pop("subject_id"))

        def _parse_from_state(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        from_state = _parse_from_state(d.pop("from_state"))

        def _parse_to_state(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        to_state = _parse_to_state(d.pop("to_state"))

        data = EventData.from_dict(d.pop("data"))

        built_ = cls(
            id=id,
            type_=type_,
            at=at,
            sentence=sentence,
            actor_name=actor_name,
            organisation_id=organisation_id,
            subject_type=subject_type,
            subject_id=subject_id,
            from_state=from_state,
            to_state=to_state,
            data=data,
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
