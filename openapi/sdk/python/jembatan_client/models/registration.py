from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.organisation import Organisation


T = TypeVar("T", bound="Registration")


@_attrs_define
class Registration:
    """The new organisation and its first key. `secret` is shown this once."""

    organisation: Organisation
    """ A participant of the marketplace. """
    credential_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    secret: str
    """ The secret itself, shown this once. """
    scopes: list[str]
    """ What the key may do. """
    expires_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    warnings: list[str]
    """ What was odd but did not hinder. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        organisation = self.organisation.to_dict()

        credential_id = self.credential_id

        secret = self.secret

        scopes = self.scopes

        expires_at = self.expires_at.isoformat()

        warnings = self.warnings

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "organisation": organisation,
                "credential_id": credential_id,
                "secret": secret,
                "scopes": scopes,
                "expires_at": expires_at,
                "warnings": warnings,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.organisation import Organisation  # noqa: PLC0415

        d = dict(src_dict)
        organisation = Organisation.from_dict(d.pop("organisation"))

        credential_id = d.pop("credential_id")

        secret = d.pop("secret")

        scopes = cast(list[str], d.pop("scopes"))

        expires_at = datetime.datetime.fromisoformat(d.pop("expires_at"))

        warnings = cast(list[str], d.pop("warnings"))

        built_ = cls(
            organisation=organisation,
            credential_id=credential_id,
            secret=secret,
            scopes=scopes,
            expires_at=expires_at,
            warnings=warnings,
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
