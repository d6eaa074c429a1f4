from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="MembershipEventData")


@_attrs_define
class MembershipEventData:
    """What the event says besides. Members that a release did not know are absent; there is never a price."""

    cooperative_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    member_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    truncated: bool | Unset = UNSET
    """ Only in webhooks: the event says too much for a message; read the rest in the feed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cooperative_id: None | str | Unset
        if isinstance(self.cooperative_id, Unset):
            cooperative_id = UNSET
        else:
            cooperative_id = self.cooperative_id

        member_id: None | str | Unset
        if isinstance(self.member_id, Unset):
            member_id = UNSET
        else:
            member_id = self.member_id

        truncated = self.truncated

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if cooperative_id is not UNSET:
            field_dict["cooperative_id"] = cooperative_id
        if member_id is not UNSET:
            field_dict["member_id"] = member_id
        if truncated is not UNSET:
            field_dict["truncated"] = truncated

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_cooperative_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        cooperative_id = _parse_cooperative_id(d.pop("cooperative_id", UNSET))

        def _parse_member_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        member_id = _parse_member_id(d.pop("member_id", UNSET))

        truncated = d.pop("truncated", UNSET)

        built_ = cls(
            cooperative_id=cooperative_id,
            member_id=member_id,
            truncated=truncated,
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
