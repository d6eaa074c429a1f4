from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="AccessAttempt")


@_attrs_define
class AccessAttempt:
    """A refused attempt to see or open sealed quotes: who, with which operation, and the code of the refusal."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    organisation_id: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    actor_name: str
    """ Who acted: the person that the key names, else the key or the organisation; `system` for what the clock did.
    """
    operation: str
    """ The operation, as it is called in the contract. """
    refusal: str
    """ Code of the problem that was answered. """
    at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        rfq_id = self.rfq_id

        organisation_id: None | str
        organisation_id = self.organisation_id

        actor_name = self.actor_name

        operation = self.operation

        refusal = self.refusal

        at = self.at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "rfq_id": rfq_id,
                "organisation_id": organisation_id,
                "actor_name": actor_name,
                "operation": operation,
                "refusal": refusal,
                "at": at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        rfq_id = d.pop("rfq_id")

        def _parse_organisation_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        organisation_id = _parse_organisation_id(d.pop("organisation_id"))

        actor_name = d.pop("actor_name")

        operation = d.pop("operation")

        refusal = d.pop("refusal")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        built_ = cls(
            id=id,
            rfq_id=rfq_id,
            organisation_id=organisation_id,
            actor_name=actor_name,
            operation=operation,
            refusal=refusal,
            at=at,
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
