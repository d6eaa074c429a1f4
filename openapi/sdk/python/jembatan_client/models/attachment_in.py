from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.attachment_in_kind import AttachmentInKind, check_attachment_in_kind
from ..types import UNSET, Unset

T = TypeVar("T", bound="AttachmentIn")


@_attrs_define
class AttachmentIn:
    """A clean file of the supplier's own. The buyer reads it after the opening; its digest is sealed with the quote."""

    file_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    kind: AttachmentInKind
    """ Which kind it is. """
    label: None | str | Unset = UNSET
    """ How it is called on the page, for people; null when it has no label. """

    def to_dict(self) -> dict[str, Any]:
        file_id = self.file_id

        kind: str = self.kind

        label: None | str | Unset
        if isinstance(self.label, Unset):
            label = UNSET
        else:
            label = self.label

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "file_id": file_id,
                "kind": kind,
            }
        )
        if label is not UNSET:
            field_dict["label"] = label

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        file_id = d.pop("file_id")

        kind = check_attachment_in_kind(d.pop("kind"))

        def _parse_label(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        label = _parse_label(d.pop("label", UNSET))

        built_ = cls(
            file_id=file_id,
            kind=kind,
            label=label,
        )

        return built_
