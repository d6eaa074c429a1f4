from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QuoteAttachment")


@_attrs_define
class QuoteAttachment:
    """A file of the supplier's, readable for the buyer after the opening. The receipt covers its `sha256`."""

    file_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    kind: str
    """ Which kind it is.

    Known values: certificate, drawing, datasheet, process_plan, photo, other. """
    label: None | str
    """ How it is called on the page, for people; null when it has no label. """
    name: str
    """ Name of the file. """
    media_type: str
    """ Media type of the content. """
    size: int
    """ Bytes; null while unknown or unreadable. """
    sha256: str
    """ SHA-256 of the content in hexadecimal; null while unknown or unreadable. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        file_id = self.file_id

        kind = self.kind

        label: None | str
        label = self.label

        name = self.name

        media_type = self.media_type

        size = self.size

        sha256 = self.sha256

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "file_id": file_id,
                "kind": kind,
                "label": label,
                "name": name,
                "media_type": media_type,
                "size": size,
                "sha256": sha256,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        file_id = d.pop("file_id")

        kind = d.pop("kind")

        def _parse_label(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        label = _parse_label(d.pop("label"))

        name = d.pop("name")

        media_type = d.pop("media_type")

        size = d.pop("size")

        sha256 = d.pop("sha256")

        built_ = cls(
            file_id=file_id,
            kind=kind,
            label=label,
            name=name,
            media_type=media_type,
            size=size,
            sha256=sha256,
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
