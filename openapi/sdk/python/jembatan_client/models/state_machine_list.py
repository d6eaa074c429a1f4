from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.state_machine import StateMachine


T = TypeVar("T", bound="StateMachineList")


@_attrs_define
class StateMachineList:
    """All state machines."""

    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    items: list[StateMachine]
    """ The items of this page, in the order that the operation tells. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        etag = self.etag

        items = []
        for items_item_data in self.items:
            items_item = items_item_data.to_dict()
            items.append(items_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "etag": etag,
                "items": items,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.state_machine import StateMachine  # noqa: PLC0415

        d = dict(src_dict)
        etag = d.pop("etag")

        items = []
        _items = d.pop("items")
        for items_item_data in _items:
            items_item = StateMachine.from_dict(items_item_data)

            items.append(items_item)

        built_ = cls(
            etag=etag,
            items=items,
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
