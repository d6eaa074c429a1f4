from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="MachineState")


@_attrs_define
class MachineState:
    """One state with its labels; nothing leaves an end."""

    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    label_id: str
    """ Label in Indonesian. """
    label_en: str
    """ Label in English. """
    is_end: bool
    """ Whether nothing leads out of the state. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        state = self.state

        label_id = self.label_id

        label_en = self.label_en

        is_end = self.is_end

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "state": state,
                "label_id": label_id,
                "label_en": label_en,
                "is_end": is_end,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        state = d.pop("state")

        label_id = d.pop("label_id")

        label_en = d.pop("label_en")

        is_end = d.pop("is_end")

        built_ = cls(
            state=state,
            label_id=label_id,
            label_en=label_en,
            is_end=is_end,
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
