from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="AwardScenarioEventData")


@_attrs_define
class AwardScenarioEventData:
    """What the event says besides. Members that a release did not know are absent; there is never a price."""

    rfq_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    outcome: None | str | Unset = UNSET
    """ How it ended. """
    suppliers: int | None | Unset = UNSET
    """ How many suppliers get something. """
    lines_left_out: int | None | Unset = UNSET
    """ Lines that the scenario leaves out. """
    truncated: bool | Unset = UNSET
    """ Only in webhooks: the event says too much for a message; read the rest in the feed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        rfq_id: None | str | Unset
        if isinstance(self.rfq_id, Unset):
            rfq_id = UNSET
        else:
            rfq_id = self.rfq_id

        outcome: None | str | Unset
        if isinstance(self.outcome, Unset):
            outcome = UNSET
        else:
            outcome = self.outcome

        suppliers: int | None | Unset
        if isinstance(self.suppliers, Unset):
            suppliers = UNSET
        else:
            suppliers = self.suppliers

        lines_left_out: int | None | Unset
        if isinstance(self.lines_left_out, Unset):
            lines_left_out = UNSET
        else:
            lines_left_out = self.lines_left_out

        truncated = self.truncated

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if rfq_id is not UNSET:
            field_dict["rfq_id"] = rfq_id
        if outcome is not UNSET:
            field_dict["outcome"] = outcome
        if suppliers is not UNSET:
            field_dict["suppliers"] = suppliers
        if lines_left_out is not UNSET:
            field_dict["lines_left_out"] = lines_left_out
        if truncated is not UNSET:
            field_dict["truncated"] = truncated

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_rfq_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        rfq_id = _parse_rfq_id(d.pop("rfq_id", UNSET))

        def _parse_outcome(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        outcome = _parse_outcome(d.pop("outcome", UNSET))

        def _parse_suppliers(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        suppliers = _parse_suppliers(d.pop("suppliers", UNSET))

        def _parse_lines_left_out(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        lines_left_out = _parse_lines_left_out(d.pop("lines_left_out", UNSET))

        truncated = d.pop("truncated", UNSET)

        built_ = cls(
            rfq_id=rfq_id,
            outcome=outcome,
            suppliers=suppliers,
            lines_left_out=lines_left_out,
            truncated=truncated,
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
