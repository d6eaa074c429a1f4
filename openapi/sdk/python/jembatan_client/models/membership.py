from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Membership")


@_attrs_define
class Membership:
    """A workshop's membership of a cooperative; it counts in matching while it is `accepted`."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    cooperative_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    cooperative_name: str
    """ How the cooperative calls itself. """
    member_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    member_name: str
    """ How the member calls itself. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    allowed_actions: list[str]
    """ Names of the operations that the caller may take now. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        cooperative_id = self.cooperative_id

        cooperative_name = self.cooperative_name

        member_id = self.member_id

        member_name = self.member_name

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        etag = self.etag

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "cooperative_id": cooperative_id,
                "cooperative_name": cooperative_name,
                "member_id": member_id,
                "member_name": member_name,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "etag": etag,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        cooperative_id = d.pop("cooperative_id")

        cooperative_name = d.pop("cooperative_name")

        member_id = d.pop("member_id")

        member_name = d.pop("member_name")

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        etag = d.pop("etag")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        built_ = cls(
            id=id,
            cooperative_id=cooperative_id,
            cooperative_name=cooperative_name,
            member_id=member_id,
            member_name=member_name,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            etag=etag,
            created_at=created_at,
            updated_at=updated_at,
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
