from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quote_alternate import QuoteAlternate


T = TypeVar("T", bound="BidCell")


@_attrs_define
class BidCell:
    """What one quote says of one line at the quantity compared at; figures are null where there is no price.

    `deviates`: priced, not to every characteristic. `below_minimum`: no less than `minimum_quantity` is sold, and the
    figures are for buying that much. `excluded`: out of the running, see `excluded_reason`. `rank` 1 is the least
    `total_cost_base`; a cell that competes without a rank says why in `unranked_reason`. `excluded_reason` `outdated`:
    a price
    that was not confirmed again after an addendum changed the line. `alternates` inform; no figure is made of them.

    """

    state: str
    """ What the quote says of the line.

    Known values: priced, deviates, below_minimum, not_quoted, declined, excluded. """
    decline_reason: None | str
    """ Why it was declined, as a code; null when it was not. """
    excluded_reason: None | str
    """ Why the quote is not in the running; null when it is.

    Known values: disqualified, expired, superseded, outdated. """
    unranked_reason: None | str
    """ Why there is no place: no rate of exchange, or no mass for the freight; null when there is one.

    Known values: no_rate, no_mass. """
    minimum_quantity: None | str
    """ Exact decimal. """
    quantity_bought: None | str
    """ Exact decimal. """
    unit_price: None | str
    """ Exact decimal. """
    total: None | str
    """ Exact decimal. """
    minimum_excess: None | str
    """ Exact decimal. """
    tooling: None | str
    """ Exact decimal. """
    tooling_pieces: int | None
    """ Pieces over which tooling is spread; null where there is none. """
    tooling_per_piece: None | str
    """ Exact decimal. """
    tooling_due: None | str
    """ Exact decimal. """
    total_with_tooling: None | str
    """ Exact decimal. """
    freight: None | str
    """ Exact decimal. """
    payment_terms: None | str
    """ Exact decimal. """
    total_cost: None | str
    """ Exact decimal. """
    total_cost_base: None | str
    """ Exact decimal. """
    lead_time_days: int | None
    """ Calendar days from the order to readiness for despatch; null when not told. """
    capacity_per_month: None | str
    """ Exact decimal. """
    capacity_months: None | str
    """ Exact decimal. """
    capacity_meets_need: bool | None
    """ Whether the capacity that was told covers the need; null where either is unknown. """
    local_content_percent: None | str
    """ Exact decimal. """
    local_content_basis: None | str
    """ On what the share of local content rests; null when no share is told. """
    deviations: int
    """ How many characteristics the quote does not comply with. """
    deviating: list[int]
    """ Numbers of the characteristics that the quote does not comply with. """
    rank: int | None
    """ Place by total cost, from 1; null when not ranked. """
    import_difference_percent: None | str
    """ Exact decimal. """
    alternates: list[QuoteAlternate]
    """ What the supplier offers instead of, or beside, what is asked. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        state = self.state

        decline_reason: None | str
        decline_reason = self.decline_reason

        excluded_reason: None | str
        excluded_reason = self.excluded_reason

        unranked_reason: None | str
        unranked_reason = self.unranked_reason

        minimum_quantity: None | str
        minimum_quantity = self.minimum_quantity

        quantity_bought: None | str
        quantity_bought = self.quantity_bought

        unit_price: None | str
        unit_price = self.unit_price

        total: None | str
        total = self.total

        minimum_excess: None | str
        minimum_excess = self.minimum_excess

        tooling: None | str
        tooling = self.tooling

        tooling_pieces: int | None
        tooling_pieces = self.tooling_pieces

        tooling_per_piece: None | str
        tooling_per_piece = self.tooling_per_piece

        tooling_due: None | str
        tooling_due = self.tooling_due

        total_with_tooling: None | str
        total_with_tooling = self.total_with_tooling

        freight: None | str
        freight = self.freight

        payment_terms: None | str
        payment_terms = self.payment_terms

        total_cost: None | str
        total_cost = self.total_cost

        total_cost_base: None | str
        total_cost_base = self.total_cost_base

        lead_time_days: int | None
        lead_time_days = self.lead_time_days

        capacity_per_month: None | str
        capacity_per_month = self.capacity_per_month

        capacity_months: None | str
        capacity_months = self.capacity_months

        capacity_meets_need: bool | None
        capacity_meets_need = self.capacity_meets_need

        local_content_percent: None | str
        local_content_percent = self.local_content_percent

        local_content_basis: None | str
        local_content_basis = self.local_content_basis

        deviations = self.deviations

        deviating = self.deviating

        rank: int | None
        rank = self.rank

        import_difference_percent: None | str
        import_difference_percent = self.import_difference_percent

        alternates = []
        for alternates_item_data in self.alternates:
            alternates_item = alternates_item_data.to_dict()
            alternates.append(alternates_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "state": state,
                "decline_reason": decline_reason,
                "excluded_reason": excluded_reason,
                "unranked_reason": unranked_reason,
                "minimum_quantity": minimum_quantity,
                "quantity_bought": quantity_bought,
                "unit_price": unit_price,
                "total": total,
                "minimum_excess": minimum_excess,
                "tooling": tooling,
                "tooling_pieces": tooling_pieces,
                "tooling_per_piece": tooling_per_piece,
                "tooling_due": tooling_due,
                "total_with_tooling": total_with_tooling,
                "freight": freight,
                "payment_terms": payment_terms,
                "total_cost": total_cost,
                "total_cost_base": total_cost_base,
                "lead_time_days": lead_time_days,
                "capacity_per_month": capacity_per_month,
                "capacity_months": capacity_months,
                "capacity_meets_need": capacity_meets_need,
                "local_content_percent": local_content_percent,
                "local_content_basis": local_content_basis,
                "deviations": deviations,
                "deviating": deviating,
                "rank": rank,
                "import_difference_percent": import_difference_percent,
                "alternates": alternates,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.quote_alternate import QuoteAlternate  # noqa: PLC0415

        d = dict(src_dict)
        state = d.pop("state")

        def _parse_decline_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        decline_reason = _parse_decline_reason(d.pop("decline_reason"))

        def _parse_excluded_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        excluded_reason = _parse_excluded_reason(d.pop("excluded_reason"))

        def _parse_unranked_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        unranked_reason = _parse_unranked_reason(d.pop("unranked_reason"))

        def _parse_minimum_quantity(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        minimum_quantity = _parse_minimum_quantity(d.pop("minimum_quantity"))

        def _parse_quantity_bought(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        quantity_bought = _parse_quantity_bought(d.pop("quantity_bought"))

        def _parse_unit_price(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        unit_price = _parse_unit_price(d.pop("unit_price"))

        def _parse_total(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        total = _parse_total(d.pop("total"))

        def _parse_minimum_excess(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        minimum_excess = _parse_minimum_excess(d.pop("minimum_excess"))

        def _parse_tooling(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        tooling = _parse_tooling(d.pop("tooling"))

        def _parse_tooling_pieces(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        tooling_pieces = _parse_tooling_pieces(d.pop("tooling_pieces"))

        def _parse_tooling_per_piece(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        tooling_per_piece = _parse_tooling_per_piece(d.pop("tooling_per_piece"))

        def _parse_tooling_due(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        tooling_due = _parse_tooling_due(d.pop("tooling_due"))

        def _parse_total_with_tooling(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        total_with_tooling = _parse_total_with_tooling(d.pop("total_with_tooling"))

        def _parse_freight(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        freight = _parse_freight(d.pop("freight"))

        def _parse_payment_terms(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        payment_terms = _parse_payment_terms(d.pop("payment_terms"))

        def _parse_total_cost(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        total_cost = _parse_total_cost(d.pop("total_cost"))

        def _parse_total_cost_base(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        total_cost_base = _parse_total_cost_base(d.pop("total_cost_base"))

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

        def _parse_capacity_months(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        capacity_months = _parse_capacity_months(d.pop("capacity_months"))

        def _parse_capacity_meets_need(data: object) -> bool | None:
            if data is None:
                return data
            return cast(bool | None, data)

        capacity_meets_need = _parse_capacity_meets_need(d.pop("capacity_meets_need"))

        def _parse_local_content_percent(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        local_content_percent = _parse_local_content_percent(d.pop("local_content_percent"))

        def _parse_local_content_basis(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        local_content_basis = _parse_local_content_basis(d.pop("local_content_basis"))

        deviations = d.pop("deviations")

        deviating = cast(list[int], d.pop("deviating"))

        def _parse_rank(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        rank = _parse_rank(d.pop("rank"))

        def _parse_import_difference_percent(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        import_difference_percent = _parse_import_difference_percent(d.pop("import_difference_percent"))

        alternates = []
        _alternates = d.pop("alternates")
        for alternates_item_data in _alternates:
            alternates_item = QuoteAlternate.from_dict(alternates_item_data)

            alternates.append(alternates_item)

        built_ = cls(
            state=state,
            decline_reason=decline_reason,
            excluded_reason=excluded_reason,
            unranked_reason=unranked_reason,
            minimum_quantity=minimum_quantity,
            quantity_bought=quantity_bought,
            unit_price=unit_price,
            total=total,
            minimum_excess=minimum_excess,
            tooling=tooling,
            tooling_pieces=tooling_pieces,
            tooling_per_piece=tooling_per_piece,
            tooling_due=tooling_due,
            total_with_tooling=total_with_tooling,
            freight=freight,
            payment_terms=payment_terms,
            total_cost=total_cost,
            total_cost_base=total_cost_base,
            lead_time_days=lead_time_days,
            capacity_per_month=capacity_per_month,
            capacity_months=capacity_months,
            capacity_meets_need=capacity_meets_need,
            local_content_percent=local_content_percent,
            local_content_basis=local_content_basis,
            deviations=deviations,
            deviating=deviating,
            rank=rank,
            import_difference_percent=import_difference_percent,
            alternates=alternates,
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
