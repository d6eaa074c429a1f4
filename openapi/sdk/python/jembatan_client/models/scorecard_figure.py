from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.scorecard_quarter import ScorecardQuarter


T = TypeVar("T", bound="ScorecardFigure")


@_attrs_define
class ScorecardFigure:
    """One figure. A share lies between 0 and 1; `low` and `high` are its 95 % interval (Wilson), null for other kinds.

    With `insufficient_data` there is no value: fewer facts than the formula's minimum, or, for others than the
    organisation
    itself, fewer than three counterparties besides the reader behind it (`n` is null then).

    """

    code: str
    """ Stable name, for programs. """
    label: str
    """ Name of the figure, for people. """
    unit: str
    """ UN/ECE Recommendation 20 code, for example `H87` for pieces.

    Known values: share, ppm, days, hours, per_order. """
    direction: str
    """ Whether a higher figure is better, or a lower one.

    Known values: higher_is_better, lower_is_better. """
    status: str
    """ Whether there are enough cases for a figure.

    Known values: ok, insufficient_data. """
    value: None | str
    """ Exact decimal. """
    low: None | str
    """ Exact decimal. """
    high: None | str
    """ Exact decimal. """
    n: int | None
    """ Facts counted. """
    minimum: int
    """ With fewer cases than this, no figure is shown. """
    pending: int
    """ Marks of the last ten days, not counted yet. """
    contested: int
    """ Marks that are contested and undecided, not counted. """
    previous: None | str
    """ In the window before. """
    trend: str
    """ How the figure moved against the time before.

    Known values: better, worse, steady, insufficient_data. """
    quarters: list[ScorecardQuarter]
    """ The figure by quarter, oldest first. """
    event_count: int
    """ How many events the figure is made of. """
    event_ids: list[str]
    """ Events behind it, of the newest fact first. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        label = self.label

        unit = self.unit

        direction = self.direction

        status = self.status

        value: None | str
        value = self.value

        low: None | str
        low = self.low

        high: None | str
        high = self.high

        n: int | None
        n = self.n

        minimum = self.minimum

        pending = self.pending

        contested = self.contested

        previous: None | str
        previous = self.previous

        trend = self.trend

        quarters = []
        for quarters_item_data in self.quarters:
            quarters_item = quarters_item_data.to_dict()
            quarters.append(quarters_item)

        event_count = self.event_count

        event_ids = self.event_ids

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": code,
                "label": label,
                "unit": unit,
                "direction": direction,
                "status": status,
                "value": value,
                "low": low,
                "high": high,
                "n": n,
                "minimum": minimum,
                "pending": pending,
                "contested": contested,
                "previous": previous,
                "trend": trend,
                "quarters": quarters,
                "event_count": event_count,
                "event_ids": event_ids,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.scorecard_quarter import ScorecardQuarter  # noqa: PLC0415

        d = dict(src_dict)
        code = d.pop("code")

        label = d.pop("label")

        unit = d.pop("unit")

        direction = d.pop("direction")

        status = d.pop("status")

        def _parse_value(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        value = _parse_value(d.pop("value"))

        def _parse_low(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        low = _parse_low(d.pop("low"))

        def _parse_high(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        high = _parse_high(d.pop("high"))

        def _parse_n(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        n = _parse_n(d.pop("n"))

        minimum = d.pop("minimum")

        pending = d.pop("pending")

        contested = d.pop("contested")

        def _parse_previous(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        previous = _parse_previous(d.pop("previous"))

        trend = d.pop("trend")

        quarters = []
        _quarters = d.pop("quarters")
        for quarters_item_data in _quarters:
            quarters_item = ScorecardQuarter.from_dict(quarters_item_data)

            quarters.append(quarters_item)

        event_count = d.pop("event_count")

        event_ids = cast(list[str], d.pop("event_ids"))

        built_ = cls(
            code=code,
            label=label,
            unit=unit,
            direction=direction,
            status=status,
            value=value,
            low=low,
            high=high,
            n=n,
            minimum=minimum,
            pending=pending,
            contested=contested,
            previous=previous,
            trend=trend,
            quarters=quarters,
            event_count=event_count,
            event_ids=event_ids,
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
