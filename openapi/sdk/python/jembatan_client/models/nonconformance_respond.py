from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.nonconformance_respond_step import NonconformanceRespondStep, check_nonconformance_respond_step
from ..types import UNSET, Unset

T = TypeVar("T", bound="NonconformanceRespond")


@_attrs_define
class NonconformanceRespond:
    """The step that the supplier reports, what was done, and the disciplines of an 8D report that belong to it.

    `team` and `containment` (D1, D3) with any step; causes (D4) from `cause_found` on; actions (D5 to D7) with
    `corrected`.

    """

    step: NonconformanceRespondStep
    """ How far it is: contained, cause found, or corrected. """
    note: str
    """ Remark for people; null when there is none. """
    team: None | str | Unset = UNSET
    """ Who works on it (8D, D1). """
    containment: None | str | Unset = UNSET
    """ What was done at once to keep the defect from the customer (8D, D3). """
    occurrence_cause: None | str | Unset = UNSET
    """ Why the defect came about (8D, D4). """
    escape_cause: None | str | Unset = UNSET
    """ Why the defect was not found before delivery (8D, D4). """
    method: None | str | Unset = UNSET
    """ How the causes were found, for example 5 whys. """
    corrective_action: None | str | Unset = UNSET
    """ What removes the cause (8D, D5). """
    verification: None | str | Unset = UNSET
    """ How it was seen that the correction works (8D, D6). """
    prevention: None | str | Unset = UNSET
    """ What keeps it from happening again elsewhere (8D, D7). """

    def to_dict(self) -> dict[str, Any]:
        step: str = self.step

        note = self.note

        team: None | str | Unset
        if isinstance(self.team, Unset):
            team = UNSET
        else:
            team = self.team

        containment: None | str | Unset
        if isinstance(self.containment, Unset):
            containment = UNSET
        else:
            containment = self.containment

        occurrence_cause: None | str | Unset
        if isinstance(self.occurrence_cause, Unset):
            occurrence_cause = UNSET
        else:
            occurrence_cause = self.occurrence_cause

        escape_cause: None | str | Unset
        if isinstance(self.escape_cause, Unset):
            escape_cause = UNSET
        else:
            escape_cause = self.escape_cause

        method: None | str | Unset
        if isinstance(self.method, Unset):
            method = UNSET
        else:
            method = self.method

        corrective_action: None | str | Unset
        if isinstance(self.corrective_action, Unset):
            corrective_action = UNSET
        else:
            corrective_action = self.corrective_action

        verification: None | str | Unset
        if isinstance(self.verification, Unset):
            verification = UNSET
        else:
            verification = self.verification

        prevention: None | str | Unset
        if isinstance(self.prevention, Unset):
            prevention = UNSET
        else:
            prevention = self.prevention

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "step": step,
                "note": note,
            }
        )
        if team is not UNSET:
            field_dict["team"] = team
        if containment is not UNSET:
            field_dict["containment"] = containment
        if occurrence_cause is not UNSET:
            field_dict["occurrence_cause"] = occurrence_cause
        if escape_cause is not UNSET:
            field_dict["escape_cause"] = escape_cause
        if method is not UNSET:
            field_dict["method"] = method
        if corrective_action is not UNSET:
            field_dict["corrective_action"] = corrective_action
        if verification is not UNSET:
            field_dict["verification"] = verification
        if prevention is not UNSET:
            field_dict["prevention"] = prevention

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        step = check_nonconformance_respond_step(d.pop("step"))

        note = d.pop("note")

        def _parse_team(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        team = _parse_team(d.pop("team", UNSET))

        def _parse_containment(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        containment = _parse_containment(d.pop("containment", UNSET))

        def _parse_occurrence_cause(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        occurrence_cause = _parse_occurrence_cause(d.pop("occurrence_cause", UNSET))

        def _parse_escape_cause(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        escape_cause = _parse_escape_cause(d.pop("escape_cause", UNSET))

        def _parse_method(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        method = _parse_method(d.pop("method", UNSET))

        def _parse_corrective_action(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        corrective_action = _parse_corrective_action(d.pop("corrective_action", UNSET))

        def _parse_verification(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        verification = _parse_verification(d.pop("verification", UNSET))

        def _parse_prevention(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        prevention = _parse_prevention(d.pop("prevention", UNSET))

        built_ = cls(
            step=step,
            note=note,
            team=team,
            containment=containment,
            occurrence_cause=occurrence_cause,
            escape_cause=escape_cause,
            method=method,
            corrective_action=corrective_action,
            verification=verification,
            prevention=prevention,
        )

        return built_
