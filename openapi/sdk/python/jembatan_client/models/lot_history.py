from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.lot_delivery import LotDelivery
    from ..models.lot_first_article import LotFirstArticle
    from ..models.lot_replacement import LotReplacement
    from ..models.lot_return import LotReturn


T = TypeVar("T", bound="LotHistory")


@_attrs_define
class LotHistory:
    """One lot of one ordered line, from its first article to returns and replacements. Deliveries are oldest first."""

    order_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    lot: str
    """ The supplier's name of the lot. """
    part_number: str
    """ The buyer's number of the part. """
    unit: str
    """ UN/ECE Recommendation 20 code, for example `H87` for pieces. """
    first_articles: list[LotFirstArticle]
    """ Submissions of first articles, newest first. """
    deliveries: list[LotDelivery]
    """ What was delivered, newest first. """
    returns: list[LotReturn]
    """ What went back. """
    replacements: list[LotReplacement]
    """ What was sent in place of it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        order_id = self.order_id

        line_no = self.line_no

        lot = self.lot

        part_number = self.part_number

        unit = self.unit

        first_articles = []
        for first_articles_item_data in self.first_articles:
            first_articles_item = first_articles_item_data.to_dict()
            first_articles.append(first_articles_item)

        deliveries = []
        for deliveries_item_data in self.deliveries:
            deliveries_item = deliveries_item_data.to_dict()
            deliveries.append(deliveries_item)

        returns = []
        for returns_item_data in self.returns:
            returns_item = returns_item_data.to_dict()
            returns.append(returns_item)

        replacements = []
        for replacements_item_data in self.replacements:
            replacements_item = replacements_item_data.to_dict()
            replacements.append(replacements_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "order_id": order_id,
                "line_no": line_no,
                "lot": lot,
                "part_number": part_number,
                "unit": unit,
                "first_articles": first_articles,
                "deliveries": deliveries,
                "returns": returns,
                "replacements": replacements,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.lot_delivery import LotDelivery  # noqa: PLC0415
        from ..models.lot_first_article import LotFirstArticle  # noqa: PLC0415
        from ..models.lot_replacement import LotReplacement  # noqa: PLC0415
        from ..models.lot_return import LotReturn  # noqa: PLC0415

        d = dict(src_dict)
        order_id = d.pop("order_id")

        line_no = d.pop("line_no")

        lot = d.pop("lot")

        part_number = d.pop("part_number")

        unit = d.pop("unit")

        first_articles = []
        _first_articles = d.pop("first_articles")
        for first_articles_item_data in _first_articles:
            first_articles_item = LotFirstArticle.from_dict(first_articles_item_data)

            first_articles.append(first_articles_item)

        deliveries = []
        _deliveries = d.pop("deliveries")
        for deliveries_item_data in _deliveries:
            deliveries_item = LotDelivery.from_dict(deliveries_item_data)

            deliveries.append(deliveries_item)

        returns = []
        _returns = d.pop("returns")
        for returns_item_data in _returns:
            returns_item = LotReturn.from_dict(returns_item_data)

            returns.append(returns_item)

        replacements = []
        _replacements = d.pop("replacements")
        for replacements_item_data in _replacements:
            replacements_item = LotReplacement.from_dict(replacements_item_data)

            replacements.append(replacements_item)

        built_ = cls(
            order_id=order_id,
            line_no=line_no,
            lot=lot,
            part_number=part_number,
            unit=unit,
            first_articles=first_articles,
            deliveries=deliveries,
            returns=returns,
            replacements=replacements,
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
