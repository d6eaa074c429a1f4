from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.first_article_decide_outcome import FirstArticleDecideOutcome, check_first_article_decide_outcome
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.first_article_finding import FirstArticleFinding


T = TypeVar("T", bound="FirstArticleDecide")


@_attrs_define
class FirstArticleDecide:
    """The decision.

    A deviation names the characteristics that it puts up with and ends: after a quantity of production in all, at an
    instant,
    or at whichever comes first. A rejection says why.

    """

    outcome: FirstArticleDecideOutcome
    """ Whether production may begin, within a deviation, or not. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """
    characteristics: list[int] | Unset = UNSET
    """ Numbers of the characteristics that the deviation covers. """
    quantity: None | str | Unset = UNSET
    """ Exact decimal. """
    until: datetime.datetime | None | Unset = UNSET
    """ RFC 3339 instant with a zone. """
    findings: list[FirstArticleFinding] | Unset = UNSET
    """ What was found, each with its place. """

    def to_dict(self) -> dict[str, Any]:
        outcome: str = self.outcome

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        characteristics: list[int] | Unset = UNSET
        if not isinstance(self.characteristics, Unset):
            characteristics = self.characteristics

        quantity: None | str | Unset
        if isinstance(self.quantity, Unset):
            quantity = UNSET
        else:
            quantity = self.quantity

        until: None | str | Unset
        if isinstance(self.until, Unset):
            until = UNSET
        elif isinstance(self.until, datetime.datetime):
            until = self.until.isoformat()
        else:
            until = self.until

        findings: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.findings, Unset):
            findings = []
            for findings_item_data in self.findings:
                findings_item = findings_item_data.to_dict()
                findings.append(findings_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "outcome": outcome,
            }
        )
        if note is not UNSET:
            field_dict["note"] = note
        if characteristics is not UNSET:
            field_dict["characteristics"] = characteristics
        if quantity is not UNSET:
            field_dict["quantity"] = quantity
        if until is not UNSET:
            field_dict["until"] = until
        if findings is not UNSET:
            field_dict["findings"] = findings

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.first_article_finding import FirstArticleFinding  # noqa: PLC0415

        d = dict(src_dict)
        outcome = check_first_article_decide_outcome(d.pop("outcome"))

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        characteristics = cast(list[int], d.pop("characteristics", UNSET))

        def _parse_quantity(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        quantity = _parse_quantity(d.pop("quantity", UNSET))

        def _parse_until(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                until_type_0 = datetime.datetime.fromisoformat(data)

                return until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        until = _parse_until(d.pop("until", UNSET))

        _findings = d.pop("findings", UNSET)
        findings: list[FirstArticleFinding] | Unset = UNSET
        if _findings is not UNSET:
            findings = []
            for findings_item_data in _findings:
                findings_item = FirstArticleFinding.from_dict(findings_item_data)

                findings.append(findings_item)

        built_ = cls(
            outcome=outcome,
            note=note,
            characteristics=characteristics,
            quantity=quantity,
            until=until,
            findings=findings,
        )

        return built_
