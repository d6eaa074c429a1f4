from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.price_break import PriceBreak


T = TypeVar("T", bound="QuoteAlternate")


@_attrs_define
class QuoteAlternate:
    """Another way to make the line, with prices of its own. For information: it is not ranked and not awarded."""

    no: int
    """ Number of the alternative on its line. """
    material: None | str
    """ Material by name or standard, for example S45C; null when not stated. """
    processes: list[str]
    """ Manufacturing processes, by code. """
    description: None | str
    """ Free text; null when there is none. """
    breaks: list[PriceBreak]
    """ Prices by quantity: each counts from its least quantity on. """
    lead_time_days: int | None
    """ Calendar days from the order to readiness for despatch; null when not told. """
    note: None | str
    """ Remark for people; null when there is none. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        no = self.no

        material: None | str
        material = self.material

        processes = self.processes

        description: None | str
        description = self.description

        breaks = []
        for breaks_item_data in self.breaks:
            breaks_item = breaks_item_data.to_dict()
            breaks.append(breaks_item)

        lead_time_days: int | None
        lead_time_days = self.lead_time_days

        note: None | str
        note = self.note

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "no": no,
                "material": material,
                "processes": processes,
                "description": description,
                "breaks": breaks,
                "lead_time_days": lead_time_days,
                "note": note,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.price_break import PriceBreak  # noqa: PLC0415

        d = dict(src_dict)
        no = d.pop("no")

        def _parse_material(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        material = _parse_material(d.pop("material"))

        processes = cast(list[str], d.pop("processes"))

        def _parse_description(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        description = _parse_description(d.pop("description"))

        breaks = []
        _breaks = d.pop("breaks")
        for breaks_item_data in _breaks:
            breaks_item = PriceBreak.from_dict(breaks_item_data)

            breaks.append(breaks_item)

        def _parse_lead_time_days(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        lead_time_days = _parse_lead_time_days(d.pop("lead_time_days"))

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        built_ = cls(
            no=no,
            material=material,
            processes=processes,
            description=description,
            breaks=breaks,
            lead_time_days=lead_time_days,
            note=note,
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
