from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="RfqReissue")


@_attrs_define
class RfqReissue:
    """How the new draft differs from the old RFQ; nothing of it is needed."""

    external_reference: None | str | Unset = UNSET
    """ The new draft's own; the old one is used up. """
    invite_previous: bool | Unset = False
    """ Invite everybody who took part, who declined included, if verified still. """
    copy_documents: bool | Unset = True
    """ Attach the same files. """
    remaining_only: bool | Unset = False
    """ Ask only for what was not awarded; earliest deliveries count as covered first. """

    def to_dict(self) -> dict[str, Any]:
        external_reference: None | str | Unset
        if isinstance(self.external_reference, Unset):
            external_reference = UNSET
        else:
            external_reference = self.external_reference

        invite_previous = self.invite_previous

        copy_documents = self.copy_documents

        remaining_only = self.remaining_only

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if external_reference is not UNSET:
            field_dict["external_reference"] = external_reference
        if invite_previous is not UNSET:
            field_dict["invite_previous"] = invite_previous
        if copy_documents is not UNSET:
            field_dict["copy_documents"] = copy_documents
        if remaining_only is not UNSET:
            field_dict["remaining_only"] = remaining_only

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_external_reference(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        external_reference = _parse_external_reference(d.pop("external_reference", UNSET))

        invite_previous = d.pop("invite_previous", UNSET)

        copy_documents = d.pop("copy_documents", UNSET)

        remaining_only = d.pop("remaining_only", UNSET)

        built_ = cls(
            external_reference=external_reference,
            invite_previous=invite_previous,
            copy_documents=copy_documents,
            remaining_only=remaining_only,
        )

        return built_
