from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.characteristic_claim import CharacteristicClaim
    from ..models.characteristic_finding import CharacteristicFinding


T = TypeVar("T", bound="CharacteristicDelivery")


@_attrs_define
class CharacteristicDelivery:
    """One lot of one despatch. `delivery` counts the line's deliveries of production from 1; it is null for samples."""

    delivery: int | None
    """ Number of the delivery, from 1; null for a sample. """
    despatch_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    despatch_number: str
    """ The supplier's number of the delivery note. """
    kind: str
    """ Whether it was production or a sample. """
    despatched_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    lot: str
    """ The supplier's name of the lot. """
    heat_number: None | str
    """ Number of the melt the material is from; null when not told. """
    quantity: str
    """ Exact decimal. """
    received: str
    """ Exact decimal. """
    accepted: str
    """ Exact decimal. """
    rejected: str
    """ Exact decimal. """
    replaces: None | str
    """ The nonconformance in place of whose pieces it was sent. """
    failed: str
    """ How much was rejected or complained of for this characteristic. """
    conforms: bool | None
    """ Null where nobody looked at this characteristic. """
    findings: list[CharacteristicFinding]
    """ What was found, each with its place. """
    nonconformances: list[CharacteristicClaim]
    """ Nonconformances that came of it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        delivery: int | None
        delivery = self.delivery

        despatch_id = self.despatch_id

        despatch_number = self.despatch_number

        kind = self.kind

        despatched_at = self.despatched_at.isoformat()

        lot = self.lot

        heat_number: None | str
        heat_number = self.heat_number

        quantity = self.quantity

        received = self.received

        accepted = self.accepted

        rejected = self.rejected

        replaces: None | str
        replaces = self.replaces

        failed = self.failed

        conforms: bool | None
        conforms = self.conforms

        findings = []
        for findings_item_data in self.findings:
            findings_item = findings_item_data.to_dict()
            findings.append(findings_item)

        nonconformances = []
        for nonconformances_item_data in self.nonconformances:
            nonconformances_item = nonconformances_item_data.to_dict()
            nonconformances.append(nonconformances_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "delivery": delivery,
                "despatch_id": despatch_id,
                "despatch_number": despatch_number,
                "kind": kind,
                "despatched_at": despatched_at,
                "lot": lot,
                "heat_number": heat_number,
                "quantity": quantity,
                "received": received,
                "accepted": accepted,
                "rejected": rejected,
                "replaces": replaces,
                "failed": failed,
                "conforms": conforms,
                "findings": findings,
                "nonconformances": nonconformances,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.characteristic_claim import CharacteristicClaim  # noqa: PLC0415
        from ..models.characteristic_finding import CharacteristicFinding  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_delivery(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        delivery = _parse_delivery(d.pop("delivery"))

        despatch_id = d.pop("despatch_id")

        despatch_number = d.pop("despatch_number")

        kind = d.pop("kind")

        despatched_at = datetime.datetime.fromisoformat(d.pop("despatched_at"))

        lot = d.pop("lot")

        def _parse_heat_number(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        heat_number = _parse_heat_number(d.pop("heat_number"))

        quantity = d.pop("quantity")

        received = d.pop("received")

        accepted = d.pop("accepted")

        rejected = d.pop("rejected")

        def _parse_replaces(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        replaces = _parse_replaces(d.pop("replaces"))

        failed = d.pop("failed")

        def _parse_conforms(data: object) -> bool | None:
            if data is None:
                return data
            return cast(bool | None, data)

        conforms = _parse_conforms(d.pop("conforms"))

        findings = []
        _findings = d.pop("findings")
        for findings_item_data in _findings:
            findings_item = CharacteristicFinding.from_dict(findings_item_data)

            findings.append(findings_item)

        nonconformances = []
        _nonconformances = d.pop("nonconformances")
        for nonconformances_item_data in _nonconformances:
            nonconformances_item = CharacteristicClaim.from_dict(nonconformances_item_data)

            nonconformances.append(nonconformances_item)

        built_ = cls(
            delivery=delivery,
            despatch_id=despatch_id,
            despatch_number=despatch_number,
            kind=kind,
            despatched_at=despatched_at,
            lot=lot,
            heat_number=heat_number,
            quantity=quantity,
            received=received,
            accepted=accepted,
            rejected=rejected,
            replaces=replaces,
            failed=failed,
            conforms=conforms,
            findings=findings,
            nonconformances=nonconformances,
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
