from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.first_article_finding_out import FirstArticleFindingOut


T = TypeVar("T", bound="FirstArticleDecision")


@_attrs_define
class FirstArticleDecision:
    """What the buyer decided, who, and when."""

    outcome: str
    """ How it ended. """
    note: None | str
    """ Remark for people; null when there is none. """
    characteristics: list[int]
    """ Numbers of the characteristics that the deviation covers. """
    quantity: None | str
    """ Exact decimal. """
    until: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    findings: list[FirstArticleFindingOut]
    """ What was found, each with its place. """
    decided_by: str
    """ Who decided. """
    decided_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        outcome = self.outcome

        note: None | str
        note = self.note

        characteristics = self.characteristics

        quantity: None | str
        quantity = self.quantity

        until: None | str
        if isinstance(self.until, datetime.datetime):
            until = self.until.isoformat()
        else:
            until = self.until

        findings = []
        for findings_item_data in self.findings:
            findings_item = findings_item_data.to_dict()
            findings.append(findings_item)

        decided_by = self.decided_by

        decided_at = self.decided_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "outcome": outcome,
                "note": note,
                "characteristics": characteristics,
                "quantity": quantity,
                "until": until,
                "findings": findings,
                "decided_by": decided_by,
                "decided_at": decided_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.first_article_finding_out import FirstArticleFindingOut  # noqa: PLC0415

        d = dict(src_dict)
        outcome = d.pop("outcome")

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        characteristics = cast(list[int], d.pop("characteristics"))

        def _parse_quantity(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        quantity = _parse_quantity(d.pop("quantity"))

        def _parse_until(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                until_type_0 = datetime.datetime.fromisoformat(data)

                return until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        until = _parse_until(d.pop("until"))

        findings = []
        _findings = d.pop("findings")
        for findings_item_data in _findings:
            findings_item = FirstArticleFindingOut.from_dict(findings_item_data)

            findings.append(findings_item)

        decided_by = d.pop("decided_by")

        decided_at = datetime.datetime.fromisoformat(d.pop("decided_at"))

        built_ = cls(
            outcome=outcome,
            note=note,
            characteristics=characteristics,
            quantity=quantity,
            until=until,
            findings=findings,
            decided_by=decided_by,
            decided_at=decided_at,
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
