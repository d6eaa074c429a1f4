from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="TermsChangeIn")


@_attrs_define
class TermsChangeIn:
    """What becomes of the terms; what is left out stays. Another Incoterm drops the place of the former one."""

    incoterm: None | str | Unset = UNSET
    """ Incoterms 2020 rule by its three letters; null when not agreed. """
    delivery_place: None | str | Unset = UNSET
    """ Where it is to be delivered; null when not agreed. """
    payment_days: int | None | Unset = UNSET
    """ Calendar days from the invoice to payment; null when not agreed. """
    frozen_days: int | None | Unset = UNSET
    """ Days ahead, by the calendar, within which the schedule changes only by a change order. """

    def to_dict(self) -> dict[str, Any]:
        incoterm: None | str | Unset
        if isinstance(self.incoterm, Unset):
            incoterm = UNSET
        else:
            incoterm = self.incoterm

        delivery_place: None | str | Unset
        if isinstance(self.delivery_place, Unset):
            delivery_place = UNSET
        else:
            delivery_place = self.delivery_place

        payment_days: int | None | Unset
        if isinstance(self.payment_days, Unset):
            payment_days = UNSET
        else:
            payment_days = self.payment_days

        frozen_days: int | None | Unset
        if isinstance(self.frozen_days, Unset):
            frozen_days = UNSET
        else:
            frozen_days = self.frozen_days

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if incoterm is not UNSET:
            field_dict["incoterm"] = incoterm
        if delivery_place is not UNSET:
            field_dict["delivery_place"] = delivery_place
        if payment_days is not UNSET:
            field_dict["payment_days"] = payment_days
        if frozen_days is not UNSET:
            field_dict["frozen_days"] = frozen_days

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_incoterm(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        incoterm = _parse_incoterm(d.pop("incoterm", UNSET))

        def _parse_delivery_place(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        delivery_place = _parse_delivery_place(d.pop("delivery_place", UNSET))

        def _parse_payment_days(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        payment_days = _parse_payment_days(d.pop("payment_days", UNSET))

        def _parse_frozen_days(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        frozen_days = _parse_frozen_days(d.pop("frozen_days", UNSET))

        built_ = cls(
            incoterm=incoterm,
            delivery_place=delivery_place,
            payment_days=payment_days,
            frozen_days=frozen_days,
        )

        return built_
