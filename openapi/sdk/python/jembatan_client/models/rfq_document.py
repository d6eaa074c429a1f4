from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="RfqDocument")


@_attrs_define
class RfqDocument:
    """A document. Of one that the caller may not read yet, the file is null and `unreadable` says what is missing."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    file_id: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    file_name: None | str
    """ Name of the file; null when the caller may not read it yet. """
    media_type: None | str
    """ Media type of the content. """
    size: int | None
    """ Bytes; null while unknown or unreadable. """
    sha256: None | str
    """ SHA-256 of the content in hexadecimal; null while unknown or unreadable. """
    line_no: int | None
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    kind: str
    """ Which kind it is.

    Known values: drawing, model, specification, photo, package. """
    label: None | str
    """ How it is called on the page, for people; null when it has no label. """
    revision_label: None | str
    """ Revision of the document as printed on it; null when there is none. """
    confidential: bool
    """ Whether it is shown only to those who accepted the confidentiality agreement. """
    unreadable: None | str
    """ Code of the problem a download would answer. """
    attached_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        rfq_id = self.rfq_id

        file_id: None | str
        file_id = self.file_id

        file_name: None | str
        file_name = self.file_name

        media_type: None | str
        media_type = self.media_type

        size: int | None
        size = self.size

        sha256: None | str
        sha256 = self.sha256

        line_no: int | None
        line_no = self.line_no

        kind = self.kind

        label: None | str
        label = self.label

        revision_label: None | str
        revision_label = self.revision_label

        confidential = self.confidential

        unreadable: None | str
        unreadable = self.unreadable

        attached_at = self.attached_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "rfq_id": rfq_id,
                "file_id": file_id,
                "file_name": file_name,
                "media_type": media_type,
                "size": size,
                "sha256": sha256,
                "line_no": line_no,
                "kind": kind,
                "label": label,
                "revision_label": revision_label,
                "confidential": confidential,
                "unreadable": unreadable,
                "attached_at": attached_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        rfq_id = d.pop("rfq_id")

        def _parse_file_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        file_id = _parse_file_id(d.pop("file_id"))

        def _parse_file_name(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        file_name = _parse_file_name(d.pop("file_name"))

        def _parse_media_type(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        media_type = _parse_media_type(d.pop("media_type"))

        def _parse_size(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        size = _parse_size(d.pop("size"))

        def _parse_sha256(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        sha256 = _parse_sha256(d.pop("sha256"))

        def _parse_line_no(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        line_no = _parse_line_no(d.pop("line_no"))

        kind = d.pop("kind")

        def _parse_label(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        label = _parse_label(d.pop("label"))

        def _parse_revision_label(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        revision_label = _parse_revision_label(d.pop("revision_label"))

        confidential = d.pop("confidential")

        def _parse_unreadable(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        unreadable = _parse_unreadable(d.pop("unreadable"))

        attached_at = datetime.datetime.fromisoformat(d.pop("attached_at"))

        built_ = cls(
            id=id,
            rfq_id=rfq_id,
            file_id=file_id,
            file_name=file_name,
            media_type=media_type,
            size=size,
            sha256=sha256,
            line_no=line_no,
            kind=kind,
            label=label,
            revision_label=revision_label,
            confidential=confidential,
            unreadable=unreadable,
            attached_at=attached_at,
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
