from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="AddendumDocument")


@_attrs_define
class AddendumDocument:
    """A document that was attached or detached. Of one that the caller may not read, name and digest are null."""

    document_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    change: str
    """ Whether it was added, removed or changed.

    Known values: added, removed. """
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
    file_name: None | str
    """ Name of the file; null when the caller may not read it yet. """
    sha256: None | str
    """ SHA-256 of the content in hexadecimal; null while unknown or unreadable. """
    unreadable: None | str
    """ Code of the problem a download would answer. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        document_id = self.document_id

        change = self.change

        line_no: int | None
        line_no = self.line_no

        kind = self.kind

        label: None | str
        label = self.label

        revision_label: None | str
        revision_label = self.revision_label

        confidential = self.confidential

        file_name: None | str
        file_name = self.file_name

        sha256: None | str
        sha256 = self.sha256

        unreadable: None | str
        unreadable = self.unreadable

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "document_id": document_id,
                "change": change,
                "line_no": line_no,
                "kind": kind,
                "label": label,
                "revision_label": revision_label,
                "confidential": confidential,
                "file_name": file_name,
                "sha256": sha256,
                "unreadable": unreadable,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        document_id = d.pop("document_id")

        change = d.pop("change")

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

        def _parse_file_name(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        file_name = _parse_file_name(d.pop("file_name"))

        def _parse_sha256(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        sha256 = _parse_sha256(d.pop("sha256"))

        def _parse_unreadable(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        unreadable = _parse_unreadable(d.pop("unreadable"))

        built_ = cls(
            document_id=document_id,
            change=change,
            line_no=line_no,
            kind=kind,
            label=label,
            revision_label=revision_label,
            confidential=confidential,
            file_name=file_name,
            sha256=sha256,
            unreadable=unreadable,
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
