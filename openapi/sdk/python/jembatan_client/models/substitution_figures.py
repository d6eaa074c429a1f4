from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="SubstitutionFigures")


@_attrs_define
class SubstitutionFigures:
    """Whole rupiah of CIF value: what is published, what awards commit, what accepted pieces have replaced.

    Null in sums over all buyers where fewer than three are behind a figure.

    """

    potential_idr: None | str
    """ Exact decimal. """
    committed_idr: None | str
    """ Exact decimal. """
    realised_idr: None | str
    """ Exact decimal. """
    accepted_quantity: None | str
    """ Exact decimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        potential_idr: None | str
        potential_idr = self.potential_idr

        committed_idr: None | str
        committed_idr = self.committed_idr

        realised_idr: None | str
        realised_idr = self.realised_idr

        accepted_quantity: None | str
        accepted_quantity = self.accepted_quantity

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "potential_idr": potential_idr,
                "committed_idr": committed_idr,
                "realised_idr": realised_idr,
                "accepted_quantity": accepted_quantity,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_potential_idr(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        potential_idr = _parse_potential_idr(d.pop("potential_idr"))

        def _parse_committed_idr(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        committed_idr = _parse_committed_idr(d.pop("committed_idr"))

        def _parse_realised_idr(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        realised_idr = _parse_realised_idr(d.pop("realised_idr"))

        def _parse_accepted_quantity(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        accepted_quantity = _parse_accepted_quantity(d.pop("accepted_quantity"))

        built_ = cls(
            potential_idr=potential_idr,
            committed_idr=committed_idr,
            realised_idr=realised_idr,
            accepted_quantity=accepted_quantity,
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
