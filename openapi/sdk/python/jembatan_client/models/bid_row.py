from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.bid_cell import BidCell
    from ..models.bid_import import BidImport


T = TypeVar("T", bound="BidRow")


@_attrs_define
class BidRow:
    """One line; `cells` in the order of the columns.

    `import_unit_price`: CIF x rate x (1 + duty + handling), in rupiah. `peak_month_quantity`: the most that the
    schedule
    asks for in a month. `break_even_quantity`: where the two cheapest quotes change places, above the quantity compared
    if
    they do, else below it; from there on `break_even_quote_id` is the cheaper of the two.

    """

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    part_number: str
    """ The buyer's number of the part. """
    name_id: str
    """ Name of the part in Indonesian. """
    name_en: None | str
    """ Name of the part in English; null when there is none. """
    unit: str
    """ UN/ECE Recommendation 20 code, for example `H87` for pieces. """
    mass_kg: None | str
    """ Exact decimal. """
    quantity_requested: str
    """ Exact decimal. """
    quantity: str
    """ Exact decimal. """
    peak_month_quantity: None | str
    """ Exact decimal. """
    import_unit_price: None | str
    """ Exact decimal. """
    import_reference: BidImport | None
    break_even_quantity: None | str
    """ Exact decimal. """
    break_even_quote_id: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    cells: list[BidCell]
    """ What each quote says of this line, in the order of the columns. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.bid_import import BidImport  # noqa: PLC0415

        line_no = self.line_no

        part_number = self.part_number

        name_id = self.name_id

        name_en: None | str
        name_en = self.name_en

        unit = self.unit

        mass_kg: None | str
        mass_kg = self.mass_kg

        quantity_requested = self.quantity_requested

        quantity = self.quantity

        peak_month_quantity: None | str
        peak_month_quantity = self.peak_month_quantity

        import_unit_price: None | str
        import_unit_price = self.import_unit_price

        import_reference: dict[str, Any] | None
        if isinstance(self.import_reference, BidImport):
            import_reference = self.import_reference.to_dict()
        else:
            import_reference = self.import_reference

        break_even_quantity: None | str
        break_even_quantity = self.break_even_quantity

        break_even_quote_id: None | str
        break_even_quote_id = self.break_even_quote_id

        cells = []
        for cells_item_data in self.cells:
            cells_item = cells_item_data.to_dict()
            cells.append(cells_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "line_no": line_no,
                "part_number": part_number,
                "name_id": name_id,
                "name_en": name_en,
                "unit": unit,
                "mass_kg": mass_kg,
                "quantity_requested": quantity_requested,
                "quantity": quantity,
                "peak_month_quantity": peak_month_quantity,
                "import_unit_price": import_unit_price,
                "import_reference": import_reference,
                "break_even_quantity": break_even_quantity,
                "break_even_quote_id": break_even_quote_id,
                "cells": cells,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.bid_cell import BidCell  # noqa: PLC0415
        from ..models.bid_import import BidImport  # noqa: PLC0415

        d = dict(src_dict)
        line_no = d.pop("line_no")

        part_number = d.pop("part_number")

        name_id = d.pop("name_id")

        def _parse_name_en(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        name_en = _parse_name_en(d.pop("name_en"))

        unit = d.pop("unit")

        def _parse_mass_kg(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        mass_kg = _parse_mass_kg(d.pop("mass_kg"))

        quantity_requested = d.pop("quantity_requested")

        quantity = d.pop("quantity")

        def _parse_peak_month_quantity(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        peak_month_quantity = _parse_peak_month_quantity(d.pop("peak_month_quantity"))

        def _parse_import_unit_price(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        import_unit_price = _parse_import_unit_price(d.pop("import_unit_price"))

        def _parse_import_reference(data: object) -> BidImport | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                import_reference_type_0 = BidImport.from_dict(data)

                return import_reference_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(BidImport | None, data)

        import_reference = _parse_import_reference(d.pop("import_reference"))

        def _parse_break_even_quantity(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        break_even_quantity = _parse_break_even_quantity(d.pop("break_even_quantity"))

        def _parse_break_even_quote_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        break_even_quote_id = _parse_break_even_quote_id(d.pop("break_even_quote_id"))

        cells = []
        _cells = d.pop("cells")
        for cells_item_data in _cells:
            cells_item = BidCell.from_dict(cells_item_data)

            cells.append(cells_item)

        built_ = cls(
            line_no=line_no,
            part_number=part_number,
            name_id=name_id,
            name_en=name_en,
            unit=unit,
            mass_kg=mass_kg,
            quantity_requested=quantity_requested,
            quantity=quantity,
            peak_month_quantity=peak_month_quantity,
            import_unit_price=import_unit_price,
            import_reference=import_reference,
            break_even_quantity=break_even_quantity,
            break_even_quote_id=break_even_quote_id,
            cells=cells,
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
