from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.event_disposition import EventDisposition


T = TypeVar("T", bound="NonconformanceEventData")


@_attrs_define
class NonconformanceEventData:
    """What the event says besides. Members that a release did not know are absent; there is never a price."""

    order_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    line_no: int | None | Unset = UNSET
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    lot: None | str | Unset = UNSET
    """ The supplier's name of the lot. """
    quantity: None | str | Unset = UNSET
    """ Exact decimal. """
    origin: None | str | Unset = UNSET
    """ Where it comes from. """
    disposition: None | str | Unset = UNSET
    """ What becomes of the pieces: rework, return, replace, scrap or use_as_is. """
    dispositions: list[EventDisposition] | None | Unset = UNSET
    """ What becomes of the pieces, by quantity. """
    returned: None | str | Unset = UNSET
    """ Exact decimal. """
    replaced: None | str | Unset = UNSET
    """ Exact decimal. """
    truncated: bool | Unset = UNSET
    """ Only in webhooks: the event says too much for a message; read the rest in the feed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        order_id: None | str | Unset
        if isinstance(self.order_id, Unset):
            order_id = UNSET
        else:
            order_id = self.order_id

        rfq_id: None | str | Unset
        if isinstance(self.rfq_id, Unset):
            rfq_id = UNSET
        else:
            rfq_id = self.rfq_id

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

        quantity: None | str | Unset
        if isinstance(self.quantity, Unset):
            quantity = UNSET
        else:
            quantity = self.quantity

        origin: None | str | Unset
        if isinstance(self.origin, Unset):
            origin = UNSET
        else:
            origin = self.origin

        disposition: None | str | Unset
        if isinstance(self.disposition, Unset):
            disposition = UNSET
        else:
            disposition = self.disposition

        dispositions: list[dict[str, Any]] | None | Unset
        if isinstance(self.dispositions, Unset):
            dispositions = UNSET
        elif isinstance(self.dispositions, list):
            dispositions = []
            for dispositions_type_0_item_data in self.dispositions:
                dispositions_type_0_item = dispositions_type_0_item_data.to_dict()
                dispositions.append(dispositions_type_0_item)

        else:
            dispositions = self.dispositions

        returned: None | str | Unset
        if isinstance(self.returned, Unset):
            returned = UNSET
        else:
            returned = self.returned

        replaced: None | str | Unset
        if isinstance(self.replaced, Unset):
            replaced = UNSET
        else:
            replaced = self.replaced

        truncated = self.truncated

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if order_id is not UNSET:
            field_dict["order_id"] = order_id
        if rfq_id is not UNSET:
            field_dict["rfq_id"] = rfq_id
        if line_no is not UNSET:
            field_dict["line_no"] = line_no
        if lot is not UNSET:
            field_dict["lot"] = lot
        if quantity is not UNSET:
            field_dict["quantity"] = quantity
        if origin is not UNSET:
            field_dict["origin"] = origin
        if disposition is not UNSET:
            field_dict["disposition"] = disposition
        if dispositions is not UNSET:
            field_dict["dispositions"] = dispositions
        if returned is not UNSET:
            field_dict["returned"] = returned
        if replaced is not UNSET:
            field_dict["replaced"] = replaced
        if truncated is not UNSET:
            field_dict["truncated"] = truncated

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.event_disposition import EventDisposition  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_order_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        order_id = _parse_order_id(d.pop("order_id", UNSET))

        def _parse_rfq_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        rfq_id = _parse_rfq_id(d.pop("rfq_id", UNSET))

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

        def _parse_quantity(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        quantity = _parse_quantity(d.pop("quantity", UNSET))

        def _parse_origin(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        origin = _parse_origin(d.pop("origin", UNSET))

        def _parse_disposition(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        disposition = _parse_disposition(d.pop("disposition", UNSET))

        def _parse_dispositions(data: object) -> list[EventDisposition] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                dispositions_type_0 = []
                _dispositions_type_0 = data
                for dispositions_type_0_item_data in _dispositions_type_0:
                    dispositions_type_0_item = EventDisposition.from_dict(dispositions_type_0_item_data)

                    dispositions_type_0.append(dispositions_type_0_item)

                return dispositions_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[EventDisposition] | None | Unset, data)

        dispositions = _parse_dispositions(d.pop("dispositions", UNSET))

        def _parse_returned(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        returned = _parse_returned(d.pop("returned", UNSET))

        def _parse_replaced(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        replaced = _parse_replaced(d.pop("replaced", UNSET))

        truncated = d.pop("truncated", UNSET)

        built_ = cls(
            order_id=order_id,
            rfq_id=rfq_id,
            line_no=line_no,
            lot=lot,
            quantity=quantity,
            origin=origin,
            disposition=disposition,
            dispositions=dispositions,
            returned=returned,
            replaced=replaced,
            truncated=truncated,
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
