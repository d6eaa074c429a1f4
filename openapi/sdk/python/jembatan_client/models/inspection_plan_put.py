from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.inspection_plan_put_aql_major import InspectionPlanPutAqlMajor, check_inspection_plan_put_aql_major
from ..models.inspection_plan_put_aql_minor_type_1 import (
    InspectionPlanPutAqlMinorType1,
    check_inspection_plan_put_aql_minor_type_1,
)
from ..models.inspection_plan_put_aql_minor_type_2_type_1 import (
    InspectionPlanPutAqlMinorType2Type1,
    check_inspection_plan_put_aql_minor_type_2_type_1,
)
from ..models.inspection_plan_put_aql_minor_type_3_type_1 import (
    InspectionPlanPutAqlMinorType3Type1,
    check_inspection_plan_put_aql_minor_type_3_type_1,
)
from ..models.inspection_plan_put_level import InspectionPlanPutLevel, check_inspection_plan_put_level
from ..types import UNSET, Unset

T = TypeVar("T", bound="InspectionPlanPut")


@_attrs_define
class InspectionPlanPut:
    """How lots of the part are inspected from now on. What is not critical or minor is major.

    After `ship_to_stock_after` good lots in a row, lots are accepted as they arrive, but for each `verify_every`th.

    """

    aql_major: InspectionPlanPutAqlMajor
    """ Acceptance quality limit of major characteristics, in percent nonconforming (ISO 2859-1). """
    level: InspectionPlanPutLevel | Unset = "II"
    """ The inspection level of ISO 2859-1. """
    aql_minor: (
        InspectionPlanPutAqlMinorType1
        | InspectionPlanPutAqlMinorType2Type1
        | InspectionPlanPutAqlMinorType3Type1
        | None
        | Unset
    ) = UNSET
    """ Acceptance quality limit of minor characteristics, in percent nonconforming; null when none is minor. """
    critical_numbers: list[int] | Unset = UNSET
    """ Numbers of the characteristics of which no nonconforming piece is admitted. """
    minor_numbers: list[int] | Unset = UNSET
    """ Numbers of the characteristics that are judged by the limit for minor ones. """
    allow_reduced: bool | Unset = False
    """ Whether sampling may become reduced after good lots. """
    ship_to_stock_after: int | None | Unset = UNSET
    """ Good lots in a row after which lots go to stock without inspection; null for never. """
    verify_every: int | Unset = 10
    """ Of lots that go to stock, every so-many-th is inspected. """

    def to_dict(self) -> dict[str, Any]:
        aql_major: str = self.aql_major

        level: str | Unset = UNSET
        if not isinstance(self.level, Unset):
            level = self.level

        aql_minor: None | str | Unset
        if isinstance(self.aql_minor, Unset):
            aql_minor = UNSET
        elif isinstance(self.aql_minor, str):
            aql_minor = self.aql_minor
        elif isinstance(self.aql_minor, str):
            aql_minor = self.aql_minor
        elif isinstance(self.aql_minor, str):
            aql_minor = self.aql_minor
        else:
            aql_minor = self.aql_minor

        critical_numbers: list[int] | Unset = UNSET
        if not isinstance(self.critical_numbers, Unset):
            critical_numbers = self.critical_numbers

        minor_numbers: list[int] | Unset = UNSET
        if not isinstance(self.minor_numbers, Unset):
            minor_numbers = self.minor_numbers

        allow_reduced = self.allow_reduced

        ship_to_stock_after: int | None | Unset
        if isinstance(self.ship_to_stock_after, Unset):
            ship_to_stock_after = UNSET
        else:
            ship_to_stock_after = self.ship_to_stock_after

        verify_every = self.verify_every

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "aql_major": aql_major,
            }
        )
        if level is not UNSET:
            field_dict["level"] = level
        if aql_minor is not UNSET:
            field_dict["aql_minor"] = aql_minor
        if critical_numbers is not UNSET:
            field_dict["critical_numbers"] = critical_numbers
        if minor_numbers is not UNSET:
            field_dict["minor_numbers"] = minor_numbers
        if allow_reduced is not UNSET:
            field_dict["allow_reduced"] = allow_reduced
        if ship_to_stock_after is not UNSET:
            field_dict["ship_to_stock_after"] = ship_to_stock_after
        if verify_every is not UNSET:
            field_dict["verify_every"] = verify_every

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        aql_major = check_inspection_plan_put_aql_major(d.pop("aql_major"))

        _level = d.pop("level", UNSET)
        level: InspectionPlanPutLevel | Unset
        if isinstance(_level, Unset):
            level = UNSET
        else:
            level = check_inspection_plan_put_level(_level)

        def _parse_aql_minor(
            data: object,
        ) -> (
            InspectionPlanPutAqlMinorType1
            | InspectionPlanPutAqlMinorType2Type1
            | InspectionPlanPutAqlMinorType3Type1
            | None
            | Unset
        ):
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                aql_minor_type_1 = check_inspection_plan_put_aql_minor_type_1(data)

                return aql_minor_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, str):
                    raise TypeError()
                aql_minor_type_2_type_1 = check_inspection_plan_put_aql_minor_type_2_type_1(data)

                return aql_minor_type_2_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, str):
                    raise TypeError()
                aql_minor_type_3_type_1 = check_inspection_plan_put_aql_minor_type_3_type_1(data)

                return aql_minor_type_3_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(
                InspectionPlanPutAqlMinorType1
                | InspectionPlanPutAqlMinorType2Type1
                | InspectionPlanPutAqlMinorType3Type1
                | None
                | Unset,
                data,
            )

        aql_minor = _parse_aql_minor(d.pop("aql_minor", UNSET))

        critical_numbers = cast(list[int], d.pop("critical_numbers", UNSET))

        minor_numbers = cast(list[int], d.pop("minor_numbers", UNSET))

        allow_reduced = d.pop("allow_reduced", UNSET)

        def _parse_ship_to_stock_after(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        ship_to_stock_after = _parse_ship_to_stock_after(d.pop("ship_to_stock_after", UNSET))

        verify_every = d.pop("verify_every", UNSET)

        built_ = cls(
            aql_major=aql_major,
            level=level,
            aql_minor=aql_minor,
            critical_numbers=critical_numbers,
            minor_numbers=minor_numbers,
            allow_reduced=allow_reduced,
            ship_to_stock_after=ship_to_stock_after,
            verify_every=verify_every,
        )

        return built_
