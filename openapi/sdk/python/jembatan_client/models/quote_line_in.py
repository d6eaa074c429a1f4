from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.quote_line_in_answer import QuoteLineInAnswer, check_quote_line_in_answer
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.alternate_in import AlternateIn
    from ..models.characteristic_answer_in import CharacteristicAnswerIn
    from ..models.cost_breakdown_in import CostBreakdownIn
    from ..models.local_content_in import LocalContentIn
    from ..models.price_break_in import PriceBreakIn
    from ..models.tooling_in import ToolingIn


T = TypeVar("T", bound="QuoteLineIn")


@_attrs_define
class QuoteLineIn:
    """The answer to one line: priced with breaks, or declined with a code of `no_quote_reasons`.

    Without `line_digest` the line's present revision is priced.

    """

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    answer: QuoteLineInAnswer | Unset = "priced"
    """ Whether you price the line or decline it. """
    line_digest: None | str | Unset = UNSET
    """ Digest of the line priced. """
    decline_reason: None | str | Unset = UNSET
    """ Code of a vocabulary. """
    breaks: list[PriceBreakIn] | Unset = UNSET
    """ Prices by quantity: each counts from its least quantity on. """
    minimum_order_quantity: None | str | Unset = UNSET
    """ Exact decimal. """
    lead_time_days: int | None | Unset = UNSET
    """ Calendar days from the order to readiness for despatch; null when not told. """
    capacity_per_month: None | str | Unset = UNSET
    """ Exact decimal. """
    tooling: None | ToolingIn | Unset = UNSET
    cost_breakdown: CostBreakdownIn | None | Unset = UNSET
    local_content: LocalContentIn | None | Unset = UNSET
    outside_processes: list[str] | Unset = UNSET
    """ Processes that are done by others, by code. """
    characteristics: list[CharacteristicAnswerIn] | Unset = UNSET
    """ What you answer to each characteristic; those left out count as complied with. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """
    alternates: list[AlternateIn] | Unset = UNSET
    """ What the supplier offers instead of, or beside, what is asked. """
    stated_total: None | str | Unset = UNSET
    """ Exact decimal. """

    def to_dict(self) -> dict[str, Any]:
        from ..models.cost_breakdown_in import CostBreakdownIn  # noqa: PLC0415
        from ..models.local_content_in import LocalContentIn  # noqa: PLC0415
        from ..models.tooling_in import ToolingIn  # noqa: PLC0415

        line_no = self.line_no

        answer: str | Unset = UNSET
        if not isinstance(self.answer, Unset):
            answer = self.answer

        line_digest: None | str | Unset
        if isinstance(self.line_digest, Unset):
            line_digest = UNSET
        else:
            line_digest = self.line_digest

        decline_reason: None | str | Unset
        if isinstance(self.decline_reason, Unset):
            decline_reason = UNSET
        else:
            decline_reason = self.decline_reason

        breaks: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.breaks, Unset):
            breaks = []
            for breaks_item_data in self.breaks:
                breaks_item = breaks_item_data.to_dict()
                breaks.append(breaks_item)

        minimum_order_quantity: None | str | Unset
        if isinstance(self.minimum_order_quantity, Unset):
            minimum_order_quantity = UNSET
        else:
            minimum_order_quantity = self.minimum_order_quantity

        lead_time_days: int | None | Unset
        if isinstance(self.lead_time_days, Unset):
            lead_time_days = UNSET
        else:
            lead_time_days = self.lead_time_days

        capacity_per_month: None | str | Unset
        if isinstance(self.capacity_per_month, Unset):
            capacity_per_month = UNSET
        else:
            capacity_per_month = self.capacity_per_month

        tooling: dict[str, Any] | None | Unset
        if isinstance(self.tooling, Unset):
            tooling = UNSET
        elif isinstance(self.tooling, ToolingIn):
            tooling = self.tooling.to_dict()
        else:
            tooling = self.tooling

        cost_breakdown: dict[str, Any] | None | Unset
        if isinstance(self.cost_breakdown, Unset):
            cost_breakdown = UNSET
        elif isinstance(self.cost_breakdown, CostBreakdownIn):
            cost_breakdown = self.cost_breakdown.to_dict()
        else:
            cost_breakdown = self.cost_breakdown

        local_content: dict[str, Any] | None | Unset
        if isinstance(self.local_content, Unset):
            local_content = UNSET
        elif isinstance(self.local_content, LocalContentIn):
            local_content = self.local_content.to_dict()
        else:
            local_content = self.local_content

        outside_processes: list[str] | Unset = UNSET
        if not isinstance(self.outside_processes, Unset):
            outside_processes = self.outside_processes

        characteristics: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.characteristics, Unset):
            characteristics = []
            for characteristics_item_data in self.characteristics:
                characteristics_item = characteristics_item_data.to_dict()
                characteristics.append(characteristics_item)

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        alternates: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.alternates, Unset):
            alternates = []
            for alternates_item_data in self.alternates:
                alternates_item = alternates_item_data.to_dict()
                alternates.append(alternates_item)

        stated_total: None | str | Unset
        if isinstance(self.stated_total, Unset):
            stated_total = UNSET
        else:
            stated_total = self.stated_total

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "line_no": line_no,
            }
        )
        if answer is not UNSET:
            field_dict["answer"] = answer
        if line_digest is not UNSET:
            field_dict["line_digest"] = line_digest
        if decline_reason is not UNSET:
            field_dict["decline_reason"] = decline_reason
        if breaks is not UNSET:
            field_dict["breaks"] = breaks
        if minimum_order_quantity is not UNSET:
            field_dict["minimum_order_quantity"] = minimum_order_quantity
        if lead_time_days is not UNSET:
            field_dict["lead_time_days"] = lead_time_days
        if capacity_per_month is not UNSET:
            field_dict["capacity_per_month"] = capacity_per_month
        if tooling is not UNSET:
            field_dict["tooling"] = tooling
        if cost_breakdown is not UNSET:
            field_dict["cost_breakdown"] = cost_breakdown
        if local_content is not UNSET:
            field_dict["local_content"] = local_content
        if outside_processes is not UNSET:
            field_dict["outside_processes"] = outside_processes
        if characteristics is not UNSET:
            field_dict["characteristics"] = characteristics
        if note is not UNSET:
            field_dict["note"] = note
        if alternates is not UNSET:
            field_dict["alternates"] = alternates
        if stated_total is not UNSET:
            field_dict["stated_total"] = stated_total

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.alternate_in import AlternateIn  # noqa: PLC0415
        from ..models.characteristic_answer_in import CharacteristicAnswerIn  # noqa: PLC0415
        from ..models.cost_breakdown_in import CostBreakdownIn  # noqa: PLC0415
        from ..models.local_content_in import LocalContentIn  # noqa: PLC0415
        from ..models.price_break_in import PriceBreakIn  # noqa: PLC0415
        from ..models.tooling_in import ToolingIn  # noqa: PLC0415

        d = dict(src_dict)
        line_no = d.pop("line_no")

        _answer = d.pop("answer", UNSET)
        answer: QuoteLineInAnswer | Unset
        if isinstance(_answer, Unset):
            answer = UNSET
        else:
            answer = check_quote_line_in_answer(_answer)

        def _parse_line_digest(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        line_digest = _parse_line_digest(d.pop("line_digest", UNSET))

        def _parse_decline_reason(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        decline_reason = _parse_decline_reason(d.pop("decline_reason", UNSET))

        _breaks = d.pop("breaks", UNSET)
        breaks: list[PriceBreakIn] | Unset = UNSET
        if _breaks is not UNSET:
            breaks = []
            for breaks_item_data in _breaks:
                breaks_item = PriceBreakIn.from_dict(breaks_item_data)

                breaks.append(breaks_item)

        def _parse_minimum_order_quantity(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        minimum_order_quantity = _parse_minimum_order_quantity(d.pop("minimum_order_quantity", UNSET))

        def _parse_lead_time_days(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        lead_time_days = _parse_lead_time_days(d.pop("lead_time_days", UNSET))

        def _parse_capacity_per_month(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        capacity_per_month = _parse_capacity_per_month(d.pop("capacity_per_month", UNSET))

        def _parse_tooling(data: object) -> None | ToolingIn | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                tooling_type_0 = ToolingIn.from_dict(data)

                return tooling_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ToolingIn | Unset, data)

        tooling = _parse_tooling(d.pop("tooling", UNSET))

        def _parse_cost_breakdown(data: object) -> CostBreakdownIn | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                cost_breakdown_type_0 = CostBreakdownIn.from_dict(data)

                return cost_breakdown_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CostBreakdownIn | None | Unset, data)

        cost_breakdown = _parse_cost_breakdown(d.pop("cost_breakdown", UNSET))

        def _parse_local_content(data: object) -> LocalContentIn | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                local_content_type_0 = LocalContentIn.from_dict(data)

                return local_content_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(LocalContentIn | None | Unset, data)

        local_content = _parse_local_content(d.pop("local_content", UNSET))

        outside_processes = cast(list[str], d.pop("outside_processes", UNSET))

        _characteristics = d.pop("characteristics", UNSET)
        characteristics: list[CharacteristicAnswerIn] | Unset = UNSET
        if _characteristics is not UNSET:
            characteristics = []
            for characteristics_item_data in _characteristics:
                characteristics_item = CharacteristicAnswerIn.from_dict(characteristics_item_data)

                characteristics.append(characteristics_item)

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        _alternates = d.pop("alternates", UNSET)
        alternates: list[AlternateIn] | Unset = UNSET
        if _alternates is not UNSET:
            alternates = []
            for alternates_item_data in _alternates:
                alternates_item = AlternateIn.from_dict(alternates_item_data)

                alternates.append(alternates_item)

        def _parse_stated_total(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        stated_total = _parse_stated_total(d.pop("stated_total", UNSET))

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

        return built_
