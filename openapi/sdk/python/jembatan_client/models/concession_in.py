from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ConcessionIn")


@_attrs_define
class ConcessionIn:
    """Why a lot whose sample failed is accepted all the same, and the number of the paper that says so."""

    reason: str
    """ Why, as a code of the vocabulary for it; null when none is given. """
    reference: None | str | Unset = UNSET
    """ Number of the concession document. """

    def to_dict(self) -> dict[str, Any]:
        reason = self.reason

        reference: None | str | Unset
        if isinstance(self.reference, Unset):
            reference = UNSET
        else:
            reference = self.reference

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "reason": reason,
            }
        )
        if reference is not UNSET:
            field_dict["reference"] = reference

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        reason = d.pop("reason")

        def _parse_reference(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reference = _parse_reference(d.pop("reference", UNSET))

        built_ = cls(
            reason=reason,
            reference=reference,
        )

        return built_
