from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="AwardCard")


@_attrs_define
class AwardCard:
    """An award in a list; its lines are in `GET /v1/awards/{award_id}`."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_title: str
    """ What the RFQ is about, in one line. """
    quote_id: str
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
    issued_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    answered_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    standstill_until: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    accept_by: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    order_id: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        rfq_id = self.rfq_id

        rfq_title = self.rfq_title

        quote_id = self.quote_id

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

        issued_at: None | str
        if isinstance(self.issued_at, datetime.datetime):
            issued_at = self.issued_at.isoformat()
        else:
            issued_at = self.issued_at

        answered_at: None | str
        if isinstance(self.answered_at, datetime.datetime):
            answered_at = self.answered_at.isoformat()
        else:
            answered_at = self.answered_at

        standstill_until: None | str
        if isinstance(self.standstill_until, datetime.datetime):
            standstill_until = self.standstill_until.isoformat()
        else:
            standstill_until = self.standstill_until

        accept_by: None | str
        if isinstance(self.accept_by, datetime.datetime):
            accept_by = self.accept_by.isoformat()
        else:
            accept_by = self.accept_by

        order_id: None | str
        order_id = self.order_id

        created_at = self.created_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "rfq_id": rfq_id,
                "rfq_title": rfq_title,
                "quote_id": quote_id,
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
                "issued_at": issued_at,
                "answered_at": answered_at,
                "standstill_until": standstill_until,
                "accept_by": accept_by,
                "order_id": order_id,
                "created_at": created_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        rfq_id = d.pop("rfq_id")

        rfq_title = d.pop("rfq_title")

        quote_id = d.pop("quote_id")

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

        def _parse_issued_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                issued_at_type_0 = datetime.datetime.fromisoformat(data)

                return issued_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        issued_at = _parse_issued_at(d.pop("issued_at"))

        def _parse_answered_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                answered_at_type_0 = datetime.datetime.fromisoformat(data)

                return answered_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        answered_at = _parse_answered_at(d.pop("answered_at"))

        def _parse_standstill_until(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                standstill_until_type_0 = datetime.datetime.fromisoformat(data)

                return standstill_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        standstill_until = _parse_standstill_until(d.pop("standstill_until"))

        def _parse_accept_by(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                accept_by_type_0 = datetime.datetime.fromisoformat(data)

                return accept_by_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        accept_by = _parse_accept_by(d.pop("accept_by"))

        def _parse_order_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        order_id = _parse_order_id(d.pop("order_id"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        built_ = cls(
            id=id,
            rfq_id=rfq_id,
            rfq_title=rfq_title,
            quote_id=quote_id,
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
            issued_at=issued_at,
            answered_at=answered_at,
            standstill_until=standstill_until,
            accept_by=accept_by,
            order_id=order_id,
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
