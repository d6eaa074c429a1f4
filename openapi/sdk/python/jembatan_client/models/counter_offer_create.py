from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.counter_offer_line_in import CounterOfferLineIn


T = TypeVar("T", bound="CounterOfferCreate")


@_attrs_define
class CounterOfferCreate:
    """Other prices or days of payment, in the quote's currency and without PPN. What is absent stays as quoted."""

    answer_by: datetime.datetime
    """ RFC 3339 instant with a zone. """
    lines: list[CounterOfferLineIn] | Unset = UNSET
    """ What it is about, line by line. """
    payment_days: int | None | Unset = UNSET
    """ Calendar days from the invoice to payment; null when not agreed. """
    message: None | str | Unset = UNSET
    """ What was said with it, for people; null when nothing. """

    def to_dict(self) -> dict[str, Any]:
        answer_by = self.answer_by.isoformat()

        lines: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.lines, Unset):
            lines = []
            for lines_item_data in self.lines:
                lines_item = lines_item_data.to_dict()
                lines.append(lines_item)

        payment_days: int | None | Unset
        if isinstance(self.payment_days, Unset):
            payment_days = UNSET
        else:
            payment_days = self.payment_days

        message: None | str | Unset
        if isinstance(self.message, Unset):
            message = UNSET
        else:
            message = self.message

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "answer_by": answer_by,
            }
        )
        if lines is not UNSET:
            field_dict["lines"] = lines
        if payment_days is not UNSET:
            field_dict["payment_days"] = payment_days
        if message is not UNSET:
            field_dict["message"] = message

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.counter_offer_line_in import CounterOfferLineIn  # noqa: PLC0415

        d = dict(src_dict)
        answer_by = datetime.datetime.fromisoformat(d.pop("answer_by"))

        _lines = d.pop("lines", UNSET)
        lines: list[CounterOfferLineIn] | Unset = UNSET
        if _lines is not UNSET:
            lines = []
            for lines_item_data in _lines:
                lines_item = CounterOfferLineIn.from_dict(lines_item_data)

                lines.append(lines_item)

        def _parse_payment_days(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        payment_days = _parse_payment_days(d.pop("payment_days", UNSET))

        def _parse_message(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        message = _parse_message(d.pop("message", UNSET))

        built_ = cls(
            answer_by=answer_by,
            lines=lines,
            payment_days=payment_days,
            message=message,
        )

        return built_
