from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.blocked import Blocked


T = TypeVar("T", bound="Credential")


@_attrs_define
class Credential:
    """A key, without its secret; `hint` is how the secret begins."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    allowed_actions: list[str]
    """ Names of the operations that the caller may take now. """
    blocked_actions: list[Blocked]
    """ Actions that belong to this state but cannot be taken now, each with the reason. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    name: str
    """ What the key is for, in its owner's words. """
    person: None | str
    """ Who holds the key, for rules that need two persons; null for a machine's. """
    scopes: list[str]
    """ What the key may do. """
    hint: str
    """ How the secret begins, to tell keys apart. """
    previous_secret_until: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    expires_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        name = self.name

        person: None | str
        person = self.person

        scopes = self.scopes

        hint = self.hint

        previous_secret_until: None | str
        if isinstance(self.previous_secret_until, datetime.datetime):
            previous_secret_until = self.previous_secret_until.isoformat()
        else:
            previous_secret_until = self.previous_secret_until

        expires_at = self.expires_at.isoformat()

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "name": name,
                "person": person,
                "scopes": scopes,
                "hint": hint,
                "previous_secret_until": previous_secret_until,
                "expires_at": expires_at,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.blocked import Blocked  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        blocked_actions = []
        _blocked_actions = d.pop("blocked_actions")
        for blocked_actions_item_data in _blocked_actions:
            blocked_actions_item = Blocked.from_dict(blocked_actions_item_data)

            blocked_actions.append(blocked_actions_item)

        etag = d.pop("etag")

        name = d.pop("name")

        def _parse_person(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        person = _parse_person(d.pop("person"))

        scopes = cast(list[str], d.pop("scopes"))

        hint = d.pop("hint")

        def _parse_previous_secret_until(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                previous_secret_until_type_0 = datetime.datetime.fromisoformat(data)

                return previous_secret_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        previous_secret_until = _parse_previous_secret_until(d.pop("previous_secret_until"))

        expires_at = datetime.datetime.fromisoformat(d.pop("expires_at"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        built_ = cls(
            id=id,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            name=name,
            person=person,
            scopes=scopes,
            hint=hint,
            previous_secret_until=previous_secret_until,
            expires_at=expires_at,
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
