from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.ranked_quote import RankedQuote


T = TypeVar("T", bound="Ranking")


@_attrs_define
class Ranking:
    """Quotes by score, with everything that the scores come from.

    `scores_visible` is false until the caller has submitted a sheet or scores are closed: technical scores and what
    follows from them are null till then.

    """

    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    round_: int
    """ Round of quoting, from 1. """
    envelopes: int
    """ 1 when quotes are opened at once, 2 when the technical part is opened before the prices. """
    prices_known_at_scoring: bool
    """ Whether prices were open when the scores were given. """
    scores_visible: bool
    """ Whether the caller sees the scores of others yet. """
    scores_closed_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    evaluators: list[str]
    """ Who scored, or may. """
    quotes: list[RankedQuote]
    """ One entry for each quote that was opened. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        rfq_id = self.rfq_id

        round_ = self.round_

        envelopes = self.envelopes

        prices_known_at_scoring = self.prices_known_at_scoring

        scores_visible = self.scores_visible

        scores_closed_at: None | str
        if isinstance(self.scores_closed_at, datetime.datetime):
            scores_closed_at = self.scores_closed_at.isoformat()
        else:
            scores_closed_at = self.scores_closed_at

        evaluators = self.evaluators

        quotes = []
        for quotes_item_data in self.quotes:
            quotes_item = quotes_item_data.to_dict()
            quotes.append(quotes_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "rfq_id": rfq_id,
                "round": round_,
                "envelopes": envelopes,
                "prices_known_at_scoring": prices_known_at_scoring,
                "scores_visible": scores_visible,
                "scores_closed_at": scores_closed_at,
                "evaluators": evaluators,
                "quotes": quotes,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.ranked_quote import RankedQuote  # noqa: PLC0415

        d = dict(src_dict)
        rfq_id = d.pop("rfq_id")

        round_ = d.pop("round")

        envelopes = d.pop("envelopes")

        prices_known_at_scoring = d.pop("prices_known_at_scoring")

        scores_visible = d.pop("scores_visible")

        def _parse_scores_closed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                scores_closed_at_type_0 = datetime.datetime.fromisoformat(data)

                return scores_closed_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        scores_closed_at = _parse_scores_closed_at(d.pop("scores_closed_at"))

        evaluators = cast(list[str], d.pop("evaluators"))

        quotes = []
        _quotes = d.pop("quotes")
        for quotes_item_data in _quotes:
            quotes_item = RankedQuote.from_dict(quotes_item_data)

            quotes.append(quotes_item)

        built_ = cls(
            rfq_id=rfq_id,
            round_=round_,
            envelopes=envelopes,
            prices_known_at_scoring=prices_known_at_scoring,
            scores_visible=scores_visible,
            scores_closed_at=scores_closed_at,
            evaluators=evaluators,
            quotes=quotes,
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
