from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.delivery_in_certainty import DeliveryInCertainty, check_delivery_in_certainty
from ..types import UNSET, Unset

T = TypeVar("T", bound="DeliveryIn")


@_attrs_define
class DeliveryIn:
    """One dated part of the quantity."""

    due_on: datetime.date
    """ Calendar day. """
    quantity: str
    """ Exact decimal. """
    certainty: DeliveryInCertainty | Unset = "firm"
    """ Whether it is a firm call-off or a forecast, which may still change. """

    def to_dict(self) -> dict[str, Any]:
        due_on = self.due_on.isoformat()

        quantity = self.quantity

        certainty: str | Unset = UNSET
        if not isinstance(self.certainty, Unset):
            certainty = self.certainty

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "due_on": due_on,
                "quantity": quantity,
            }
        )
        if certainty is not UNSET:
            field_dict["certainty"] = certainty

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        due_on = datetime.date.fromisoformat(d.pop("due_on"))

        quantity = d.pop("quantity")

        _certainty = d.pop("certainty", UNSET)
        certainty: DeliveryInCertainty | Unset
        if isinstance(_certainty, Unset):
            certainty = UNSET
        else:
            certainty = check_delivery_in_certainty(_certainty)

        built_ = cls(
            due_on=due_on,
            quantity=quantity,
            certainty=certainty,
        )

        return built_
