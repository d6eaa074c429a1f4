from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.price_break_in import PriceBreakIn


T = TypeVar("T", bound="AlternateIn")


@_attrs_define
class AlternateIn:
    """Another way to make the line: what differs, and its own prices. Only where the line allows alternates."""

    no: int
    """ Number of the alternative on its line. """
    material: None | str | Unset = UNSET
    """ Material by name or standard, for example S45C; null when not stated. """
    processes: list[str] | Unset = UNSET
    """ Manufacturing processes, by code. """
    description: None | str | Unset = UNSET
    """ Free text; null when there is none. """
    breaks: list[PriceBreakIn] | Unset = UNSET
    """ Prices by quantity: each counts from its least quantity on. """
    lead_time_days: int | None | Unset = UNSET
    """ Calendar days from the order to readiness for despatch; null when not told. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        no = self.no

        material: None | str | Unset
        if isinstance(self.material, Unset):
            material = UNSET
        else:
            material = self.material

        processes: list[str] | Unset = UNSET
        if not isinstance(self.processes, Unset):
            processes = self.processes

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        breaks: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.breaks, Unset):
            breaks = []
            for breaks_item_data in self.breaks:
                breaks_item = breaks_item_data.to_dict()
                breaks.append(breaks_item)

        lead_time_days: int | None | Unset
        if isinstance(self.lead_time_days, Unset):
            lead_time_days = UNSET
        else:
            lead_time_days = self.lead_time_days

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "no": no,
            }
        )
        if material is not UNSET:
            field_dict["material"] = material
        if processes is not UNSET:
            field_dict["processes"] = processes
        if description is not UNSET:
            field_dict["description"] = description
        if breaks is not UNSET:
            field_dict["breaks"] = breaks
        if lead_time_days is not UNSET:
            field_dict["lead_time_days"] = lead_time_days
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.price_break_in import PriceBreakIn  # noqa: PLC0415

        d = dict(src_dict)
        no = d.pop("no")

        def _parse_material(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        material = _parse_material(d.pop("material", UNSET))

        processes = cast(list[str], d.pop("processes", UNSET))

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        _breaks = d.pop("breaks", UNSET)
        breaks: list[PriceBreakIn] | Unset = UNSET
        if _breaks is not UNSET:
            breaks = []
            for breaks_item_data in _breaks:
                breaks_item = PriceBreakIn.from_dict(breaks_item_data)

                breaks.append(breaks_item)

        def _parse_lead_time_days(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        lead_time_days = _parse_lead_time_days(d.pop("lead_time_days", UNSET))

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        built_ = cls(
            no=no,
            material=material,
            processes=processes,
            description=description,
            breaks=breaks,
            lead_time_days=lead_time_days,
            note=note,
        )

        return built_
