from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.nonconformance_event_data import NonconformanceEventData


from .event import Event

T = TypeVar("T", bound="NonconformanceContained")


@_attrs_define
class NonconformanceContained(Event):
    """open → contained. By the supplier, with `respond_nonconformance`."""

    type_: Literal["nonconformance.contained"]
    """ Type of the event, `<thing>.<what happened>`. """
    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    subject_type: str
    """ Kind of the thing that the event is about. """
    subject_id: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    subject_version: int | None
    """ Its version after the event; null when the version did not rise. """
    from_state: None | str
    """ The state before; null when nothing moved or there was none. """
    to_state: None | str
    """ The state after; null when nothing moved. """
    organisation_id: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    actor_name: str
    """ Who acted: the person that the key names, else the key or the organisation; `system` for what the clock did.
    """
    at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    hash_: str
    """ SHA-256 of the event and of the hash before it in its chain, in hexadecimal. """
    data: NonconformanceEventData
    """ What the event says besides. Members that a release did not know are absent; there is never a price. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        id = self.id

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

        hash_ = self.hash_

        data = self.data.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type_,
                "id": id,
                "subject_type": subject_type,
                "subject_id": subject_id,
                "subject_version": subject_version,
                "from_state": from_state,
                "to_state": to_state,
                "organisation_id": organisation_id,
                "actor_name": actor_name,
                "at": at,
                "hash": hash_,
                "data": data,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.nonconformance_event_data import NonconformanceEventData  # noqa: PLC0415

        d = dict(src_dict)
        type_ = cast(Literal["nonconformance.contained"], d.pop("type"))
        if type_ != "nonconformance.contained":
            raise ValueError(f"type must match const 'nonconformance.contained', got '{type_}'")

        id = d.pop("id")

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

        hash_ = d.pop("hash")

        data = NonconformanceEventData.from_dict(d.pop("data"))

        built_ = cls(
            type_=type_,
            id=id,
            subject_type=subject_type,
            subject_id=subject_id,
            subject_version=subject_version,
            from_state=from_state,
            to_state=to_state,
            organisation_id=organisation_id,
            actor_name=actor_name,
            at=at,
            hash_=hash_,
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
