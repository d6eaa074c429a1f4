from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="BidColumn")


@_attrs_define
class BidColumn:
    """One quote and its sums over the lines it prices.

    `carriage`: who bears it under the Incoterms rule of the quote, else of the RFQ. `payment_days_used`: the quote's,
    else
    the RFQ's, else the reference. Sums that need a figure which is not known are null. Each supplier's newest opened
    quote
    counts: an earlier one is `superseded` and has no rank. `amended` says that a counter-offer was accepted, and the
    figures are what was agreed. `rank` knows costs alone, `score_rank` the weighted criteria too
    (`GET /v1/rfqs/{rfq_id}/ranking` says how); scores are null while they are kept from the reader.

    """

    quote_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_name: str
    """ Name of the supplying organisation. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    currency: str
    """ ISO 4217 code. """
    rate: None | str
    """ Exact decimal: base currency for one unit. """
    valid_until: datetime.date
    """ Calendar day. """
    incoterm: None | str
    """ Incoterms 2020 rule by its three letters; null when not agreed. """
    delivery_place: None | str
    """ Where it is to be delivered; null when not agreed. """
    carriage: str
    """ Who pays for the carriage under the quote's Incoterm.

    Known values: seller, buyer. """
    payment_days: int | None
    """ Calendar days from the invoice to payment; null when not agreed. """
    payment_days_used: int
    """ Days of payment that the comparison reckoned with. """
    lead_time_days: int | None
    """ Calendar days from the order to readiness for despatch; null when not told. """
    round_: int
    """ Round of quoting, from 1. """
    shortlisted: bool
    """ Whether the quote is on the buyer's shortlist. """
    amended: bool
    """ Whether a counter-offer that was accepted has changed the quote. """
    minimum_order_value: None | str
    """ Exact decimal. """
    lines_priced: int
    """ Lines that have a price. """
    lines_below_minimum: int
    """ Lines of which less is asked for than the supplier's least quantity. """
    is_complete: bool
    """ Whether every line has a price. """
    deviations: int
    """ How many characteristics the quote does not comply with. """
    total: str
    """ Exact decimal. """
    tooling: str
    """ Exact decimal. """
    total_with_tooling: str
    """ Exact decimal. """
    tooling_due: str
    """ Exact decimal. """
    minimum_excess: str
    """ Exact decimal. """
    freight: None | str
    """ Exact decimal. """
    payment_terms: str
    """ Exact decimal. """
    total_cost: None | str
    """ Exact decimal. """
    total_cost_base: None | str
    """ Exact decimal. """
    rank: int | None
    """ Place by total cost, from 1; null when not ranked. """
    unranked_reason: None | str
    """ Why there is no place: no rate of exchange, or no mass for the freight; null when there is one.

    Known values: no_rate, no_mass. """
    technical_score: None | str
    """ Exact decimal. """
    price_score: None | str
    """ Exact decimal. """
    score: None | str
    """ Exact decimal. """
    score_rank: int | None
    """ Place by score, from 1; null when not ranked. """
    below_threshold: bool
    """ Whether a technical score is below its threshold, so that the quote is out of the running. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        quote_id = self.quote_id

        supplier_id = self.supplier_id

        supplier_name = self.supplier_name

        state = self.state

        currency = self.currency

        rate: None | str
        rate = self.rate

        valid_until = self.valid_until.isoformat()

        incoterm: None | str
        incoterm = self.incoterm

        delivery_place: None | str
        delivery_place = self.delivery_place

        carriage = self.carriage

        payment_days: int | None
        payment_days = self.payment_days

        payment_days_used = self.payment_days_used

        lead_time_days: int | None
        lead_time_days = self.lead_time_days

        round_ = self.round_

        shortlisted = self.shortlisted

        amended = self.amended

        minimum_order_value: None | str
        minimum_order_value = self.minimum_order_value

        lines_priced = self.lines_priced

        lines_below_minimum = self.lines_below_minimum

        is_complete = self.is_complete

        deviations = self.deviations

        total = self.total

        tooling = self.tooling

        total_with_tooling = self.total_with_tooling

        tooling_due = self.tooling_due

        minimum_excess = self.minimum_excess

        freight: None | str
        freight = self.freight

        payment_terms = self.payment_terms

        total_cost: None | str
        total_cost = self.total_cost

        total_cost_base: None | str
        total_cost_base = self.total_cost_base

        rank: int | None
        rank = self.rank

        unranked_reason: None | str
        unranked_reason = self.unranked_reason

        technical_score: None | str
        technical_score = self.technical_score

        price_score: None | str
        price_score = self.price_score

        score: None | str
        score = self.score

        score_rank: int | None
        score_rank = self.score_rank

        below_threshold = self.below_threshold

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "quote_id": quote_id,
                "supplier_id": supplier_id,
                "supplier_name": supplier_name,
                "state": state,
                "currency": currency,
                "rate": rate,
                "valid_until": valid_until,
                "incoterm": incoterm,
                "delivery_place": delivery_place,
                "carriage": carriage,
                "payment_days": payment_days,
                "payment_days_used": payment_days_used,
                "lead_time_days": lead_time_days,
                "round": round_,
                "shortlisted": shortlisted,
                "amended": amended,
                "minimum_order_value": minimum_order_value,
                "lines_priced": lines_priced,
                "lines_below_minimum": lines_below_minimum,
                "is_complete": is_complete,
                "deviations": deviations,
                "total": total,
                "tooling": tooling,
                "total_with_tooling": total_with_tooling,
                "tooling_due": tooling_due,
                "minimum_excess": minimum_excess,
                "freight": freight,
                "payment_terms": payment_terms,
                "total_cost": total_cost,
                "total_cost_base": total_cost_base,
                "rank": rank,
                "unranked_reason": unranked_reason,
                "technical_score": technical_score,
                "price_score": price_score,
                "score": score,
                "score_rank": score_rank,
                "below_threshold": below_threshold,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        quote_id = d.pop("quote_id")

        supplier_id = d.pop("supplier_id")

        supplier_name = d.pop("supplier_name")

        state = d.pop("state")

        currency = d.pop("currency")

        def _parse_rate(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        rate = _parse_rate(d.pop("rate"))

        valid_until = datetime.date.fromisoformat(d.pop("valid_until"))

        def _parse_incoterm(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        incoterm = _parse_incoterm(d.pop("incoterm"))

        def _parse_delivery_place(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        delivery_place = _parse_delivery_place(d.pop("delivery_place"))

        carriage = d.pop("carriage")

        def _parse_payment_days(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        payment_days = _parse_payment_days(d.pop("payment_days"))

        payment_days_used = d.pop("payment_days_used")

        def _parse_lead_time_days(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        lead_time_days = _parse_lead_time_days(d.pop("lead_time_days"))

        round_ = d.pop("round")

        shortlisted = d.pop("shortlisted")

        amended = d.pop("amended")

        def _parse_minimum_order_value(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        minimum_order_value = _parse_minimum_order_value(d.pop("minimum_order_value"))

        lines_priced = d.pop("lines_priced")

        lines_below_minimum = d.pop("lines_below_minimum")

        is_complete = d.pop("is_complete")

        deviations = d.pop("deviations")

        total = d.pop("total")

        tooling = d.pop("tooling")

        total_with_tooling = d.pop("total_with_tooling")

        tooling_due = d.pop("tooling_due")

        minimum_excess = d.pop("minimum_excess")

        def _parse_freight(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        freight = _parse_freight(d.pop("freight"))

        payment_terms = d.pop("payment_terms")

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

        def _parse_rank(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        rank = _parse_rank(d.pop("rank"))

        def _parse_unranked_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        unranked_reason = _parse_unranked_reason(d.pop("unranked_reason"))

        def _parse_technical_score(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        technical_score = _parse_technical_score(d.pop("technical_score"))

        def _parse_price_score(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        price_score = _parse_price_score(d.pop("price_score"))

        def _parse_score(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        score = _parse_score(d.pop("score"))

        def _parse_score_rank(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        score_rank = _parse_score_rank(d.pop("score_rank"))

        below_threshold = d.pop("below_threshold")

        built_ = cls(
            quote_id=quote_id,
            supplier_id=supplier_id,
            supplier_name=supplier_name,
            state=state,
            currency=currency,
            rate=rate,
            valid_until=valid_until,
            incoterm=incoterm,
            delivery_place=delivery_place,
            carriage=carriage,
            payment_days=payment_days,
            payment_days_used=payment_days_used,
            lead_time_days=lead_time_days,
            round_=round_,
            shortlisted=shortlisted,
            amended=amended,
            minimum_order_value=minimum_order_value,
            lines_priced=lines_priced,
            lines_below_minimum=lines_below_minimum,
            is_complete=is_complete,
            deviations=deviations,
            total=total,
            tooling=tooling,
            total_with_tooling=total_with_tooling,
            tooling_due=tooling_due,
            minimum_excess=minimum_excess,
            freight=freight,
            payment_terms=payment_terms,
            total_cost=total_cost,
            total_cost_base=total_cost_base,
            rank=rank,
            unranked_reason=unranked_reason,
            technical_score=technical_score,
            price_score=price_score,
            score=score,
            score_rank=score_rank,
            below_threshold=below_threshold,
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
