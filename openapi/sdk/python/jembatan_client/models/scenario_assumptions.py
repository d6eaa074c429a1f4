from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.scenario_condition import ScenarioCondition
    from ..models.scenario_lot_used import ScenarioLotUsed
    from ..models.scenario_rate_used import ScenarioRateUsed
    from ..models.scenario_window import ScenarioWindow


T = TypeVar("T", bound="ScenarioAssumptions")


@_attrs_define
class ScenarioAssumptions:
    """What the answer rests on."""

    conditions: list[ScenarioCondition]
    """ The conditions under which it was solved. """
    rates: list[ScenarioRateUsed]
    """ Rates of exchange to compare by. """
    lots: list[ScenarioLotUsed]
    """ Least quantities, and steps of quantities, by line. """
    capacity_months: list[ScenarioWindow]
    """ The time in which the quantities are needed, by line. """
    allow_unallocated: bool
    """ Whether a solution may leave quantities that nobody can supply. """
    time_limit_seconds: int
    """ Seconds that the solver may take. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        conditions = []
        for conditions_item_data in self.conditions:
            conditions_item = conditions_item_data.to_dict()
            conditions.append(conditions_item)

        rates = []
        for rates_item_data in self.rates:
            rates_item = rates_item_data.to_dict()
            rates.append(rates_item)

        lots = []
        for lots_item_data in self.lots:
            lots_item = lots_item_data.to_dict()
            lots.append(lots_item)

        capacity_months = []
        for capacity_months_item_data in self.capacity_months:
            capacity_months_item = capacity_months_item_data.to_dict()
            capacity_months.append(capacity_months_item)

        allow_unallocated = self.allow_unallocated

        time_limit_seconds = self.time_limit_seconds

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "conditions": conditions,
                "rates": rates,
                "lots": lots,
                "capacity_months": capacity_months,
                "allow_unallocated": allow_unallocated,
                "time_limit_seconds": time_limit_seconds,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.scenario_condition import ScenarioCondition  # noqa: PLC0415
        from ..models.scenario_lot_used import ScenarioLotUsed  # noqa: PLC0415
        from ..models.scenario_rate_used import ScenarioRateUsed  # noqa: PLC0415
        from ..models.scenario_window import ScenarioWindow  # noqa: PLC0415

        d = dict(src_dict)
        conditions = []
        _conditions = d.pop("conditions")
        for conditions_item_data in _conditions:
            conditions_item = ScenarioCondition.from_dict(conditions_item_data)

            conditions.append(conditions_item)

        rates = []
        _rates = d.pop("rates")
        for rates_item_data in _rates:
            rates_item = ScenarioRateUsed.from_dict(rates_item_data)

            rates.append(rates_item)

        lots = []
        _lots = d.pop("lots")
        for lots_item_data in _lots:
            lots_item = ScenarioLotUsed.from_dict(lots_item_data)

            lots.append(lots_item)

        capacity_months = []
        _capacity_months = d.pop("capacity_months")
        for capacity_months_item_data in _capacity_months:
            capacity_months_item = ScenarioWindow.from_dict(capacity_months_item_data)

            capacity_months.append(capacity_months_item)

        allow_unallocated = d.pop("allow_unallocated")

        time_limit_seconds = d.pop("time_limit_seconds")

        built_ = cls(
            conditions=conditions,
            rates=rates,
            lots=lots,
            capacity_months=capacity_months,
            allow_unallocated=allow_unallocated,
            time_limit_seconds=time_limit_seconds,
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
