from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.scenario_proposal_line import ScenarioProposalLine


T = TypeVar("T", bound="ScenarioProposal")


@_attrs_define
class ScenarioProposal:
    """A body for `propose_award`, to be sent as it is."""

    quote_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    lines: list[ScenarioProposalLine]
    """ What it is about, line by line. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        quote_id = self.quote_id

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "quote_id": quote_id,
                "lines": lines,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.scenario_proposal_line import ScenarioProposalLine  # noqa: PLC0415

        d = dict(src_dict)
        quote_id = d.pop("quote_id")

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = ScenarioProposalLine.from_dict(lines_item_data)

            lines.append(lines_item)

        built_ = cls(
            quote_id=quote_id,
            lines=lines,
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
