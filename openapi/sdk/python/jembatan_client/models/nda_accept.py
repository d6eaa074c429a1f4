from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="NdaAccept")


@_attrs_define
class NdaAccept:
    """The version of the agreement that was read."""

    nda_version: int
    """ Version of the confidentiality agreement. """

    def to_dict(self) -> dict[str, Any]:
        nda_version = self.nda_version

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "nda_version": nda_version,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        nda_version = d.pop("nda_version")

        built_ = cls(
            nda_version=nda_version,
        )

        return built_
