from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.characteristic_answer import CharacteristicAnswer
    from ..models.cost_breakdown import CostBreakdown
    from ..models.local_content import LocalContent
    from ..models.price_break import PriceBreak
    from ..models.quote_alternate import QuoteAlternate
    from ..models.tooling import Tooling


T = TypeVar("T", bound="QuoteLine")


@_attrs_define
class QuoteLine:
    """The answer to one line."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    answer: str
    """ Whether the line has a price or is declined.

    Known values: priced, declined. """
    line_digest: str
    """ Digest of the line as it was quoted or ordered: whether it changed since is told by comparing. """
    decline_reason: None | str
    """ Code of a vocabulary. """
    breaks: list[PriceBreak]
    """ Prices by quantity: each counts from its least quantity on. """
    minimum_order_quantity: None | str
    """ Exact decimal. """
    lead_time_days: int | None
    """ Calendar days from the order to readiness for despatch; null when not told. """
    capacity_per_month: None | str
    """ Exact decimal. """
    tooling: None | Tooling
    cost_breakdown: CostBreakdown | None
    local_content: LocalContent | None
    outside_processes: list[str]
    """ Processes that are done by others, by code. """
    characteristics: list[CharacteristicAnswer]
    """ What the supplier answers to each characteristic. """
    note: None | str
    """ Remark for people; null when there is none. """
    alternates: list[QuoteAlternate]
    """ What the supplier offers instead of, or beside, what is asked. """
    stated_total: None | str
    """ Exact decimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.cost_breakdown import CostBreakdown  # noqa: PLC0415
        from ..models.local_content import LocalContent  # noqa: PLC0415
        from ..models.tooling import Tooling  # noqa: PLC0415

        line_no = self.line_no

        answer = self.answer

        line_digest = self.line_digest

        decline_reason: None | str
        decline_reason = self.decline_reason

        breaks = []
        for breaks_item_data in self.breaks:
            breaks_item = breaks_item_data.to_dict()
            breaks.append(breaks_item)

        minimum_order_quantity: None | str
        minimum_order_quantity = self.minimum_order_quantity

        lead_time_days: int | None
        lead_time_days = self.lead_time_days

        capacity_per_month: None | str
        capacity_per_month = self.capacity_per_month

        tooling: dict[str, Any] | None
        if isinstance(self.tooling, Tooling):
            tooling = self.tooling.to_dict()
        else:
            tooling = self.tooling

        cost_breakdown: dict[str, Any] | None
        if isinstance(self.cost_breakdown, CostBreakdown):
            cost_breakdown = self.cost_breakdown.to_dict()
        else:
            cost_breakdown = self.cost_breakdown

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

        note: None | str
        note = self.note

        alternates = []
        for alternates_item_data in self.alternates:
            alternates_item = alternates_item_data.to_dict()
            alternates.append(alternates_item)

        stated_total: None | str
        stated_total = self.stated_total

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "line_no": line_no,
                "answer": answer,
                "line_digest": line_digest,
                "decline_reason": decline_reason,
                "breaks": breaks,
                "minimum_order_quantity": minimum_order_quantity,
                "lead_time_days": lead_time_days,
                "capacity_per_month": capacity_per_month,
                "tooling": tooling,
                "cost_breakdown": cost_breakdown,
                "local_content": local_content,
                "outside_processes": outside_processes,
                "characteristics": characteristics,
                "note": note,
                "alternates": alternates,
                "stated_total": stated_total,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.characteristic_answer import CharacteristicAnswer  # noqa: PLC0415
        from ..models.cost_breakdown import CostBreakdown  # noqa: PLC0415
        from ..models.local_content import LocalContent  # noqa: PLC0415
        from ..models.price_break import PriceBreak  # noqa: PLC0415
        from ..models.quote_alternate import QuoteAlternate  # noqa: PLC0415
        from ..models.tooling import Tooling  # noqa: PLC0415

        d = dict(src_dict)
        line_no = d.pop("line_no")

        answer = d.pop("answer")

        line_digest = d.pop("line_digest")

        def _parse_decline_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        decline_reason = _parse_decline_reason(d.pop("decline_reason"))

        breaks = []
        _breaks = d.pop("breaks")
        for breaks_item_data in _breaks:
            breaks_item = PriceBreak.from_dict(breaks_item_data)

            breaks.append(breaks_item)

        def _parse_minimum_order_quantity(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        minimum_order_quantity = _parse_minimum_order_quantity(d.pop("minimum_order_quantity"))

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

        def _parse_tooling(data: object) -> None | Tooling:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                tooling_type_0 = Tooling.from_dict(data)

                return tooling_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Tooling, data)

        tooling = _parse_tooling(d.pop("tooling"))

        def _parse_cost_breakdown(data: object) -> CostBreakdown | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                cost_breakdown_type_0 = CostBreakdown.from_dict(data)

                return cost_breakdown_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CostBreakdown | None, data)

        cost_breakdown = _parse_cost_breakdown(d.pop("cost_breakdown"))

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

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        alternates = []
        _alternates = d.pop("alternates")
        for alternates_item_data in _alternates:
            alternates_item = QuoteAlternate.from_dict(alternates_item_data)

            alternates.append(alternates_item)

        def _parse_stated_total(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        stated_total = _parse_stated_total(d.pop("stated_total"))

        built_ = cls(
            line_no=line_no,
            answer=answer,
            line_digest=line_digest,
            decline_reason=decline_reason,
            breaks=breaks,
            minimum_order_quantity=minimum_order_quantity,
            lead_time_days=lead_time_days,
            capacity_per_month=capacity_per_month,
            tooling=tooling,
            cost_breakdown=cost_breakdown,
            local_content=local_content,
            outside_processes=outside_processes,
            characteristics=characteristics,
            note=note,
            alternates=alternates,
            stated_total=stated_total,
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
