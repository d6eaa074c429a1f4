from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="EventInspectedLine")


@_attrs_define
class EventInspectedLine:
    """One entry of a list in `data`."""

    line_no: int | None | Unset = UNSET
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    lot: None | str | Unset = UNSET
    """ The supplier's name of the lot. """
    received: None | str | Unset = UNSET
    """ Exact decimal. """
    accepted: None | str | Unset = UNSET
    """ Exact decimal. """
    rejected: None | str | Unset = UNSET
    """ Exact decimal. """
    verdict: None | str | Unset = UNSET
    """ Whether the sample passed; null while none was judged. """
    failing: list[int] | None | Unset = UNSET
    """ Numbers of the characteristics that failed. """
    concession: bool | None | Unset = UNSET
    """ Whether it was accepted by concession. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        line_no: int | None | Unset
        if isinstance(self.line_no, Unset):
            line_no = UNSET
        else:
            line_no = self.line_no

        lot: None | str | Unset
        if isinstance(self.lot, Unset):
            lot = UNSET
        else:
            lot = self.lot

        received: None | str | Unset
        if isinstance(self.received, Unset):
            received = UNSET
        else:
            received = self.received

        accepted: None | str | Unset
        if isinstance(self.accepted, Unset):
            accepted = UNSET
        else:
            accepted = self.accepted

        rejected: None | str | Unset
        if isinstance(self.rejected, Unset):
            rejected = UNSET
        else:
            rejected = self.rejected

        verdict: None | str | Unset
        if isinstance(self.verdict, Unset):
            verdict = UNSET
        else:
            verdict = self.verdict

        failing: list[int] | None | Unset
        if isinstance(self.failing, Unset):
            failing = UNSET
        elif isinstance(self.failing, list):
            failing = self.failing

        else:
            failing = self.failing

        concession: bool | None | Unset
        if isinstance(self.concession, Unset):
            concession = UNSET
        else:
            concession = self.concession

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if line_no is not UNSET:
            field_dict["line_no"] = line_no
        if lot is not UNSET:
            field_dict["lot"] = lot
        if received is not UNSET:
            field_dict["received"] = received
        if accepted is not UNSET:
            field_dict["accepted"] = accepted
        if rejected is not UNSET:
            field_dict["rejected"] = rejected
        if verdict is not UNSET:
            field_dict["verdict"] = verdict
        if failing is not UNSET:
            field_dict["failing"] = failing
        if concession is not UNSET:
            field_dict["concession"] = concession

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_line_no(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        line_no = _parse_line_no(d.pop("line_no", UNSET))

        def _parse_lot(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        lot = _parse_lot(d.pop("lot", UNSET))

        def _parse_received(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        received = _parse_received(d.pop("received", UNSET))

        def _parse_accepted(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        accepted = _parse_accepted(d.pop("accepted", UNSET))

        def _parse_rejected(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        rejected = _parse_rejected(d.pop("rejected", UNSET))

        def _parse_verdict(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        verdict = _parse_verdict(d.pop("verdict", UNSET))

        def _parse_failing(data: object) -> list[int] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                failing_type_0 = cast(list[int], data)

                return failing_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[int] | None | Unset, data)

        failing = _parse_failing(d.pop("failing", UNSET))

        def _parse_concession(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        concession = _parse_concession(d.pop("concession", UNSET))

        built_ = cls(
            line_no=line_no,
            lot=lot,
            received=received,
            accepted=accepted,
            rejected=rejected,
            verdict=verdict,
            failing=failing,
            concession=concession,
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
