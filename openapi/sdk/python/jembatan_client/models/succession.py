from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.free_line import FreeLine


T = TypeVar("T", bound="Succession")


@_attrs_define
class Succession:
    """Who is next. `next_quote_id` is what `offer-next` would propose to; null with `rfq_actions` saying what is left."""

    award_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    lines: list[FreeLine]
    """ What it is about, line by line. """
    next_quote_id: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_state: str
    """ How far the RFQ is, as its own `state`. """
    rfq_actions: list[str]
    """ How its buyer may move the RFQ now; its `allowed_actions` name more besides. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        award_id = self.award_id

        rfq_id = self.rfq_id

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        next_quote_id: None | str
        next_quote_id = self.next_quote_id

        rfq_state = self.rfq_state

        rfq_actions = self.rfq_actions

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "award_id": award_id,
                "rfq_id": rfq_id,
                "lines": lines,
                "next_quote_id": next_quote_id,
                "rfq_state": rfq_state,
                "rfq_actions": rfq_actions,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.free_line import FreeLine  # noqa: PLC0415

        d = dict(src_dict)
        award_id = d.pop("award_id")

        rfq_id = d.pop("rfq_id")

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = FreeLine.from_dict(lines_item_data)

            lines.append(lines_item)

        def _parse_next_quote_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        next_quote_id = _parse_next_quote_id(d.pop("next_quote_id"))

        rfq_state = d.pop("rfq_state")

        rfq_actions = cast(list[str], d.pop("rfq_actions"))

        built_ = cls(
            award_id=award_id,
            rfq_id=rfq_id,
            lines=lines,
            next_quote_id=next_quote_id,
            rfq_state=rfq_state,
            rfq_actions=rfq_actions,
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
