from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.disposition_in_disposition import DispositionInDisposition, check_disposition_in_disposition
from ..types import UNSET, Unset

T = TypeVar("T", bound="DispositionIn")


@_attrs_define
class DispositionIn:
    """What becomes of a part of the quantity; a concession (`use_as_is`) has a reference."""

    disposition: DispositionInDisposition
    """ What becomes of the pieces: rework, return, replace, scrap or use_as_is. """
    quantity: str
    """ Exact decimal. """
    reference: None | str | Unset = UNSET
    """ The number by which the one who recorded it knows it. """

    def to_dict(self) -> dict[str, Any]:
        disposition: str = self.disposition

        quantity = self.quantity

        reference: None | str | Unset
        if isinstance(self.reference, Unset):
            reference = UNSET
        else:
            reference = self.reference

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "disposition": disposition,
                "quantity": quantity,
            }
        )
        if reference is not UNSET:
            field_dict["reference"] = reference

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        disposition = check_disposition_in_disposition(d.pop("disposition"))

        quantity = d.pop("quantity")

        def _parse_reference(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reference = _parse_reference(d.pop("reference", UNSET))

        built_ = cls(
            disposition=disposition,
            quantity=quantity,
            reference=reference,
        )

        return built_
