from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="StoredFile")


@_attrs_define
class StoredFile:
    """A stored file. `media_type` follows from its content, whatever the upload said."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    state: str
    state_label: str
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    name: str
    media_type: str
    size: int
    sha256: str
    """ Lower-case hexadecimal. """
    reject_reason: None | str
    """ Why it is `rejected`. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        state = self.state

        state_label = self.state_label

        etag = self.etag

        name = self.name

        media_type = self.media_type

        size = self.size

        sha256 = self.sha256

        reject_reason: None | str
        reject_reason = self.reject_reason

        created_at = self.created_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "state": state,
                "state_label": state_label,
                "etag": etag,
                "name": name,
                "media_type": media_type,
                "size": size,
                "sha256": sha256,
                "reject_reason": reject_reason,
                "created_at": created_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        state = d.pop("state")

        state_label = d.pop("state_label")

        etag = d.pop("etag")

        name = d.pop("name")

        media_type = d.pop("media_type")

        size = d.pop("size")

        sha256 = d.pop("sha256")

        def _parse_reject_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        reject_reason = _parse_reject_reason(d.pop("reject_reason"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        built_ = cls(
            id=id,
            state=state,
            state_label=state_label,
            etag=etag,
            name=name,
            media_type=media_type,
            size=size,
            sha256=sha256,
            reject_reason=reject_reason,
            created_at=created_at,
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
