from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.bid_assumptions import BidAssumptions
    from ..models.bid_column import BidColumn
    from ..models.bid_row import BidRow


T = TypeVar("T", bound="BidComparison")


@_attrs_define
class BidComparison:
    """Opened quotes side by side. Amounts are without PPN, in each quote's own currency; `_base` in the base currency."""

    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    quantity: None | str
    """ Exact decimal. """
    assumptions: BidAssumptions
    """ What the figures rest on: the parameters as used, so that the same request gives the same tab. """
    columns: list[BidColumn]
    """ The quotes, one column each. """
    rows: list[BidRow]
    """ The lines of the RFQ, one row each. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        rfq_id = self.rfq_id

        quantity: None | str
        quantity = self.quantity

        assumptions = self.assumptions.to_dict()

        columns = []
        for columns_item_data in self.columns:
            columns_item = columns_item_data.to_dict()
            columns.append(columns_item)

        rows = []
        for rows_item_data in self.rows:
            rows_item = rows_item_data.to_dict()
            rows.append(rows_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "rfq_id": rfq_id,
                "quantity": quantity,
                "assumptions": assumptions,
                "columns": columns,
                "rows": rows,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.bid_assumptions import BidAssumptions  # noqa: PLC0415
        from ..models.bid_column import BidColumn  # noqa: PLC0415
        from ..models.bid_row import BidRow  # noqa: PLC0415

        d = dict(src_dict)
        rfq_id = d.pop("rfq_id")

        def _parse_quantity(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        quantity = _parse_quantity(d.pop("quantity"))

        assumptions = BidAssumptions.from_dict(d.pop("assumptions"))

        columns = []
        _columns = d.pop("columns")
        for columns_item_data in _columns:
            columns_item = BidColumn.from_dict(columns_item_data)

            columns.append(columns_item)

        rows = []
        _rows = d.pop("rows")
        for rows_item_data in _rows:
            rows_item = BidRow.from_dict(rows_item_data)

            rows.append(rows_item)

        built_ = cls(
            rfq_id=rfq_id,
            quantity=quantity,
            assumptions=assumptions,
            columns=columns,
            rows=rows,
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
