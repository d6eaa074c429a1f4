from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Redelivery")


@_attrs_define
class Redelivery:
    """Either one delivery once more, or everything from an event on."""

    delivery_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    from_event_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """

    def to_dict(self) -> dict[str, Any]:
        delivery_id: None | str | Unset
        if isinstance(self.delivery_id, Unset):
            delivery_id = UNSET
        else:
            delivery_id = self.delivery_id

        from_event_id: None | str | Unset
        if isinstance(self.from_event_id, Unset):
            from_event_id = UNSET
        else:
            from_event_id = self.from_event_id

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if delivery_id is not UNSET:
            field_dict["delivery_id"] = delivery_id
        if from_event_id is not UNSET:
            field_dict["from_event_id"] = from_event_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_delivery_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        delivery_id = _parse_delivery_id(d.pop("delivery_id", UNSET))

        def _parse_from_event_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        from_event_id = _parse_from_event_id(d.pop("from_event_id", UNSET))

        built_ = cls(
            delivery_id=delivery_id,
            from_event_id=from_event_id,
        )

        return built_
