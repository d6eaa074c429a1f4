from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.lot_claim import LotClaim
    from ..models.lot_finding import LotFinding
    from ..models.lot_receipt import LotReceipt


T = TypeVar("T", bound="LotDelivery")


@_attrs_define
class LotDelivery:
    """The lot in one despatch. `delivery` counts the line's deliveries of production from 1; it is null for samples."""

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
    heat_number: None | str
    """ Number of the melt the material is from; null when not told. """
    quantity: str
    """ Exact decimal. """
    replaces: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    announced: bool
    """ False where the buyer's receipt made the despatch. """
    certificates: list[str]
    """ Files that both parties read. """
    receipts: list[LotReceipt]
    """ What was received of it. """
    findings: list[LotFinding]
    """ What was found, each with its place. """
    nonconformances: list[LotClaim]
    """ Nonconformances that came of it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        delivery: int | None
        delivery = self.delivery

        despatch_id = self.despatch_id

        despatch_number = self.despatch_number

        kind = self.kind

        despatched_at = self.despatched_at.isoformat()

        heat_number: None | str
        heat_number = self.heat_number

        quantity = self.quantity

        replaces: None | str
        replaces = self.replaces

        announced = self.announced

        certificates = self.certificates

        receipts = []
        for receipts_item_data in self.receipts:
            receipts_item = receipts_item_data.to_dict()
            receipts.append(receipts_item)

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
                "heat_number": heat_number,
                "quantity": quantity,
                "replaces": replaces,
                "announced": announced,
                "certificates": certificates,
                "receipts": receipts,
                "findings": findings,
                "nonconformances": nonconformances,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.lot_claim import LotClaim  # noqa: PLC0415
        from ..models.lot_finding import LotFinding  # noqa: PLC0415
        from ..models.lot_receipt import LotReceipt  # noqa: PLC0415

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

        def _parse_heat_number(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        heat_number = _parse_heat_number(d.pop("heat_number"))

        quantity = d.pop("quantity")

        def _parse_replaces(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        replaces = _parse_replaces(d.pop("replaces"))

        announced = d.pop("announced")

        certificates = cast(list[str], d.pop("certificates"))

        receipts = []
        _receipts = d.pop("receipts")
        for receipts_item_data in _receipts:
            receipts_item = LotReceipt.from_dict(receipts_item_data)

            receipts.append(receipts_item)

        findings = []
        _findings = d.pop("findings")
        for findings_item_data in _findings:
            findings_item = LotFinding.from_dict(findings_item_data)

            findings.append(findings_item)

        nonconformances = []
        _nonconformances = d.pop("nonconformances")
        for nonconformances_item_data in _nonconformances:
            nonconformances_item = LotClaim.from_dict(nonconformances_item_data)

            nonconformances.append(nonconformances_item)

        built_ = cls(
            delivery=delivery,
            despatch_id=despatch_id,
            despatch_number=despatch_number,
            kind=kind,
            despatched_at=despatched_at,
            heat_number=heat_number,
            quantity=quantity,
            replaces=replaces,
            announced=announced,
            certificates=certificates,
            receipts=receipts,
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
