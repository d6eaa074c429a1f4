from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.despatch_create_kind import DespatchCreateKind, check_despatch_create_kind
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.despatch_line_in import DespatchLineIn


T = TypeVar("T", bound="DespatchCreate")


@_attrs_define
class DespatchCreate:
    """A delivery note; `number` is the supplier's own (surat jalan), never used twice."""

    number: str
    """ Your number of the delivery note. """
    lines: list[DespatchLineIn]
    """ What it is about, line by line. """
    kind: DespatchCreateKind | Unset = "production"
    """ Whether it carries production or a sample. """
    replaces: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    packages: int | None | Unset = UNSET
    """ Number of packages; null when not told. """
    carrier: None | str | Unset = UNSET
    """ Who carries it; null when not told. """
    vehicle: None | str | Unset = UNSET
    """ Registration number of the vehicle; null when not told. """
    eta: datetime.datetime | None | Unset = UNSET
    """ RFC 3339 instant with a zone. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        number = self.number

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        kind: str | Unset = UNSET
        if not isinstance(self.kind, Unset):
            kind = self.kind

        replaces: None | str | Unset
        if isinstance(self.replaces, Unset):
            replaces = UNSET
        else:
            replaces = self.replaces

        packages: int | None | Unset
        if isinstance(self.packages, Unset):
            packages = UNSET
        else:
            packages = self.packages

        carrier: None | str | Unset
        if isinstance(self.carrier, Unset):
            carrier = UNSET
        else:
            carrier = self.carrier

        vehicle: None | str | Unset
        if isinstance(self.vehicle, Unset):
            vehicle = UNSET
        else:
            vehicle = self.vehicle

        eta: None | str | Unset
        if isinstance(self.eta, Unset):
            eta = UNSET
        elif isinstance(self.eta, datetime.datetime):
            eta = self.eta.isoformat()
        else:
            eta = self.eta

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "number": number,
                "lines": lines,
            }
        )
        if kind is not UNSET:
            field_dict["kind"] = kind
        if replaces is not UNSET:
            field_dict["replaces"] = replaces
        if packages is not UNSET:
            field_dict["packages"] = packages
        if carrier is not UNSET:
            field_dict["carrier"] = carrier
        if vehicle is not UNSET:
            field_dict["vehicle"] = vehicle
        if eta is not UNSET:
            field_dict["eta"] = eta
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.despatch_line_in import DespatchLineIn  # noqa: PLC0415

        d = dict(src_dict)
        number = d.pop("number")

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = DespatchLineIn.from_dict(lines_item_data)

            lines.append(lines_item)

        _kind = d.pop("kind", UNSET)
        kind: DespatchCreateKind | Unset
        if isinstance(_kind, Unset):
            kind = UNSET
        else:
            kind = check_despatch_create_kind(_kind)

        def _parse_replaces(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        replaces = _parse_replaces(d.pop("replaces", UNSET))

        def _parse_packages(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        packages = _parse_packages(d.pop("packages", UNSET))

        def _parse_carrier(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        carrier = _parse_carrier(d.pop("carrier", UNSET))

        def _parse_vehicle(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        vehicle = _parse_vehicle(d.pop("vehicle", UNSET))

        def _parse_eta(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                eta_type_0 = datetime.datetime.fromisoformat(data)

                return eta_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        eta = _parse_eta(d.pop("eta", UNSET))

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        built_ = cls(
            number=number,
            lines=lines,
            kind=kind,
            replaces=replaces,
            packages=packages,
            carrier=carrier,
            vehicle=vehicle,
            eta=eta,
            note=note,
        )

        return built_
