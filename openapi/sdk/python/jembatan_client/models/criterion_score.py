from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.given_score import GivenScore


T = TypeVar("T", bound="CriterionScore")


@_attrs_define
class CriterionScore:
    """One criterion of one quote. Null where it cannot be told, or not yet.

    `technical`: `score` is the mean of `given`, 4 decimals, half to even. Otherwise it follows from `value` and `best`:
    `price` and `lead_time` best / value x 100, `payment_days` value / best x 100, `local_content` the value itself.

    """

    criterion: str
    """ Name of the criterion. """
    kind: str
    """ Which kind it is.

    Known values: price, lead_time, local_content, payment_days, technical. """
    percent: str
    """ Exact decimal. """
    threshold: None | str
    """ Exact decimal. """
    score: None | str
    """ Exact decimal. """
    given: list[GivenScore]
    """ The scores that evaluators gave. """
    value: None | str
    """ Exact decimal. """
    best: None | str
    """ Exact decimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        criterion = self.criterion

        kind = self.kind

        percent = self.percent

        threshold: None | str
        threshold = self.threshold

        score: None | str
        score = self.score

        given = []
        for given_item_data in self.given:
            given_item = given_item_data.to_dict()
            given.append(given_item)

        value: None | str
        value = self.value

        best: None | str
        best = self.best

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "criterion": criterion,
                "kind": kind,
                "percent": percent,
                "threshold": threshold,
                "score": score,
                "given": given,
                "value": value,
                "best": best,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.given_score import GivenScore  # noqa: PLC0415

        d = dict(src_dict)
        criterion = d.pop("criterion")

        kind = d.pop("kind")

        percent = d.pop("percent")

        def _parse_threshold(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        threshold = _parse_threshold(d.pop("threshold"))

        def _parse_score(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        score = _parse_score(d.pop("score"))

        given = []
        _given = d.pop("given")
        for given_item_data in _given:
            given_item = GivenScore.from_dict(given_item_data)

            given.append(given_item)

        def _parse_value(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        value = _parse_value(d.pop("value"))

        def _parse_best(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        best = _parse_best(d.pop("best"))

        built_ = cls(
            criterion=criterion,
            kind=kind,
            percent=percent,
            threshold=threshold,
            score=score,
            given=given,
            value=value,
            best=best,
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
