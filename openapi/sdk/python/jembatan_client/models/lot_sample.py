from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.sample_class import SampleClass


T = TypeVar("T", bound="LotSample")


@_attrs_define
class LotSample:
    """The sample of a lot, as the inspection plan stood when it arrived."""

    severity: str
    """ How strictly is sampled: normal, tightened or reduced (ISO 2859-1).

    Known values: normal, tightened, reduced. """
    level: str
    """ The inspection level of ISO 2859-1.

    Known values: S-1, S-2, S-3, S-4, I, II, III. """
    classes: list[SampleClass]
    """ The sample by class of characteristics: critical, major, minor. """
    critical_numbers: list[int]
    """ Numbers of the characteristics of which no nonconforming piece is admitted. """
    minor_numbers: list[int]
    """ Numbers of the characteristics that are judged by the limit for minor ones. """
    ship_to_stock: bool
    """ Whether the lot goes to stock without inspection. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        severity = self.severity

        level = self.level

        classes = []
        for classes_item_data in self.classes:
            classes_item = classes_item_data.to_dict()
            classes.append(classes_item)

        critical_numbers = self.critical_numbers

        minor_numbers = self.minor_numbers

        ship_to_stock = self.ship_to_stock

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "severity": severity,
                "level": level,
                "classes": classes,
                "critical_numbers": critical_numbers,
                "minor_numbers": minor_numbers,
                "ship_to_stock": ship_to_stock,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.sample_class import SampleClass  # noqa: PLC0415

        d = dict(src_dict)
        severity = d.pop("severity")

        level = d.pop("level")

        classes = []
        _classes = d.pop("classes")
        for classes_item_data in _classes:
            classes_item = SampleClass.from_dict(classes_item_data)

            classes.append(classes_item)

        critical_numbers = cast(list[int], d.pop("critical_numbers"))

        minor_numbers = cast(list[int], d.pop("minor_numbers"))

        ship_to_stock = d.pop("ship_to_stock")

        built_ = cls(
            severity=severity,
            level=level,
            classes=classes,
            critical_numbers=critical_numbers,
            minor_numbers=minor_numbers,
            ship_to_stock=ship_to_stock,
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
