from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.weight_in_kind_type_1 import WeightInKindType1, check_weight_in_kind_type_1
from ..models.weight_in_kind_type_2_type_1 import WeightInKindType2Type1, check_weight_in_kind_type_2_type_1
from ..models.weight_in_kind_type_3_type_1 import WeightInKindType3Type1, check_weight_in_kind_type_3_type_1
from ..types import UNSET, Unset

T = TypeVar("T", bound="WeightIn")


@_attrs_define
class WeightIn:
    """One criterion of evaluation and its share in per cent.

    `technical` is scored by people, 0 to 100, and may have a `threshold` below which a quote is not ranked; the other
    kinds follow from the quote by formula. Without `kind` a criterion called price is the price, any other technical.

    """

    criterion: str
    """ Name of the criterion. """
    percent: str
    """ Exact decimal. """
    kind: None | Unset | WeightInKindType1 | WeightInKindType2Type1 | WeightInKindType3Type1 = UNSET
    """ Which kind it is. """
    threshold: None | str | Unset = UNSET
    """ Exact decimal. """

    def to_dict(self) -> dict[str, Any]:
        criterion = self.criterion

        percent = self.percent

        kind: None | str | Unset
        if isinstance(self.kind, Unset):
            kind = UNSET
        elif isinstance(self.kind, str):
            kind = self.kind
        elif isinstance(self.kind, str):
            kind = self.kind
        elif isinstance(self.kind, str):
            kind = self.kind
        else:
            kind = self.kind

        threshold: None | str | Unset
        if isinstance(self.threshold, Unset):
            threshold = UNSET
        else:
            threshold = self.threshold

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "criterion": criterion,
                "percent": percent,
            }
        )
        if kind is not UNSET:
            field_dict["kind"] = kind
        if threshold is not UNSET:
            field_dict["threshold"] = threshold

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        criterion = d.pop("criterion")

        percent = d.pop("percent")

        def _parse_kind(
            data: object,
        ) -> None | Unset | WeightInKindType1 | WeightInKindType2Type1 | WeightInKindType3Type1:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                kind_type_1 = check_weight_in_kind_type_1(data)

                return kind_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, str):
                    raise TypeError()
                kind_type_2_type_1 = check_weight_in_kind_type_2_type_1(data)

                return kind_type_2_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, str):
                    raise TypeError()
                kind_type_3_type_1 = check_weight_in_kind_type_3_type_1(data)

                return kind_type_3_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | WeightInKindType1 | WeightInKindType2Type1 | WeightInKindType3Type1, data)

        kind = _parse_kind(d.pop("kind", UNSET))

        def _parse_threshold(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        threshold = _parse_threshold(d.pop("threshold", UNSET))

        built_ = cls(
            criterion=criterion,
            percent=percent,
            kind=kind,
            threshold=threshold,
        )

        return built_
