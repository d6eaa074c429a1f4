from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.tooling_in_ownership import ToolingInOwnership, check_tooling_in_ownership
from ..types import UNSET, Unset

T = TypeVar("T", bound="ToolingIn")


@_attrs_define
class ToolingIn:
    """A die, mould or jig. With `amortised_over_pieces` the cost is spread over so many pieces, else paid once."""

    cost: str
    """ Exact decimal. """
    ownership: ToolingInOwnership
    """ Who owns the tooling once it is paid. """
    life_pieces: int | None | Unset = UNSET
    """ How many pieces the tooling lasts; null when not told. """
    amortised_over_pieces: int | None | Unset = UNSET
    """ Over how many pieces the tooling is spread; null when it is paid at once. """

    def to_dict(self) -> dict[str, Any]:
        cost = self.cost

        ownership: str = self.ownership

        life_pieces: int | None | Unset
        if isinstance(self.life_pieces, Unset):
            life_pieces = UNSET
        else:
            life_pieces = self.life_pieces

        amortised_over_pieces: int | None | Unset
        if isinstance(self.amortised_over_pieces, Unset):
            amortised_over_pieces = UNSET
        else:
            amortised_over_pieces = self.amortised_over_pieces

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "cost": cost,
                "ownership": ownership,
            }
        )
        if life_pieces is not UNSET:
            field_dict["life_pieces"] = life_pieces
        if amortised_over_pieces is not UNSET:
            field_dict["amortised_over_pieces"] = amortised_over_pieces

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        cost = d.pop("cost")

        ownership = check_tooling_in_ownership(d.pop("ownership"))

        def _parse_life_pieces(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        life_pieces = _parse_life_pieces(d.pop("life_pieces", UNSET))

        def _parse_amortised_over_pieces(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        amortised_over_pieces = _parse_amortised_over_pieces(d.pop("amortised_over_pieces", UNSET))

        built_ = cls(
            cost=cost,
            ownership=ownership,
            life_pieces=life_pieces,
            amortised_over_pieces=amortised_over_pieces,
        )

        return built_
