from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.local_content_in_basis import LocalContentInBasis, check_local_content_in_basis
from ..types import UNSET, Unset

T = TypeVar("T", bound="LocalContentIn")


@_attrs_define
class LocalContentIn:
    """Domestic content (TKDN) in per cent, and what it rests on."""

    basis: LocalContentInBasis
    """ On what the figure rests. """
    percent: None | str | Unset = UNSET
    """ Exact decimal. """
    certificate_no: None | str | Unset = UNSET
    """ Number of the certificate behind the figure; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        basis: str = self.basis

        percent: None | str | Unset
        if isinstance(self.percent, Unset):
            percent = UNSET
        else:
            percent = self.percent

        certificate_no: None | str | Unset
        if isinstance(self.certificate_no, Unset):
            certificate_no = UNSET
        else:
            certificate_no = self.certificate_no

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "basis": basis,
            }
        )
        if percent is not UNSET:
            field_dict["percent"] = percent
        if certificate_no is not UNSET:
            field_dict["certificate_no"] = certificate_no

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        basis = check_local_content_in_basis(d.pop("basis"))

        def _parse_percent(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        percent = _parse_percent(d.pop("percent", UNSET))

        def _parse_certificate_no(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        certificate_no = _parse_certificate_no(d.pop("certificate_no", UNSET))

        built_ = cls(
            basis=basis,
            percent=percent,
            certificate_no=certificate_no,
        )

        return built_
