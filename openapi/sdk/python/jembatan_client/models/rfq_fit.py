from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.match_note import MatchNote
    from ..models.member_match import MemberMatch


T = TypeVar("T", bound="RfqFit")


@_attrs_define
class RfqFit:
    """How the caller's workshop stands as a candidate for the RFQ: what its buyer would see of it."""

    coverage: str
    """ How the processes are covered: by the workshop itself, within its cooperative, or with operations given
    outside.

    Known values: single, cooperative, with_outside_operations. """
    score: str
    """ Exact decimal. """
    covered_processes: list[str]
    """ Processes of the RFQ that are covered, by code. """
    outside_processes: list[str]
    """ Processes that are done by others, by code. """
    members: list[MemberMatch]
    """ Members whose operations a cooperative counts in. """
    why: list[MatchNote]
    """ Why it fits, each with a code. """
    missing: list[MatchNote]
    """ What is lacking, each with a code. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        coverage = self.coverage

        score = self.score

        covered_processes = self.covered_processes

        outside_processes = self.outside_processes

        members = []
        for members_item_data in self.members:
            members_item = members_item_data.to_dict()
            members.append(members_item)

        why = []
        for why_item_data in self.why:
            why_item = why_item_data.to_dict()
            why.append(why_item)

        missing = []
        for missing_item_data in self.missing:
            missing_item = missing_item_data.to_dict()
            missing.append(missing_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "coverage": coverage,
                "score": score,
                "covered_processes": covered_processes,
                "outside_processes": outside_processes,
                "members": members,
                "why": why,
                "missing": missing,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.match_note import MatchNote  # noqa: PLC0415
        from ..models.member_match import MemberMatch  # noqa: PLC0415

        d = dict(src_dict)
        coverage = d.pop("coverage")

        score = d.pop("score")

        covered_processes = cast(list[str], d.pop("covered_processes"))

        outside_processes = cast(list[str], d.pop("outside_processes"))

        members = []
        _members = d.pop("members")
        for members_item_data in _members:
            members_item = MemberMatch.from_dict(members_item_data)

            members.append(members_item)

        why = []
        _why = d.pop("why")
        for why_item_data in _why:
            why_item = MatchNote.from_dict(why_item_data)

            why.append(why_item)

        missing = []
        _missing = d.pop("missing")
        for missing_item_data in _missing:
            missing_item = MatchNote.from_dict(missing_item_data)

            missing.append(missing_item)

        built_ = cls(
            coverage=coverage,
            score=score,
            covered_processes=covered_processes,
            outside_processes=outside_processes,
            members=members,
            why=why,
            missing=missing,
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
