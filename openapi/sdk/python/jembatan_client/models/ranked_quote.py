from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.criterion_score import CriterionScore


T = TypeVar("T", bound="RankedQuote")


@_attrs_define
class RankedQuote:
    """One quote's place. `score` is the sum of score x percent / 100 over `criteria`, 4 decimals, half to even.

    `technical_score` is the same over the technical criteria alone, by their percentages. `score_rank` 1 is the highest
    score in the same currency; `price_rank` is the rank of the comparison, without scores.

    """

    quote_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_name: str
    """ Name of the supplying organisation. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    currency: None | str
    """ ISO 4217 code; null where there is no amount. """
    technical_score: None | str
    """ Exact decimal. """
    price_score: None | str
    """ Exact decimal. """
    score: None | str
    """ Exact decimal. """
    score_rank: int | None
    """ Place by score, from 1; null when not ranked. """
    price_rank: int | None
    """ Place by price, from 1; null when not ranked. """
    below_threshold: bool
    """ Whether a technical score is below its threshold, so that the quote is out of the running. """
    unranked_because: None | str
    """ Why the quote has no place; null when it has one.

    Known values: no_criteria, out_of_running, below_threshold, incomplete, unscored, prices_sealed, hidden. """
    criteria: list[CriterionScore]
    """ The score by criterion. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        quote_id = self.quote_id

        supplier_id = self.supplier_id

        supplier_name = self.supplier_name

        state = self.state

        currency: None | str
        currency = self.currency

        technical_score: None | str
        technical_score = self.technical_score

        price_score: None | str
        price_score = self.price_score

        score: None | str
        score = self.score

        score_rank: int | None
        score_rank = self.score_rank

        price_rank: int | None
        price_rank = self.price_rank

        below_threshold = self.below_threshold

        unranked_because: None | str
        unranked_because = self.unranked_because

        criteria = []
        for criteria_item_data in self.criteria:
            criteria_item = criteria_item_data.to_dict()
            criteria.append(criteria_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "quote_id": quote_id,
                "supplier_id": supplier_id,
                "supplier_name": supplier_name,
                "state": state,
                "currency": currency,
                "technical_score": technical_score,
                "price_score": price_score,
                "score": score,
                "score_rank": score_rank,
                "price_rank": price_rank,
                "below_threshold": below_threshold,
                "unranked_because": unranked_because,
                "criteria": criteria,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.criterion_score import CriterionScore  # noqa: PLC0415

        d = dict(src_dict)
        quote_id = d.pop("quote_id")

        supplier_id = d.pop("supplier_id")

        supplier_name = d.pop("supplier_name")

        state = d.pop("state")

        def _parse_currency(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        currency = _parse_currency(d.pop("currency"))

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

        def _parse_price_rank(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        price_rank = _parse_price_rank(d.pop("price_rank"))

        below_threshold = d.pop("below_threshold")

        def _parse_unranked_because(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        unranked_because = _parse_unranked_because(d.pop("unranked_because"))

        criteria = []
        _criteria = d.pop("criteria")
        for criteria_item_data in _criteria:
            criteria_item = CriterionScore.from_dict(criteria_item_data)

            criteria.append(criteria_item)

        built_ = cls(
            quote_id=quote_id,
            supplier_id=supplier_id,
            supplier_name=supplier_name,
            state=state,
            currency=currency,
            technical_score=technical_score,
            price_score=price_score,
            score=score,
            score_rank=score_rank,
            price_rank=price_rank,
            below_threshold=below_threshold,
            unranked_because=unranked_because,
            criteria=criteria,
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
