from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="EightDReport")


@_attrs_define
class EightDReport:
    """The disciplines of an 8D report that a step told of; null where it did not."""

    team: None | str
    """ Who works on it (8D, D1). """
    containment: None | str
    """ What was done at once to keep the defect from the customer (8D, D3). """
    occurrence_cause: None | str
    """ Why the defect came about (8D, D4). """
    escape_cause: None | str
    """ Why the defect was not found before delivery (8D, D4). """
    method: None | str
    """ How the causes were found, for example 5 whys; null when not told. """
    corrective_action: None | str
    """ What removes the cause (8D, D5). """
    verification: None | str
    """ How it was seen that the correction works (8D, D6). """
    prevention: None | str
    """ What keeps it from happening again elsewhere (8D, D7). """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        team: None | str
        team = self.team

        containment: None | str
        containment = self.containment

        occurrence_cause: None | str
        occurrence_cause = self.occurrence_cause

        escape_cause: None | str
        escape_cause = self.escape_cause

        method: None | str
        method = self.method

        corrective_action: None | str
        corrective_action = self.corrective_action

        verification: None | str
        verification = self.verification

        prevention: None | str
        prevention = self.prevention

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "team": team,
                "containment": containment,
                "occurrence_cause": occurrence_cause,
                "escape_cause": escape_cause,
                "method": method,
                "corrective_action": corrective_action,
                "verification": verification,
                "prevention": prevention,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_team(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        team = _parse_team(d.pop("team"))

        def _parse_containment(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        containment = _parse_containment(d.pop("containment"))

        def _parse_occurrence_cause(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        occurrence_cause = _parse_occurrence_cause(d.pop("occurrence_cause"))

        def _parse_escape_cause(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        escape_cause = _parse_escape_cause(d.pop("escape_cause"))

        def _parse_method(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        method = _parse_method(d.pop("method"))

        def _parse_corrective_action(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        corrective_action = _parse_corrective_action(d.pop("corrective_action"))

        def _parse_verification(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        verification = _parse_verification(d.pop("verification"))

        def _parse_prevention(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        prevention = _parse_prevention(d.pop("prevention"))

        built_ = cls(
            team=team,
            containment=containment,
            occurrence_cause=occurrence_cause,
            escape_cause=escape_cause,
            method=method,
            corrective_action=corrective_action,
            verification=verification,
            prevention=prevention,
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
