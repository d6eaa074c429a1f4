from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.membership import Membership


T = TypeVar("T", bound="Members")


@_attrs_define
class Members:
    """Whom a cooperative named, those included that declined or left. `etag` changes with each of them."""

    cooperative_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    members: list[Membership]
    """ Which workshops belong to the cooperative. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cooperative_id = self.cooperative_id

        etag = self.etag

        members = []
        for members_item_data in self.members:
            members_item = members_item_data.to_dict()
            members.append(members_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "cooperative_id": cooperative_id,
                "etag": etag,
                "members": members,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.membership import Membership  # noqa: PLC0415

        d = dict(src_dict)
        cooperative_id = d.pop("cooperative_id")

        etag = d.pop("etag")

        members = []
        _members = d.pop("members")
        for members_item_data in _members:
            members_item = Membership.from_dict(members_item_data)

            members.append(members_item)

        built_ = cls(
            cooperative_id=cooperative_id,
            etag=etag,
            members=members,
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
