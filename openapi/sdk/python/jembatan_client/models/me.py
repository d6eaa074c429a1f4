from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Me")


@_attrs_define
class Me:
    """Who the caller is."""

    organisation_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    organisation_name: str
    """ How the organisation calls itself. """
    organisation_state: str
    """ Whether the organisation is registered, verified or suspended. """
    roles: list[str]
    """ What the organisation is: buyer, supplier, facilitator or operator. """
    credential_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    credential_name: str
    """ Name of the key that was used. """
    person: None | str
    """ Who holds the key, for rules that need two persons; null for a machine's. """
    scopes: list[str]
    """ What the key may do. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        organisation_id = self.organisation_id

        organisation_name = self.organisation_name

        organisation_state = self.organisation_state

        roles = self.roles

        credential_id = self.credential_id

        credential_name = self.credential_name

        person: None | str
        person = self.person

        scopes = self.scopes

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "organisation_id": organisation_id,
                "organisation_name": organisation_name,
                "organisation_state": organisation_state,
                "roles": roles,
                "credential_id": credential_id,
                "credential_name": credential_name,
                "person": person,
                "scopes": scopes,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        organisation_id = d.pop("organisation_id")

        organisation_name = d.pop("organisation_name")

        organisation_state = d.pop("organisation_state")

        roles = cast(list[str], d.pop("roles"))

        credential_id = d.pop("credential_id")

        credential_name = d.pop("credential_name")

        def _parse_person(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        person = _parse_person(d.pop("person"))

        scopes = cast(list[str], d.pop("scopes"))

        built_ = cls(
            organisation_id=organisation_id,
            organisation_name=organisation_name,
            organisation_state=organisation_state,
            roles=roles,
            credential_id=credential_id,
            credential_name=credential_name,
            person=person,
            scopes=scopes,
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
