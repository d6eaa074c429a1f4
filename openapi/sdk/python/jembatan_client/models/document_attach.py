from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.document_attach_kind import DocumentAttachKind, check_document_attach_kind
from ..types import UNSET, Unset

T = TypeVar("T", bound="DocumentAttach")


@_attrs_define
class DocumentAttach:
    """Which file is what. Without a line number it belongs to the whole RFQ."""

    file_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    kind: DocumentAttachKind
    """ Which kind it is. """
    line_no: int | None | Unset = UNSET
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    label: None | str | Unset = UNSET
    """ How it is called on the page, for people; null when it has no label. """
    revision_label: None | str | Unset = UNSET
    """ Revision of the document as printed on it; null when there is none. """
    confidential: bool | Unset = False
    """ Whether it is shown only to those who accepted the confidentiality agreement. """

    def to_dict(self) -> dict[str, Any]:
        file_id = self.file_id

        kind: str = self.kind

        line_no: int | None | Unset
        if isinstance(self.line_no, Unset):
            line_no = UNSET
        else:
            line_no = self.line_no

        label: None | str | Unset
        if isinstance(self.label, Unset):
            label = UNSET
        else:
            label = self.label

        revision_label: None | str | Unset
        if isinstance(self.revision_label, Unset):
            revision_label = UNSET
        else:
            revision_label = self.revision_label

        confidential = self.confidential

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "file_id": file_id,
                "kind": kind,
            }
        )
        if line_no is not UNSET:
            field_dict["line_no"] = line_no
        if label is not UNSET:
            field_dict["label"] = label
        if revision_label is not UNSET:
            field_dict["revision_label"] = revision_label
        if confidential is not UNSET:
            field_dict["confidential"] = confidential

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        file_id = d.pop("file_id")

        kind = check_document_attach_kind(d.pop("kind"))

        def _parse_line_no(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        line_no = _parse_line_no(d.pop("line_no", UNSET))

        def _parse_label(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        label = _parse_label(d.pop("label", UNSET))

        def _parse_revision_label(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        revision_label = _parse_revision_label(d.pop("revision_label", UNSET))

        confidential = d.pop("confidential", UNSET)

        built_ = cls(
            file_id=file_id,
            kind=kind,
            line_no=line_no,
            label=label,
            revision_label=revision_label,
            confidential=confidential,
        )

        return built_
