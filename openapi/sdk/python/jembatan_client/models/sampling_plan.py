from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="SamplingPlan")


@_attrs_define
class SamplingPlan:
    """Take `sample_size` units at random; up to `accept` nonconforming the lot passes, from `reject` on it fails.

    `plan_letter` is the row that the plan comes from, another than `code_letter` where the table has an arrow. With
    `full`
    the sample is the lot.

    """

    severity: str
    """ How strictly is sampled: normal, tightened or reduced (ISO 2859-1).

    Known values: normal, tightened, reduced. """
    level: str
    """ The inspection level of ISO 2859-1.

    Known values: S-1, S-2, S-3, S-4, I, II, III. """
    aql: str
    """ Acceptance quality limit in percent nonconforming (ISO 2859-1); null where there is none.

    Known values: 0.010, 0.015, 0.025, 0.040, 0.065, 0.10, 0.15, 0.25, 0.40, 0.65, 1.0, 1.5, 2.5, 4.0, 6.5, 10, 15,
    25, 40, 65, 100, 150, 250, 400, 650, 1000. """
    code_letter: str
    """ The sample size code letter of ISO 2859-1. """
    plan_letter: str
    """ The code letter of the plan that is used, which may be another than the lot size's (ISO 2859-1). """
    sample_size: int
    """ Pieces to examine. """
    accept: int
    """ The largest number of nonconforming pieces with which the lot passes. """
    reject: int
    """ From this number of nonconforming pieces on, the lot fails. """
    full: bool
    """ Whether every piece is examined because the lot is smaller than the sample. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        severity = self.severity

        level = self.level

        aql = self.aql

        code_letter = self.code_letter

        plan_letter = self.plan_letter

        sample_size = self.sample_size

        accept = self.accept

        reject = self.reject

        full = self.full

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "severity": severity,
                "level": level,
                "aql": aql,
                "code_letter": code_letter,
                "plan_letter": plan_letter,
                "sample_size": sample_size,
                "accept": accept,
                "reject": reject,
                "full": full,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        severity = d.pop("severity")

        level = d.pop("level")

        aql = d.pop("aql")

        code_letter = d.pop("code_letter")

        plan_letter = d.pop("plan_letter")

        sample_size = d.pop("sample_size")

        accept = d.pop("accept")

        reject = d.pop("reject")

        full = d.pop("full")

        built_ = cls(
            severity=severity,
            level=level,
            aql=aql,
            code_letter=code_letter,
            plan_letter=plan_letter,
            sample_size=sample_size,
            accept=accept,
            reject=reject,
            full=full,
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
