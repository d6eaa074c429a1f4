from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.scenario_capacity import ScenarioCapacity
    from ..models.scenario_forced import ScenarioForced
    from ..models.scenario_lot import ScenarioLot
    from ..models.scenario_rate import ScenarioRate
    from ..models.scenario_share import ScenarioShare
    from ..models.scenario_sources import ScenarioSources
    from ..models.scenario_supplier import ScenarioSupplier


T = TypeVar("T", bound="AwardScenarioSolve")


@_attrs_define
class AwardScenarioSolve:
    """What the split has to keep to. Without any condition it is the cheapest of all.

    `keep`: a supplier that must get part of each of the lines or, without lines, of any. Amounts are in `currency` (by
    default that of the RFQ). `allow_unallocated`: rather than none, a split that leaves out as few lines as possible.

    """

    currency: None | str | Unset = UNSET
    """ ISO 4217 code. """
    rates: list[ScenarioRate] | Unset = UNSET
    """ Rates of exchange to compare by. """
    lots: list[ScenarioLot] | Unset = UNSET
    """ Least quantities, and steps of quantities, by line. """
    capacity: None | ScenarioCapacity | Unset = UNSET
    sources: list[ScenarioSources] | Unset = UNSET
    """ Lines that have to come from several suppliers. """
    shares: list[ScenarioShare] | Unset = UNSET
    """ Least and greatest shares of suppliers. """
    keep: list[ScenarioSupplier] | Unset = UNSET
    """ Suppliers that must get part of each of these lines or, without lines, of any. """
    excluded: list[ScenarioSupplier] | Unset = UNSET
    """ Suppliers that get nothing of these lines. """
    forced: list[ScenarioForced] | Unset = UNSET
    """ Suppliers that must get something of these lines. """
    maximum_suppliers: int | None | Unset = UNSET
    """ Most suppliers that may get something; null for no limit. """
    minimum_local_content_percent: None | str | Unset = UNSET
    """ Exact decimal. """
    minimum_order_value: None | str | Unset = UNSET
    """ Exact decimal. """
    allow_unallocated: bool | Unset = False
    """ Whether a solution may leave quantities that nobody can supply. """
    compare: bool | Unset = True
    """ Whether to show what each condition costs. """
    time_limit_seconds: int | Unset = 10
    """ Seconds that the solver may take. """

    def to_dict(self) -> dict[str, Any]:
        from ..models.scenario_capacity import ScenarioCapacity  # noqa: PLC0415

        currency: None | str | Unset
        if isinstance(self.currency, Unset):
            currency = UNSET
        else:
            currency = self.currency

        rates: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.rates, Unset):
            rates = []
            for rates_item_data in self.rates:
                rates_item = rates_item_data.to_dict()
                rates.append(rates_item)

        lots: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.lots, Unset):
            lots = []
            for lots_item_data in self.lots:
                lots_item = lots_item_data.to_dict()
                lots.append(lots_item)

        capacity: dict[str, Any] | None | Unset
        if isinstance(self.capacity, Unset):
            capacity = UNSET
        elif isinstance(self.capacity, ScenarioCapacity):
            capacity = self.capacity.to_dict()
        else:
            capacity = self.capacity

        sources: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.sources, Unset):
            sources = []
            for sources_item_data in self.sources:
                sources_item = sources_item_data.to_dict()
                sources.append(sources_item)

        shares: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.shares, Unset):
            shares = []
            for shares_item_data in self.shares:
                shares_item = shares_item_data.to_dict()
                shares.append(shares_item)

        keep: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.keep, Unset):
            keep = []
            for keep_item_data in self.keep:
                keep_item = keep_item_data.to_dict()
                keep.append(keep_item)

        excluded: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.excluded, Unset):
            excluded = []
            for excluded_item_data in self.excluded:
                excluded_item = excluded_item_data.to_dict()
                excluded.append(excluded_item)

        forced: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.forced, Unset):
            forced = []
            for forced_item_data in self.forced:
                forced_item = forced_item_data.to_dict()
                forced.append(forced_item)

        maximum_suppliers: int | None | Unset
        if isinstance(self.maximum_suppliers, Unset):
            maximum_suppliers = UNSET
        else:
            maximum_suppliers = self.maximum_suppliers

        minimum_local_content_percent: None | str | Unset
        if isinstance(self.minimum_local_content_percent, Unset):
            minimum_local_content_percent = UNSET
        else:
            minimum_local_content_percent = self.minimum_local_content_percent

        minimum_order_value: None | str | Unset
        if isinstance(self.minimum_order_value, Unset):
            minimum_order_value = UNSET
        else:
            minimum_order_value = self.minimum_order_value

        allow_unallocated = self.allow_unallocated

        compare = self.compare

        time_limit_seconds = self.time_limit_seconds

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if currency is not UNSET:
            field_dict["currency"] = currency
        if rates is not UNSET:
            field_dict["rates"] = rates
        if lots is not UNSET:
            field_dict["lots"] = lots
        if capacity is not UNSET:
            field_dict["capacity"] = capacity
        if sources is not UNSET:
            field_dict["sources"] = sources
        if shares is not UNSET:
            field_dict["shares"] = shares
        if keep is not UNSET:
            field_dict["keep"] = keep
        if excluded is not UNSET:
            field_dict["excluded"] = excluded
        if forced is not UNSET:
            field_dict["forced"] = forced
        if maximum_suppliers is not UNSET:
            field_dict["maximum_suppliers"] = maximum_suppliers
        if minimum_local_content_percent is not UNSET:
            field_dict["minimum_local_content_percent"] = minimum_local_content_percent
        if minimum_order_value is not UNSET:
            field_dict["minimum_order_value"] = minimum_order_value
        if allow_unallocated is not UNSET:
            field_dict["allow_unallocated"] = allow_unallocated
        if compare is not UNSET:
            field_dict["compare"] = compare
        if time_limit_seconds is not UNSET:
            field_dict["time_limit_seconds"] = time_limit_seconds

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.scenario_capacity import ScenarioCapacity  # noqa: PLC0415
        from ..models.scenario_forced import ScenarioForced  # noqa: PLC0415
        from ..models.scenario_lot import ScenarioLot  # noqa: PLC0415
        from ..models.scenario_rate import ScenarioRate  # noqa: PLC0415
        from ..models.scenario_share import ScenarioShare  # noqa: PLC0415
        from ..models.scenario_sources import ScenarioSources  # noqa: PLC0415
        from ..models.scenario_supplier import ScenarioSupplier  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_currency(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        currency = _parse_currency(d.pop("currency", UNSET))

        _rates = d.pop("rates", UNSET)
        rates: list[ScenarioRate] | Unset = UNSET
        if _rates is not UNSET:
            rates = []
            for rates_item_data in _rates:
                rates_item = ScenarioRate.from_dict(rates_item_data)

                rates.append(rates_item)

        _lots = d.pop("lots", UNSET)
        lots: list[ScenarioLot] | Unset = UNSET
        if _lots is not UNSET:
            lots = []
            for lots_item_data in _lots:
                lots_item = ScenarioLot.from_dict(lots_item_data)

                lots.append(lots_item)

        def _parse_capacity(data: object) -> None | ScenarioCapacity | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                capacity_type_0 = ScenarioCapacity.from_dict(data)

                return capacity_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ScenarioCapacity | Unset, data)

        capacity = _parse_capacity(d.pop("capacity", UNSET))

        _sources = d.pop("sources", UNSET)
        sources: list[ScenarioSources] | Unset = UNSET
        if _sources is not UNSET:
            sources = []
            for sources_item_data in _sources:
                sources_item = ScenarioSources.from_dict(sources_item_data)

                sources.append(sources_item)

        _shares = d.pop("shares", UNSET)
        shares: list[ScenarioShare] | Unset = UNSET
        if _shares is not UNSET:
            shares = []
            for shares_item_data in _shares:
                shares_item = ScenarioShare.from_dict(shares_item_data)

                shares.append(shares_item)

        _keep = d.pop("keep", UNSET)
        keep: list[ScenarioSupplier] | Unset = UNSET
        if _keep is not UNSET:
            keep = []
            for keep_item_data in _keep:
                keep_item = ScenarioSupplier.from_dict(keep_item_data)

                keep.append(keep_item)

        _excluded = d.pop("excluded", UNSET)
        excluded: list[ScenarioSupplier] | Unset = UNSET
        if _excluded is not UNSET:
            excluded = []
            for excluded_item_data in _excluded:
                excluded_item = ScenarioSupplier.from_dict(excluded_item_data)

                excluded.append(excluded_item)

        _forced = d.pop("forced", UNSET)
        forced: list[ScenarioForced] | Unset = UNSET
        if _forced is not UNSET:
            forced = []
            for forced_item_data in _forced:
                forced_item = ScenarioForced.from_dict(forced_item_data)

                forced.append(forced_item)

        def _parse_maximum_suppliers(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        maximum_suppliers = _parse_maximum_suppliers(d.pop("maximum_suppliers", UNSET))

        def _parse_minimum_local_content_percent(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        minimum_local_content_percent = _parse_minimum_local_content_percent(
            d.pop("minimum_local_content_percent", UNSET)
        )

        def _parse_minimum_order_value(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        minimum_order_value = _parse_minimum_order_value(d.pop("minimum_order_value", UNSET))

        allow_unallocated = d.pop("allow_unallocated", UNSET)

        compare = d.pop("compare", UNSET)

        time_limit_seconds = d.pop("time_limit_seconds", UNSET)

        built_ = cls(
            currency=currency,
            rates=rates,
            lots=lots,
            capacity=capacity,
            sources=sources,
            shares=shares,
            keep=keep,
            excluded=excluded,
            forced=forced,
            maximum_suppliers=maximum_suppliers,
            minimum_local_content_percent=minimum_local_content_percent,
            minimum_order_value=minimum_order_value,
            allow_unallocated=allow_unallocated,
            compare=compare,
            time_limit_seconds=time_limit_seconds,
        )

        return built_
