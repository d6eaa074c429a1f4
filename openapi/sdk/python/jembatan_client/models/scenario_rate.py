from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="ScenarioRate")


@_attrs_define
class ScenarioRate:
    """One unit of `currency` costs `rate` in the scenario's currency."""

    currency: str
    """ ISO 4217 code. """
    rate: str
    """ Exact decimal. """

    def to_dict(self) -> dict[str, Any]:
        currency = self.currency

        rate = self.rate

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "currency": currency,
                "rate": rate,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        currency = d.pop("currency")

        rate = d.pop("rate")

        built_ = cls(
            currency=currency,
            rate=rate,
        )

        return built_
