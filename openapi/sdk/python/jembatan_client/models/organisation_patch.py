from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.policy_patch import PolicyPatch
    from ..models.profile_patch import ProfilePatch


T = TypeVar("T", bound="OrganisationPatch")


@_attrs_define
class OrganisationPatch:
    """A correction of name, profile or own rules; what is absent stays."""

    name: str | Unset = UNSET
    """ Name, for people. """
    profile: ProfilePatch | Unset = UNSET
    """ What is absent stays, null clears. """
    policy: PolicyPatch | Unset = UNSET
    """ A buyer's own rules of sourcing; what is absent stays. """

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        profile: dict[str, Any] | Unset = UNSET
        if not isinstance(self.profile, Unset):
            profile = self.profile.to_dict()

        policy: dict[str, Any] | Unset = UNSET
        if not isinstance(self.policy, Unset):
            policy = self.policy.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if profile is not UNSET:
            field_dict["profile"] = profile
        if policy is not UNSET:
            field_dict["policy"] = policy

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.policy_patch import PolicyPatch  # noqa: PLC0415
        from ..models.profile_patch import ProfilePatch  # noqa: PLC0415

        d = dict(src_dict)
        name = d.pop("name", UNSET)

        _profile = d.pop("profile", UNSET)
        profile: ProfilePatch | Unset
        if isinstance(_profile, Unset):
            profile = UNSET
        else:
            profile = ProfilePatch.from_dict(_profile)

        _policy = d.pop("policy", UNSET)
        policy: PolicyPatch | Unset
        if isinstance(_policy, Unset):
            policy = UNSET
        else:
            policy = PolicyPatch.from_dict(_policy)

        built_ = cls(
            name=name,
            profile=profile,
            policy=policy,
        )

        return built_
