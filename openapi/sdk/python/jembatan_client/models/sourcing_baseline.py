from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="SourcingBaseline")


@_attrs_define
class SourcingBaseline:
    """What the buyer does today."""

    kind: str
    """ Where the part comes from today: imported, bought at home, or new.

    Known values: import, local, new. """
    origin: None | str
    """ ISO 3166-1 code of the country the part comes from; null when not told. """
    hs_code: None | str
    """ Code of the customs tariff, digits and points; null when not given. """
    currency: None | str
    """ ISO 4217 code. """
    cif_unit_price: None | str
    """ Exact decimal. """
    duty_percent: None | str
    """ Exact decimal. """
    annual_quantity: None | str
    """ Exact decimal. """
    idr_rate: None | str
    """ Exact decimal. """
    idr_rate_on: datetime.date | None
    """ Calendar day. """
    shown: bool
    """ Whether suppliers see it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        kind = self.kind

        origin: None | str
        origin = self.origin

        hs_code: None | str
        hs_code = self.hs_code

        currency: None | str
        currency = self.currency

        cif_unit_price: None | str
        cif_unit_price = self.cif_unit_price

        duty_percent: None | str
        duty_percent = self.duty_percent

        annual_quantity: None | str
        annual_quantity = self.annual_quantity

        idr_rate: None | str
        idr_rate = self.idr_rate

        idr_rate_on: None | str
        if isinstance(self.idr_rate_on, datetime.date):
            idr_rate_on = self.idr_rate_on.isoformat()
        else:
            idr_rate_on = self.idr_rate_on

        shown = self.shown

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "kind": kind,
                "origin": origin,
                "hs_code": hs_code,
                "currency": currency,
                "cif_unit_price": cif_unit_price,
                "duty_percent": duty_percent,
                "annual_quantity": annual_quantity,
                "idr_rate": idr_rate,
                "idr_rate_on": idr_rate_on,
                "shown": shown,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        kind = d.pop("kind")

        def _parse_origin(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        origin = _parse_origin(d.pop("origin"))

        def _parse_hs_code(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        hs_code = _parse_hs_code(d.pop("hs_code"))

        def _parse_currency(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        currency = _parse_currency(d.pop("currency"))

        def _parse_cif_unit_price(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        cif_unit_price = _parse_cif_unit_price(d.pop("cif_unit_price"))

        def _parse_duty_percent(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        duty_percent = _parse_duty_percent(d.pop("duty_percent"))

        def _parse_annual_quantity(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        annual_quantity = _parse_annual_quantity(d.pop("annual_quantity"))

        def _parse_idr_rate(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        idr_rate = _parse_idr_rate(d.pop("idr_rate"))

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

        shown = d.pop("shown")

        built_ = cls(
            kind=kind,
            origin=origin,
            hs_code=hs_code,
            currency=currency,
            cif_unit_price=cif_unit_price,
            duty_percent=duty_percent,
            annual_quantity=annual_quantity,
            idr_rate=idr_rate,
            idr_rate_on=idr_rate_on,
            shown=shown,
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
