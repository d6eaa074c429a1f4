from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.bid_formula import BidFormula
    from ..models.bid_rate import BidRate


T = TypeVar("T", bound="BidAssumptions")


@_attrs_define
class BidAssumptions:
    """What the figures rest on: the parameters as used, so that the same request gives the same tab."""

    base_currency: str
    """ ISO 4217 code. """
    rates: list[BidRate]
    """ Rates of exchange to compare by. """
    tooling_over: int | None
    """ Pieces over which tooling is spread for the comparison; null for the quantities asked. """
    freight_percent: None | str
    """ Exact decimal. """
    freight_per_kg: None | str
    """ Exact decimal. """
    capital_rate_percent: str
    """ Exact decimal. """
    reference_payment_days: int
    """ Days of payment to which every quote is brought for the comparison. """
    handling_percent: str
    """ Exact decimal. """
    has_api: bool
    """ Whether the importer holds an API, a licence by which import duty is lower. """
    pph22_percent: str
    """ Exact decimal. """
    formulas: list[BidFormula]
    """ How each figure of the comparison is made. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        base_currency = self.base_currency

        rates = []
        for rates_item_data in self.rates:
            rates_item = rates_item_data.to_dict()
            rates.append(rates_item)

        tooling_over: int | None
        tooling_over = self.tooling_over

        freight_percent: None | str
        freight_percent = self.freight_percent

        freight_per_kg: None | str
        freight_per_kg = self.freight_per_kg

        capital_rate_percent = self.capital_rate_percent

        reference_payment_days = self.reference_payment_days

        handling_percent = self.handling_percent

        has_api = self.has_api

        pph22_percent = self.pph22_percent

        formulas = []
        for formulas_item_data in self.formulas:
            formulas_item = formulas_item_data.to_dict()
            formulas.append(formulas_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "base_currency": base_currency,
                "rates": rates,
                "tooling_over": tooling_over,
                "freight_percent": freight_percent,
                "freight_per_kg": freight_per_kg,
                "capital_rate_percent": capital_rate_percent,
                "reference_payment_days": reference_payment_days,
                "handling_percent": handling_percent,
                "has_api": has_api,
                "pph22_percent": pph22_percent,
                "formulas": formulas,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.bid_formula import BidFormula  # noqa: PLC0415
        from ..models.bid_rate import BidRate  # noqa: PLC0415

        d = dict(src_dict)
        base_currency = d.pop("base_currency")

        rates = []
        _rates = d.pop("rates")
        for rates_item_data in _rates:
            rates_item = BidRate.from_dict(rates_item_data)

            rates.append(rates_item)

        def _parse_tooling_over(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        tooling_over = _parse_tooling_over(d.pop("tooling_over"))

        def _parse_freight_percent(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        freight_percent = _parse_freight_percent(d.pop("freight_percent"))

        def _parse_freight_per_kg(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        freight_per_kg = _parse_freight_per_kg(d.pop("freight_per_kg"))

        capital_rate_percent = d.pop("capital_rate_percent")

        reference_payment_days = d.pop("reference_payment_days")

        handling_percent = d.pop("handling_percent")

        has_api = d.pop("has_api")

        pph22_percent = d.pop("pph22_percent")

        formulas = []
        _formulas = d.pop("formulas")
        for formulas_item_data in _formulas:
            formulas_item = BidFormula.from_dict(formulas_item_data)

            formulas.append(formulas_item)

        built_ = cls(
            base_currency=base_currency,
            rates=rates,
            tooling_over=tooling_over,
            freight_percent=freight_percent,
            freight_per_kg=freight_per_kg,
            capital_rate_percent=capital_rate_percent,
            reference_payment_days=reference_payment_days,
            handling_percent=handling_percent,
            has_api=has_api,
            pph22_percent=pph22_percent,
            formulas=formulas,
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
