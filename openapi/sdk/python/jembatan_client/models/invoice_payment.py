from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="InvoicePayment")


@_attrs_define
class InvoicePayment:
    """Evidence of a payment, or a credit note that was set off. `confirmed_at` is when the supplier said that it arrived."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    kind: str
    """ Whether money was paid or a credit note set off.

    Known values: payment, set_off. """
    amount: str
    """ Exact decimal. """
    paid_on: datetime.date
    """ Calendar day. """
    reference: str
    """ The buyer's number of the payment. """
    counterpart: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    file_id: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    note: None | str
    """ Remark for people; null when there is none. """
    recorded_by: str
    """ Who recorded it. """
    recorded_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    confirmed_by: None | str
    """ Who confirmed it on the supplier's side; null until then. """
    confirmed_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        kind = self.kind

        amount = self.amount

        paid_on = self.paid_on.isoformat()

        reference = self.reference

        counterpart: None | str
        counterpart = self.counterpart

        file_id: None | str
        file_id = self.file_id

        note: None | str
        note = self.note

        recorded_by = self.recorded_by

        recorded_at = self.recorded_at.isoformat()

        confirmed_by: None | str
        confirmed_by = self.confirmed_by

        confirmed_at: None | str
        if isinstance(self.confirmed_at, datetime.datetime):
            confirmed_at = self.confirmed_at.isoformat()
        else:
            confirmed_at = self.confirmed_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "kind": kind,
                "amount": amount,
                "paid_on": paid_on,
                "reference": reference,
                "counterpart": counterpart,
                "file_id": file_id,
                "note": note,
                "recorded_by": recorded_by,
                "recorded_at": recorded_at,
                "confirmed_by": confirmed_by,
                "confirmed_at": confirmed_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        kind = d.pop("kind")

        amount = d.pop("amount")

        paid_on = datetime.date.fromisoformat(d.pop("paid_on"))

        reference = d.pop("reference")

        def _parse_counterpart(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        counterpart = _parse_counterpart(d.pop("counterpart"))

        def _parse_file_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        file_id = _parse_file_id(d.pop("file_id"))

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        recorded_by = d.pop("recorded_by")

        recorded_at = datetime.datetime.fromisoformat(d.pop("recorded_at"))

        def _parse_confirmed_by(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        confirmed_by = _parse_confirmed_by(d.pop("confirmed_by"))

        def _parse_confirmed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                confirmed_at_type_0 = datetime.datetime.fromisoformat(data)

                return confirmed_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        confirmed_at = _parse_confirmed_at(d.pop("confirmed_at"))

        built_ = cls(
            id=id,
            kind=kind,
            amount=amount,
            paid_on=paid_on,
            reference=reference,
            counterpart=counterpart,
            file_id=file_id,
            note=note,
            recorded_by=recorded_by,
            recorded_at=recorded_at,
            confirmed_by=confirmed_by,
            confirmed_at=confirmed_at,
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
