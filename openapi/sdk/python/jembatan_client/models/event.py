from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.event_data import EventData


T = TypeVar("T", bound="Event")


@_attrs_define
class Event:
    """One change of one thing.

    `subject_version` counts the changes of the subject, without a gap. Where an event is only announced (a sealed quote
    was
    submitted, but not by whom), the subject's id, its version, the state before and the organisation are null.

    """

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    type_: str
    subject_type: str
    subject_id: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    subject_version: int | None
    from_state: None | str
    to_state: None | str
    organisation_id: None | str
    """ Whose credential it was; null for the clock. """
    actor_name: str
    at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    data: EventData
    """ What the event says besides: ids, states and quantities by its type. Never a price. """
    hash_: str
    """ sha256 that chains the subject's events, in hex. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        type_ = self.type_

        subject_type = self.subject_type

        subject_id: None | str
        subject_id = self.subject_id

        subject_version: int | None
        subject_version = self.subject_version

        from_state: None | str
        from_state = self.from_state

        to_state: None | str
        to_state = self.to_state

        organisation_id: None | str
        organisation_id = self.organisation_id

        actor_name = self.actor_name

        at = self.at.isoformat()

        data = self.data.to_dict()

        hash_ = self.hash_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "type": type_,
                "subject_type": subject_type,
                "subject_id": subject_id,
                "subject_version": subject_version,
                "from_state": from_state,
                "to_state": to_state,
                "organisation_id": organisation_id,
                "actor_name": actor_name,
                "at": at,
                "data": data,
                "hash": hash_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.event_data import EventData  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        type_ = d.pop("type")

        subject_type = d.pop("subject_type")

        def _parse_subject_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        subject_id = _parse_subject_id(d.pop("subject_id"))

        def _parse_subject_version(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        subject_version = _parse_subject_version(d.pop("subject_version"))

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

        def _parse_organisation_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        organisation_id = _parse_organisation_id(d.pop("organisation_id"))

        actor_name = d.pop("actor_name")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        data = EventData.from_dict(d.pop("data"))

        hash_ = d.pop("hash")

        built_ = cls(
            id=id,
            type_=type_,
            subject_type=subject_type,
            subject_id=subject_id,
            subject_version=subject_version,
            from_state=from_state,
            to_state=to_state,
            organisation_id=organisation_id,
            actor_name=actor_name,
            at=at,
            data=data,
            hash_=hash_,
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
