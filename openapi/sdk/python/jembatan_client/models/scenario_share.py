from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.scenario_share_basis import ScenarioShareBasis, check_scenario_share_basis
from ..types import UNSET, Unset

T = TypeVar("T", bound="ScenarioShare")


@_attrs_define
class ScenarioShare:
    """Bounds in per cent: of what is left of each line (`quantity`), or of the money of the whole split (`value`).

    With `supplier_id` for that one, which has to get its minimum; else for everybody who gets anything.

    """

    basis: ScenarioShareBasis
    """ On what the figure rests. """
    supplier_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    line_nos: list[int] | None | Unset = UNSET
    """ Only with the basis `quantity`. """
    minimum_percent: None | str | Unset = UNSET
    """ Exact decimal. """
    maximum_percent: None | str | Unset = UNSET
    """ Exact decimal. """

    def to_dict(self) -> dict[str, Any]:
        basis: str = self.basis

        supplier_id: None | str | Unset
        if isinstance(self.supplier_id, Unset):
            supplier_id = UNSET
        else:
            supplier_id = self.supplier_id

        line_nos: list[int] | None | Unset
        if isinstance(self.line_nos, Unset):
            line_nos = UNSET
        elif isinstance(self.line_nos, list):
            line_nos = self.line_nos

        else:
            line_nos = self.line_nos

        minimum_percent: None | str | Unset
        if isinstance(self.minimum_percent, Unset):
            minimum_percent = UNSET
        else:
            minimum_percent = self.minimum_percent

        maximum_percent: None | str | Unset
        if isinstance(self.maximum_percent, Unset):
            maximum_percent = UNSET
        else:
            maximum_percent = self.maximum_percent

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "basis": basis,
            }
        )
        if supplier_id is not UNSET:
            field_dict["supplier_id"] = supplier_id
        if line_nos is not UNSET:
            field_dict["line_nos"] = line_nos
        if minimum_percent is not UNSET:
            field_dict["minimum_percent"] = minimum_percent
        if maximum_percent is not UNSET:
            field_dict["maximum_percent"] = maximum_percent

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        basis = check_scenario_share_basis(d.pop("basis"))

        def _parse_supplier_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        supplier_id = _parse_supplier_id(d.pop("supplier_id", UNSET))

        def _parse_line_nos(data: object) -> list[int] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                line_nos_type_0 = cast(list[int], data)

                return line_nos_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[int] | None | Unset, data)

        line_nos = _parse_line_nos(d.pop("line_nos", UNSET))

        def _parse_minimum_percent(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        minimum_percent = _parse_minimum_percent(d.pop("minimum_percent", UNSET))

        def _parse_maximum_percent(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        maximum_percent = _parse_maximum_percent(d.pop("maximum_percent", UNSET))

        built_ = cls(
            basis=basis,
            supplier_id=supplier_id,
            line_nos=line_nos,
            minimum_percent=minimum_percent,
            maximum_percent=maximum_percent,
        )

        return built_
