from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="BidImport")


@_attrs_define
class BidImport:
    """What importing the row's quantity costs, in rupiah. PPN and PPh 22 are cash, credited later: no part of the cost."""

    quantity: str
    """ Exact decimal. """
    currency: str
    """ ISO 4217 code. """
    cif_price: str
    """ Exact decimal. """
    idr_rate: str
    """ Exact decimal. """
    idr_rate_on: datetime.date | None
    """ Calendar day. """
    duty_percent: str
    """ Exact decimal. """
    cif: str
    """ Exact decimal. """
    duty: str
    """ Exact decimal. """
    handling: str
    """ Exact decimal. """
    landed_cost: str
    """ Exact decimal. """
    landed_unit_price: str
    """ Exact decimal. """
    ppn: str
    """ Exact decimal. """
    pph22: str
    """ Exact decimal. """
    cash_out: str
    """ Exact decimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        quantity = self.quantity

        currency = self.currency

        cif_price = self.cif_price

        idr_rate = self.idr_rate

        idr_rate_on: None | str
        if isinstance(self.idr_rate_on, datetime.date):
            idr_rate_on = self.idr_rate_on.isoformat()
        else:
            idr_rate_on = self.idr_rate_on

        duty_percent = self.duty_percent

        cif = self.cif

        duty = self.duty

        handling = self.handling

        landed_cost = self.landed_cost

        landed_unit_price = self.landed_unit_price

        ppn = self.ppn

        pph22 = self.pph22

        cash_out = self.cash_out

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "quantity": quantity,
                "currency": currency,
                "cif_price": cif_price,
                "idr_rate": idr_rate,
                "idr_rate_on": idr_rate_on,
                "duty_percent": duty_percent,
                "cif": cif,
                "duty": duty,
                "handling": handling,
                "landed_cost": landed_cost,
                "landed_unit_price": landed_unit_price,
                "ppn": ppn,
                "pph22": pph22,
                "cash_out": cash_out,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        quantity = d.pop("quantity")

        currency = d.pop("currency")

        cif_price = d.pop("cif_price")

        idr_rate = d.pop("idr_rate")

        def _parse_idr_rate_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                idr_rate_on_type_0 = datetime.date.fromisoformat(data)

                return idr_rate_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        idr_rate_on = _parse_idr_rate_on(d.pop("idr_rate_on"))

        duty_percent = d.pop("duty_percent")

        cif = d.pop("cif")

        duty = d.pop("duty")

        handling = d.pop("handling")

        landed_cost = d.pop("landed_cost")

        landed_unit_price = d.pop("landed_unit_price")

        ppn = d.pop("ppn")

        pph22 = d.pop("pph22")

        cash_out = d.pop("cash_out")

        built_ = cls(
            quantity=quantity,
            currency=currency,
            cif_price=cif_price,
            idr_rate=idr_rate,
            idr_rate_on=idr_rate_on,
            duty_percent=duty_percent,
            cif=cif,
            duty=duty,
            handling=handling,
            landed_cost=landed_cost,
            landed_unit_price=landed_unit_price,
            ppn=ppn,
            pph22=pph22,
            cash_out=cash_out,
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
