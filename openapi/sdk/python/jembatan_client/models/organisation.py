from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.blocked import Blocked
    from ..models.organisation_policy import OrganisationPolicy
    from ..models.organisation_profile import OrganisationProfile
    from ..models.size_classes import SizeClasses


T = TypeVar("T", bound="Organisation")


@_attrs_define
class Organisation:
    """A participant of the marketplace."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    state_reason: None | str
    """ Why the organisation is in this state, as a code; null when none is asked for. """
    allowed_actions: list[str]
    """ Names of the operations that the caller may take now. """
    blocked_actions: list[Blocked]
    """ Actions that belong to this state but cannot be taken now, each with the reason. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    name: str
    """ Name, for people. """
    roles: list[str]
    """ What the organisation is: buyer, supplier, facilitator or operator. """
    profile: OrganisationProfile
    """ What the organisation says of itself. """
    policy: OrganisationPolicy
    """ Its own rules of sourcing. """
    size_class: None | SizeClasses
    verified_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.size_classes import SizeClasses  # noqa: PLC0415

        id = self.id

        state = self.state

        state_label = self.state_label

        state_reason: None | str
        state_reason = self.state_reason

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        name = self.name

        roles = self.roles

        profile = self.profile.to_dict()

        policy = self.policy.to_dict()

        size_class: dict[str, Any] | None
        if isinstance(self.size_class, SizeClasses):
            size_class = self.size_class.to_dict()
        else:
            size_class = self.size_class

        verified_at: None | str
        if isinstance(self.verified_at, datetime.datetime):
            verified_at = self.verified_at.isoformat()
        else:
            verified_at = self.verified_at

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "state": state,
                "state_label": state_label,
                "state_reason": state_reason,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "name": name,
                "roles": roles,
                "profile": profile,
                "policy": policy,
                "size_class": size_class,
                "verified_at": verified_at,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.blocked import Blocked  # noqa: PLC0415
        from ..models.organisation_policy import OrganisationPolicy  # noqa: PLC0415
        from ..models.organisation_profile import OrganisationProfile  # noqa: PLC0415
        from ..models.size_classes import SizeClasses  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        state = d.pop("state")

        state_label = d.pop("state_label")

        def _parse_state_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        state_reason = _parse_state_reason(d.pop("state_reason"))

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        blocked_actions = []
        _blocked_actions = d.pop("blocked_actions")
        for blocked_actions_item_data in _blocked_actions:
            blocked_actions_item = Blocked.from_dict(blocked_actions_item_data)

            blocked_actions.append(blocked_actions_item)

        etag = d.pop("etag")

        name = d.pop("name")

        roles = cast(list[str], d.pop("roles"))

        profile = OrganisationProfile.from_dict(d.pop("profile"))

        policy = OrganisationPolicy.from_dict(d.pop("policy"))

        def _parse_size_class(data: object) -> None | SizeClasses:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                size_class_type_0 = SizeClasses.from_dict(data)

                return size_class_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SizeClasses, data)

        size_class = _parse_size_class(d.pop("size_class"))

        def _parse_verified_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                verified_at_type_0 = datetime.datetime.fromisoformat(data)

                return verified_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        verified_at = _parse_verified_at(d.pop("verified_at"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        built_ = cls(
            id=id,
            state=state,
            state_label=state_label,
            state_reason=state_reason,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            name=name,
            roles=roles,
            profile=profile,
            policy=policy,
            size_class=size_class,
            verified_at=verified_at,
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
