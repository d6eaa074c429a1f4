from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Tooling")


@_attrs_define
class Tooling:
    """A die, mould or jig."""

    cost: str
    """ Exact decimal. """
    ownership: str
    """ Who owns the tooling once it is paid.

    Known values: supplier, buyer. """
    life_pieces: int | None
    """ How many pieces the tooling lasts; null when not told. """
    amortised_over_pieces: int | None
    """ Over how many pieces the tooling is spread; null when it is paid at once. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cost = self.cost

        ownership = self.ownership

        life_pieces: int | None
        life_pieces = self.life_pieces

        amortised_over_pieces: int | None
        amortised_over_pieces = self.amortised_over_pieces

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "cost": cost,
                "ownership": ownership,
                "life_pieces": life_pieces,
                "amortised_over_pieces": amortised_over_pieces,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        cost = d.pop("cost")

        ownership = d.pop("ownership")

        def _parse_life_pieces(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        life_pieces = _parse_life_pieces(d.pop("life_pieces"))

        def _parse_amortised_over_pieces(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        amortised_over_pieces = _parse_amortised_over_pieces(d.pop("amortised_over_pieces"))

        built_ = cls(
            cost=cost,
            ownership=ownership,
            life_pieces=life_pieces,
            amortised_over_pieces=amortised_over_pieces,
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
