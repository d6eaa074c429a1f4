from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.certificate_in_state import CertificateInState, check_certificate_in_state
from ..types import UNSET, Unset

T = TypeVar("T", bound="CertificateIn")


@_attrs_define
class CertificateIn:
    """A certificate or permit; it counts while it is valid and in date."""

    code: str
    """ Code of a vocabulary. """
    number: None | str | Unset = UNSET
    """ Number of the certificate; null when not given. """
    valid_until: datetime.date | None | Unset = UNSET
    """ Calendar day. """
    state: CertificateInState | Unset = "valid"
    """ Whether the certificate is valid, in process or missing. """

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        number: None | str | Unset
        if isinstance(self.number, Unset):
            number = UNSET
        else:
            number = self.number

        valid_until: None | str | Unset
        if isinstance(self.valid_until, Unset):
            valid_until = UNSET
        elif isinstance(self.valid_until, datetime.date):
            valid_until = self.valid_until.isoformat()
        else:
            valid_until = self.valid_until

        state: str | Unset = UNSET
        if not isinstance(self.state, Unset):
            state = self.state

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "code": code,
            }
        )
        if number is not UNSET:
            field_dict["number"] = number
        if valid_until is not UNSET:
            field_dict["valid_until"] = valid_until
        if state is not UNSET:
            field_dict["state"] = state

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        code = d.pop("code")

        def _parse_number(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        number = _parse_number(d.pop("number", UNSET))

        def _parse_valid_until(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                valid_until_type_0 = datetime.date.fromisoformat(data)

                return valid_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        valid_until = _parse_valid_until(d.pop("valid_until", UNSET))

        _state = d.pop("state", UNSET)
        state: CertificateInState | Unset
        if isinstance(_state, Unset):
            state = UNSET
        else:
            state = check_certificate_in_state(_state)

        built_ = cls(
            code=code,
            number=number,
            valid_until=valid_until,
            state=state,
        )

        return built_
