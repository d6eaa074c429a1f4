from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="LocalContent")


@_attrs_define
class LocalContent:
    """Domestic content (TKDN) in per cent, and what it rests on."""

    basis: str
    """ On what the figure rests.

    Known values: certificate, self_declared, computed, none. """
    percent: None | str
    """ Exact decimal. """
    certificate_no: None | str
    """ Number of the certificate behind the figure; null when there is none. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        basis = self.basis

        percent: None | str
        percent = self.percent

        certificate_no: None | str
        certificate_no = self.certificate_no

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "basis": basis,
                "percent": percent,
                "certificate_no": certificate_no,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        basis = d.pop("basis")

        def _parse_percent(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        percent = _parse_percent(d.pop("percent"))

        def _parse_certificate_no(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        certificate_no = _parse_certificate_no(d.pop("certificate_no"))

        built_ = cls(
            basis=basis,
            percent=percent,
            certificate_no=certificate_no,
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
