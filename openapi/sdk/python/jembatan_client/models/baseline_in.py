from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.baseline_in_kind import BaselineInKind, check_baseline_in_kind
from ..types import UNSET, Unset

T = TypeVar("T", bound="BaselineIn")


@_attrs_define
class BaselineIn:
    """What is bought today. An import needs origin, HS code, price, quantity and the rupiah rate of a stated day."""

    kind: BaselineInKind
    """ Where the part comes from today: imported, bought at home, or new. """
    origin: None | str | Unset = UNSET
    """ ISO 3166-1 code of the country the part comes from; null when not told. """
    hs_code: None | str | Unset = UNSET
    """ Code of the customs tariff, digits and points; null when not given. """
    currency: None | str | Unset = UNSET
    """ ISO 4217 code. """
    cif_unit_price: None | str | Unset = UNSET
    """ Exact decimal. """
    duty_percent: None | str | Unset = UNSET
    """ Exact decimal. """
    annual_quantity: None | str | Unset = UNSET
    """ Exact decimal. """
    idr_rate: None | str | Unset = UNSET
    """ Exact decimal. """
    idr_rate_on: datetime.date | None | Unset = UNSET
    """ Calendar day. """
    shown: bool | Unset = False
    """ Whether suppliers see it. """

    def to_dict(self) -> dict[str, Any]:
        kind: str = self.kind

        origin: None | str | Unset
        if isinstance(self.origin, Unset):
            origin = UNSET
        else:
            origin = self.origin

        hs_code: None | str | Unset
        if isinstance(self.hs_code, Unset):
            hs_code = UNSET
        else:
            hs_code = self.hs_code

        currency: None | str | Unset
        if isinstance(self.currency, Unset):
            currency = UNSET
        else:
            currency = self.currency

        cif_unit_price: None | str | Unset
        if isinstance(self.cif_unit_price, Unset):
            cif_unit_price = UNSET
        else:
            cif_unit_price = self.cif_unit_price

        duty_percent: None | str | Unset
        if isinstance(self.duty_percent, Unset):
            duty_percent = UNSET
        else:
            duty_percent = self.duty_percent

        annual_quantity: None | str | Unset
        if isinstance(self.annual_quantity, Unset):
            annual_quantity = UNSET
        else:
            annual_quantity = self.annual_quantity

        idr_rate: None | str | Unset
        if isinstance(self.idr_rate, Unset):
            idr_rate = UNSET
        else:
            idr_rate = self.idr_rate

        idr_rate_on: None | str | Unset
        if isinstance(self.idr_rate_on, Unset):
            idr_rate_on = UNSET
        elif isinstance(self.idr_rate_on, datetime.date):
            idr_rate_on = self.idr_rate_on.isoformat()
        else:
            idr_rate_on = self.idr_rate_on

        shown = self.shown

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "kind": kind,
            }
        )
        if origin is not UNSET:
            field_dict["origin"] = origin
        if hs_code is not UNSET:
            field_dict["hs_code"] = hs_code
        if currency is not UNSET:
            field_dict["currency"] = currency
        if cif_unit_price is not UNSET:
            field_dict["cif_unit_price"] = cif_unit_price
        if duty_percent is not UNSET:
            field_dict["duty_percent"] = duty_percent
        if annual_quantity is not UNSET:
            field_dict["annual_quantity"] = annual_quantity
        if idr_rate is not UNSET:
            field_dict["idr_rate"] = idr_rate
        if idr_rate_on is not UNSET:
            field_dict["idr_rate_on"] = idr_rate_on
        if shown is not UNSET:
            field_dict["shown"] = shown

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        kind = check_baseline_in_kind(d.pop("kind"))

        def _parse_origin(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        origin = _parse_origin(d.pop("origin", UNSET))

        def _parse_hs_code(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        hs_code = _parse_hs_code(d.pop("hs_code", UNSET))

        def _parse_currency(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        currency = _parse_currency(d.pop("currency", UNSET))

        def _parse_cif_unit_price(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        cif_unit_price = _parse_cif_unit_price(d.pop("cif_unit_price", UNSET))

        def _parse_duty_percent(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        duty_percent = _parse_duty_percent(d.pop("duty_percent", UNSET))

        def _parse_annual_quantity(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        annual_quantity = _parse_annual_quantity(d.pop("annual_quantity", UNSET))

        def _parse_idr_rate(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        idr_rate = _parse_idr_rate(d.pop("idr_rate", UNSET))

        def _parse_idr_rate_on(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                idr_rate_on_type_0 = datetime.date.fromisoformat(data)

                return idr_rate_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        idr_rate_on = _parse_idr_rate_on(d.pop("idr_rate_on", UNSET))

        shown = d.pop("shown", UNSET)

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

        return built_
