from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="PurchaseOrderCard")


@_attrs_define
class PurchaseOrderCard:
    """An order in a list."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    number: str
    """ The number that people know it by. """
    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    award_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    buyer_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    buyer_name: str
    """ Name of the buying organisation. """
    supplier_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_name: str
    """ Name of the supplying organisation. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    currency: str
    """ ISO 4217 code. """
    total: str
    """ Exact decimal. """
    line_count: int
    """ Number of lines. """
    complete_line_count: int
    """ Lines of which everything has been accepted. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        number = self.number

        rfq_id = self.rfq_id

        award_id = self.award_id

        buyer_id = self.buyer_id

        buyer_name = self.buyer_name

        supplier_id = self.supplier_id

        supplier_name = self.supplier_name

        state = self.state

        state_label = self.state_label

        etag = self.etag

        currency = self.currency

        total = self.total

        line_count = self.line_count

        complete_line_count = self.complete_line_count

        created_at = self.created_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "number": number,
                "rfq_id": rfq_id,
                "award_id": award_id,
                "buyer_id": buyer_id,
                "buyer_name": buyer_name,
                "supplier_id": supplier_id,
                "supplier_name": supplier_name,
                "state": state,
                "state_label": state_label,
                "etag": etag,
                "currency": currency,
                "total": total,
                "line_count": line_count,
                "complete_line_count": complete_line_count,
                "created_at": created_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        number = d.pop("number")

        rfq_id = d.pop("rfq_id")

        award_id = d.pop("award_id")

        buyer_id = d.pop("buyer_id")

        buyer_name = d.pop("buyer_name")

        supplier_id = d.pop("supplier_id")

        supplier_name = d.pop("supplier_name")

        state = d.pop("state")

        state_label = d.pop("state_label")

        etag = d.pop("etag")

        currency = d.pop("currency")

        total = d.pop("total")

        line_count = d.pop("line_count")

        complete_line_count = d.pop("complete_line_count")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        built_ = cls(
            id=id,
            number=number,
            rfq_id=rfq_id,
            award_id=award_id,
            buyer_id=buyer_id,
            buyer_name=buyer_name,
            supplier_id=supplier_id,
            supplier_name=supplier_name,
            state=state,
            state_label=state_label,
            etag=etag,
            currency=currency,
            total=total,
            line_count=line_count,
            complete_line_count=complete_line_count,
            created_at=created_at,
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
