from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.addendum import Addendum


T = TypeVar("T", bound="AddendumPublished")


@_attrs_define
class AddendumPublished:
    """The new addendum, and the RFQ's entity tag after it."""

    addendum: Addendum
    """ One publication after the first, with what it changed. `hidden_lines` and `published_by` are the buyer's.
    """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        addendum = self.addendum.to_dict()

        etag = self.etag

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "addendum": addendum,
                "etag": etag,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.addendum import Addendum  # noqa: PLC0415

        d = dict(src_dict)
        addendum = Addendum.from_dict(d.pop("addendum"))

        etag = d.pop("etag")

        built_ = cls(
            addendum=addendum,
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
