from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="LotReplacement")


@_attrs_define
class LotReplacement:
    """A despatch in place of pieces of the lot; its own lots have histories of their own."""

    despatch_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    nonconformance_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    number: str
    """ The number that people know it by. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        despatch_id = self.despatch_id

        nonconformance_id = self.nonconformance_id

        number = self.number

        state = self.state

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "despatch_id": despatch_id,
                "nonconformance_id": nonconformance_id,
                "number": number,
                "state": state,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        despatch_id = d.pop("despatch_id")

        nonconformance_id = d.pop("nonconformance_id")

        number = d.pop("number")

        state = d.pop("state")

        built_ = cls(
            despatch_id=despatch_id,
            nonconformance_id=nonconformance_id,
            number=number,
            state=state,
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
