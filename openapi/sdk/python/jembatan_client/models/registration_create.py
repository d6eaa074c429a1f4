from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.registration_create_roles_item import RegistrationCreateRolesItem, check_registration_create_roles_item
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.profile_in import ProfileIn


T = TypeVar("T", bound="RegistrationCreate")


@_attrs_define
class RegistrationCreate:
    """Who asks to join. The size class follows from workers, investment and sales; it cannot be typed in."""

    name: str
    """ Name, for people. """
    roles: list[RegistrationCreateRolesItem]
    """ What the organisation is: buyer, supplier, facilitator or operator. """
    profile: ProfileIn | Unset = UNSET
    """ What an organisation says of itself. Amounts in whole rupiah, investment without land and buildings. """
    person: None | str | Unset = UNSET
    """ Who will hold the first key. """

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        roles = []
        for roles_item_data in self.roles:
            roles_item: str = roles_item_data
            roles.append(roles_item)

        profile: dict[str, Any] | Unset = UNSET
        if not isinstance(self.profile, Unset):
            profile = self.profile.to_dict()

        person: None | str | Unset
        if isinstance(self.person, Unset):
            person = UNSET
        else:
            person = self.person

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "roles": roles,
            }
        )
        if profile is not UNSET:
            field_dict["profile"] = profile
        if person is not UNSET:
            field_dict["person"] = person

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.profile_in import ProfileIn  # noqa: PLC0415

        d = dict(src_dict)
        name = d.pop("name")

        roles = []
        _roles = d.pop("roles")
        for roles_item_data in _roles:
            roles_item = check_registration_create_roles_item(roles_item_data)

            roles.append(roles_item)

        _profile = d.pop("profile", UNSET)
        profile: ProfileIn | Unset
        if isinstance(_profile, Unset):
            profile = UNSET
        else:
            profile = ProfileIn.from_dict(_profile)

        def _parse_person(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        person = _parse_person(d.pop("person", UNSET))

        built_ = cls(
            name=name,
            roles=roles,
            profile=profile,
            person=person,
        )

        return built_
