from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Upload")


@_attrs_define
class Upload:
    """A file that is on its way. When it is `complete`, `file_id` names what it has become."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    state: str
    """ `checking`: all bytes are here and are being put together.

    Known values: receiving, checking, complete, refused. """
    name: str
    """ Name that the file will have. """
    length: int
    """ Bytes of the whole file. """
    offset: int
    """ Where the next bytes belong. """
    file_id: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    refusal: None | str
    """ Why the whole is no file of ours. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    expires_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        state = self.state

        name = self.name

        length = self.length

        offset = self.offset

        file_id: None | str
        file_id = self.file_id

        refusal: None | str
        refusal = self.refusal

        created_at = self.created_at.isoformat()

        expires_at = self.expires_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "state": state,
                "name": name,
                "length": length,
                "offset": offset,
                "file_id": file_id,
                "refusal": refusal,
                "created_at": created_at,
                "expires_at": expires_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        state = d.pop("state")

        name = d.pop("name")

        length = d.pop("length")

        offset = d.pop("offset")

        def _parse_file_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        file_id = _parse_file_id(d.pop("file_id"))

        def _parse_refusal(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        refusal = _parse_refusal(d.pop("refusal"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        expires_at = datetime.datetime.fromisoformat(d.pop("expires_at"))

        built_ = cls(
            id=id,
            state=state,
            name=name,
            length=length,
            offset=offset,
            file_id=file_id,
            refusal=refusal,
            created_at=created_at,
            expires_at=expires_at,
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
