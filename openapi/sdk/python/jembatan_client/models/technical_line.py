from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.characteristic_answer import CharacteristicAnswer
    from ..models.local_content import LocalContent
    from ..models.technical_tooling import TechnicalTooling


T = TypeVar("T", bound="TechnicalLine")


@_attrs_define
class TechnicalLine:
    """What of one line is read before prices are."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    answer: str
    """ Whether the line has a price or is declined; the price is in the other envelope.

    Known values: priced, declined. """
    decline_reason: None | str
    """ Code of a vocabulary. """
    lead_time_days: int | None
    """ Calendar days from the order to readiness for despatch; null when not told. """
    capacity_per_month: None | str
    """ Exact decimal. """
    tooling: None | TechnicalTooling
    local_content: LocalContent | None
    outside_processes: list[str]
    """ Processes that are done by others, by code. """
    characteristics: list[CharacteristicAnswer]
    """ What the supplier answers to each characteristic. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.local_content import LocalContent  # noqa: PLC0415
        from ..models.technical_tooling import TechnicalTooling  # noqa: PLC0415

        line_no = self.line_no

        answer = self.answer

        decline_reason: None | str
        decline_reason = self.decline_reason

        lead_time_days: int | None
        lead_time_days = self.lead_time_days

        capacity_per_month: None | str
        capacity_per_month = self.capacity_per_month

        tooling: dict[str, Any] | None
        if isinstance(self.tooling, TechnicalTooling):
            tooling = self.tooling.to_dict()
        else:
            tooling = self.tooling

        local_content: dict[str, Any] | None
        if isinstance(self.local_content, LocalContent):
            local_content = self.local_content.to_dict()
        else:
            local_content = self.local_content

        outside_processes = self.outside_processes

        characteristics = []
        for characteristics_item_data in self.characteristics:
            characteristics_item = characteristics_item_data.to_dict()
            characteristics.append(characteristics_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "line_no": line_no,
                "answer": answer,
                "decline_reason": decline_reason,
                "lead_time_days": lead_time_days,
                "capacity_per_month": capacity_per_month,
                "tooling": tooling,
                "local_content": local_content,
                "outside_processes": outside_processes,
                "characteristics": characteristics,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.characteristic_answer import CharacteristicAnswer  # noqa: PLC0415
        from ..models.local_content import LocalContent  # noqa: PLC0415
        from ..models.technical_tooling import TechnicalTooling  # noqa: PLC0415

        d = dict(src_dict)
        line_no = d.pop("line_no")

        answer = d.pop("answer")

        def _parse_decline_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        decline_reason = _parse_decline_reason(d.pop("decline_reason"))

        def _parse_lead_time_days(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        lead_time_days = _parse_lead_time_days(d.pop("lead_time_days"))

        def _parse_capacity_per_month(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        capacity_per_month = _parse_capacity_per_month(d.pop("capacity_per_month"))

        def _parse_tooling(data: object) -> None | TechnicalTooling:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                tooling_type_0 = TechnicalTooling.from_dict(data)

                return tooling_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TechnicalTooling, data)

        tooling = _parse_tooling(d.pop("tooling"))

        def _parse_local_content(data: object) -> LocalContent | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                local_content_type_0 = LocalContent.from_dict(data)

                return local_content_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(LocalContent | None, data)

        local_content = _parse_local_content(d.pop("local_content"))

        outside_processes = cast(list[str], d.pop("outside_processes"))

        characteristics = []
        _characteristics = d.pop("characteristics")
        for characteristics_item_data in _characteristics:
            characteristics_item = CharacteristicAnswer.from_dict(characteristics_item_data)

            characteristics.append(characteristics_item)

        built_ = cls(
            line_no=line_no,
            answer=answer,
            decline_reason=decline_reason,
            lead_time_days=lead_time_days,
            capacity_per_month=capacity_per_month,
            tooling=tooling,
            local_content=local_content,
            outside_processes=outside_processes,
            characteristics=characteristics,
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
