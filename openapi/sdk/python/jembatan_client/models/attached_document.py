from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.rfq_document import RfqDocument


T = TypeVar("T", bound="AttachedDocument")


@_attrs_define
class AttachedDocument:
    """The new document, and the RFQ's entity tag after it."""

    document: RfqDocument
    """ A document. Of one that the caller may not read yet, the file is null and `unreadable` says what is missing.
    """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        document = self.document.to_dict()

        etag = self.etag

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "document": document,
                "etag": etag,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.rfq_document import RfqDocument  # noqa: PLC0415

        d = dict(src_dict)
        document = RfqDocument.from_dict(d.pop("document"))

        etag = d.pop("etag")

        built_ = cls(
            document=document,
            etag=etag,
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
