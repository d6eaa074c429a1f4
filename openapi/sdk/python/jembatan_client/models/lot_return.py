from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="LotReturn")


@_attrs_define
class LotReturn:
    """Pieces that went back."""

    return_shipment_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    nonconformance_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    reference: str
    """ The number by which the one who recorded it knows it. """
    quantity: str
    """ Exact decimal. """
    sent_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return_shipment_id = self.return_shipment_id

        nonconformance_id = self.nonconformance_id

        state = self.state

        reference = self.reference

        quantity = self.quantity

        sent_at = self.sent_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "return_shipment_id": return_shipment_id,
                "nonconformance_id": nonconformance_id,
                "state": state,
                "reference": reference,
                "quantity": quantity,
                "sent_at": sent_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        return_shipment_id = d.pop("return_shipment_id")

        nonconformance_id = d.pop("nonconformance_id")

        state = d.pop("state")

        reference = d.pop("reference")

        quantity = d.pop("quantity")

        sent_at = datetime.datetime.fromisoformat(d.pop("sent_at"))

        built_ = cls(
            return_shipment_id=return_shipment_id,
            nonconformance_id=nonconformance_id,
            state=state,
            reference=reference,
            quantity=quantity,
            sent_at=sent_at,
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
