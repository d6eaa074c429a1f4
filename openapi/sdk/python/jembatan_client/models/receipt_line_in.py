from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ReceiptLineIn")


@_attrs_define
class ReceiptLineIn:
    """What was counted of one lot. `damaged` is a part of `received`; what was `short` never arrived."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    lot: str
    """ The supplier's name of the lot. """
    received: str
    """ Exact decimal. """
    short: str | Unset = "0"
    """ Exact decimal. """
    damaged: str | Unset = "0"
    """ Exact decimal. """

    def to_dict(self) -> dict[str, Any]:
        line_no = self.line_no

        lot = self.lot

        received = self.received

        short = self.short

        damaged = self.damaged

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "line_no": line_no,
                "lot": lot,
                "received": received,
            }
        )
        if short is not UNSET:
            field_dict["short"] = short
        if damaged is not UNSET:
            field_dict["damaged"] = damaged

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        line_no = d.pop("line_no")

        lot = d.pop("lot")

        received = d.pop("received")

        short = d.pop("short", UNSET)

        damaged = d.pop("damaged", UNSET)

        built_ = cls(
            line_no=line_no,
            lot=lot,
            received=received,
            short=short,
            damaged=damaged,
        )

        return built_
